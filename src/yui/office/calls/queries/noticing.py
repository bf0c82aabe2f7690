"""Reading notices: which kinds wait, for whom, what they would say, and until when one may ask."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from yui.base import clock
from yui.engine.calendar import wareki_with_weekday
from yui.engine.selection import answer_window
from yui.office.calls import reasons
from yui.office.calls.definition import Notice as NoticeRule
from yui.office.calls.models import (
    Applicant,
    Call,
    CommitteeMember,
    Disqualification,
    Notice,
    NoticeBatch,
    SelectionRecord,
)
from yui.office.calls.notice_kinds import (
    AGAINST,
    CANCELLATION,
    DISQUALIFICATION,
    OTHERS,
    POSTPONEMENT,
    WITH_REASONS,
    Outcome,
)
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.schedule import day_of
from yui.office.calls.states import ApplicantState, CallState

CLOCK = "explanation"
FIRST = {
    ApplicantState.ELIGIBLE: Outcome.ELIGIBLE,
    ApplicantState.INVITED: Outcome.ELIGIBLE,
    ApplicantState.SELECTED: Outcome.ELIGIBLE,
    ApplicantState.NOT_SELECTED: Outcome.ELIGIBLE,
    ApplicantState.NOT_ELIGIBLE: Outcome.NOT_ELIGIBLE,
    ApplicantState.NOT_INVITED: Outcome.NOT_INVITED,
}
LAST = {
    ApplicantState.SELECTED: Outcome.SELECTED,
    ApplicantState.NOT_SELECTED: Outcome.NOT_SELECTED,
}
ONLY = {ApplicantState.NOT_ELIGIBLE: Outcome.NOT_ELIGIBLE}
"""In a call of one stage whoever has no right to take part is told together with the result."""
ENDINGS = {CANCELLATION.key: CallState.CANCELLED, POSTPONEMENT.key: CallState.POSTPONED}
WARNINGS = {
    "ask_until_not_a_working_day": "説明を求められる最後の日が、休みの日です。",
    "answer_by_not_a_working_day": "説明を答える最後の日が、休みの日です。",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The windows that a notice starts, as ``yui engine window`` counts them. ``steps``: how, in sentences."""

    ask_until: dt.date
    answer_by: dt.date
    warnings: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to get a notice, and what it would tell."""

    applicant: Applicant
    outcome: Outcome


def rule_of(announced: Announced, kind: str) -> NoticeRule | None:
    """What the call says of a kind of notice; None for a kind that no call names."""
    return next((one for one in announced.rules.notices if one.key == kind), None)


def name_of(announced: Announced, kind: str) -> str:
    """The name of a kind."""
    rule = rule_of(announced, kind)
    return rule.name if rule is not None else OTHERS[kind].name if kind in OTHERS else kind


def windowed_rule(announced: Announced, kind: str) -> NoticeRule | None:
    """The rule whose window a kind starts: its own; a disqualification's is that of the result."""
    rule = announced.rules.notices[-1] if kind == DISQUALIFICATION.key else rule_of(announced, kind)
    return rule if rule is not None and rule.explanation is not None else None


def clock_of(announced: Announced, kind: str, outcome: str, dated_on: dt.date) -> Clock | None:
    """Until when may be asked and must be answered; None where the call has no such window or nothing was refused."""
    rule = windowed_rule(announced, kind)
    if rule is None or outcome not in AGAINST:
        return None
    windows = announced.plain_profile.get("windows", {})
    key = rule.key if rule.key in windows else CLOCK
    found = answer_window({"profile": announced.plain_profile, "clock": key, "notice_date": dated_on.isoformat()})
    return Clock(
        dt.date.fromisoformat(str(found["ask_until"])),
        dt.date.fromisoformat(str(found["answer_by"])),
        tuple(str(code) for code in found["warnings"]),  # type: ignore[attr-defined]
        tuple(str(step["says"]) for step in found["steps"]),  # type: ignore[attr-defined]
    )


def warnings_of(clock_found: Clock | None) -> list[str]:
    """The warnings with their days, for staff."""
    if clock_found is None:
        return []
    days = {"ask": clock_found.ask_until, "answer": clock_found.answer_by}
    return [f"{WARNINGS[code]}{wareki_with_weekday(days[code.partition('_')[0]])}" for code in clock_found.warnings]


