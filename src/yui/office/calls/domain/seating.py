"""The seats of the committee: appointing, declaring conflicts, recusing, and opening the scoring."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.messages.domain import Receiver, send
from yui.base.staff.domain import staff_account
from yui.office.calls.models import (
    Applicant,
    Call,
    CommitteeMember,
    ConflictDeclaration,
    ScoreSheet,
    ScoringStage,
    SealOpening,
)
from yui.office.calls.queries.judged import judged
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CALLS, CallState

APPOINTED, RECUSED, ABSTAINED = "appointed", "recused", "abstained"


def appoint_member(
    *, actor: Actor, call: Call, mail: str, name: str, post: str = "", chair: bool = False
) -> CommitteeMember:
    """委嘱: give somebody a seat, before any paper is opened; the role of 審査委員 comes with it.

    Raises ``NotPossible`` after an opening, for a second chair, for a seat held already, and for an applicant.
    """
    require(actor, Permission.CALL_WRITE, call)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        if SealOpening.objects.filter(call=call).exists():
            raise NotPossible("書類を開封したあとは、委員を加えられません。", "opened")
        if chair and CommitteeMember.objects.filter(call=call, chair=True).exclude(state=RECUSED).exists():
            raise NotPossible("委員長は、もう決まっています。", "second_chair")
        account = staff_account(actor=actor, mail=mail, name=name)
        if CommitteeMember.objects.filter(call=call, account=account).exists():
            raise NotPossible("この人は、もう審査委員です。", "seated")
        if Applicant.objects.filter(call=call, account=account).exists():
            raise NotPossible("応募している人は、審査委員になれません。", "applicant")
        member = CommitteeMember.objects.create(
            authority=call.authority, call=call, account=account, name=name.strip(), post=post.strip(), chair=chair,
            order=CommitteeMember.objects.filter(call=call).count() + 1, recorded_at=clock.now(),
        )  # fmt: skip
        record(actor, "committee.appointed", member, details={"call": call.public_id, "chair": chair})
        send(
            actor=actor, authority=call.authority, channel="mail", kind="committee_invited",
            template="calls/letters/staff/committee_invited.mail.txt",
            to=Receiver("account", account.public_id, account.email),
            context={"sign_in_url": settings.YUI_PUBLIC_URL + reverse("account_login"), "title": call.title},
            related=("call", call.public_id),
        )  # fmt: skip
    return member


def declare_conflicts(
    *, actor: Actor, member: CommitteeMember, answers: Mapping[Applicant, tuple[bool, str]]
) -> list[ConflictDeclaration]:
    """利害関係の申告: for each applicant, whether there is one, and words about it. Until the scoring opens it can be
    declared anew; afterwards only a conflict that became known can be added.
    """
    require(actor, Permission.SCORE_WRITE, member)
    made: list[ConflictDeclaration] = []
    with transaction.atomic():
        member = CommitteeMember.objects.select_for_update().get(pk=member.pk)
        if member.state != APPOINTED:
            raise NotPossible("審査から外れた委員は、申告できません。", "not_seated")
        scoring = ScoreSheet.objects.filter(member=member).exists()
        for applicant, (conflict, words) in answers.items():
            if applicant.call_id != member.call_id:
                raise NotPossible("この公募の応募者ではありません。", "other_call")
            known = ConflictDeclaration.objects.filter(member=member, applicant=applicant).first()
            if scoring and known is not None and known.conflict and not conflict:
                raise NotPossible("採点が始まったあとは、申告した利害関係を取り消せません。", "scoring")
            row, _ = ConflictDeclaration.objects.update_or_create(
                member=member,
                applicant=applicant,
                defaults={
                    "authority": member.authority, "conflict": conflict, "words": words.strip(),
                    "declared_at": clock.now(),
                },
            )  # fmt: skip
            made.append(row)
        record(
            actor, "conflict.declared", member,
            details={"call": member.call.public_id, "applicants": len(made), "conflicts": sum(r.conflict for r in made)},
        )  # fmt: skip
    return made


def recuse_member(*, actor: Actor, member: CommitteeMember, reason: str) -> CommitteeMember:
    """回避: a member leaves the whole call, by the office or by the chair. Their sheets count nowhere any more."""
    _require_office_or_chair(actor, member)
    if not reason.strip():
        raise NotPossible("回避のわけを書いてください。", "reason")
    with transaction.atomic():
        member = CommitteeMember.objects.select_for_update().get(pk=member.pk)
        call = Call.objects.select_for_update().get(pk=member.call_id)
        if member.state == RECUSED:
            raise NotPossible("この委員は、もう回避しています。", "recused")
        if CallState(call.state) in (CallState.SCORED, CallState.DECIDED, CallState.CONTRACTED):
            raise NotPossible("採点を締めたあとは、委員を外せません。", "closed")
        member.state, member.reason = RECUSED, reason.strip()
        member.version += 1
        member.save(update_fields=["state", "reason", "version"])
        record(actor, "committee.recused", member, details={"call": call.public_id})
    return member


def name_chair(*, actor: Actor, member: CommitteeMember) -> CommitteeMember:
    """委員長を決める: the chair passes to another member, before the scoring of the last stage is closed."""
    require(actor, Permission.CALL_WRITE, member)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=member.call_id)
        if member.state != APPOINTED or call.state not in (CallState.DRAFT, CallState.ANNOUNCED, CallState.SCORING):
            raise NotPossible("いまは、委員長を代えられません。", "wrong_state")
        CommitteeMember.objects.filter(call=call, chair=True).update(chair=False)
        CommitteeMember.objects.filter(pk=member.pk).update(chair=True)
        record(actor, "committee.chair", member, details={"call": call.public_id})
    member.refresh_from_db()
    return member


def open_scoring(*, actor: Actor, call: Call, stage: str) -> ScoringStage:
    """採点を始める: a sheet for each member who declared for every applicant and has no conflict.

    Raises ``NotPossible`` before the papers of the stage were opened, without a chair, while somebody has not declared
    or a conflict waits for a recusal.
    """
    require(actor, Permission.CALL_WRITE, call)
    announced = rules_of(call)
    announced.stage(stage)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        if not SealOpening.objects.filter(call=call, stage=stage).exists():
            raise NotPossible("書類を開封してから、採点を始めます。", "sealed")
        if ScoringStage.objects.filter(call=call, stage=stage).exists():
            raise NotPossible("この段階の採点は、もう始まっています。", "open")
        if not judged(call, stage):
            raise NotPossible("審査する提案がありません。", "nobody")
        members = list(CommitteeMember.objects.filter(call=call, state=APPOINTED))
        if not any(member.chair for member in members):
            raise NotPossible("委員長を決めてください。", "no_chair")
        _all_declared(call, stage, members)
        if stage == announced.last_stage.key:
            if not CALLS.allows(call.state, CallState.SCORING):
                raise NotPossible("いまの公募の状態では、採点を始められません。", "wrong_state")
            call.state, call.version = CallState.SCORING, call.version + 1
            call.save(update_fields=["state", "version"])
        scoring = ScoringStage.objects.create(authority=call.authority, call=call, stage=stage, opened_at=clock.now())
        for member in members:
            ScoreSheet.objects.create(authority=call.authority, member=member, stage=stage)
        record(actor, "scoring.opened", call, details={"stage": stage, "members": len(members)})
    return scoring


def _all_declared(call: Call, stage: str, members: list[CommitteeMember]) -> None:
    wanted = {one.pk for one in judged(call, stage)}
    rows = ConflictDeclaration.objects.filter(member__in=members).values_list("member_id", "applicant_id", "conflict")
    declared: dict[int, set[int]] = {}
    conflicts = set()
    for member, applicant, conflict in rows:
        declared.setdefault(member, set()).add(applicant)
        if conflict:
            conflicts.add(member)
    if conflicts:
        raise NotPossible("利害関係のある委員がいます。先に回避を決めてください。", "conflict")
    if any(wanted - declared.get(member.pk, set()) for member in members):
        raise NotPossible("利害関係の申告がすんでいない委員がいます。", "undeclared")


def _require_office_or_chair(actor: Actor, member: CommitteeMember) -> None:
    """The chair of the same committee may, as the office may."""
    own = [pk for kind, pk in actor.subjects if kind == "committee_member"]
    chair = CommitteeMember.objects.filter(pk__in=own, call=member.call_id, chair=True, state=APPOINTED).first()
    if chair is not None:
        require(actor, Permission.SCORE_WRITE, chair)
    else:
        require(actor, Permission.CALL_WRITE, member)
