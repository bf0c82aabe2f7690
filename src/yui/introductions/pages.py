"""What the pages show, put together for templates: no request in, no query in a loop out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, town_of
from yui.base.clock import TOKYO
from yui.base.definitions import Definition, by_key, current
from yui.base.tenancy.addresses import town_url
from yui.introductions import queries
from yui.introductions.domain.lists import ALREADY, HOST
from yui.introductions.domain.reaching import WAY_LABELS, receiving
from yui.introductions.models import Answer, AnswerLink, Candidate, CandidateList, Introduction
from yui.introductions.reasons import Words, age_band, all_parts, nobody_named, three
from yui.introductions.rules import fairness_told
from yui.introductions.states import LABELS, PHASES, ROAD, TOGETHER, State

HOW_LABELS = dict(Answer.How.choices)


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate. ``person_id`` and ``parts`` are for the desk only; a host gets neither, nor the name."""

    name: str
    text: str
    reasons: list[str]
    chip: str = ""
    fair: bool = False
    score: int = 0
    parts: list[dict[str, Any]] = field(default_factory=list)
    person_id: str = ""
    opportunity_id: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A limit with how many it left out. ``named``: whether names may be opened."""

    key: str
    sentence: str
    count: int
    named: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A candidate list with what was left out."""

    made: CandidateList
    lines: list[CandidateLine]
    left_out: list[LeftOut]
    rule: str

    @property
    def passed_over(self) -> int:
        """Eligible, not shown."""
        return max(0, self.made.eligible - len(self.lines))

    @property
    def excluded(self) -> int:
        """How many a limit left out."""
        return sum(row.count for row in self.left_out)


def list_page(actor: Actor, made: CandidateList) -> ListPage:
    """A list for the desk, or, without names and scores, for the host."""
    definition = current(town_of(actor))
    for_host = made.audience == HOST
    today = clock.today()
    rows = queries.with_load(queries.candidates_of(made), today)
    lines = [
        _host_line(row, number, definition, today) if for_host else _desk_line(row, definition, today, row.load)
        for number, row in enumerate(rows, start=1)
    ]
    return ListPage(made, lines, _left_out(made, definition), fairness_told(made.rule.get("fairness", {})))


def _desk_line(row: Candidate, definition: Definition, today: dt.date, load: int) -> CandidateLine:
    words = Words(definition)
    to_person = row.list.direction == "person"
    place = f"{row.person.district.name}（およそ）" if row.person.district else ""
    host = row.opportunity.activity.host_organization
    return CandidateLine(
        name=row.opportunity.title if to_person else row.person.display_name,
        text=(host.name if host else "個人の企画")
        if to_person
        else "・".join(part for part in (age_band(row.person, definition, today), place) if part),
        reasons=three(row.parts, words, row.opportunity),
        chip="" if to_person else f"今月の声かけ {load}件",
        fair=row.fair_place,
        score=row.score,
        parts=[{"label": label, "value": value, "most": row.score} for label, value in all_parts(row.parts, words)],
        person_id=row.person.public_id,
        opportunity_id=row.opportunity.public_id,
    )


def _host_line(row: Candidate, number: int, definition: Definition, today: dt.date) -> CandidateLine:
    language = get_language() or "ja"
    reasons = three(row.parts, Words(definition, language))
    name = gettext("候補の方 %(number)d") % {"number": number}
    return CandidateLine(name, nobody_named(row.person, definition, today, language), reasons)


def _left_out(made: CandidateList, definition: Definition) -> list[LeftOut]:
    sentences = {row.key: row.sentence for row in definition.introductions.limits}
    sentences["blocked"] = "ご本人のご事情です。"
    sentences[ALREADY] = "紹介が進んでいるか、もう参加されています。"
    order = [*sentences]
    found = sorted(made.excluded.items(), key=lambda item: order.index(item[0]))
    return [
        LeftOut(key, sentences[key], count, key not in (*queries.PRIVATE, ALREADY)) for key, count in found if count
    ]


