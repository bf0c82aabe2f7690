"""JSON of the `recommend` question → types. Everything wrong is found at once: Faults, a line each."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar, cast

from yui.engine.faults import Faults
from yui.engine.matching.types import TERMS, Direction, Fairness, Instance, Opportunity, Person, Place, Slot
from yui.engine.reading import LARGEST, MOST_SCORED, Log, Obj, Path, identifier, integer, number, obj, text

T = TypeVar("T")
MOST_ROUNDS = 1000
FARTHEST_KM = 1e6

QUESTION = frozenset(
    {"k", "direction", "why_not", "weights", "tables", "persons", "opportunities", "fairness", "lottery"}
)
SHARED = frozenset({"tags", "skills", "interests", "text", "age", "slots", "stage", "motivation", "languages", "place"})
PERSON = SHARED | {"reach_km", "consents", "blocked", "resting", "asked", "load", "load_cap"}
OPPORTUNITY = SHARED | {"online", "needs_consents", "organization", "open", "freshness"}
RULE_KEYS = {
    "none": frozenset({"rule"}),
    "price": frozenset({"rule", "rounds", "pool", "floor", "prices"}),
    "newcomer_share": frozenset({"rule", "one_in"}),
}


def read_instance(question: object) -> Instance:
    """Read one question. Raises Faults."""
    log = Log()
    root = obj(question, (), log, QUESTION)
    if root is None:
        raise Faults(log.faults)
    opportunities = _by_id(root, "opportunities", OPPORTUNITY, _opportunity)
    persons = _by_id(root, "persons", PERSON, _person)
    _name_unlisted_blocks(root, persons, opportunities)
    weights = root.obj("weights", frozenset(TERMS))
    instance = Instance(
        persons=persons,
        opportunities=opportunities,
        k=root.integer("k", least=1, most=LARGEST),
        direction=cast(Direction, root.text("direction", one_of=("person", "opportunity")) or "person"),
        why_not=root.boolean("why_not") or False,
        weights={}
        if weights is None
        else {term: weights.integer(term, least=-MOST_SCORED, most=MOST_SCORED) or 0 for term in TERMS},
        bands=_bands(root),
        fairness=_fairness(root),
        seed=_seed(root),
        ignored=tuple(sorted(log.ignored)),
    )
    log.raise_if_any()
    return instance


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


def _person(given: Obj) -> Person:
    reach = given.data.get("reach_km")
    return Person(
        tags=given.counts("tags"),
        skills=given.counts("skills"),
        interests=given.counts("interests"),
        text=given.counts("text"),
        age=_ages(given, single=True),
        slots=frozenset(given.each("slots", _slot)),
        stage=given.integer("stage", least=-LARGEST, most=LARGEST),
        motivation=given.integer("motivation", least=-MOST_SCORED, most=MOST_SCORED),
        languages=frozenset(given.each("languages", text)),
        place=_place(given),
        reach_m=None if reach is None else _metres(reach, given.at("reach_km"), given.log),
        consents=frozenset(given.each("consents", text)),
        blocked=frozenset(given.each("blocked", identifier)),
        resting=given.boolean("resting") or False,
        asked=given.integer("asked", least=0, most=LARGEST),
        load=given.integer("load", least=0, most=LARGEST) or 0,
        load_cap=given.integer("load_cap", least=0, most=LARGEST),
    )


def _opportunity(given: Obj) -> Opportunity:
    organization = given.data.get("organization")
    is_open = given.boolean("open")
    return Opportunity(
        tags=given.counts("tags"),
        skills=given.counts("skills"),
        interests=given.counts("interests"),
        text=given.counts("text"),
        age=_ages(given, single=False),
        slots=frozenset(given.each("slots", _slot)),
        stage=given.integer("stage", least=-LARGEST, most=LARGEST),
        motivation=given.integer("motivation", least=-MOST_SCORED, most=MOST_SCORED),
        languages=frozenset(given.each("languages", text)),
        place=_place(given),
        online=given.boolean("online") or False,
        needs_consents=frozenset(given.each("needs_consents", text)),
        organization=None if organization is None else identifier(organization, given.at("organization"), given.log),
        open=True if is_open is None else is_open,
        freshness=given.integer("freshness", least=-MOST_SCORED, most=MOST_SCORED),
    )


def _name_unlisted_blocks(root: Obj, persons: dict[str, Person], opportunities: dict[str, Opportunity]) -> None:
    """A block outlives the 出番 it was made for, so one on an unlisted 出番 is named, not refused."""
    for name, person in persons.items():
        for blocked in person.blocked - opportunities.keys():
            root.log.ignore((*root.path, "persons", name, "blocked", blocked))


def _slot(value: object, path: Path, log: Log) -> Slot | None:
    return text(value, path, log) if isinstance(value, str) else integer(value, path, log)


def _ages(given: Obj, *, single: bool) -> tuple[int, int] | None:
    if not given.has("age"):
        return None
    value, path = given.data["age"], given.at("age")
    if not isinstance(value, list):
        if not single:
            given.log.fault(path, "not_a_pair")
            return None
        age = integer(value, path, given.log, least=0, most=LARGEST)
        return None if age is None else (age, age)
    if len(value) != 2:
        given.log.fault(path, "not_a_pair")
        return None
    low, high = (integer(end, (*path, n), given.log, least=0, most=LARGEST) for n, end in enumerate(value))
    if low is None or high is None:
        return None
    if low > high:
        given.log.fault(path, "reversed")
        return None
    return low, high


def _place(given: Obj) -> Place | None:
    if not given.has("place"):
        return None
    value, path = given.data["place"], given.at("place")
    if not isinstance(value, list) or len(value) != 2:
        given.log.fault(path, "not_a_pair")
        return None
    latitude = number(value[0], (*path, 0), given.log, least=-90, most=90)
    longitude = number(value[1], (*path, 1), given.log, least=-180, most=180)
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))


def _metres(value: object, path: Path, log: Log) -> int | None:
    """Kilometres as written → whole metres inside them. Through the decimal text: 1.005 km is 1005 m."""
    km = number(value, path, log, least=0, most=FARTHEST_KM)
    return None if km is None else int(Decimal(str(km)) * 1000)


def _bands(root: Obj) -> tuple[tuple[int, int], ...]:
    tables = root.obj("tables", frozenset({"distance"}))
    return () if tables is None else tuple(tables.each("distance", _band))


def _band(value: object, path: Path, log: Log) -> tuple[int, int] | None:
    if not isinstance(value, list) or len(value) != 2:
        log.fault(path, "not_a_pair")
        return None
    up_to = _metres(value[0], (*path, 0), log)
    worth = integer(value[1], (*path, 1), log, least=-MOST_SCORED, most=MOST_SCORED)
    return None if up_to is None or worth is None else (up_to, worth)


def _fairness(root: Obj) -> Fairness:
    given = root.obj("fairness", None)
    if given is None:
        return Fairness()
    rule = given.text("rule", one_of=tuple(RULE_KEYS), required=True)
    if rule is None:
        return Fairness()
    for key in given.data.keys() - RULE_KEYS[rule]:
        root.log.ignore(given.at(key))
    if rule == "newcomer_share":
        return Fairness(
            rule="newcomer_share", one_in=given.integer("one_in", least=1, most=LARGEST, required=True) or 1
        )
    if rule == "none":
        return Fairness()
    rounds = given.integer("rounds", least=0, most=MOST_ROUNDS)
    floor = given.data.get("floor")
    least = None if floor is None else number(floor, given.at("floor"), root.log, least=0, most=LARGEST)
    return Fairness(
        rule="price",
        rounds=Fairness().rounds if rounds is None else rounds,
        pool=given.integer("pool", least=1, most=LARGEST) or Fairness().pool,
        floor=Fraction(str(least or 0)),
        published=_prices(given),
    )


def _prices(given: Obj) -> dict[str, int] | None:
    prices = given.obj("prices", None)
    if prices is None:
        return None
    return {name: prices.integer(name, least=0, most=MOST_SCORED) or 0 for name in sorted(prices.data)}


def _seed(root: Obj) -> str | None:
    lottery = root.obj("lottery", frozenset({"seed"}))
    return None if lottery is None else lottery.text("seed", required=True)
