"""The list, the one screen of a contract, its printed summary and its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base import clock
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.approvals.queries import approval_of
from yui.base.files.models import Attachment
from yui.base.files.serve import serve
from yui.office.calls.queries.chosen import chosen_of_calls
from yui.office.commissions.queries import missing_of
from yui.office.contracts import queries
from yui.office.contracts.domain.deposits import is_settled
from yui.office.contracts.domain.drafting import findings_of
from yui.office.contracts.models import Contract, ContractDeposit
from yui.office.contracts.rules import kept_rules
from yui.office.contracts.states import CHIPS, LABELS, State
from yui.office.contracts.views.acting import contract_here
from yui.office.indicators.models import Indicator


@needs(Permission.CONTRACT_READ)
def listing(request: HttpRequest) -> HttpResponse:
    """Every contract one may see, the newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {"lines": queries.lines_of(actor), "may_write": may(actor, Permission.CONTRACT_WRITE)}
    return render(request, "contracts/contracts.html", context)


@needs(Permission.CONTRACT_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One contract, from draft to engagement, and what follows."""
    contract = contract_here(request, public_id)
    return render(request, "contracts/contract.html", {**told(contract), **rights(request, contract)})


@needs(Permission.CONTRACT_READ)
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """The summary on A4."""
    contract = contract_here(request, public_id)
    return render(request, "contracts/sheet.html", {**told(contract), **rights(request, contract)})


@needs(Permission.CONTRACT_FILES)
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A paper of a contract one may see."""
    actor = request.actor  # type: ignore[attr-defined]
    theirs = queries.visible_contracts(actor).values_list("public_id", flat=True)
    rows = Attachment.objects.filter(related_kind="contract", related_id__in=theirs)
    request.permission = Permission.FILE_READ  # type: ignore[attr-defined]
    return serve(request, get_visible(request, rows, public_id=public_id))


def told(contract: Contract) -> dict[str, Any]:
    """Everything the page and the sheet say of a contract."""
    deposit, today = ContractDeposit.objects.get(contract=contract), clock.today()
    chosen = chosen_of_calls() if contract.selection_id else []
    settled = is_settled(deposit)
    findings = findings_of(contract) if contract.state in (State.DRAFT, State.REVIEW) else []
    return {
        "contract": contract,
        "selected": next((one.label for one in chosen if one.key == contract.selection_id), ""),
        "label": LABELS[State(contract.state)],
        "chip": CHIPS[State(contract.state)],
        "steps": queries.STEPS,
        "step": queries.step_of(contract, settled=settled),
        "deposit": deposit,
        "settled": settled,
        "rules": kept_rules(contract.terms.get("contracting")),
        "years": queries.years_of(contract),
        "planned": queries.planned_of(contract),
        "findings": findings,
        "stops": any(finding.stops for finding in findings),
        "amendments": queries.amendments_of(contract),
        "subcontracts": queries.subcontracts_of(contract),
        "staff": queries.staff_of(contract, today),
        "changes": queries.changes_of(contract),
        "approval": approval_of("contract", contract.public_id),
        "missing": missing_of(contract.commission) if contract.commission and contract.state == State.SIGNED else [],
        "indicators": Indicator.objects.filter(commission=contract.commission) if contract.commission else [],
    }


def rights(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """What the visitor may do with it now."""
    actor, state = request.actor, contract.state  # type: ignore[attr-defined]
    writes = bool(may(actor, Permission.CONTRACT_WRITE, contract))
    decides = bool(may(actor, Permission.APPROVAL_DECIDE, contract))
    asks = bool(may(actor, Permission.CONTRACT_REQUEST, contract))
    return {
        "may_draft": writes and state == State.DRAFT,
        "may_settle": writes and state in (State.DRAFT, State.REVIEW, State.APPROVED),
        "may_attach": writes and state in (State.DRAFT, State.APPROVED),
        "may_decide": decides and state == State.REVIEW,
        "may_decide_rows": decides,
        "may_sign": writes and state == State.APPROVED,
        "may_drop": writes and state in (State.DRAFT, State.APPROVED),
        "may_amend": writes and state == State.SIGNED,
        "may_end": writes and decides and state == State.SIGNED,
        "may_return": writes and state in (State.COMPLETED, State.ENDED, State.DROPPED),
        "may_ask": asks and state == State.SIGNED,
        "may_erase": writes and bool(may(actor, Permission.PERSON_ERASE, contract)),
        "shows_people": asks,
        "opens_files": bool(may(actor, Permission.CONTRACT_FILES, contract)),
    }
