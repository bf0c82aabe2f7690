"""The selection: computing it with the engine, what the committee decides, and deciding with a second officer."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import request_approval
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.tenancy.addresses import town_url
from yui.engine.faults import Faults
from yui.engine.sentences import line
from yui.office.calls.models import Applicant, Call, CommitteeDecision, ScoringStage, SelectionRecord
from yui.office.calls.queries.judged import judged
from yui.office.calls.queries.selection import (
    SELECT,
    SHORTLIST,
    NotReady,
    answer_of,
    asked_part,
    latest_decision,
    outdated,
    question_of,
)
from yui.office.calls.rules import rules_of
from yui.office.calls.states import APPLICANTS, CALLS, ApplicantState, CallState

APPROVAL = "call_selection"
QUESTIONS = ("tie", "estimate", "successor", "no_candidate", "points", "shortlist")
TRIAL, REVIEW, DECIDED = "trial", "review", "decided"


def compute(*, actor: Actor, call: Call, kind: str) -> SelectionRecord:
    """Ask the engine, and keep question and answer. Any number of times; nothing is decided by it.

    Raises ``NotPossible`` while the scoring is open or something the engine needs is missing.
    """
    require(actor, Permission.CALL_WRITE, call)
    announced = rules_of(call)
    stage = announced.last_stage.key if kind == SELECT else announced.rules.stages[0].key
    if not ScoringStage.objects.filter(call=call, stage=stage).exclude(closed_at=None).exists():
        raise NotPossible("委員長が採点を締めてから、計算します。", "scoring_open")
    try:
        question = question_of(call, kind)
        answer = answer_of(kind, question)
    except NotReady as missing:
        raise NotPossible(str(missing), "not_ready") from missing
    except Faults as wrong:
        raise NotPossible("、".join(line(fault, "selection") for fault in wrong.faults), "faults") from wrong
    with transaction.atomic():
        made = SelectionRecord.objects.create(
            authority=call.authority, call=call, kind=kind, asked=question, answered=answer, made_at=clock.now(),
            made_by=actor.account,
        )  # fmt: skip
        record(actor, "selection.computed", made, details={"call": call.public_id, "kind": kind})
    return made


def record_decision(
    *,
    actor: Actor,
    call: Call,
    question: str,
    chosen: list[Applicant],
    reason: str,
    points: Decimal | None = None,
    effective_on: dt.date | None = None,
) -> CommitteeDecision:
    """委員会の決定を記録する: what the rule leaves to the committee, with its reason. Never outside of what is asked.

    ``tie``: one of those that the newest computation left tied. ``estimate``: those whose estimate does not suit, where
    the call has that gate. ``points``: one applicant's points of the first stage, where the mean has no end.
    """
    require(actor, Permission.CALL_DECIDE, call)
    if question not in QUESTIONS:
        raise NotPossible("決めることを選んでください。", "question")
    if not reason.strip():
        raise NotPossible("委員会の決定のわけを書いてください。", "reason")
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        _check(call, question, chosen, points)
        made = CommitteeDecision.objects.create(
            authority=call.authority, call=call, question=question, chosen=[one.public_id for one in chosen],
            points=points, reason=reason.strip(), effective_on=effective_on or clock.today(), recorded_at=clock.now(),
            recorded_by=actor.account,
        )  # fmt: skip
        if question == "estimate":
            Applicant.objects.filter(call=call).update(unsuitable="")
            Applicant.objects.filter(pk__in=[one.pk for one in chosen]).update(unsuitable=reason.strip()[:500])
        if question == "successor":
            _succeed(call, chosen)
        if question == "no_candidate":
            _end_without(call)
        record(actor, f"committee.decided_{question}", made, details={"call": call.public_id})
    return made


def lay_before(*, actor: Actor, selection: SelectionRecord, reason: str = "") -> SelectionRecord:
    """決定の案: the newest computation goes to a second officer, who confirms it among the approvals.

    Raises ``NotPossible`` where it is outdated, where the committee or a sheet is still missing, and where a shortlist
    leaves somebody out by a narrow margin or invites another number than the rule names without a reason.
    """
    require(actor, Permission.CALL_DECIDE, selection)
    with transaction.atomic():
        selection = SelectionRecord.objects.select_for_update(of=("self",)).select_related("call").get(pk=selection.pk)
        call = selection.call
        newest = SelectionRecord.objects.filter(call=call, kind=selection.kind).order_by("-id").first()
        if newest is None or newest.pk != selection.pk or outdated(selection):
            raise NotPossible("計算のあとに変わったことがあります。もう一度計算してください。", "outdated")
        if selection.state != TRIAL:
            raise NotPossible("この案は、もう出されています。", "wrong_state")
        if selection.kind == SELECT and selection.answered["status"] in ("committee_required", "sheets_incomplete"):
            raise NotPossible("委員会の決定か、採点がまだそろっていません。", "not_finished")
        if selection.kind == SHORTLIST and needs_reason(selection) and not reason.strip():
            raise NotPossible("差が小さい、または数が決まりとちがうので、わけを書いてください。", "reason")
        selection.state, selection.reason = REVIEW, reason.strip()
        selection.save(update_fields=["state", "reason"])
        page = "calls:desk_selection" if selection.kind == SELECT else "calls:desk_shortlist"
        title = "候補者の選定" if selection.kind == SELECT else "提案書を求める者の選定"
        request_approval(
            actor=actor, kind=APPROVAL, object_id=selection.public_id, title=f"{title}：{call.title}"[:200],
            url=town_url(call.authority, page, public_id=call.public_id),
        )  # fmt: skip
        record(actor, "selection.laid", selection, details={"call": call.public_id})
    return selection


def needs_reason(selection: SelectionRecord) -> bool:
    """A narrow margin (less than one point), or another number than the rule names."""
    answer, rule = selection.answered, asked_part(selection, "profile").get("shortlist") or {}
    margin = answer.get("narrow_margin")
    narrow = margin is not None and Decimal(str(margin)) < 1
    return narrow or (len(answer["invited"]) > rule.get("choose", 0))


@decides(APPROVAL)
def confirm(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    """The second officer confirmed it, or gave it back."""
    selection = (
        SelectionRecord.objects.select_for_update(of=("self",))
        .select_related("call")
        .filter(public_id=approval.object_id)
        .first()
    )
    if selection is None or selection.state != REVIEW:
        return
    if state in (ApprovalState.RETURNED, ApprovalState.WITHDRAWN):
        selection.state = TRIAL
        selection.save(update_fields=["state"])
    elif state == ApprovalState.APPROVED:
        if outdated(selection):
            raise NotPossible("計算のあとに変わったことがあります。差し戻して、もう一度計算してください。", "outdated")
        _decide(actor, selection)


def _decide(actor: Actor, selection: SelectionRecord) -> None:
    require(actor, Permission.CALL_DECIDE, selection)
    selection.state, selection.decided_at, selection.decided_by = DECIDED, clock.now(), actor.account
    selection.save(update_fields=["state", "decided_at", "decided_by"])
    call = Call.objects.select_for_update().get(pk=selection.call_id)
    if selection.kind == SHORTLIST:
        other = latest_decision(call, "shortlist")
        invited = set(other.chosen if other is not None else selection.answered["invited"])
        for one in judged(call, rules_of(call).rules.stages[0].key):
            _move(one, ApplicantState.INVITED if one.public_id in invited else ApplicantState.NOT_INVITED)
    else:
        _conclude(call, selection.answered["winner"])
    record(actor, "selection.decided", selection, details={"call": call.public_id, "kind": selection.kind})


def _conclude(call: Call, winner: str | None) -> None:
    """The candidate and the others; a winner who left after the notice was struck already."""
    if winner is None and call.state == CallState.SCORED:
        return  # 再募集 or an end without a candidate is decided by itself, with a reason
    for one in judged(call, rules_of(call).last_stage.key):
        if one.public_id == winner:
            _move(one, ApplicantState.SELECTED)
        elif one.state != ApplicantState.SELECTED:
            _move(one, ApplicantState.NOT_SELECTED)
    if winner is not None and call.state == CallState.SCORED:
        _turn(call, CallState.DECIDED)


def _succeed(call: Call, chosen: list[Applicant]) -> None:
    """Where the rule names no successor, the office decides about the next one."""
    for one in chosen:
        _move(one, ApplicantState.SELECTED)


def _end_without(call: Call) -> None:
    for one in judged(call, rules_of(call).last_stage.key):
        if one.state != ApplicantState.SELECTED:
            _move(one, ApplicantState.NOT_SELECTED)
    _turn(call, CallState.NO_CANDIDATE)


def _turn(call: Call, state: CallState) -> None:
    if not CALLS.allows(call.state, state):
        raise NotPossible("いまの公募の状態では、できません。", "wrong_state")
    call.state, call.version = state, call.version + 1
    call.save(update_fields=["state", "version"])


def _move(one: Applicant, state: ApplicantState) -> None:
    fresh = Applicant.objects.select_for_update().get(pk=one.pk)
    if fresh.state != state and APPLICANTS.allows(fresh.state, state):
        fresh.state, fresh.version = state, fresh.version + 1
        fresh.save(update_fields=["state", "version"])


def _check(call: Call, question: str, chosen: list[Applicant], points: Decimal | None) -> None:
    newest = SelectionRecord.objects.filter(call=call, kind=SELECT).order_by("-id").first()
    answer = newest.answered if newest is not None else {}
    ids = [one.public_id for one in chosen]
    if any(one.call_id != call.pk for one in chosen):
        raise NotPossible("この公募の応募者ではありません。", "other_call")
    if question == "tie" and (len(ids) != 1 or ids[0] not in answer.get("tied", ())):
        raise NotPossible("並んだ提案の中から、ひとつを選んでください。", "outside_the_tie")
    if question == "estimate" and not rules_of(call).rules.selection.estimate_gate.value:
        raise NotPossible("この公募には、見積りの適否で外す定めがありません。", "no_gate")
    left = answer.get("order", ()) if answer.get("status") == "no_candidate" else ()
    if question == "successor" and (len(ids) != 1 or ids[0] not in left):
        raise NotPossible("記録した順に残る提案の中から、ひとつを選んでください。", "no_successor")
    if question == "shortlist":
        _check_invited(call, ids)
    if question == "no_candidate" and answer.get("status") != "no_candidate":
        raise NotPossible("候補者となる提案があるので、候補者なしにはできません。", "has_candidate")
    full = sum(one.points.value for one in rules_of(call).criteria(rules_of(call).rules.stages[0].key))
    if question == "points" and (len(ids) != 1 or points is None or not 0 <= points <= full):
        raise NotPossible(f"応募者をひとり選び、0から{full}までの点を書いてください。", "points")
    again = question == "tie" and answer.get("status") == "committee_required"  # who led was struck after the notice
    if (
        question in ("tie", "estimate", "points")
        and not again
        and call.state in (CallState.DECIDED, CallState.CONTRACTED)
    ):
        raise NotPossible("決定したあとは、変えられません。", "decided")


def _check_invited(call: Call, ids: list[str]) -> None:
    """「5者程度」: more or fewer than computed, but nobody left out has more points than one who is invited."""
    newest = SelectionRecord.objects.filter(call=call, kind=SHORTLIST).order_by("-id").first()
    points = {one["id"]: Decimal(str(one["stage1"])) for one in newest.asked["qualified"]} if newest else {}
    chosen, rest = [points[one] for one in ids if one in points], [points[one] for one in points if one not in ids]
    if not chosen or len(chosen) != len(ids) or max(rest, default=min(chosen)) > min(chosen):
        raise NotPossible("点の高い方から選んでください。もれた者より点の低い者は選べません。", "not_the_best")
