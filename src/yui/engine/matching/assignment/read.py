"""JSON of the `assign` question → types. Everything wrong is found at once: Faults, a line each."""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import TypeVar, cast

from yui.engine.faults import Faults
from yui.engine.matching.assignment.types import (
    Applicant,
    Lottery,
    Orientation,
    Programme,
    Question,
    Reserve,
    Track,
    Weights,
)
from yui.engine.reading import LARGEST, MOST_SCORED, Log, Obj, Path, are_identifiers, identifier, integer, obj, text

T = TypeVar("T")
NO_GROUPS: frozenset[str] = frozenset()
Columns = tuple[list[int], list[int]]

QUESTION = frozenset({"track", "orientation", "persons", "programs", "regions", "weights", "lottery"})
PERSON = frozenset({"prefs", "max", "groups"})
PROGRAMME = frozenset({"cap", "min", "prio", "region", "target", "reserve"})


def read_question(value: object) -> Question:
    """Read one question. Raises Faults."""
    log = Log()
    question = question_at(value, (), log)
    log.raise_if_any()
    if question is None:
        raise Faults(log.faults)
    return question


def question_at(value: object, path: Path, log: Log) -> Question | None:
    """The question inside a larger input; None only after a fault."""
    root = obj(value, path, log, QUESTION)
    if root is None:
        return None
    regions = _regions(root)
    programmes = _by_id(root, "programs", PROGRAMME, _programme)
    persons = _by_id(root, "persons", PERSON, _person)
    wished = set(chain.from_iterable(person.prefs for person in persons.values()))
    for name, person in persons.items() if wished - programmes.keys() else ():
        for at, wish in enumerate(person.prefs):
            if wish not in programmes:
                log.fault((*path, "persons", name, "prefs", at), "unknown_programme", name=wish)
    for name, programme in programmes.items():
        if programme.region is not None and programme.region not in regions:
            log.fault((*path, "programs", name, "region"), "unknown_region", name=programme.region)
        for number, members in enumerate(programme.classes or ()):
            for member in members:
                if member not in persons:
                    log.fault((*path, "programs", name, "prio", number), "unknown_person", name=member)
    return Question(
        persons=persons,
        programmes=programmes,
        regions=regions,
        weights=_weights(root, persons, programmes),
        track=cast(Track, root.text("track", one_of=("stable", "welfare")) or "stable"),
        orientation=cast(Orientation, root.text("orientation", one_of=("person", "program")) or "person"),
        lottery=_lottery(root, persons),
        ignored=tuple(sorted(log.ignored)),
    )


def _by_id(root: Obj, key: str, known: frozenset[str], read: Callable[[Obj], T]) -> dict[str, T]:
    """The objects under `key`, by id in the order of ids: what follows never sees the order of the input."""
    holder = root.obj(key, None, required=True)
    made: dict[str, T] = {}
    if holder is None:
        return made
    usual = are_identifiers(list(holder.data))
    for name in sorted(holder.data):
        if not usual:
            identifier(name, holder.at(name), root.log)
        inner = obj(holder.data[name], (*holder.path, name), root.log, known)
        if inner is not None:
            made[name] = read(inner)
    return made


def _person(given: Obj) -> Applicant:
    most = given.integer("max", least=0, most=LARGEST) if "max" in given.data else None
    return Applicant(
        prefs=_once(given.names("prefs"), given, "prefs"),
        most=1 if most is None else most,
        groups=frozenset(given.each("groups", text)) if "groups" in given.data else NO_GROUPS,
    )


def _once(names: list[str], given: Obj, key: str) -> tuple[str, ...]:
    """The names, each once; a second time is a fault."""
    if len(set(names)) == len(names):
        return tuple(names)
    seen: set[str] = set()
    for name in names:
        if name in seen:
            given.log.fault(given.at(key), "named_twice", name=name)
        seen.add(name)
    return tuple(dict.fromkeys(names))


def _programme(given: Obj) -> Programme:
    cap = given.integer("cap", least=0, most=LARGEST, required=True)
    least = given.integer("min", least=0, most=LARGEST) or 0
    if cap is not None and least > cap:
        given.log.fault(given.at("min"), "min_above_cap", cap=cap)
    region = given.data.get("region")
    return Programme(
        cap=cap or 0,
        least=least,
        classes=_classes(given),
        region=None if region is None else identifier(region, given.at("region"), given.log),
        target=given.integer("target", least=0, most=LARGEST) or 0,
        reserve=_reserve(given),
    )


