"""A form that came too late: what stands now beside what was typed, so that nothing is lost (decision 13)."""

from typing import Any

from yui.base.access.errors import Stale


def stale_form(form: Any, stale: Stale, version: int) -> tuple[Any, dict[str, Any]]:
    """The same form with the version that stands now, and both texts in words where they differ."""
    given = form.data.copy()
    given["version"] = str(version)
    again = type(form)(given, authority=form.authority)
    again.is_valid()
    theirs, mine = form.in_words(stale.theirs), form.in_words(stale.mine)
    names = [name for name in mine if theirs.get(name) != mine[name]]
    return again, {"theirs": {n: theirs.get(n, "") for n in names}, "mine": {n: mine[n] for n in names}}
