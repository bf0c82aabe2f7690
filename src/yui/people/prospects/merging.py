"""What happens to the rows of this app when two registrations become one: they go over as they are."""

from yui.people.merge_rules import moves, on_merge
from yui.people.prospects.models import BenefitShown, Prospect, RosterEntry


def register() -> None:
    """Name the rules; called when the application is ready."""
    on_merge(Prospect, "person", moves(Prospect, "person"), "お誘いの記録")
    on_merge(BenefitShown, "person", moves(BenefitShown, "person"), "メリットの説明")
    on_merge(RosterEntry, "person", moves(RosterEntry, "person"), "候補者リスト")
