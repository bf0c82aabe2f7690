"""What happens to sheets when two registrations become one: they go over; of two in one round the survivor's stands."""

from typing import Any

from django.db.models import Q

from yui.activities.assignments.models import WishSheet
from yui.people.merge_rules import Pair, moves, on_merge


def register() -> None:
    """Name the rules of these tables; called when the application is ready."""
    rule = moves(WishSheet, "person", once=("round_id",), running=Q(withdrawn_at=None), ended=_withdrawn)
    on_merge(WishSheet, "person", rule, "席決めの希望票")


def _withdrawn(pair: Pair, _row: Any) -> dict[str, Any]:
    return {"withdrawn_at": pair.now}
