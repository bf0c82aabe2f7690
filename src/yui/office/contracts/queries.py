"""Reading contracts. Call inside the authority's scope."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.approvals.states import LABELS as APPROVAL_LABELS
from yui.base.approvals.states import State as ApprovalState
from yui.base.tenancy.addresses import town_url
from yui.engine.calendar.written import fiscal_year_label
from yui.office.contracts.models import Amendment, Contract, NamedStaff, OfContract, StaffChange, Subcontract
from yui.office.contracts.states import CHIPS, LABELS, State

ROW_LABELS = {
    **{str(state): label for state, label in APPROVAL_LABELS.items()},
    "reported": "報告ずみ",
    "seen": "市が確認",
}
ROW_CHIPS = {"review": "info", "returned": "warn", "approved": "ok", "reported": "info", "seen": "ok"}
STEPS = ("下書き", "契約保証金", "決裁", "契約を結ぶ", "業務が始まる")
"""The walk of one contract, told on its page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A contract in a list."""

    contract: Contract
    path: str
    label: str
    chip: str


def contracts() -> QuerySet[Contract]:
    """Contracts with what their pages ask for."""
    return Contract.objects.select_related("authority", "organization", "commission", "engagement")


def visible_contracts(actor: Actor) -> QuerySet[Contract]:
    """Every contract for who may read all; for a contractor's people those of their engagements."""
    if holds_everywhere(actor, Permission.CONTRACT_READ):
        return contracts()
    return contracts().filter(engagement__public_id__in=actor.engagement_ids)


def lines_of(actor: Actor) -> list[Line]:
    """The list page."""
    return [
        Line(one, contract_path(one), LABELS[State(one.state)], CHIPS[State(one.state)])
        for one in visible_contracts(actor)
    ]


def contract_path(contract: Contract) -> str:
    """The path of its page."""
    return town_url(contract.authority, "contracts:contract", public_id=contract.public_id)


def path_of(name: str, row: OfContract) -> str:
    """The path of the page of a subcontract or a change of staff."""
    return town_url(row.contract.authority, f"contracts:{name}", public_id=row.public_id)


def row_words(state: str) -> tuple[str, str]:
    """Label and kind of the chip of an amendment, a subcontract or a change."""
    return ROW_LABELS.get(state, state), ROW_CHIPS.get(state, "")


def years_of(contract: Contract) -> list[dict[str, object]]:
    """Each contracted 年度 in words, with its limit where there is one."""
    return [
        {"label": fiscal_year_label(year.fiscal_year), "amount": year.amount, "limit": year.limit,
         "over": year.limit is not None and year.amount > year.limit}
        for year in contract.years.all()
    ]  # fmt: skip


def planned_of(contract: Contract) -> list[dict[str, object]]:
    """Years that the document plans and nobody has contracted: told, never with an amount (P-704)."""
    covered = {year.fiscal_year for year in contract.years.all()}
    return [
        {"number": one["number"], "label": fiscal_year_label(one["fiscal_year"]), "name": one["name"]}
        for one in contract.terms.get("planned", [])
        if one["fiscal_year"] not in covered
    ]


def amendments_of(contract: Contract) -> list[tuple[Amendment, str, str]]:
    """Its amendments, the first one first, with label and chip."""
    return [(one, *row_words(one.state)) for one in Amendment.objects.filter(contract=contract)]


def subcontracts_of(contract: Contract) -> list[tuple[Subcontract, str, str, str]]:
    """Its subcontracts with path, label and chip."""
    rows = Subcontract.objects.filter(contract=contract).select_related("contract__authority")
    return [(one, path_of("subcontract", one), *row_words(one.state)) for one in rows]


def staff_of(contract: Contract, today: dt.date) -> list[tuple[NamedStaff, str, str]]:
    """Everybody who was named, with the words for now and their chip; those still asked for are left out."""
    found = []
    for one in NamedStaff.objects.filter(contract=contract, starts_on__isnull=False):
        if one.ends_on is not None and one.ends_on < today:
            found.append((one, "終わりました", ""))
        elif one.starts_on is not None and one.starts_on > today:
            found.append((one, "これから", "info"))
        else:
            found.append((one, "いま", "ok"))
    return found


def changes_of(contract: Contract) -> list[tuple[StaffChange, str, str, str]]:
    """Its changes of staff, newest first, with path, label and chip."""
    rows = StaffChange.objects.filter(contract=contract).select_related("contract__authority", "leaving", "coming")
    return [(one, path_of("staff_change", one), *row_words(one.state)) for one in rows]


def step_of(contract: Contract, *, settled: bool) -> int:
    """Which step of ``STEPS`` is the next one to do, from 1; 6 when the walk is over."""
    if contract.state in (State.SIGNED, State.COMPLETED, State.ENDED):
        return 6
    if contract.state == State.APPROVED:
        return 4 if settled else 2
    return 3 if settled else 2


def is_open(row: OfContract) -> bool:
    """Whether an amendment, a subcontract or a change still waits for the authority."""
    return bool(row.state == ApprovalState.REVIEW)  # type: ignore[attr-defined]
