"""JSON of the `assign` question → types. Everything wrong is found at once: Faults, a line each."""

from collections.abc import Callable, Mapping
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
)
from yui.engine.reading import LARGEST, MOST_SCORED, Log, Obj, Path, identifier, integer, obj, text

T = TypeVar("T")

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
    for name, person in persons.items():
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
    for name in sorted(holder.data):
        identifier(name, holder.at(name), root.log)
        inner = obj(holder.data[name], holder.at(name), root.log, known)
        if inner is not None:
            made[name] = read(inner)
    return made


def _person(given: Obj) -> Applicant:
    most = given.integer("max", least=0, most=LARGEST)
    return Applicant(
        prefs=_once(given.each("prefs", identifier), given, "prefs"),
        most=1 if most is None else most,
        groups=frozenset(given.each("groups", text)),
    )


def _once(names: list[str], given: Obj, key: str) -> tuple[str, ...]:
    """The names, each once; a second time is a fault."""
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


def _weights(
    root: Obj, persons: Mapping[str, Applicant], programmes: Mapping[str, Programme]
) -> dict[tuple[str, str], int]:
    holder = root.obj("weights", None)
    made: dict[tuple[str, str], int] = {}
    if holder is None:
        return made
    for key in sorted(holder.data):
        person, bar, programme = key.partition("|")
        if not bar or "|" in programme:
            root.log.fault(holder.at(key), "not_a_pair_of_ids")
            continue
        if person not in persons:
            root.log.fault(holder.at(key), "unknown_person", name=person)
        if programme not in programmes:
            root.log.fault(holder.at(key), "unknown_programme", name=programme)
        weight = integer(holder.data[key], holder.at(key), root.log, least=-MOST_SCORED, most=MOST_SCORED)
        if weight is not None:
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
