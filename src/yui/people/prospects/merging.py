"""What happens to the rows about prospects when two registrations become one: all of them go with the survivor."""

from yui.people.merge_rules import moves, on_merge
from yui.people.prospects.models import BenefitShown, Prospect, RosterEntry


def register() -> None:
    """Name the rules of this wing; called when the application is ready."""
    on_merge(Prospect, "person", moves(Prospect, "person"), "潜在候補の記録")
    on_merge(BenefitShown, "person", moves(BenefitShown, "person"), "伝えたメリット")
    on_merge(RosterEntry, "person", moves(RosterEntry, "person"), "候補者リスト")
