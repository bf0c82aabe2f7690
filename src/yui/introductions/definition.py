"""introductions.yaml: limits, weights, fairness, deadlines of an introduction. Pure: no Django.

The names of limits and weights are those of the matching engine's ``recommend`` question.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from yui.base.definitions.schema import Count, ExampleFault, Item, Part, Positive, Problem, Section, Setting, Texts

Limit = Literal["age", "slots", "languages", "stage", "place", "consents", "load", "blocked", "resting", "open"]
LIMITS: tuple[Limit, ...] = (
    "age",
    "slots",
    "languages",
    "stage",
    "place",
    "consents",
    "load",
    "blocked",
    "resting",
    "open",
)


class Weights(Part):
    """How much each part of the score counts; whole numbers."""

    tags: Setting[Count]
    skills: Setting[Count]
    interests: Setting[Count]
    text: Setting[Count]
    motivation: Setting[Count]
    time: Setting[Count]
    distance: Setting[Count]
    freshness: Setting[Count]

    def as_mapping(self) -> dict[str, int]:
        """By name, as the engine takes them."""
        return {name: getattr(self, name).value for name in type(self).model_fields}


class Band(Part):
    """Up to ``up_to_km`` kilometres, so many points."""

    up_to_km: Positive
    points: Count


class Fairness(Part):
    """The exposure rule: among each ``one_in`` entries, at least one who was never asked."""

    rule: Setting[Literal["none", "newcomer_share", "price"]]
    one_in: Setting[Positive]
    never_asked_days: Setting[Positive]
    smallest_cell: Setting[Positive]
    public_sentence: Texts


class LimitText(Item):
    """「なぜ出ないか」: the sentence of a limit, for staff."""

    key: Limit
    sentence: str


class Reason(Item):
    """A reason for a decline (private) or an ending."""

    label: Texts


class Step(Item):
    """A state of the introduction, in the resident's words; the key is the code's."""

    label: Texts
    staff_label: str


class SynonymGroup(Item):
    """Words that mean the same in a search: the first stands for all."""

    words: Annotated[list[str], Field(min_length=2)]


class Introductions(Part):
    """introductions.yaml"""

    limits: list[LimitText]
    weights: Weights
    distance_table: Annotated[list[Band], Field(min_length=1)]
    reach_km: Setting[Positive]
    list_size: Setting[Positive]
    reasons_shown: Setting[Positive]
    fairness: Fairness
    lottery_seed: Setting[str]
    load_cap_per_month: Setting[Positive]
    answer_deadline_days: Setting[Positive]
    remind_before_days: Setting[Positive]
    follow_up_months: Setting[Positive]
    both_yes_before_contact: Setting[bool]
    declines_private: Setting[bool]
    decline_again_after_months: Setting[Positive]
    steps: Annotated[list[Step], Field(min_length=1)]
    decline_reasons: Annotated[list[Reason], Field(min_length=1)]
    passed_reasons: Annotated[list[Reason], Field(min_length=1)]
    outcome_kinds: Annotated[list[Reason], Field(min_length=1)]
    synonyms: list[SynonymGroup]

    def distance_bands(self) -> list[list[int]]:
        """The distance table as the engine takes it: [[kilometres, points], …]."""
        return [[band.up_to_km, band.points] for band in self.distance_table]

    def canonical(self) -> dict[str, str]:
        """Each synonym → the word that stands for its group."""
        return {word: group.words[0] for group in self.synonyms for word in group.words}


def answer_due(rules: Introductions, asked_on: date) -> date:
    """The last day on which a side may answer."""
    return asked_on + timedelta(days=rules.answer_deadline_days.value)


def follow_up_on(rules: Introductions, met_on: date) -> date:
    """N か月後確認の日: the same day of the month, or the month's last."""
    months = met_on.month - 1 + rules.follow_up_months.value
    year, month = met_on.year + months // 12, months % 12 + 1
    return date(year, month, min(met_on.day, monthrange(year, month)[1]))


def _check_limits(_definition: Any, rules: Introductions) -> Iterator[Problem]:
    if [limit.key for limit in rules.limits] != list(LIMITS):
        yield Problem(("limits",), "制限は、公開している順に10個すべてを書いてください： " + "、".join(LIMITS))


def _check_bands(_definition: Any, rules: Introductions) -> Iterator[Problem]:
    edges = [band.up_to_km for band in rules.distance_table]
    if edges != sorted(set(edges)):
        yield Problem(("distance_table",), "距離は近い順に、重なりなく書いてください。")
    points = [band.points for band in rules.distance_table]
    if points != sorted(points, reverse=True):
        yield Problem(("distance_table",), "遠いほど点が低くなるように書いてください。")


def _check_synonyms(_definition: Any, rules: Introductions) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for index, group in enumerate(rules.synonyms):
        for position, word in enumerate(group.words):
            if word in seen:
                yield Problem(("synonyms", index, "words", position), f"「{word}」は「{seen[word]}」の組にもあります。")
            seen.setdefault(word, group.words[0])


def _check_newcomers(_definition: Any, rules: Introductions) -> Iterator[Problem]:
    if rules.fairness.rule.value == "newcomer_share" and rules.fairness.one_in.value > rules.list_size.value:
        yield Problem(("fairness", "one_in"), "候補の数（list_size）より大きいと、はじめての人が1人も入りません。")


def _example_within_load(definition: Any, given: Mapping[str, Any]) -> bool:
    return int(given["asked_this_month"]) < definition.introductions.load_cap_per_month.value


def _example_reached(definition: Any, given: Mapping[str, Any]) -> bool:
    if given.get("online"):
        return True
    reach = given.get("reach_km", definition.introductions.reach_km.value)
    return bool(given["distance_km"] <= reach)


def _example_answer_due(definition: Any, given: Mapping[str, Any]) -> str:
    return answer_due(definition.introductions, _day(given, "asked_on")).isoformat()


def _example_follow_up(definition: Any, given: Mapping[str, Any]) -> str:
    return follow_up_on(definition.introductions, _day(given, "met_on")).isoformat()


def _example_contact_shown(definition: Any, given: Mapping[str, Any]) -> bool:
    both = bool(given["person_said_yes"]) and bool(given["organisation_said_yes"])
    return both or not definition.introductions.both_yes_before_contact.value


def _day(given: Mapping[str, Any], name: str) -> date:
    value = given[name]
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ExampleFault(f"{name} は 2026-11-20 の形の日付で書いてください。") from error


SECTION = Section(
    name="introductions",
    file="introductions.yaml",
    model=Introductions,
    checks=(_check_limits, _check_bands, _check_synonyms, _check_newcomers),
    examples={
        "お願いできる（負担の上限）": _example_within_load,
        "届く距離": _example_reached,
        "回答の期限": _example_answer_due,
        "その後の確認の日": _example_follow_up,
        "連絡先を伝えてよい": _example_contact_shown,
    },
)
