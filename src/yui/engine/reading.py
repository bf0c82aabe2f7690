"""From JSON to checked values: every fault is collected with its path, nothing is guessed or coerced."""

import json
import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from yui.engine.faults import Fault, Faults, PathStep, written

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
Path = tuple[PathStep, ...]

LONGEST_ID = 200
LARGEST = 10**15
"""Bound of numbers that are only compared or counted: ages, stages, loads."""

MOST_SCORED = 10**30
"""Bound of what is multiplied and added; sums are exact far beyond it."""


class Pairs(dict[str, object]):
    """A JSON object that remembers the keys it was given twice."""

    twice: tuple[str, ...] = ()


@dataclass(slots=True)
class Log:
    """What a reader found on its way: faults, and keys nobody knows."""

    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def fault(self, path: Path, code: str, **values: object) -> None:
        self.faults.append(Fault(path, code, values))

    def ignore(self, path: Path) -> None:
        self.ignored.append(written(path))

    def raise_if_any(self) -> None:
        if self.faults:
            raise Faults(sorted(self.faults, key=lambda fault: (written(fault.path), fault.code)))


def _pairs(pairs: list[tuple[str, object]]) -> Pairs:
    made = Pairs(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        made.twice = tuple(sorted({key for key, _ in pairs if key in seen or seen.add(key)}))  # type: ignore[func-returns-value]
    return made


def _no_constant(name: str) -> object:
    raise ValueError(name)


def load(text: str | bytes) -> object:
    """Parse JSON strictly (no NaN). Raises Faults with the one code `not_json`, or `not_utf8`."""
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Faults([Fault((), "not_utf8", {"at": error.start})]) from None
    try:
        return json.loads(plain, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Faults([Fault((), "not_json", {"line": error.lineno, "column": error.colno})]) from None
    except (ValueError, RecursionError):
        raise Faults([Fault((), "not_json", {"line": 0, "column": 0})]) from None


@dataclass(frozen=True, slots=True)
class Obj:
    """An object under reading. A key that is absent or null reads as None."""

    data: Mapping[str, object]
    path: Path
    log: Log

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def at(self, key: str) -> Path:
        return (*self.path, key)

    def integer(
        self, key: str, *, least: int | None = None, most: int | None = None, required: bool = False
    ) -> int | None:
        if not self._given(key, required=required):
            return None
        return integer(self.data[key], self.at(key), self.log, least=least, most=most)

    def boolean(self, key: str) -> bool | None:
        if not self.has(key):
            return None
        value = self.data[key]
        if isinstance(value, bool):
            return value
        self.log.fault(self.at(key), "not_boolean")
        return None

    def text(self, key: str, *, one_of: tuple[str, ...] = (), required: bool = False) -> str | None:
        if not self._given(key, required=required):
            return None
        value = text(self.data[key], self.at(key), self.log)
        if value is not None and one_of and value not in one_of:
            self.log.fault(self.at(key), "not_one_of", choices=", ".join(one_of))
            return None
        return value

    def obj(self, key: str, known: frozenset[str] | None, *, required: bool = False) -> "Obj | None":
        """The object at `key`; `known` None means that its keys are data."""
        if not self._given(key, required=required):
            return None
        return obj(self.data[key], self.at(key), self.log, known)

    def each(self, key: str, read: Callable[[object, Path, Log], T | None]) -> list[T]:
        """What `read` makes of each element of the array at `key`; wrong elements are left out after a fault."""
        if not self.has(key):
            return []
        items = self.data[key]
        if not isinstance(items, list):
            self.log.fault(self.at(key), "not_array")
            return []
        made = (read(item, (*self.path, key, n), self.log) for n, item in enumerate(items))
        return [one for one in made if one is not None]

    def names(self, key: str) -> list[str]:
        """The ids in the array at `key`: what `each` with `identifier` reads, at one look where all of them are right."""
        items = self.data.get(key)
        if isinstance(items, list) and are_identifiers(items):
            return list(items)
        return self.each(key, identifier)

    def counts(self, key: str) -> dict[str, int]:
        """An object of integers, e.g. tags with their weights."""
        inner = self.obj(key, None)
        if inner is None:
            return {}
        made = {
            name: integer(value, inner.at(name), self.log, least=-MOST_SCORED, most=MOST_SCORED)
            for name, value in sorted(inner.data.items())
        }
        return {name: value for name, value in made.items() if value is not None}

    def _given(self, key: str, *, required: bool) -> bool:
        if self.has(key):
            return True
        if required:
            self.log.fault(self.at(key), "missing")
        return False


def obj(value: object, path: Path, log: Log, known: frozenset[str] | None) -> Obj | None:
    """Read an object; unknown keys are named as ignored, keys given twice are faults."""
    if not isinstance(value, dict):
        log.fault(path, "not_object")
        return None
    for key in value.twice if isinstance(value, Pairs) else ():
        log.fault((*path, key), "duplicate_key")
    usual = sayable("".join(value)) if known is None else value.keys() <= known
    for key in () if usual else value:
        if not sayable(key):
            log.fault((*path, key), "not_unicode")
        elif known is not None and key not in known:
            log.ignore((*path, key))
    return Obj(value, path, log)


def integer(value: object, path: Path, log: Log, *, least: int | None = None, most: int | None = None) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        log.fault(path, "not_integer")
    elif least is not None and value < least:
        log.fault(path, "too_small", least=least)
    elif most is not None and value > most:
        log.fault(path, "too_large", most=most)
    else:
        return value
    return None


def number(value: object, path: Path, log: Log, *, least: float, most: float) -> int | float | None:
    """A finite number within a closed range. Where it is measured (degrees, kilometres), never money or points."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        log.fault(path, "not_number")
    elif value < least:
        log.fault(path, "too_small", least=least)
    elif value > most:
        log.fault(path, "too_large", most=most)
    else:
        return value
    return None


def text(value: object, path: Path, log: Log) -> str | None:
    if not isinstance(value, str):
        log.fault(path, "not_text")
    elif not sayable(value):
        log.fault(path, "not_unicode")
    else:
        return value
    return None


def identifier(value: object, path: Path, log: Log) -> str | None:
    """An id: text of at most 200 characters without `|`, the sign that joins the lottery's text."""
    made = text(value, path, log)
    if made is None:
        return None
    if len(made) > LONGEST_ID:
        log.fault(path, "id_too_long", most=LONGEST_ID)
        return None
    if "|" in made:
        log.fault(path, "id_with_bar")
        return None
    return made


def are_texts(values: Sequence[object]) -> bool:
    """Whether `text` would take every one of them."""
    try:
        return sayable("".join(values))  # type: ignore[arg-type]
    except TypeError:
        return False


def are_identifiers(values: Sequence[object]) -> bool:
    """Whether `identifier` would take every one of them."""
    try:
        joined = "".join(values)  # type: ignore[arg-type]
    except TypeError:
        return False
    short = len(joined) <= LONGEST_ID or max(map(len, values)) <= LONGEST_ID  # type: ignore[arg-type]
    return short and "|" not in joined and sayable(joined)


def sayable(value: str) -> bool:
    """No lone surrogate: such a text has no UTF-8 bytes, so it can be neither hashed nor written."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