@dataclass(frozen=True, slots=True)
class Side:
    """One side as the page of an introduction shows it."""

    key: str
    name: str
    answer: str
    kind: str
    lines: list[str]
    words: str = ""
    reason: str = ""
    waiting: bool = False
    ways: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated step."""

    when: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class IntroductionPage:
    """Everything of one introduction that its reader may see."""

    row: Introduction
    person: Side
    host: Side
    steps: list[str]
    current: int
    tie: str
    caption: str
    reasons: list[str]
    moments: list[Moment]
    together: bool
    passed: bool
    label: str
    outcome: str


def introduction_page(actor: Actor, row: Introduction) -> IntroductionPage:
    """For the desk. Contacts are read, and the reading written down, only after both said yes."""
    definition = current(town_of(actor))
    answers = {answer.side: answer for answer in row.answers.select_related("recorded_by")}
    links = {link.side: link for link in row.links.order_by("id")}
    private = holds_everywhere(actor, Permission.INTRODUCTION_WRITE)
    sides = {
        side: _side(actor, row, side, definition, answers.get(side), links.get(side), private=private)
        for side in Answer.Side.values
    }
    yes = sum(1 for answer in answers.values() if answer.yes)
    together = row.state in TOGETHER
    tie, caption = _tie(row, yes, together=together)
    kinds = by_key(definition.introductions.outcome_kinds)
    return IntroductionPage(
        row=row,
        person=sides[Answer.Side.PERSON],
        host=sides[Answer.Side.HOST],
        steps=[step.staff_label for step in _road(definition, row)],
        current=_place(row),
        tie=tie,
        caption=caption,
        reasons=three(row.parts, Words(definition), row.opportunity),
        moments=_moments(row, definition, private=private),
        together=together,
        passed=PHASES[State(row.state)] == "passed",
        label=LABELS[State(row.state)],
        outcome=kinds[row.outcome_kind].label.ja if row.outcome_kind in kinds else "",
    )


def _side(
    actor: Actor,
    row: Introduction,
    side: str,
    definition: Definition,
    answer: Answer | None,
    link: AnswerLink | None,
    *,
    private: bool,
) -> Side:
    to = receiving(row.opportunity, row.person, side)
    name = to.name
    lines = []
    if link is not None:
        lines.append(f"{_day(link.sent_on)}に{WAY_LABELS.get(link.channel, '電話')}でうかがいました。")
    waiting = row.state == State.ASKING and answer is None
    if waiting and row.answer_due_on:
        lines.append(f"期限は{_day(row.answer_due_on)}です。")
    label, kind = ("返事待ち", "info") if waiting else ("まだ聞いていません", "")
    if answer is not None:
        label, kind = ("はい", "ok") if answer.yes else ("今回はやめておく", "")
        entered = (
            f"（{answer.recorded_by.name}が記入）" if answer.recorded_by and answer.how in ("phone", "letter") else ""
        )
        lines.append(f"{_day(answer.answered_on)}、{HOW_LABELS[answer.how]}{entered}。")
    elif row.state in (State.DECLINED, State.STOPPED):
        label, kind = "返事なし", ""
    if not private and row.state == State.DECLINED:
        return Side(side, name, "見送り", "", [])  # which side it was stays at the desk
    ways = _ways(actor, row, side)
    name_of_page = "people:person" if to.person is not None else "people:organization"
    url = town_url(town_of(actor), name_of_page, public_id=to.public_id)
    reasons = {item.key: item.label.ja for item in definition.introductions.decline_reasons}
    reason = reasons.get(answer.private_reason, answer.private_reason) if answer and private else ""
    return Side(side, name, label, kind, lines, answer.words if answer else "", reason, waiting, ways, url)


def _ways(actor: Actor, row: Introduction, side: str) -> list[tuple[str, str]]:
    found = queries.read_exchanged(actor=actor, introduction=row, side=side)
    if found is None:
        return []
    _, way = found
    return [(way.label, way.address or "コーディネーターがお伝えします")]


def _tie(row: Introduction, yes: int, *, together: bool) -> tuple[str, str]:
    if together:
        return "tied", "双方の「はい」"
    if row.state == State.ASKING and yes == 1:
        return "half", "片方の「はい」"
    return "open", LABELS[State(row.state)] if row.state in (State.DECLINED, State.STOPPED) else "まだこれから"


def _road(definition: Definition, row: Introduction) -> list[Any]:
    steps = by_key(definition.introductions.steps)
    passed = PHASES[State(row.state)] == "passed"
    return [steps["passed" if passed and key == "outcome" else key] for key in ROAD]


def _place(row: Introduction) -> int:
    phase = PHASES[State(row.state)]
    if phase == "followed_up":
        return len(ROAD) + 1
    return ROAD.index("outcome" if phase == "passed" else phase) + 1


def _moments(row: Introduction, definition: Definition, *, private: bool) -> list[Moment]:
    found = []
    reasons = {item.key: item.label.ja for item in definition.introductions.decline_reasons}
    for change in row.changes.select_related("account").order_by("-id"):
        by = change.account.name if change.account else "しくみ"
        how = HOW_LABELS.get(change.how, "")
        text = LABELS[State(change.state)] + (f"（{how}）" if how else "")
        if private and change.private_reason:
            text += f"　理由：{reasons.get(change.private_reason, change.private_reason)}"
        at = change.recorded_at.astimezone(TOKYO)
        when = f"{_day(change.effective_on)}" + (
            f" {at.hour}時{at.minute}分" if at.date() == change.effective_on else ""
        )
        found.append(Moment(when, text, by))
    return found


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）"


def labels_for(definition: Definition, rows: Sequence[Introduction], language: str) -> list[tuple[Introduction, str]]:
    """Each introduction with the town's word for where it stands, for residents and hosts."""
    steps = by_key(definition.introductions.steps)
    return [(row, steps[PHASES[State(row.state)]].label.in_language(language)) for row in rows]
