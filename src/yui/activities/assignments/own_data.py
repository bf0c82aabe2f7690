"""What these tables give a person who downloads all their own data."""

from typing import Any

from yui.activities.assignments.models import ManualChange, RankedWish, WishSheet
from yui.people.domain.own_data import register_own_data
from yui.people.models import Person

Rows = list[dict[str, Any]]


def wish_sheets(person: Person) -> Rows:
    """Each sheet with its number in the published files, and what came of it."""
    columns = ("round__title", "public_id", "way", "groups", "effective_on", "withdrawn_at", "reason",
               "programme__opportunity__title")  # fmt: skip
    rows = WishSheet.objects.filter(person=person).values(*columns)
    return [{**row, "groups": "・".join(row["groups"])} for row in rows]


def ranked_wishes(person: Person) -> Rows:
    """Each wish."""
    columns = ("sheet__round__title", "programme__opportunity__title", "rank")
    return list(RankedWish.objects.filter(sheet__person=person).order_by("sheet_id", "rank").values(*columns))


def manual_changes(person: Person) -> Rows:
    """Each change by hand, with its reason."""
    columns = ("round__title", "before__opportunity__title", "after__opportunity__title", "kind", "words",
               "effective_on")  # fmt: skip
    return list(ManualChange.objects.filter(sheet__person=person).values(*columns))


def register() -> None:
    """Tell the people wing; called once when the application is ready."""
    for source in (wish_sheets, ranked_wishes, manual_changes):
        register_own_data(source.__name__, source)
