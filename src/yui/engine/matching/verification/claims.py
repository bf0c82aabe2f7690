"""JSON of the `verify` question → the question and what its answer claims. Faults where it cannot be read at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import cast

from yui.engine.faults import Faults
from yui.engine.matching.assignment.read import question_at
from yui.engine.matching.assignment.types import Question
from yui.engine.reading import Log, Obj, Path, are_texts, integer, obj, text

ANSWER = frozenset(
    {"matching", "value", "cancelled", "unmatched", "lottery", "quality", "willing_coalitions", "steps", "ignored"}
)
LOTTERY = frozenset({"rule", "seed", "orders", "turns", "persons"})
QUALITY = frozenset(
    {
        "bound",
        "proved",
        "proof",
        "blocking_pairs",
        "willing_coalitions",
        "prices",
        "region_prices",
        "bound_prices",
        "bound_region_prices",
    }
)
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices of a seat, the region's part included, and that part alone."""

    seat: Mapping[str, int | None]
    region: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Claims:
    """An answer as claimed. What is None was not claimed and cannot be checked."""

    matching: Mapping[str, Names]
    value: int | None
    cancelled: Mapping[str, Names] | None  # with those who had wished for it
    unmatched: Mapping[str, str] | None
    coalitions: Mapping[str, Names]
    rule: str | None
    orders: Mapping[str, Names] | None
    turns: Names | None
    line_of_persons: Names | None
    bound: int | None
    proved: bool | None
    proof: str | None
    blocking_pairs: int | None
    prices: PriceList | None
    bound_prices: PriceList | None


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be verified."""

    question: Question
    claims: Claims
    ignored: Names


def read_case(value: object) -> Case:
    """Raises Faults."""
    log = Log()
    root = obj(value, (), log, frozenset({"instance", "answer"}))
    if root is None:
        raise Faults(log.faults)
    for key in ("instance", "answer"):
        if not root.has(key):
            log.fault((key,), "missing")
    question = question_at(root.data["instance"], ("instance",), log) if root.has("instance") else None
    answer = root.obj("answer", ANSWER)
    claims = None if answer is None else _claims(answer)
    log.raise_if_any()
    if question is None or claims is None:
        raise Faults(log.faults)
    return Case(question, claims, tuple(sorted(log.ignored)))


def _claims(answer: Obj) -> Claims:
    lottery = answer.obj("lottery", LOTTERY)
    quality = answer.obj("quality", QUALITY)
    coalitions = answer.each("willing_coalitions", _coalition)
    return Claims(
        matching=_lists(answer, "matching", required=True) or {},
        value=answer.integer("value"),
        cancelled=dict(answer.each("cancelled", _cancelled)) if answer.has("cancelled") else None,
        unmatched=_texts(answer, "unmatched"),
        coalitions=dict(coalitions),
        rule=None if lottery is None else lottery.text("rule"),
        orders=None if lottery is None else _lists(lottery, "orders"),
        turns=None if lottery is None else _list(lottery, "turns"),
        line_of_persons=None if lottery is None else _list(lottery, "persons"),
        bound=None if quality is None else quality.integer("bound"),
        proved=None if quality is None else quality.boolean("proved"),
        proof=None if quality is None else quality.text("proof", one_of=("none", "prices", "enumeration")),
        blocking_pairs=None if quality is None else quality.integer("blocking_pairs"),
        prices=None if quality is None else _prices(quality, ""),
        bound_prices=None if quality is None else _prices(quality, "bound_"),
    )


def _list(given: Obj, key: str) -> Names | None:
    return tuple(given.each(key, text)) if given.has(key) else None


def _lists(given: Obj, key: str, *, required: bool = False) -> dict[str, Names] | None:
    holder = given.obj(key, None, required=required)
    if holder is None:
        return None
    lists = list(holder.data.values())
    if set(map(type, lists)) <= {list} and are_texts(list(chain.from_iterable(cast(list[list[object]], lists)))):
        return {name: tuple(cast(list[str], mine)) for name, mine in sorted(holder.data.items())}
    return {name: tuple(Obj(holder.data, holder.path, given.log).each(name, text)) for name in sorted(holder.data)}


def _texts(given: Obj, key: str) -> dict[str, str] | None:
    holder = given.obj(key, None)
    if holder is None:
        return None
    found = {name: holder.text(name, required=True) for name in sorted(holder.data)}
    return {name: code for name, code in found.items() if code is not None}


def _cancelled(value: object, path: Path, log: Log) -> tuple[str, Names] | None:
    return _named(value, path, log, "wanted_by", frozenset({"program", "why", "wanted_by"}))


def _coalition(value: object, path: Path, log: Log) -> tuple[str, Names] | None:
    return _named(value, path, log, "persons", frozenset({"program", "persons"}))


def _named(value: object, path: Path, log: Log, key: str, known: frozenset[str]) -> tuple[str, Names] | None:
    given = obj(value, path, log, known)
    if given is None:
        return None
    programme = given.text("program", required=True)
    return None if programme is None else (programme, tuple(given.each(key, text)))


def _prices(quality: Obj, prefix: str) -> PriceList | None:
    seats = quality.obj(f"{prefix}prices", None)
    regions = quality.obj(f"{prefix}region_prices", None)
    if seats is None:
        return None
    found = {} if regions is None else {name: regions.integer(name, required=True) for name in sorted(regions.data)}
    return PriceList(
        seat={
            name: None if price is None else integer(price, seats.at(name), quality.log)
            for name, price in sorted(seats.data.items())
        },
        region={name: price for name, price in found.items() if price is not None},
    )
