"""The question to the engine, made from the rows, and its answer."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from yui.engine.exact import written_exactly
from yui.engine.faults import Faults
from yui.engine.selection import answer_select, answer_shortlist
from yui.office.calls.models import (
    Applicant,
    Call,
    CommitteeDecision,
    Disqualification,
    MemberOrder,
    Proposal,
    Score,
    ScoreCorrection,
    ScoreSheet,
    SelectionRecord,
    Withdrawal,
)
from yui.office.calls.queries.judged import OUT, handed_in, result_sent_at
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.states import ApplicantState

SELECT, SHORTLIST = "select", "shortlist"
ANSWERS = {SELECT: answer_select, SHORTLIST: answer_shortlist}
Sheets = dict[str, dict[str, dict[str, Any]]]


class NotReady(Exception):
    """The rows do not make a question yet; the sentence says what is missing."""


def question_of(call: Call, kind: str) -> dict[str, Any]:
    """What ``yui engine select`` or ``shortlist`` is asked. Public ids stand for applicants and members.

    Raises ``NotReady``.
    """
    announced = rules_of(call)
    return _shortlist(call, announced) if kind == SHORTLIST else _select(call, announced)


def answer_of(kind: str, question: Mapping[str, Any]) -> dict[str, object]:
    """The engine's answer: the same function as the command line. Raises Faults."""
    return ANSWERS[kind](question)


def as_bytes(record: SelectionRecord) -> tuple[bytes, bytes]:
    """The question as it is downloaded, and the answer exactly as the command line prints it.

    What was recorded holds, whatever is reckoned now.
    """
    question = json.dumps(record.asked, ensure_ascii=False, indent=1) + "\n"
    try:
        again = ANSWERS[record.kind](record.asked)
    except Faults:
        again = {}
    answer = again if again == record.answered else record.answered
    return question.encode(), (json.dumps(answer, ensure_ascii=False) + "\n").encode()


def counted_sheets(call: Call, stage: str) -> list[ScoreSheet]:
    """The sheets that count: closed, of members who neither left nor abstained."""
    rows = ScoreSheet.objects.filter(member__call=call, stage=stage, state="closed", member__state="appointed")
    return list(rows.select_related("member").order_by("member__order", "member_id"))


def stage_points(call: Call, announced: Announced, stage: str) -> dict[int, Fraction]:
    """For each applicant the exact mean of the members' totals in an earlier stage; what is blank is left out."""
    sheets = {sheet.pk for sheet in counted_sheets(call, stage)}
    items = len(announced.criteria(stage))
    found: dict[tuple[int, int], list[Decimal]] = {}
    rows = Score.objects.filter(sheet__in=sheets).exclude(points=None).values_list("sheet_id", "applicant_id", "points")
    for sheet, applicant, points in rows:
        found.setdefault((applicant, sheet), []).append(points)
    totals: dict[int, list[Fraction]] = {}
    for (applicant, _), points in found.items():
        if len(points) == items:
            totals.setdefault(applicant, []).append(sum((Fraction(one) for one in points), Fraction(0)))
    return {one: sum(many, Fraction(0)) / len(sheets) for one, many in totals.items() if len(many) == len(sheets)}


def earlier_points(call: Call, announced: Announced, applicants: Iterable[Applicant]) -> dict[int, int | str]:
    """The points of the stage before the last one as the engine takes them. Raises ``NotReady`` where a mean has no
    end and the committee has not given one number instead: nothing is rounded that no rule rounds.
    """
    stage = announced.rules.stages[0].key
    means, given = stage_points(call, announced, stage), _given_points(call)
    made: dict[int, int | str] = {}
    for one in applicants:
        if one.public_id in given:
            made[one.pk] = _exact(given[one.public_id])
            continue
        if one.pk not in means:
            raise NotReady(f"{one.name}の第1段階の採点がそろっていません。")
        value = written_exactly(Fraction(means[one.pk]))
        if isinstance(value, str) and "/" in value:
            raise NotReady(
                f"{one.name}の第1段階の平均（{value}点）は割り切れません。委員会で決めた点を、わけと共に記録してください。"
            )
        made[one.pk] = value
    return made


def _select(call: Call, announced: Announced) -> dict[str, Any]:
    last = announced.last_stage.key
    applicants = handed_in(call, last)
    sheets = counted_sheets(call, last)
    if not applicants:
        raise NotReady("審査する提案がありません。")
    if not sheets:
        raise NotReady("採点がまだ締められていません。")
    sent = result_sent_at(call, announced)
    left = _left(applicants, sent)
    estimates = _estimates(call, last)
    two_stages = announced.profile.selection is not None and announced.profile.selection.stage1 is not None
    live = [one for one in applicants if "before_notice" not in left[one.pk].values()]
    _all_looked_at(live)
    earlier = earlier_points(call, announced, live) if two_stages else {}
    for one in live:
        if estimates.get(one.pk) is None:
            raise NotReady(f"{one.name}の見積額がまだありません。")
    tie = latest_decision(call, "tie")
    return {
        "profile": announced.plain_profile,
        "cap": announced.rules.cap.value,
        "proposals": [
            {
                "id": one.public_id,
                "applicant": one.public_id,
                "estimate": estimates.get(one.pk) or 0,
                "stage1": earlier.get(one.pk),
                **left[one.pk],
                "estimate_unsuitable": bool(one.unsuitable),
            }
            for one in sorted(applicants, key=lambda one: one.public_id)
        ],
        "members": sorted(sheet.member.public_id for sheet in sheets),
        "sheets": _sheets(sheets, live),
        "orders": _orders(sheets),
        "committee_decision": tie.chosen[0] if tie is not None and tie.chosen else None,
    }


