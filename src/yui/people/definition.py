"""people.yaml: layers, sectors, themes, skills, interests, times, contact ways, consents, cards and rest.

Pure: no Django. ``missing_for`` and ``wording_on`` are the two rules that the wing asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from yui.base.definitions.schema import (
    Count,
    ExampleFault,
    Item,
    Part,
    Positive,
    Problem,
    Section,
    Setting,
    Texts,
    by_key,
)

Fact = Literal[
    "participations",
    "helped",
    "led_activities",
    "contact_notes",
    "council_membership",
    "coordinator_recommendation",
    "ties",
    "authority_appointment",
]
"""What can be counted of a person: each is a number of dated rows within a window."""

MOTIFS = (
    "fukushi",
    "bosai",
    "sangyo",
    "kankyo",
    "kosodate",
    "kyoiku",
    "nou",
    "bunka",
    "kanko",
    "ijuu",
    "kokusai",
    "digital",
)


class Criterion(Item):
    """One thing needed to enter a layer: at least so many rows of a fact, within so many months (None: ever)."""

    fact: Fact
    at_least: Setting[Positive]
    within_months: Setting[Positive | None]
    label: Texts


class Stage(Item):
    """層. ``order`` 1 is the outermost ring. ``entrance`` is the sentence on the town's door."""

    order: Positive
    label: Texts
    entrance: Texts
    invitation: Texts
    description: Texts
    who: str
    evidence: str
    criteria: list[Criterion]


class StageRules(Part):
    """How one moves: up with evidence and the person's own yes; down and rest by the person's word alone."""

    up_needs_evidence: Setting[bool]
    needs_own_yes: Setting[bool]
    may_step_down: Setting[bool]
    one_step_at_a_time: Setting[bool]


class Sector(Item):
    """産官学金労言士: ``mark`` is the one character."""

    mark: Annotated[str, Field(min_length=1, max_length=1)]
    label: Texts


class Theme(Item):
    """分野. ``motif`` names the picture."""

    label: Texts
    motif: Literal[MOTIFS]  # type: ignore[valid-type]


class Themed(Item):
    """A skill (手を貸せること) or an interest (やってみたいこと), with the themes it leads to."""

    label: Texts
    themes: list[str]


class Slot(Item):
    """When one can: a kind of day × a part of the day. ``number`` is what the engine sees; it never changes."""

    number: Positive
    day: Literal["weekday", "saturday", "sunday", "holiday", "any"]
    part: Literal["morning", "afternoon", "evening", "any"]
    label: Texts


class ContactWay(Item):
    """How one may be reached. ``needs`` is the field that must be filled for it."""

    label: Texts
    needs: Literal["phone", "email", "address", "nothing"]


class Wording(Part):
    """One version of the words agreed to. A change of words is a new version; the old one stays."""

    version: Positive
    since: date
    text: Texts


class Purpose(Item):
    """同意の目的."""

    label: Texts
    required: bool
    wordings: Annotated[list[Wording], Field(min_length=1)]


class Card(Part):
    """The code on a paper card or form: letters that nobody mistakes for another."""

    length: Setting[Positive]
    alphabet: Setting[str]
    group: Setting[Positive]
    valid_days: Setting[Positive]


class Rest(Item):
    """「いまはお休み」. ``months`` None: until the person says so."""

    label: Texts
    months: Count | None


class Choice(Item):
    """A plain choice with its words."""

    label: Texts


class AgeBand(Item):
    """年代. Closed range of years; ``last`` None: and above."""

    first: Count
    last: Count | None
    label: Texts


class Form(Part):
    """What the registration promises."""

    minutes: Setting[Positive]
    required_inputs_at_most: Setting[Positive]
    draft_kept_days: Setting[Positive]


class Named(Item):
    """A plain choice of the desk, in Japanese."""

    label: str


class Channel(Named):
    """How one invites. ``needs_consent``: it uses the contact of one person. ``many``: it reaches many at once."""

    needs_consent: bool
    many: bool


class Prospects(Part):
    """潜在候補: where one hears of them, how they are invited, and when they are forgotten."""

    kept_days: Setting[Positive]
    sources: Annotated[list[Named], Field(min_length=1)]
    hearing_kinds: Annotated[list[Named], Field(min_length=1)]
    channels: Annotated[list[Channel], Field(min_length=1)]


