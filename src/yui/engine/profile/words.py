"""A profile in words: one sentence for each of its rules, from its data. What a call shows to everyone."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from yui.engine.calendar.written import fiscal_year_label
from yui.engine.exact import written_exactly
from yui.engine.profile.read import profile_named, shipped_profile
from yui.engine.profile.types import Category, Expenses, Honorarium, Profile, Selection
from yui.engine.sentences import say
from yui.engine.steps import Step, told

ORGAN = "profile"


def answer_profile(name: str) -> dict[str, object]:
    """The data of a shipped profile, with its rules in words. Raises Faults for an unknown name."""
    return dict(profile_named(name)) | {"steps": told(ORGAN, words(shipped_profile(name)))}


def sentences(profile: Profile) -> list[str]:
    """The rules of a profile, one Japanese sentence each."""
    return [str(step["says"]) for step in told(ORGAN, words(profile))]


def words(profile: Profile) -> Iterator[Step]:
    """A step for each rule that the profile has."""
    yield Step("profile", {"title": profile.title, "name": profile.name})
    if profile.selection is not None:
        yield from _selection(profile.selection)
    if profile.shortlist is not None:
        yield Step("shortlist", {"at_least": profile.shortlist.at_least, "choose": profile.shortlist.choose})
    for clock in (profile.windows or {}).values():
        yield Step(f"window_{clock.starts}", {"ask_days": clock.ask_days, "answer_days": clock.answer_days})
        yield Step(f"closed_days_{clock.closed_days}", {})
    for kind, receipt in (profile.receipt or {}).items():
        yield Step(f"receipt_{kind}", {"channels": [channel_name(code) for code in receipt.channels]})
        if receipt.counter is not None:
            times = receipt.counter
            yield Step("counter", {
                "opens": f"{times.opens:%H:%M}", "closes": f"{times.closes:%H:%M}", "last_day": f"{times.last_day:%H:%M}",
            })  # fmt: skip
    if profile.deposit is not None:
        rule = profile.deposit
        yield Step(f"deposit_rounded_{rule.rounding}", {"share": _share(rule.share)})
        if rule.local_share is not None:
            yield Step("deposit_local", {"share": _share(rule.local_share)})
    if profile.honorarium is not None:
        yield from _honorarium(profile.honorarium)
    if profile.expenses is not None:
        yield from _expenses(profile.expenses)


def channel_name(code: str) -> str:
    """持参, 郵送, …"""
    return say(ORGAN, "channels", code, {})


def _selection(rules: Selection) -> Iterator[Step]:
    yield Step("criteria", {"count": len(rules.criteria), "full": rules.full})
    if rules.stage1 is not None:
        yield Step("stage1", {"points": rules.stage1, "full": rules.full, "both": rules.stage1 + rules.full})
    yield Step(f"aggregation_{rules.aggregation}", {})
    if rules.ranked:
        yield Step("ranks_distinct" if rules.distinct_ranks else "ranks_shared", {})
    floor = rules.floor
    if floor is not None:
        points = {"points": written_exactly(floor.points)}
        if floor.measured == "mean":
            yield Step("floor_mean", points)
        else:
            if rules.ranked:
                yield Step("floor_ranks", points)
            if floor.majority:
                yield Step("floor_majority", points)
    yield Step("ties", {"rules": [say(ORGAN, "ties", tie.rule, {}) for tie in rules.ties]})
    if rules.estimate_gate:
        yield Step("estimate_gate", {})
    yield Step(rules.successor, {})


def _honorarium(rules: Honorarium) -> Iterator[Step]:
    yield Step("honorarium", {"classes": {mark: f"{price:,}円" for mark, price in rules.classes.items()}})
    share = _share(rules.step_share)
    yield Step("honorarium_time", {"least": rules.least_minutes, "step": rules.step_minutes, "share": share})
    for one in rules.surcharges:
        values = {"km": written_exactly(one.over_km), "times": _share(one.times)}
        yield Step("surcharge_from" if one.from_included else "surcharge_over", values)


def _expenses(rules: Expenses) -> Iterator[Step]:
    if rules.categories is None:
        yield Step("any_category", {})
    else:
        yield Step("categories", {"names": [one.name for one in rules.categories.values()]})
        for one in rules.categories.values():
            yield from _category(one)
        evidence = [one.name for one in rules.categories.values() if one.evidence]
        if evidence:
            yield Step("evidence", {"names": evidence})
    if rules.refused:
        yield Step("refused", {"names": list(rules.refused.values())})
    for year in rules.years:
        yield Step("year", {"fiscal_year": fiscal_year_label(year.fiscal_year), "limit": year.limit})
    if rules.years and "estimate" not in rules.years_bind:
        yield Step("years_not_at_estimate", {})


def _category(one: Category) -> Iterator[Step]:
    own: Mapping[str, object] = {"name": one.name}
    if one.rate_times_hours:
        yield Step("rate_times_hours", own)
    if one.limit is not None:
        yield Step("limit", {"name": one.name, "limit": one.limit})
    if one.share_of_total is not None:
        rule = "share_with_it" if one.total_includes_it else "share_without_it"
        yield Step(rule, {"name": one.name, "share": _share(one.share_of_total)})
    if one.night_limit is not None:
        yield Step("night_limit", {"name": one.name, "limit": one.night_limit})
    for rule in ("food_excluded", "cheapest_route", "own_supply_at_cost", "consulted_before", "honorarium_table"):
        if getattr(one, rule):
            yield Step(rule, own)


def _share(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
