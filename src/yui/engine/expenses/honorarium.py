"""謝金: what the table allows for one invitation; and the `honorarium` question."""

from dataclasses import dataclass
from fractions import Fraction

from yui.engine.exact import Exact, exact, whole_if_whole, written_exactly, yen
from yui.engine.faults import Faults
from yui.engine.profile import Honorarium, needed
from yui.engine.reading import LARGEST, Log, obj
from yui.engine.steps import Step, told

ORGAN = "expenses"
HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class Allowed:
    """`billed` minutes at `hourly` yen (after the surcharge `times`) give at most `limit` yen."""

    billed: int
    times: Fraction
    hourly: Exact
    limit: int


def allowed(mark: str, minutes: int, one_way_km: Exact, table: Honorarium) -> Allowed:
    """The ceiling for one invitation. KeyError for a class that the table does not have.

    Never less than the least time; what is over rises in whole steps; the surcharge is on the hourly price.
    """
    times = Fraction(1)
    for step in table.surcharges:
        if one_way_km > step.over_km or (step.from_included and one_way_km == step.over_km):
            times = step.times
    hourly = table.classes[mark] * times
    extra = max(0, minutes - table.least_minutes)
    steps = -(-table.least_minutes // table.step_minutes) + -(-extra // table.step_minutes)
    made = hourly * table.step_share * steps
    limit = -(-made.numerator // made.denominator) if table.rounding == "up" else made.numerator // made.denominator
    return Allowed(steps * table.step_minutes, times, whole_if_whole(hourly), limit)


def answer_honorarium(question: object) -> dict[str, object]:
    """Raises Faults."""
    log = Log()
    root = obj(question, (), log, frozenset({"profile", "class", "minutes", "one_way_km", "paid"}))
    if root is None:
        raise Faults(log.faults)
    profile = needed(root, "honorarium")
    table = None if profile is None else profile.honorarium
    mark = root.text("class", one_of=tuple(table.classes) if table else (), required=True)
    minutes = root.integer("minutes", least=1, most=LARGEST, required=True)
    km = exact(root.data["one_way_km"], root.at("one_way_km"), log, least=0) if root.has("one_way_km") else 0
    if not root.has("paid"):
        log.fault(root.at("paid"), "missing")
    paid = yen(root.data["paid"], root.at("paid"), log) if root.has("paid") else None
    log.raise_if_any()
    assert table is not None and mark is not None and minutes is not None and km is not None and paid is not None
    found = allowed(mark, minutes, km, table)
    eligible = min(paid, found.limit)
    return {
        "billed_half_hours": written_exactly(whole_if_whole(Fraction(found.billed, HALF_HOUR))),
        "hourly": written_exactly(found.hourly),
        "limit": found.limit,
        "eligible": eligible,
        "ineligible": paid - eligible,
        "steps": told(ORGAN, _steps(mark, minutes, km, paid, found, table)),
        "ignored": sorted(log.ignored),
    }


def _steps(mark: str, minutes: int, km: Exact, paid: int, found: Allowed, table: Honorarium) -> list[Step]:
    made = [Step("billed", {"minutes": minutes, "billed": found.billed})]
    values: dict[str, object] = {"class": mark, "price": table.classes[mark], "km": written_exactly(km)}
    if found.times == 1:
        made.append(Step("no_surcharge", values))
    else:
        times = f"{found.times.numerator}/{found.times.denominator}"
        made.append(Step("surcharge", values | {"times": times, "hourly": written_exactly(found.hourly)}))
    made.append(Step("ceiling", {"limit": found.limit}))
    rule = "paid_within" if paid <= found.limit else "paid_over"
    made.append(Step(rule, {"paid": paid, "over": max(0, paid - found.limit)}))
    return made
