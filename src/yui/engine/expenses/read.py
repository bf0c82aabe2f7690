"""The `expenses` question from JSON. Written for ten thousand lines: the common case is looked at once."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from yui.engine.calendar.given import day, day_of
from yui.engine.exact import Exact, exact, yen
from yui.engine.expenses.types import Line, Question
from yui.engine.faults import Faults, PathStep
from yui.engine.profile import Category, Expenses, Honorarium, Profile, needed
from yui.engine.profile.types import PHASES
from yui.engine.reading import LARGEST, LONGEST_ID, MOST_SCORED, Log, Pairs, integer, obj, sayable, text

T = TypeVar("T")
Path = tuple[PathStep, ...]

LINE = frozenset({
    "id", "category", "paid", "tax", "date", "rate", "hours", "nights", "people", "meals", "stays", "cheapest",
    "own_supply_cost", "consulted_on", "class", "minutes", "one_way_km", "sources", "evidence",
})  # fmt: skip
CONTRACT = "contract"
SHOWN = 60


def read_question(given: object) -> Question:
    """Read one question. Raises Faults."""
    log = Log()
    root = obj(given, (), log, frozenset({"profile", "phase", "lines"}))
    if root is None:
        raise Faults(log.faults)
    profile = needed(root, "expenses")
    phase = root.text("phase", one_of=PHASES) or "settlement"
    if not root.has("lines"):
        log.fault(root.at("lines"), "missing")
    if profile is None or profile.expenses is None:
        log.raise_if_any()
        raise AssertionError("a profile that cannot be read is a fault")
    reader = LineReader(profile, profile.expenses, log)
    lines = root.each("lines", lambda value, path, _log: reader.read(value, path))
    log.raise_if_any()
    return Question(profile, profile.expenses, phase, tuple(lines), tuple(sorted(log.ignored)))


class LineReader:
    """Reads one line after the other; ids must differ."""

    def __init__(self, profile: Profile, rules: Expenses, log: Log) -> None:
        self.rules, self.log = rules, log
        self.table: Honorarium | None = profile.honorarium
        self.codes = None if rules.categories is None else {**rules.categories, **dict.fromkeys(rules.refused)}
        self.seen: set[str] = set()

    def read(self, value: object, path: Path) -> Line | None:
        """One line; None after a fault."""
        log = self.log
        if not isinstance(value, dict) or not value.keys() <= LINE or (isinstance(value, Pairs) and value.twice):
            one = obj(value, path, log, LINE)
            if one is None:
                return None
            assert isinstance(value, dict)
        before = len(log.faults)
        name, code = self._name(value, path), self._category(value, path)
        sources = self._sources(value, path)
        made = Line(
            id=name,
            category=code,
            paid=self._yen(value, path, "paid"),
            tax=self._yen(value, path, "tax") or 0,
            day=self._day(value, path, "date"),
            rate=self._yen(value, path, "rate"),
            hours=self._exact(value, path, "hours"),
            nights=self._count(value, path, "nights"),
            people=self._count(value, path, "people"),
            meals=self._yen(value, path, "meals") or 0,
            stays=self._stays(value, path),
            cheapest=self._yen(value, path, "cheapest"),
            own_supply_cost=self._yen(value, path, "own_supply_cost"),
            consulted_on=self._day(value, path, "consulted_on"),
            mark=self._text(value, path, "class"),
            minutes=self._minutes(value, path),
            one_way_km=self._exact(value, path, "one_way_km") or 0,
            contract=None if sources is None else sources[0],
            from_all=0 if sources is None else sources[1],
            evidence=self._evidence(value, path),
        )
        if len(log.faults) == before:
            self._check(made, path)
        return made if len(log.faults) == before else None

    def _name(self, value: dict[str, object], path: Path) -> str:
        name = value.get("id")
        if isinstance(name, str) and 0 < len(name) <= LONGEST_ID and name.isascii() and name not in self.seen:
            self.seen.add(name)
            return name
        where = (*path, "id")
        if name is None:
            self.log.fault(where, "missing")
            return ""
        made = text(name, where, self.log)
        if made is None:
            return ""
        if not made:
            self.log.fault(where, "empty_text")
        elif len(made) > LONGEST_ID:
            self.log.fault(where, "id_too_long", most=LONGEST_ID)
        elif made in self.seen:
            self.log.fault(where, "twice", id=made[:SHOWN])
        self.seen.add(made)
        return made

    def _category(self, value: dict[str, object], path: Path) -> str:
        code = value.get("category")
        if isinstance(code, str) and self.codes is not None and code in self.codes:
            return code
        where = (*path, "category")
        if code is None:
            self.log.fault(where, "missing")
        elif text(code, where, self.log) is not None:
            assert isinstance(code, str)
            if self.codes is not None:
                self.log.fault(where, "not_one_of", choices=", ".join(self.codes))
            elif not 0 < len(code) <= LONGEST_ID:
                self.log.fault(where, "id_too_long" if code else "empty_text", most=LONGEST_ID)
            else:
                return code
        return ""

    def _yen(self, value: dict[str, object], path: Path, key: str) -> int | None:
        given = value.get(key)
        if given is None or (type(given) is int and 0 <= given <= LARGEST):
            return given
        return yen(given, (*path, key), self.log)

    def _count(self, value: dict[str, object], path: Path, key: str) -> int:
        given = value.get(key)
        if given is None:
            return 1
        return integer(given, (*path, key), self.log, least=1, most=MOST_SCORED) or 1

    def _minutes(self, value: dict[str, object], path: Path) -> int | None:
        given = value.get("minutes")
        return None if given is None else integer(given, (*path, "minutes"), self.log, least=1, most=MOST_SCORED)

    def _exact(self, value: dict[str, object], path: Path, key: str) -> Exact | None:
        given = value.get(key)
        return None if given is None else exact(given, (*path, key), self.log, least=0)

    def _text(self, value: dict[str, object], path: Path, key: str) -> str | None:
        given = value.get(key)
        return None if given is None else text(given, (*path, key), self.log)

    def _day(self, value: dict[str, object], path: Path, key: str) -> date | None:
        given = value.get(key)
        if given is None:
            return None
        made = day_of(given) if isinstance(given, str) and len(given) == 10 else None
        return made if made is not None else day(given, (*path, key), self.log)

    def _stays(self, value: dict[str, object], path: Path) -> tuple[int, ...] | None:
        given = value.get("stays")
        if given is None:
            return None
        found = self._listed(given, (*path, "stays"), lambda item, at: yen(item, at, self.log))
        return None if found is None else tuple(found)

    def _sources(self, value: dict[str, object], path: Path) -> tuple[int, int] | None:
        """The part of the contract, and everything together; None where no sources are named."""
        given = value.get("sources")
        if given is None:
            return None
        found = self._listed(given, (*path, "sources"), self._source)
        if not found:
            return None
        return sum(amount for name, amount in found if name == CONTRACT), sum(amount for _, amount in found)

    def _source(self, value: object, path: Path) -> tuple[str, int] | None:
        one = obj(value, path, self.log, frozenset({"source", "amount"}))
        if one is None:
            return None
        name = one.text("source", required=True)
        if name is not None and not 0 < len(name) <= LONGEST_ID:
            self.log.fault(one.at("source"), "id_too_long" if name else "empty_text", most=LONGEST_ID)
        if not one.has("amount"):
            self.log.fault(one.at("amount"), "missing")
            return None
        amount = yen(one.data["amount"], one.at("amount"), self.log)
        return None if name is None or amount is None else (name, amount)

    def _evidence(self, value: dict[str, object], path: Path) -> int:
        given = value.get("evidence")
        if given is None:
            return 0
        if isinstance(given, list) and all(isinstance(one, str) and one and sayable(one) for one in given):
            return len(given)
        found = self._listed(given, (*path, "evidence"), self._piece)
        return 0 if found is None else len(found)

    def _piece(self, value: object, path: Path) -> str | None:
        made = text(value, path, self.log)
        if made == "":
            self.log.fault(path, "empty_text")
        return made

    def _listed(self, given: object, path: Path, read: Callable[[object, Path], T | None]) -> list[T] | None:
        if not isinstance(given, list):
            self.log.fault(path, "not_array")
            return None
        found = (read(item, (*path, at)) for at, item in enumerate(given))
        return [one for one in found if one is not None]

    def _check(self, line: Line, path: Path) -> None:
        """What the category needs, and what cannot be true."""
        log = self.log
        category = None if self.rules.categories is None else self.rules.categories.get(line.category)
        if category is not None:
            self._check_category(line, category, path)
        if self.rules.years and line.day is None:
            log.fault((*path, "date"), "missing")
        claimed = claimed_of(line)
        if claimed is None:
            log.fault((*path, "paid"), "missing")
            return
        if line.tax > claimed:
            log.fault((*path, "tax"), "too_large", most=claimed)
        if line.meals > claimed:
            log.fault((*path, "meals"), "too_large", most=claimed)

    def _check_category(self, line: Line, category: Category, path: Path) -> None:
        needs: list[tuple[str, object]] = []
        if category.rate_times_hours:
            needs += [("rate", line.rate), ("hours", line.hours)]
        if category.honorarium_table:
            needs += [("class", line.mark), ("minutes", line.minutes)]
        for key, given in needs:
            if given is None:
                self.log.fault((*path, key), "missing")
        if category.honorarium_table and line.mark is not None and self.table and line.mark not in self.table.classes:
            self.log.fault((*path, "class"), "not_one_of", choices=", ".join(self.table.classes))


def claimed_of(line: Line) -> int | None:
    """What is claimed: what was paid, or else rate × hours rounded down, or else the stays together."""
    if line.paid is not None:
        return line.paid
    if line.rate is not None and line.hours is not None:
        return rate_times_hours(line)
    return None if line.stays is None else sum(line.stays)


def rate_times_hours(line: Line) -> int:
    """In yen, rounded down."""
    assert line.rate is not None and line.hours is not None
    made = line.rate * line.hours
    return made.numerator // made.denominator