def _shortlist(call: Call, announced: Announced) -> dict[str, Any]:
    if announced.profile.shortlist is None:
        raise NotReady("この公募には、しぼり込みの定めがありません。")
    stage = announced.rules.stages[0].key
    gone = OUT - {ApplicantState.NOT_INVITED}
    qualified = [one for one in handed_in(call, stage) if one.state not in gone]
    if not qualified:
        raise NotReady("資格のある応募者がいません。")
    _all_looked_at(qualified)
    points = earlier_points(call, announced, qualified)
    return {
        "profile": announced.plain_profile,
        "qualified": [
            {"id": one.public_id, "stage1": points[one.pk]} for one in sorted(qualified, key=lambda one: one.public_id)
        ],
    }


def _all_looked_at(applicants: Iterable[Applicant]) -> None:
    if any(one.state == ApplicantState.REGISTERED for one in applicants):
        raise NotReady("参加資格の確認がすんでいない応募者がいます。")


def latest_decision(call: Call, question: str) -> CommitteeDecision | None:
    """The newest decision of the committee on a question."""
    return CommitteeDecision.objects.filter(call=call, question=question).order_by("-id").first()


def _given_points(call: Call) -> dict[str, Decimal]:
    rows = CommitteeDecision.objects.filter(call=call, question="points").exclude(points=None).order_by("id")
    return {chosen[0]: points for chosen, points in rows.values_list("chosen", "points") if chosen}


def _left(applicants: Sequence[Applicant], sent: dt.datetime | None) -> dict[int, dict[str, str | None]]:
    """Who withdrew or was disqualified, before or after the result was told."""
    out = dict(Withdrawal.objects.filter(applicant__in=applicants).values_list("applicant_id", "received_at"))
    struck: dict[int, dt.datetime | None] = {}
    rows = Disqualification.objects.filter(applicant__in=applicants, state="confirmed").order_by("decided_at", "id")
    for applicant, at in rows.values_list("applicant_id", "decided_at"):
        struck.setdefault(applicant, at)
    for one in applicants:
        if one.state in (ApplicantState.DISQUALIFIED, ApplicantState.NOT_ELIGIBLE):
            struck.setdefault(one.pk, None)

    def when(known: dict[int, Any], pk: int) -> str | None:
        if pk not in known:
            return None
        return "after_notice" if sent is not None and known[pk] is not None and known[pk] > sent else "before_notice"

    return {one.pk: {"withdrawn": when(out, one.pk), "disqualified": when(struck, one.pk)} for one in applicants}


def _estimates(call: Call, stage: str) -> dict[int, int | None]:
    rows = Proposal.objects.filter(applicant__call=call, stage=stage, state="received").order_by("id")
    return dict(rows.values_list("applicant_id", "estimate"))


def _sheets(sheets: Sequence[ScoreSheet], live: Sequence[Applicant]) -> Sheets:
    """What each member gave, item by item; an item without points is left out, which is no zero."""
    members = {sheet.pk: sheet.member.public_id for sheet in sheets}
    names = {one.pk: one.public_id for one in live}
    made: Sheets = {
        member: {name: {"items": {}} for name in sorted(names.values())} for member in sorted(members.values())
    }
    rows = Score.objects.filter(sheet__in=members, applicant__in=names).exclude(points=None)
    for sheet, applicant, code, points in rows.order_by("criterion").values_list(
        "sheet_id", "applicant_id", "criterion", "points"
    ):
        made[members[sheet]][names[applicant]]["items"][code] = _exact(points)
    return made


def _orders(sheets: Sequence[ScoreSheet]) -> dict[str, list[str]]:
    members = {sheet.pk: sheet.member.public_id for sheet in sheets}
    made: dict[str, list[str]] = {}
    rows = MemberOrder.objects.filter(sheet__in=members).order_by("sheet__member__public_id", "place")
    for sheet, name in rows.values_list("sheet_id", "applicant__public_id"):
        made.setdefault(members[sheet], []).append(name)
    return made


def _exact(points: Decimal) -> int | str:
    return int(points) if points == points.to_integral_value() else f"{points.normalize():f}"


def outdated(record: SelectionRecord) -> bool:
    """Whether something that decides was changed since it was computed. Three queries, none of them over all scores."""
    call, at = record.call, record.made_at
    return (
        ScoreCorrection.objects.filter(score__sheet__member__call=call, state="approved", decided_at__gt=at).exists()
        or Withdrawal.objects.filter(applicant__call=call, received_at__gt=at).exists()
        or Disqualification.objects.filter(applicant__call=call, state="confirmed", decided_at__gt=at).exists()
        or CommitteeDecision.objects.filter(call=call, recorded_at__gt=at).exclude(question="no_candidate").exists()
    )


def asked_part(record: SelectionRecord, key: str) -> Any:
    """A part of the question, without reading thousands of points with it."""
    return SelectionRecord.objects.filter(pk=record.pk).values_list(f"asked__{key}", flat=True).get()