def _classes(given: Obj) -> tuple[tuple[str, ...], ...] | None:
    if not given.has("prio"):
        return None
    classes = given.each("prio", _class)
    _once([name for members in classes for name in members], given, "prio")
    return tuple(tuple(sorted(set(members))) for members in classes)


def _class(value: object, path: Path, log: Log) -> list[str] | None:
    if not isinstance(value, list):
        name = identifier(value, path, log)
        return None if name is None else [name]
    names = (identifier(item, (*path, number), log) for number, item in enumerate(value))
    return [name for name in names if name is not None]


def _reserve(given: Obj) -> Reserve | None:
    inner = given.obj("reserve", frozenset({"group", "n"}))
    if inner is None:
        return None
    group = inner.text("group", required=True)
    seats = inner.integer("n", least=0, most=LARGEST, required=True)
    return None if group is None or seats is None else Reserve(group, seats)


def _regions(root: Obj) -> dict[str, int]:
    holder = root.obj("regions", None)
    made: dict[str, int] = {}
    if holder is None:
        return made
    for name in sorted(holder.data):
        identifier(name, holder.at(name), root.log)
        inner = obj(holder.data[name], holder.at(name), root.log, frozenset({"cap"}))
        if inner is not None:
            made[name] = inner.integer("cap", least=0, most=LARGEST, required=True) or 0
    return made


def _weights(root: Obj, persons: Mapping[str, Applicant], programmes: Mapping[str, Programme]) -> Weights:
    holder = root.obj("weights", None)
    if holder is None:
        return Weights(tuple(persons), tuple(programmes), (), (), ())
    at_person = {name: at for at, name in enumerate(persons)}
    at_programme = {name: at for at, name in enumerate(programmes)}
    worth = list(holder.data.values())
    columns = _columns(list(holder.data), at_person, at_programme) if _are_scored(worth) else None
    if columns is None:
        found = _pairs(holder, persons, programmes)
        one = [at_person[person] for person, _ in found]
        columns, worth = (one, [at_programme[programme] for _, programme in found]), list(found.values())
    return Weights(tuple(persons), tuple(programmes), *columns, cast(list[int], worth))


def _are_scored(values: list[object]) -> bool:
    """Whether every one is an integer within the bounds."""
    if set(map(type, values)) - {int}:
        return False
    whole = cast(list[int], values)
    return not whole or (min(whole) >= -MOST_SCORED and max(whole) <= MOST_SCORED)


def _columns(keys: list[str], persons: Mapping[str, int], programmes: Mapping[str, int]) -> Columns | None:
    """The positions of the persons and of the programmes in keys `person|programme`; None where one of them is wrong."""
    joined = "|\n|".join(keys)
    parts = joined.split("|")
    # No key holds a line end, and every third part is one: so each key has exactly two parts.
    if len(parts) != 3 * len(keys) - 1 or joined.count("\n") != len(keys) - 1 or set(parts[2::3]) - {"\n"}:
        return None
    try:
        return list(map(persons.__getitem__, parts[0::3])), list(map(programmes.__getitem__, parts[1::3]))
    except KeyError:
        return None


def _pairs(
    holder: Obj, persons: Mapping[str, Applicant], programmes: Mapping[str, Programme]
) -> dict[tuple[str, str], int]:
    """The same key by key: names what is wrong."""
    made: dict[tuple[str, str], int] = {}
    for key in sorted(holder.data):
        person, bar, programme = key.partition("|")
        if not bar or "|" in programme:
            holder.log.fault(holder.at(key), "not_a_pair_of_ids")
            continue
        if person not in persons:
            holder.log.fault(holder.at(key), "unknown_person", name=person)
        if programme not in programmes:
            holder.log.fault(holder.at(key), "unknown_programme", name=programme)
        weight = integer(holder.data[key], holder.at(key), holder.log, least=-MOST_SCORED, most=MOST_SCORED)
        if weight is not None and person in persons and programme in programmes:
            made[person, programme] = weight
    return made


def _lottery(root: Obj, persons: Mapping[str, Applicant]) -> Lottery:
    inner = root.obj("lottery", frozenset({"order", "seed"}))
    if inner is None:
        return Lottery()
    if inner.has("order") and inner.has("seed"):
        inner.log.fault(inner.path, "order_and_seed")
    if not inner.has("order"):
        return Lottery(seed=inner.text("seed", required=True))
    named = inner.each("order", identifier)
    order = _once(named, inner, "order")
    for name in order:
        if name not in persons:
            inner.log.fault(inner.at("order"), "unknown_person", name=name)
    for name in persons.keys() - set(order):
        inner.log.fault(inner.at("order"), "not_in_order", name=name)
    return Lottery(order=order)
