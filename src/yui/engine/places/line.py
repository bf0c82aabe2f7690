"""One pass over the line of an opportunity: lapsed offers end, free places go to whoever is first.

Strictly in the order of arrival. The one published exception are the places kept for first-timers (``Rule.kept``):
until the day on which they are released, only somebody without a participation may take them. So somebody may be
passed by a later one only where that one takes a kept place, and nobody is ever passed by one of the same kind.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Stand(StrEnum):
    """How somebody stands in the line."""

    NEW = "new"
    WAITING = "waiting"
    OFFERED = "offered"
    PLACED = "placed"


HOLDING = frozenset({Stand.OFFERED, Stand.PLACED})
"""An offered place is nobody else's until it is answered or lapses."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``kept``: how many of the ``capacity`` are for first-timers, until and including ``kept_until`` (None: always).

    ``offers``: whether there is time enough to ask anybody. Where there is not, nobody is passed all the same.
    """

    capacity: int
    kept: int = 0
    kept_until: dt.date | None = None
    offers: bool = True

    def kept_on(self, day: dt.date) -> int:
        """Places kept for first-timers on that day; never more than there are."""
        if self.kept_until is not None and day > self.kept_until:
            return 0
        return min(self.kept, self.capacity)


@dataclass(frozen=True, slots=True)
class Asked:
    """One application; the line is given in the order of arrival. ``answer_until``: of an offer."""

    key: str
    stand: Stand
    first_timer: bool = False
    answer_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What changes, each in the order of the line, and who waits then (position 1 is the first)."""

    lapsed: tuple[str, ...]
    placed: tuple[str, ...]
    offered: tuple[str, ...]
    waiting: tuple[str, ...]

    def position(self, key: str) -> int:
        """Place in the waiting list, from 1; 0 for somebody who does not wait."""
        return self.waiting.index(key) + 1 if key in self.waiting else 0


def free_for(rule: Rule, day: dt.date, *, first_timers: int, others: int, first_timer: bool) -> int:
    """Places that somebody of this kind could take, given how many of each kind hold one."""
    kept = rule.kept_on(day)
    free = rule.capacity - first_timers - others
    if first_timer:
        return max(0, free)
    return max(0, min(free, rule.capacity - kept - others - max(0, first_timers - kept)))


def fill(rule: Rule, line: Sequence[Asked], now: dt.datetime) -> Filled:
    """One pass. New ones get a place at once, those who waited get an offer; what is not free is waited for."""
    lapsed = tuple(row.key for row in line if _is_over(row, now))
    rows = [row for row in line if row.key not in lapsed]
    held = {kind: sum(r.stand in HOLDING and r.first_timer is kind for r in rows) for kind in (True, False)}
    placed, offered, waiting = [], [], []
    for row in rows:
        if row.stand in HOLDING:
            continue
        kind = row.first_timer
        free = free_for(rule, now.date(), first_timers=held[True], others=held[False], first_timer=kind)
        if not free:
            waiting.append(row.key)
            continue
        held[kind] += 1  # also where nobody can be asked any more: who comes later does not pass
        if row.stand is Stand.NEW:
            placed.append(row.key)
        elif rule.offers:
            offered.append(row.key)
        else:
            waiting.append(row.key)
    return Filled(lapsed, tuple(placed), tuple(offered), tuple(waiting))


def _is_over(row: Asked, now: dt.datetime) -> bool:
    return row.stand is Stand.OFFERED and row.answer_until is not None and row.answer_until <= now
