"""What happens to the rows of prospects when two registrations become one: they go over; in a candidate list one stays."""

from typing import Any

from django.db.models import Q

from yui.people.merge_rules import Pair, moves, on_merge
from yui.people.prospects.models import BenefitShown, Prospect, RosterEntry


def register() -> None:
    """Name the rules of these tables; called when the application is ready."""
    on_merge(Prospect, "person", moves(Prospect, "person"), "潜在候補だった記録")
    on_merge(BenefitShown, "person", moves(BenefitShown, "person"), "説明したメリット")
    listed = moves(RosterEntry, "person", once=("roster_id",), running=Q(ended_on=None), ended=_ended_today)
    on_merge(RosterEntry, "person", listed, "候補者リスト")


def _ended_today(pair: Pair, row: Any) -> dict[str, Any]:
    return {"ended_on": pair.today, "version": row.version + 1}
