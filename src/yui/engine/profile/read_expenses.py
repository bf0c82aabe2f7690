"""The parts `expenses` and `honorarium` of a profile."""

from collections.abc import Mapping
from fractions import Fraction

from yui.engine.exact import exact, share, times, yen
from yui.engine.profile.types import PHASES, Category, Expenses, Honorarium, Surcharge, Year
from yui.engine.reading import LARGEST, Log, Obj, Path, obj, text

FLAGS = (
    "rate_times_hours", "food_excluded", "cheapest_route", "own_supply_at_cost", "consulted_before",
    "honorarium_table", "evidence",
)  # fmt: skip
CATEGORY = frozenset({"code", "name", "limit", "share_of_total", "total_includes_it", "night_limit", *FLAGS})


def read_expenses(given: Obj, has_table: bool) -> Expenses:
    """What is read before a fault is only a place holder: the caller looks at the log."""
    for key in given.data.keys() - {"categories", "refused", "years", "years_bind"}:
        given.log.ignore(given.at(key))
    categories = {one.code: one for one in given.each("categories", _category)}
    refused = dict(given.each("refused", _refused))
    _distinct(given, "categories")
    _distinct(given, "refused")
    for code in sorted(categories.keys() & refused.keys()):
        given.log.fault(given.at("refused"), "twice", id=code)
    for code, one in categories.items():
        if one.honorarium_table and not has_table:
            given.log.fault(given.at("categories"), "no_table", id=code)
    years = tuple(sorted(given.each("years", _year), key=lambda one: one.fiscal_year))
    if len({one.fiscal_year for one in years}) != len(years):
        given.log.fault(given.at("years"), "twice", id="fiscal_year")
    return Expenses(
        categories if given.has("categories") else None, refused, years, tuple(given.each("years_bind", _phase))
    )


def read_honorarium(given: Obj) -> Honorarium:
    """The table; a product that is not whole yen asks for a rounding."""
    known = {"classes", "least_minutes", "step_minutes", "step_share", "surcharges", "rounding"}
    for key in given.data.keys() - known:
        given.log.ignore(given.at(key))
    log, prices = given.log, given.obj("classes", None, required=True)
    classes: dict[str, int] = {}
    for mark, value in sorted(prices.data.items()) if prices else ():
        price = yen(value, (*given.at("classes"), mark), log)
        if price is not None:
            classes[mark] = price
    part = share(given.data.get("step_share"), given.at("step_share"), log) or Fraction(1, 2)
    surcharges = tuple(given.each("surcharges", _surcharge))
    rounding = given.text("rounding", one_of=("up", "down"))
    made = Honorarium(
        classes,
        given.integer("least_minutes", least=1, most=LARGEST, required=True) or 1,
        given.integer("step_minutes", least=1, most=LARGEST, required=True) or 1,
        part,
        tuple(sorted(surcharges, key=lambda one: one.over_km)),
        "up" if rounding == "up" else "down" if rounding == "down" else None,
    )
    if made.rounding is None and not _whole(classes, part, surcharges):
        log.fault(given.at("rounding"), "rounding_needed")
    return made


def _whole(classes: Mapping[str, int], part: Fraction, surcharges: tuple[Surcharge, ...]) -> bool:
    factors = [Fraction(1), *(one.times for one in surcharges)]
    return all((price * factor * part).denominator == 1 for price in classes.values() for factor in factors)


def _surcharge(value: object, path: Path, log: Log) -> Surcharge | None:
    one = obj(value, path, log, frozenset({"over_km", "from_included", "times"}))
    if one is None:
        return None
    over = exact(one.data.get("over_km"), one.at("over_km"), log, least=0)
    factor = times(one.data.get("times"), one.at("times"), log)
    included = one.boolean("from_included") or False
    return None if over is None or factor is None else Surcharge(over, included, factor)


def _category(value: object, path: Path, log: Log) -> Category | None:
    one = obj(value, path, log, CATEGORY)
    if one is None:
        return None
    code = one.text("code", required=True)
    flags = {flag: one.boolean(flag) or False for flag in FLAGS}
    part = share(one.data["share_of_total"], one.at("share_of_total"), log) if one.has("share_of_total") else None
    with_it = one.boolean("total_includes_it")
    limit = yen(one.data["limit"], one.at("limit"), log) if one.has("limit") else None
    night = yen(one.data["night_limit"], one.at("night_limit"), log) if one.has("night_limit") else None
    name = one.text("name")
    if limit is not None and part is not None:
        log.fault(one.at("share_of_total"), "limit_twice")
    if code is None:
        return None
    return Category(
        code, name or code, limit=limit, share_of_total=part, total_includes_it=with_it is not False,
        night_limit=night, **flags,
    )  # fmt: skip


def _refused(value: object, path: Path, log: Log) -> tuple[str, str] | None:
    one = obj(value, path, log, frozenset({"code", "name"}))
    code = None if one is None else one.text("code", required=True)
    return None if one is None or code is None else (code, one.text("name") or code)


def _year(value: object, path: Path, log: Log) -> Year | None:
    one = obj(value, path, log, frozenset({"fiscal_year", "limit"}))
    if one is None:
        return None
    fiscal_year = one.integer("fiscal_year", least=1952, most=2999, required=True)
    if not one.has("limit"):
        log.fault(one.at("limit"), "missing")
        return None
    limit = yen(one.data["limit"], one.at("limit"), log)
    return None if fiscal_year is None or limit is None else Year(fiscal_year, limit)


def _phase(value: object, path: Path, log: Log) -> str | None:
    made = text(value, path, log)
    if made is not None and made not in PHASES:
        log.fault(path, "not_one_of", choices=", ".join(PHASES))
        return None
    return made


def _distinct(given: Obj, key: str) -> None:
    listed = given.data.get(key)
    codes = [one.get("code") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    seen = [code for code in codes if isinstance(code, str)]
    for code in sorted({code for code in seen if seen.count(code) > 1}):
        given.log.fault(given.at(key), "twice", id=code)
