"""The desk: what of a contract waits. Requests themselves stand among the approvals."""

import datetime as dt
from collections.abc import Iterator, Sequence

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, may
from yui.base.measures.desk_items import DeskItem, Kind, desk_items, office_items
from yui.office.contracts.models import StaffChange
from yui.office.contracts.queries import contract_path, contracts, path_of
from yui.office.contracts.states import State

RECENT = dt.timedelta(days=30)


@desk_items
@office_items
def contract_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """For the authority: contracts to be signed and reported changes; for the contractor: changes that came back."""
    if holds_everywhere(actor, Permission.CONTRACT_WRITE):
        for contract in contracts().filter(state=State.APPROVED):
            yield DeskItem(
                kind=Kind.WAITING, key=f"contract:{contract.public_id}", who=contract.title,
                sentence="決裁がすみました。契約を結んだら、記録します。", url=contract_path(contract), verb="開く",
                chip="契約待ち", chip_tone="info",
            )  # fmt: skip
        yield from _changes("reported", "体制の変更が報告されました。", "報告", "info")
    elif may(actor, Permission.CONTRACT_REQUEST):
        yield from _changes(
            "returned", "体制の変更が差し戻されました。", "差戻し", "warn", actor.engagement_ids, today - RECENT
        )


def _changes(
    state: str,
    sentence: str,
    chip: str,
    tone: str,
    theirs: Sequence[str] | None = None,
    since: dt.date | None = None,
) -> Iterator[DeskItem]:
    rows = StaffChange.objects.filter(state=state).select_related("contract__authority", "leaving")
    if theirs is not None:
        rows = rows.filter(contract__engagement__public_id__in=theirs, decided_on__gte=since)
    for row in rows:
        yield DeskItem(
            kind=Kind.TO_CHECK, key=f"staff_change:{row.public_id}", who=row.leaving.get_role_display(),
            sentence=sentence, url=path_of("staff_change", row), verb="開く", chip=chip, chip_tone=tone,
            due_on=row.planned_on,
        )  # fmt: skip
