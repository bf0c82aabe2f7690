"""The ranks that one sheet gives, and what is summed over the sheets."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from yui.engine.exact import Exact, whole_if_whole
from yui.engine.profile import Selection
from yui.engine.selection.types import Gap, Proposal, Question, Row, Sheet


def gaps(asked: Question, ranked: Sequence[Proposal]) -> list[Gap]:
    """What keeps the sheets of the ranked proposals from being complete; blanks are never zeros."""
    found: list[Gap] = []
    for member in asked.members if ranked else ():
        mine = asked.sheets.get(member)
        if mine is None:
            found.append(Gap(member, None, "no_sheet"))
            continue
        own = [
            Gap(member, one.id, "no_sheet" if one.id not in mine else mine[one.id].gap)
            for one in ranked
            if one.id not in mine or mine[one.id].gap
        ]
        if not own and asked.rules.ranked and _unordered(asked, ranked, member):
            own = [Gap(member, None, "equal_totals_without_order")]
        found += own
    return found


def rows(asked: Question, ranked: Sequence[Proposal]) -> dict[str, Row]:
    """One row for each ranked proposal. The sheets must be complete."""
    ranks: dict[str, Mapping[str, int]] = {}
    if asked.rules.ranked and ranked:
        ranks = {member: ranks_of(asked, ranked, member) for member in asked.members}
    return {one.id: _row(asked, one, ranks) for one in ranked}


def ranks_of(asked: Question, ranked: Sequence[Proposal], member: str) -> dict[str, int]:
    """Ranks from 1. Whoever is below the floor for each member gets the number of those ranked, plus 1."""
    totals = _reaching(asked, ranked, member)
    given: dict[str, int] = {}
    if asked.rules.distinct_ranks:
        place = {name: at for at, name in enumerate(asked.orders.get(member, ()))}
        best_first = sorted(totals, key=lambda name: (-totals[name], place.get(name, 0)))
        given = {name: at for at, name in enumerate(best_first, start=1)}
    else:
        given = {name: 1 + sum(other > total for other in totals.values()) for name, total in totals.items()}
    return {one.id: given.get(one.id, len(totals) + 1) for one in ranked}


def floor_of(rules: Selection) -> Exact | None:
    """The floor of each sheet; None where the profile measures none there."""
    return rules.floor.points if rules.floor is not None and rules.floor.measured == "each_member" else None


def needs_mean(rules: Selection) -> bool:
    """Whether the mean of all members decides anything."""
    return rules.aggregation == "mean" or (rules.floor is not None and rules.floor.measured == "mean")


def _reaching(asked: Question, ranked: Sequence[Proposal], member: str) -> dict[str, Exact]:
    floor, mine = floor_of(asked.rules), asked.sheets[member]
    totals = {one.id: _total(mine[one.id]) for one in ranked}
    return totals if floor is None else {name: total for name, total in totals.items() if total >= floor}


def _unordered(asked: Question, ranked: Sequence[Proposal], member: str) -> bool:
    if not asked.rules.distinct_ranks:
        return False
    totals = _reaching(asked, ranked, member)
    seen: dict[Exact, list[str]] = {}
    for name, total in totals.items():
        seen.setdefault(total, []).append(name)
    listed = frozenset(asked.orders.get(member, ()))
    return any(len(names) > 1 and not listed.issuperset(names) for names in seen.values())


def _row(asked: Question, one: Proposal, ranks: Mapping[str, Mapping[str, int]]) -> Row:
    sheets = [asked.sheets[member][one.id] for member in asked.members]
    totals = {member: _total(sheet) for member, sheet in zip(asked.members, sheets, strict=True)}
    floor = floor_of(asked.rules)
    count = len(asked.members)
    total = whole_if_whole(sum(totals.values()) + (one.stage1 or 0) * count)
    own = {member: given[one.id] for member, given in ranks.items()}
    themes = [sheet.themes for sheet in sheets]
    return Row(
        totals=totals,
        reached=count if floor is None else sum(value >= floor for value in totals.values()),
        ranks=own,
        rank_sum=sum(own.values()) if own else None,
        places=_places([own[member] for member in own if floor is None or totals[member] >= floor]) if own else None,
        total=total,
        themes=_sum(themes) if asked.rules.themes else None,
        mean=_divided(total, count) if needs_mean(asked.rules) else None,
    )


def _places(given: Sequence[int]) -> tuple[int, ...]:
    """A place that was not earned (below the floor) counts nowhere."""
    return tuple(given.count(place) for place in range(1, max(given, default=0) + 1))


def _sum(values: Sequence[Exact | None]) -> Exact | None:
    """None where one is not named: a blank is not a zero."""
    known = [value for value in values if value is not None]
    return whole_if_whole(sum(known)) if len(known) == len(values) else None


def _divided(total: Exact, count: int) -> Exact:
    return whole_if_whole(Fraction(total) / count)


def _total(sheet: Sheet) -> Exact:
    assert sheet.total is not None
    return sheet.total