def planned_day(announced: Announced, kind: str) -> dt.date:
    """The day of the call's schedule, or today where that is past or not written as a day."""
    rule, today = rule_of(announced, kind), clock.today()
    day = day_of(announced.moment(rule.on).closes.value) if rule is not None else None
    return max(day, today) if day is not None else today


def channels_of(announced: Announced, kind: str) -> list[str]:
    """The ways that the call names, as codes; post where it names none."""
    rule = rule_of(announced, kind)
    words = "" if rule is None else rule.channels.value
    return ["post", "mail"] if "メール" in words or rule is None else ["post"]


def needs_reasons(announced: Announced, kind: str, outcome: str) -> bool:
    """Whether nothing goes out without reasons: where the call says so, and in kinds that are nothing but a reason."""
    rule = rule_of(announced, kind)
    if outcome not in WITH_REASONS:
        return False
    return rule is None or rule.reasons.value or outcome == Outcome.DISQUALIFIED


@dataclass(frozen=True, slots=True)
class Gathered:
    """What decides who waits for which notice, read once for a call. ``told``: applicant, kind, when it was sent."""

    applicants: list[Applicant]
    told: list[tuple[int, str, dt.datetime | None]]
    record: SelectionRecord | None


def gather(call: Call) -> Gathered:
    """Three queries at the most, whatever the call holds."""
    applicants = list(Applicant.objects.filter(call=call))
    told = Notice.objects.filter(applicant__call=call).values_list("applicant_id", "kind", "sent_at")
    judged = any(one.state in LAST for one in applicants)
    return Gathered(applicants, list(told) if applicants else [], decided_selection(call) if judged else None)


def recipients(call: Call, announced: Announced, kind: str, gathered: Gathered | None = None) -> list[Recipient]:
    """Who is to get a notice of this kind and has none yet."""
    seen = gathered or gather(call)
    since = call.ended_at if kind in ENDINGS else None  # a call can be postponed more than once
    known = {who for who, what, sent in seen.told if what == kind and not (since and sent and sent < since)}
    if rule_of(announced, kind) is not None:  # who was told of the disqualification has nothing more to hear
        known |= {who for who, what, _ in seen.told if what == DISQUALIFICATION.key}
    found = []
    for applicant in seen.applicants:
        outcome = outcome_of(call, announced, applicant, kind, seen.record)
        if applicant.pk not in known and outcome is not None:
            found.append(Recipient(applicant, outcome))
    return found


def outcome_of(
    call: Call, announced: Announced, applicant: Applicant, kind: str, record: SelectionRecord | None
) -> Outcome | None:
    """What a notice of this kind would tell an applicant now; None where it is not for them. ``record``: as decided."""
    state = ApplicantState(applicant.state)
    if kind in ENDINGS:
        return OTHERS[kind].outcome if call.state == ENDINGS[kind] and state != ApplicantState.WITHDRAWN else None
    if kind == DISQUALIFICATION.key:
        return Outcome.DISQUALIFIED if state == ApplicantState.DISQUALIFIED else None
    if kind == "scores":
        return Outcome.SCORES if state in LAST and own_points(record, applicant) else None
    rule = rule_of(announced, kind)
    if rule is None:
        return None
    stages = announced.rules.stages
    last = stages[-1].notice == rule.on
    table = LAST if last and len(stages) > 1 else LAST | ONLY if last else FIRST
    return Outcome.DISQUALIFIED if state == ApplicantState.DISQUALIFIED and last else table.get(state)


def decided_selection(call: Call, kind: str = "select") -> SelectionRecord | None:
    """The newest decided selection of a kind."""
    return SelectionRecord.objects.filter(call=call, kind=kind, state="decided").order_by("-id").first()


def ids_in(record: SelectionRecord, applicant: Applicant) -> list[str]:
    """By which ids a record names the proposals of an applicant."""
    listed = record.asked.get("proposals") or record.asked.get("qualified") or []
    return [str(one["id"]) for one in listed if applicant.public_id in (one["id"], one.get("applicant"))]


