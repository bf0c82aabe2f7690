"""Corrections after the scoring was closed: asked by the member with a reason, decided by the chair; the old points stay."""

from decimal import Decimal

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.calls.domain.scoring import check_points
from yui.office.calls.models import Call, CommitteeMember, MemberOrder, Score, ScoreCorrection, ScoringStage
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CallState


def ask_correction(*, actor: Actor, score: Score, after: Decimal, reason: str) -> ScoreCorrection:
    """訂正を申し出る. Raises ``NotPossible`` while the scoring is open, or once the candidate was decided."""
    require(actor, Permission.SCORE_WRITE, score)
    if not reason.strip():
        raise NotPossible("訂正のわけを書いてください。", "reason")
    member = score.sheet.member
    _while_correctable(member.call, score.sheet.stage)
    criterion = {one.key: one for one in rules_of(member.call).criteria(score.sheet.stage)}[score.criterion]
    check_points(criterion, after)
    with transaction.atomic():
        score = Score.objects.select_for_update(of=("self",)).get(pk=score.pk)
        if score.points == after:
            raise NotPossible("いまの点と同じです。", "same")
        if ScoreCorrection.objects.filter(score=score, state="asked").exists():
            raise NotPossible("この項目の訂正は、もう申し出られています。", "asked")
        made = ScoreCorrection.objects.create(
            authority=score.authority, score=score, before=score.points, after=after, reason=reason.strip(),
            asked_at=clock.now(),
        )  # fmt: skip
        record(actor, "correction.asked", made, details={"stage": score.sheet.stage, "item": score.criterion})
    return made


def decide_correction(
    *, actor: Actor, chair: CommitteeMember, correction: ScoreCorrection, approve: bool
) -> ScoreCorrection:
    """委員長が訂正を認める・認めない. What was computed before stays as a trial and has to be computed again."""
    require(actor, Permission.SCORE_WRITE, chair)
    if not chair.chair or chair.state != "appointed" or correction.score.sheet.member.call_id != chair.call_id:
        raise NotPossible("委員長だけができます。", "not_chair")
    _while_correctable(chair.call, correction.score.sheet.stage)
    with transaction.atomic():
        correction = ScoreCorrection.objects.select_for_update(of=("self",)).get(pk=correction.pk)
        if correction.state != "asked":
            raise NotPossible("この訂正は、もう決まっています。", "decided")
        correction.state = "approved" if approve else "refused"
        correction.decided_at, correction.decided_by = clock.now(), chair
        correction.save(update_fields=["state", "decided_at", "decided_by"])
        if approve:
            score = Score.objects.select_for_update(of=("self",)).get(pk=correction.score_id)
            score.points, score.version, score.saved_at = correction.after, score.version + 1, clock.now()
            score.save(update_fields=["points", "version", "saved_at"])
            MemberOrder.objects.filter(sheet_id=score.sheet_id, applicant_id=score.applicant_id).delete()
        record(actor, f"correction.{correction.state}", correction)
    return correction


def _while_correctable(call: Call, stage: str) -> None:
    if not ScoringStage.objects.filter(call=call, stage=stage).exclude(closed_at=None).exists():
        raise NotPossible("採点を締めるまでは、採点表をそのまま直せます。", "not_closed")
    last = stage == rules_of(call).last_stage.key
    state = Call.objects.values_list("state", flat=True).get(pk=call.pk)
    if state != (CallState.SCORED if last else CallState.ANNOUNCED):
        raise NotPossible("決定したあとは、訂正できません。", "decided")
