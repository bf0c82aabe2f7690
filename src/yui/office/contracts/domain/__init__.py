"""What can be done with a contract: draft, settle, sign, amend, give work on, change staff, complete, end."""

from yui.office.contracts.domain.amendments import decide_amendment, request_amendment
from yui.office.contracts.domain.deposits import return_deposit, settle_deposit
from yui.office.contracts.domain.drafting import (
    attach_paper,
    change_draft,
    decide_contract,
    draft_contract,
    drop_contract,
    request_contract,
    set_years,
)
from yui.office.contracts.domain.signing import complete_contract, end_contract, sign_contract
from yui.office.contracts.domain.staffing import (
    decide_staff_change,
    erase_named_staff,
    forget_staff,
    name_staff,
    request_staff_change,
    see_staff_change,
)
from yui.office.contracts.domain.subcontracts import (
    change_subcontract,
    decide_subcontract,
    request_subcontract,
    withdraw_subcontract,
)

__all__ = [
    "attach_paper",
    "change_draft",
    "change_subcontract",
    "complete_contract",
    "decide_amendment",
    "decide_contract",
    "decide_staff_change",
    "decide_subcontract",
    "draft_contract",
    "drop_contract",
    "end_contract",
    "erase_named_staff",
    "forget_staff",
    "name_staff",
    "request_amendment",
    "request_contract",
    "request_staff_change",
    "request_subcontract",
    "return_deposit",
    "see_staff_change",
    "set_years",
    "settle_deposit",
    "sign_contract",
    "withdraw_subcontract",
]