def own_points(record: SelectionRecord | None, applicant: Applicant) -> list[str]:
    """The applicant's own result in lines, from the decided selection; nobody else's."""
    if record is None:
        return []
    rows = [record.answered.get("table", {}).get(one, {}) for one in ids_in(record, applicant)]
    words = {"rank_sum": "審査委員ごとの順位の合計：{}", "total": "合計点：{}点", "mean": "平均点：{}点"}
    return [words[key].format(row[key]) for row in rows for key in words if row.get(key) is not None]


def reasons_for(call: Call, announced: Announced, applicant: Applicant, outcome: str) -> str:
    """The sentences from which staff start, one a line; empty where nothing is to be told."""
    return "\n".join(one for one in _reasons(call, announced, applicant, outcome) if one)


def _reasons(call: Call, announced: Announced, applicant: Applicant, outcome: str) -> Iterator[str]:
    if outcome in (Outcome.CANCELLED, Outcome.POSTPONED):
        yield call.ended_for
    elif outcome == Outcome.SCORES:
        yield from own_points(decided_selection(call), applicant)
    elif outcome == Outcome.NOT_INVITED:
        yield reasons.NOT_INVITED
    elif outcome == Outcome.NOT_ELIGIBLE:
        yield from _not_eligible(announced, applicant)
    elif outcome == Outcome.DISQUALIFIED:
        yield from _disqualified(announced, applicant)
    elif outcome == Outcome.NOT_SELECTED:
        record, selection = decided_selection(call), announced.profile.selection
        if record is not None and selection is not None:
            code = reasons.outcome_code(record.answered, ids_in(record, applicant))
            cap = announced.rules.cap.value
            yield reasons.not_selected(code, selection, cap=cap, unsuitable=applicant.unsuitable)


def _not_eligible(announced: Announced, applicant: Applicant) -> Iterator[str]:
    newest = {one.requirement: one for one in applicant.eligibility.order_by("id")}
    for one in announced.rules.eligibility:
        answer = newest.get(one.key)
        if answer is not None and answer.result == "not_ok":
            yield f"参加資格のうち「{one.name}」を満たしていると認められませんでした。{answer.reason}"


def _disqualified(announced: Announced, applicant: Applicant) -> Iterator[str]:
    grounds = {one.key: one for one in announced.rules.disqualifications}
    for one in Disqualification.objects.filter(applicant=applicant, state="confirmed"):
        ground = grounds.get(one.ground)
        named = f"「{ground.name}」（{ground.summary}）" if ground is not None else "定めた事由"
        yield f"失格の事由の{named}に当たると認めました。{one.reason}"


def told_of_others(applicant: Applicant, text: str) -> list[str]:
    """What a text tells of others, in words for staff: names of other applicants and of members, points of others."""
    others = Applicant.objects.filter(call=applicant.call_id).exclude(pk=applicant.pk)
    names = [*others.values_list("name", flat=True), *_partners(others)]
    found = [f"ほかの応募者の名「{name}」" for name in reasons.names_told(text, names)]
    members = CommitteeMember.objects.filter(call=applicant.call_id).values_list("name", flat=True)
    found += [f"審査委員の名「{name}」" for name in reasons.names_told(text, members)]
    record = decided_selection(applicant.call)
    if record is None:
        return found
    own_ids, table = set(ids_in(record, applicant)), record.answered.get("table", {})
    own, theirs = set[str](), set[str]()
    for name, row in table.items():
        (own if name in own_ids else theirs).update(reasons.points_in(row))
    announced = rules_of(applicant.call)
    selection = announced.profile.selection
    if selection is not None:
        own |= {str(selection.full), *([str(selection.floor.points)] if selection.floor else [])}
    return found + [f"ほかの応募者の点「{points}点」" for points in reasons.points_told(text, theirs, own)]


def _partners(others: QuerySet[Applicant]) -> Iterator[str]:
    for one in others.prefetch_related("consortium_members"):
        yield from (partner.name for partner in one.consortium_members.all())


def batches_of(call: Call) -> QuerySet[NoticeBatch]:
    """Everything prepared or sent, newest first."""
    return NoticeBatch.objects.filter(call=call).prefetch_related("notices__applicant")


def sent_to(applicant: Applicant) -> QuerySet[Notice]:
    """What an applicant was sent, newest first."""
    return Notice.objects.filter(applicant=applicant).exclude(sent_at=None).order_by("-dated_on", "-id")
