"""The numbers a town's consents let out: whole months that are over, small cells left empty before they go."""

import datetime as dt
from collections.abc import Iterable

from yui.base.definitions import current
from yui.base.definitions.queries import NoDefinition
from yui.base.measures.queries import last_day
from yui.base.measures.registry import all_measures, counts
from yui.base.tenancy.models import Authority
from yui.engine.indicators import published
from yui.engine.indicators.small_cells import LEAST
from yui.office.sharing.bridge import Numbers
from yui.office.sharing.models import Share

MOST_MONTHS = 24
"""So many months back a number is kept up to date, and no further is shared."""


def months_over(from_month: dt.date, today: dt.date) -> list[dt.date]:
    """First days of the whole months from ``from_month`` to the one before today's, the newest ``MOST_MONTHS``."""
    found, month = [], today.replace(day=1)
    while len(found) < MOST_MONTHS:
        month = (month - dt.timedelta(days=1)).replace(day=1)
        if month < from_month:
            break
        found.append(month)
    return found[::-1]


def numbers_of(town: Authority, shares: Iterable[Share], today: dt.date) -> Numbers:
    """What these consents let out, counted at this instant in the town's own scope; one query where it can be."""
    known = {measure.key for measure in all_measures()}
    periods = {
        (share.measure, month): (share.measure, month, last_day(month))
        for share in shares
        if share.measure in known
        for month in months_over(share.from_month, today)
    }
    found = counts(periods.values(), authority=town)
    least = least_of(town)
    return {key: published({"it": found[period]}, least, total_is_shown=False)["it"] for key, period in periods.items()}


def least_of(town: Authority) -> int:
    """The smallest count that leaves a town: what its own pages ask for, and never below the house's rule."""
    try:
        own: int = current(town).introductions.fairness.smallest_cell.value
    except NoDefinition:
        own = LEAST
    return max(LEAST, own)
