"""Closing the scoring by the chair. Until then nobody sees numbers of another; afterwards nothing changes silently."""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.calls.models import Call, CommitteeMember, ScoreSheet, ScoringStage
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CallState


def abstain_member(*, actor: Actor, chair: CommitteeMember, member: CommitteeMember, reason: str) -> CommitteeMember:
    """棄権: the chair notes that a member gives no scores, with the reason. The member counts nowhere.

    Raises ``NotPossible`` where the member's sheets are closed, or the scoring is over.
    """
    _require_chair(actor, chair)
    if not reason.strip():
        raise NotPossible("棄権のわけを書いてください。", "reason")
    with transaction.atomic():
        member = CommitteeMember.objects.select_for_update().get(pk=member.pk, call=chair.call_id)
        if member.state != "appointed":
            raise NotPossible("この委員は、もう審査から外れています。", "not_seated")
        if not ScoringStage.objects.filter(call=member.call_id, closed_at=None).exists():
            raise NotPossible("採点の期間ではありません。", "not_scoring")
        if ScoreSheet.objects.filter(member=member, state="closed").exists():
            raise NotPossible("採点表を閉じた委員は、棄権にできません。", "closed")
        member.state, member.reason, member.version = "abstained", reason.strip(), member.version + 1
        member.save(update_fields=["state", "reason", "version"])
        record(actor, "committee.abstained", member, details={"call": chair.call.public_id})
    return member


def close_scoring(*, actor: Actor, chair: CommitteeMember, stage: str) -> ScoringStage:
    """採点を締める: when every member's sheet is closed, or the member abstains. From now on the sheets are frozen."""
    _require_chair(actor, chair)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=chair.call_id)
        scoring = ScoringStage.objects.select_for_update(of=("self",)).filter(call=call, stage=stage).first()
        if scoring is None or scoring.closed_at is not None:
            raise NotPossible("採点の期間ではありません。", "not_scoring")
        sheets = ScoreSheet.objects.filter(member__call=call, stage=stage, member__state="appointed")
        if sheets.exclude(state="closed").exists():
            raise NotPossible(
                "まだ採点表を閉じていない委員がいます。棄権のときは、そのわけを記録します。", "sheets_open"
            )
        if not sheets.exists():
            raise NotPossible("採点した委員がいません。", "nobody")
        scoring.closed_at, scoring.closed_by = clock.now(), chair
        scoring.save(update_fields=["closed_at", "closed_by"])
        if stage == rules_of(call).last_stage.key:
            call.state, call.version = CallState.SCORED, call.version + 1
            call.save(update_fields=["state", "version"])
        record(actor, "scoring.closed", call, details={"stage": stage})
    return scoring


def _require_chair(actor: Actor, chair: CommitteeMember) -> None:
    require(actor, Permission.SCORE_WRITE, chair)
    if not chair.chair or chair.state != "appointed":
        raise NotPossible("委員長だけができます。", "not_chair")
