"""The part `selection` of a profile."""

from yui.engine.exact import exact
from yui.engine.profile.types import (
    AGGREGATIONS,
    SUCCESSORS,
    TIE_RULES,
    Criterion,
    Floor,
    Selection,
    Tie,
)
from yui.engine.reading import LARGEST, Log, Obj, Path, obj, text

KNOWN = frozenset(
    {"criteria", "stage1", "aggregation", "distinct_ranks", "floor", "ties", "estimate_gate", "successor"}
)


def read_selection(given: Obj) -> Selection:
    """What is read before a fault is only a place holder: the caller looks at the log."""
    for key in given.data.keys() - KNOWN:
        given.log.ignore(given.at(key))
    criteria = tuple(given.each("criteria", _criterion))
    if not criteria:
        given.log.fault(given.at("criteria"), "missing")
    _distinct([one.code for one in criteria], given.at("criteria"), given.log)
    stage1 = given.obj("stage1", frozenset({"points"}))
    aggregation = given.text("aggregation", one_of=AGGREGATIONS, required=True)
    successor = given.text("successor", one_of=SUCCESSORS, required=True)
    ties = tuple(given.each("ties", _tie))
    groups = {one.group for one in criteria}
    named = frozenset(group for tie in ties for group in tie.groups)
    for group in sorted(named - groups):
        given.log.fault(given.at("ties"), "unknown_id", id=group)
    if not ties or ties[-1].rule != "committee" or any(tie.rule == "committee" for tie in ties[:-1]):
        given.log.fault(given.at("ties"), "committee_not_last")
    return Selection(
        criteria=criteria,
        stage1=None if stage1 is None else stage1.integer("points", least=1, most=LARGEST, required=True),
        aggregation=aggregation or "total",  # type: ignore[arg-type]
        distinct_ranks=given.boolean("distinct_ranks") or False,
        floor=_floor(given),
        ties=ties,
        estimate_gate=given.boolean("estimate_gate") or False,
        successor=successor or "staff_decides",  # type: ignore[arg-type]
        full=sum(one.points for one in criteria),
        themes={one.code: one.points for one in criteria if one.group in named},
        points={one.code: one.points for one in criteria},
    )


def _criterion(value: object, path: Path, log: Log) -> Criterion | None:
    one = obj(value, path, log, frozenset({"code", "name", "group", "points"}))
    if one is None:
        return None
    code = one.text("code", required=True)
    points = one.integer("points", least=1, most=LARGEST, required=True)
    name, group = one.text("name"), one.text("group")
    return None if code is None or points is None else Criterion(code, name or code, group or "", points)


def _floor(given: Obj) -> Floor | None:
    one = given.obj("floor", frozenset({"measured", "points", "majority"}))
    if one is None:
        return None
    measured = one.text("measured", one_of=("each_member", "mean"), required=True)
    if not one.has("points"):
        one.log.fault(one.at("points"), "missing")
        return None
    points = exact(one.data["points"], one.at("points"), one.log, least=0)
    majority = one.boolean("majority") or False
    if points is None:
        return None
    return Floor("mean" if measured == "mean" else "each_member", points, majority)


def _tie(value: object, path: Path, log: Log) -> Tie | None:
    one = obj(value, path, log, frozenset({"rule", "groups"}))
    if one is None:
        return None
    rule = one.text("rule", one_of=TIE_RULES, required=True)
    groups = tuple(one.each("groups", text))
    if rule == "themes" and not groups:
        log.fault((*path, "groups"), "missing")
    return None if rule is None else Tie(rule, groups)  # type: ignore[arg-type]


def _distinct(codes: list[str], path: Path, log: Log) -> None:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        log.fault(path, "twice", id=code)