class People(Part):
    """people.yaml"""

    stages: Annotated[list[Stage], Field(min_length=1)]
    stage_rules: StageRules
    sectors: Annotated[list[Sector], Field(min_length=1)]
    themes: Annotated[list[Theme], Field(min_length=1)]
    skills: list[Themed]
    interests: list[Themed]
    slots: Annotated[list[Slot], Field(min_length=1)]
    contact_ways: Annotated[list[ContactWay], Field(min_length=1)]
    received_by: Annotated[list[Choice], Field(min_length=1)]
    spoken_languages: Annotated[list[Choice], Field(min_length=1)]
    age_bands: Annotated[list[AgeBand], Field(min_length=1)]
    reach_km: Annotated[list[Positive], Field(min_length=1)]
    purposes: Annotated[list[Purpose], Field(min_length=1)]
    guardian_age: Setting[Positive]
    card: Card
    rests: Annotated[list[Rest], Field(min_length=1)]
    form: Form
    prospects: Prospects

    def stage(self, key: str) -> Stage:
        return by_key(self.stages)[key]

    def next_stage(self, key: str) -> Stage | None:
        """The layer one step further in; None from the innermost."""
        order = self.stage(key).order
        inner = [stage for stage in self.stages if stage.order > order and stage.retired is None]
        return min(inner, key=lambda stage: stage.order, default=None)


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still missing for a layer: the criterion, how many there are and how many are asked for."""

    criterion: Criterion
    have: int
    need: int


def missing_for(stage: Stage, counts: Mapping[str, int]) -> list[Missing]:
    """What is missing to enter ``stage``; empty when nothing is.

    ``counts`` is by criterion key: the number of rows of ``criterion.fact`` within ``criterion.within_months``.
    """
    found = []
    for criterion in stage.criteria:
        have = counts.get(criterion.key, 0)
        if have < criterion.at_least.value:
            found.append(Missing(criterion, have, criterion.at_least.value))
    return found


def wording_on(purpose: Purpose, on: date) -> Wording | None:
    """The words in force on a day; None before the first."""
    past = [wording for wording in purpose.wordings if wording.since <= on]
    return max(past, key=lambda wording: wording.version, default=None)


def _check_stages(_definition: Any, people: People) -> Iterator[Problem]:
    orders = [stage.order for stage in people.stages]
    if sorted(orders) != list(range(1, len(orders) + 1)):
        yield Problem(("stages",), "層の order は外がわから 1, 2, 3… と、抜けも重なりもなく書いてください。")
    for index, stage in enumerate(people.stages):
        if stage.order > 1 and not stage.criteria:
            yield Problem(("stages", index, "criteria"), "2つめからの層には、移るための条件を1つ以上書いてください。")
        if stage.order == 1 and stage.criteria:
            yield Problem(("stages", index, "criteria"), "いちばん外の層に条件は付けられません（だれでも入れます）。")


def _check_references(_definition: Any, people: People) -> Iterator[Problem]:
    themes = by_key(people.themes)
    for name in ("skills", "interests"):
        for index, item in enumerate(getattr(people, name)):
            for position, theme in enumerate(item.themes):
                if theme not in themes:
                    yield Problem((name, index, "themes", position), f"分野「{theme}」は themes にありません。")
    numbers = [slot.number for slot in people.slots]
    if len(set(numbers)) != len(numbers):
        yield Problem(("slots",), "時間帯の number が重なっています。")


def _check_wordings(_definition: Any, people: People) -> Iterator[Problem]:
    for index, purpose in enumerate(people.purposes):
        versions = [wording.version for wording in purpose.wordings]
        if versions != list(range(1, len(versions) + 1)):
            yield Problem(("purposes", index, "wordings"), "同意文の version は 1, 2, 3… の順に書いてください。")
        days = [wording.since for wording in purpose.wordings]
        if days != sorted(set(days)):
            yield Problem(("purposes", index, "wordings"), "同意文の since は、版の順に遅い日付にしてください。")
    if not any(purpose.required for purpose in people.purposes):
        yield Problem(("purposes",), "登録に必要な同意（required: true）を1つ以上書いてください。")


def _check_card(_definition: Any, people: People) -> Iterator[Problem]:
    alphabet = people.card.alphabet.value
    if len(set(alphabet)) != len(alphabet) or set("0O1Il") & set(alphabet):
        yield Problem(("card", "alphabet"), "重なる文字と、見まちがえやすい 0 O 1 I l は使えません。")


def _example_may_move(definition: Any, given: Mapping[str, Any]) -> bool:
    people: People = definition.people
    stage = _stage_named(people, given["to"])
    counts: Mapping[str, int] = given.get("evidence", {})
    unknown = set(counts) - {criterion.key for criterion in stage.criteria}
    if unknown:
        raise ExampleFault(f"層「{stage.label}」の条件に {'、'.join(sorted(unknown))} はありません。")
    before = _stage_named(people, given["from"])
    if stage.order < before.order:
        return bool(people.stage_rules.may_step_down.value and given.get("own_yes", False))
    if stage.order - before.order > 1 and people.stage_rules.one_step_at_a_time.value:
        return False
    return bool(given.get("own_yes", False)) and not missing_for(stage, counts)


def _stage_named(people: People, name: str) -> Stage:
    for stage in people.stages:
        if name in (stage.key, stage.label.ja):
            return stage
    raise ExampleFault(f"層「{name}」はありません。")


def _example_may_register(definition: Any, given: Mapping[str, Any]) -> bool:
    people: People = definition.people
    agreed = set(given.get("agreed", []))
    unknown = agreed - set(by_key(people.purposes))
    if unknown:
        raise ExampleFault(f"同意の目的に {'、'.join(sorted(unknown))} はありません。")
    needed = {purpose.key for purpose in people.purposes if purpose.required and purpose.retired is None}
    minor = given["age"] < people.guardian_age.value
    return needed <= agreed and (not minor or bool(given.get("guardian_agreed", False)))


SECTION = Section(
    name="people",
    file="people.yaml",
    model=People,
    checks=(_check_stages, _check_references, _check_wordings, _check_card),
    examples={"層を移れる": _example_may_move, "登録できる": _example_may_register},
)
