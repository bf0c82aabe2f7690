"""The stable track as dense lists: persons and programmes by number, each wish with the rank its programme gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.assignment.types import Question

Array = np.ndarray[Any, Any]
Holdings = list[list[int]]
"""For each person the positions in her list of wishes that she holds, best first."""

LATER = 2**40
"""More rounds than any programme has places."""


@dataclass(frozen=True)
class Market:
    """Wishes are only those that both sides accept. `ranks[p][j]` is the place of p in the line of her j-th wish."""

    persons: tuple[str, ...]
    programmes: tuple[str, ...]
    wishes: list[list[int]]
    ranks: list[list[int]]
    favoured: list[list[bool]]  # the person is of the group that the programme's reserve is for
    lines: list[list[tuple[int, int]]]  # per programme, first in line first: (person, position of it in her wishes)
    most: list[int]
    caps: list[int]  # never more than the line, so that places can be counted out
    least: list[int]
    reserves: list[int]
    targets: list[int]
    region: list[int]  # -1: none
    region_caps: list[int]
    region_members: list[list[int]]  # in the order of their turns
    turn: list[int]  # the programme's place in the order of turns

    @cached_property
    def flat(self) -> tuple[Array, Array, Array, Array, Array]:
        """Start of each person's wishes; programme, rank, favoured and person of each wish: for the compiled tier."""
        start = np.zeros(len(self.persons) + 1, dtype=np.int64)
        np.cumsum([len(mine) for mine in self.wishes], out=start[1:])
        total = int(start[-1])
        programme = np.fromiter(chain.from_iterable(self.wishes), np.int32, total)
        rank = np.fromiter(chain.from_iterable(self.ranks), np.int32, total)
        favoured = np.fromiter(chain.from_iterable(self.favoured), np.bool_, total)
        owner = np.repeat(np.arange(len(self.persons), dtype=np.int32), np.diff(start))
        return start, programme, rank, favoured, owner

    def slot(self, programme: int, seat: int) -> int:
        """When the `seat`-th place (from 1) of a programme gets its turn in its region: targets first, then in rounds."""
        target = self.targets[programme]
        round_ = seat if seat <= target else LATER + seat - target
        return round_ * len(self.turn) + self.turn[programme]


def market(question: Question, orders: Orders) -> Market:
    """The dense form of a question."""
    persons, programmes = tuple(question.persons), tuple(question.programmes)
    number = {name: at for at, name in enumerate(programmes)}
    lines = [[name for members in groups for name in members] for groups in orders.lines(question).values()]
    places = [{name: at for at, name in enumerate(names)} for names in lines]
    regions = {name: at for at, name in enumerate(question.regions)}
    turns = {name: at for at, name in enumerate(orders.programmes(programmes))}
    wishes = [
        [a for a in (number[wish] for wish in person.prefs) if name in places[a]]
        for name, person in question.persons.items()
    ]
    at_wish = [{a: j for j, a in enumerate(mine)} for mine in wishes]
    index = {name: at for at, name in enumerate(persons)}
    rules = list(question.programmes.values())
    region = [-1 if rule.region is None else regions[rule.region] for rule in rules]
    caps = [min(rule.cap, len(names)) for rule, names in zip(rules, lines, strict=True)]
    members: list[list[int]] = [[] for _ in regions]
    for name in turns:
        if region[number[name]] >= 0:
            members[region[number[name]]].append(number[name])
    groups_of = [None if rule.reserve is None else rule.reserve.group for rule in rules]
    return Market(
        persons=persons,
        programmes=programmes,
        wishes=wishes,
        ranks=[[places[a][name] for a in mine] for name, mine in zip(persons, wishes, strict=True)],
        favoured=[
            [groups_of[a] in person.groups for a in mine]
            for person, mine in zip(question.persons.values(), wishes, strict=True)
        ],
        lines=[[(index[name], at_wish[index[name]][a]) for name in names] for a, names in enumerate(lines)],
        most=[person.most for person in question.persons.values()],
        caps=caps,
        least=[rule.least for rule in rules],
        reserves=[
            0 if rule.reserve is None else min(rule.reserve.seats, cap) for rule, cap in zip(rules, caps, strict=True)
        ],
        targets=[rule.target for rule in rules],
        region=region,
        region_caps=list(question.regions.values()),
        region_members=members,
        turn=[turns[name] for name in programmes],
    )


def sizes(market: Market, holdings: Holdings) -> list[int]:
    """How many each programme has."""
    counts = [0] * len(market.programmes)
    for mine, held in zip(market.wishes, holdings, strict=True):
        for j in held:
            counts[mine[j]] += 1
    return counts


def region_totals(market: Market, counts: Sequence[int]) -> list[int]:
    """How many each region has."""
    return [sum(counts[a] for a in members) for members in market.region_members]
