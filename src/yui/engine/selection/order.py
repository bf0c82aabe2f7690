"""The order of the selectable proposals, the tie chain, and where the committee must decide."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from yui.engine.exact import written_exactly
from yui.engine.profile import Selection
from yui.engine.selection.types import Gap, Proposal, Row
from yui.engine.steps import Step

Key = Callable[[str], Any]
"""Smaller is better."""


def grouped(names: Sequence[str], keys: Sequence[Key]) -> list[list[str]]:
    """Best first; who is equal in every key stands in one group, by id."""
    groups: list[list[str]] = []
    last: tuple[Any, ...] | None = None
    for value, name in sorted((tuple(key(name) for key in keys), name) for name in names):
        if value == last:
            groups[-1].append(name)
        else:
            groups.append([name])
        last = value
    return groups


def main_key(rules: Selection, table: Mapping[str, Row]) -> Key:
    """What the profile puts the proposals in order by, before any tie."""
    if rules.aggregation == "rank_sum":
        return lambda name: table[name].rank_sum
    if rules.aggregation == "place_count":
        return lambda name: tuple(-count for count in table[name].places or ())
    return lambda name: -table[name].total


def tie_keys(
    rules: Selection, table: Mapping[str, Row], proposals: Mapping[str, Proposal]
) -> list[tuple[str, Key, Callable[[str], object]]]:
    """The tie chain before the committee: its code, its key, and the value that a step shows."""
    made: list[tuple[str, Key, Callable[[str], object]]] = []
    for tie in rules.ties:
        if tie.rule == "themes":
            made.append((tie.rule, lambda name: -(table[name].themes or 0), lambda name: _shown(table[name].themes)))
        elif tie.rule == "lower_estimate":
            made.append((tie.rule, lambda name: proposals[name].estimate, lambda name: proposals[name].estimate))
        elif tie.rule == "higher_total":
            made.append((tie.rule, lambda name: -table[name].total, lambda name: _shown(table[name].total)))
        elif tie.rule == "rank_sum":
            made.append((tie.rule, lambda name: table[name].rank_sum, lambda name: table[name].rank_sum))
    return made


def missing_themes(
    names: Sequence[str], rules: Selection, table: Mapping[str, Row], proposals: Mapping[str, Proposal]
) -> list[str]:
    """Proposals whose points on the themes a tie needs, and which a sheet does not name."""
    keys: list[Key] = [main_key(rules, table)]
    for rule, key, _ in tie_keys(rules, table, proposals):
        if rule == "themes":
            groups = [group for group in grouped(names, keys) if len(group) > 1]
            return sorted(name for group in groups for name in group if table[name].themes is None)
        keys.append(key)
    return []


def blank_themes(names: Sequence[str], members: Sequence[str], sheets: Mapping[str, Mapping[str, Any]]) -> list[Gap]:
    """The sheets in which those points are blank."""
    return [Gap(member, name, "blank") for member in members for name in names if sheets[member][name].themes is None]


def tie_steps(
    names: Sequence[str], rules: Selection, table: Mapping[str, Row], proposals: Mapping[str, Proposal]
) -> Iterator[Step]:
    """A step for each rule of the chain that had to be used, with the values it compared."""
    keys: list[Key] = [main_key(rules, table)]
    for rule, key, shown in tie_keys(rules, table, proposals):
        for group in grouped(names, keys):
            if len(group) > 1:
                yield Step(f"tie_{rule}", {"tied": list(group), "values": {name: shown(name) for name in group}})
        keys.append(key)


def _shown(value: Any) -> object:
    return None if value is None else written_exactly(value)
