"""The dry run with a seed that is thrown away; and, after the deadline, the draw with the seed that was promised."""

import json

from django.db import transaction

from yui.activities.assignments import sealing
from yui.activities.assignments.domain.moving import held, move
from yui.activities.assignments.instances import answered, digest, faults_of, instance_of, written
from yui.activities.assignments.models import Draw, Round, RoundProgramme, SealedSeed, WishSheet
from yui.activities.assignments.queries import is_over
from yui.activities.assignments.states import RoundState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record

TRIED = (RoundState.DRAFT, RoundState.ANNOUNCED, RoundState.OPEN)


def try_out(*, actor: Actor, round: Round) -> Draw:
    """試し: what would come of today's wishes, with a new seed of its own. It tells nothing about the real lottery."""
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    if round.state not in TRIED:
        raise NotPossible("試しは、締め切りまでできます。", "wrong_state")
    with transaction.atomic():
        made = _draw(actor, round, Draw.Kind.TRIAL, f"tameshi-{sealing.new_seed()}")
        record(actor, "assignment_draw.tried", made, details={"round": round.public_id})
    return made


def close_round(*, actor: Actor, round: Round) -> Round:
    """締め切り: from the day after the last day on, never before."""
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    if not is_over(round):
        raise NotPossible("締め切りの日が、まだ過ぎていません。", "too_early")
    with transaction.atomic():
        return move(actor=actor, found=held(round), to=RoundState.CLOSED)


def draw_lots(*, actor: Actor, round: Round) -> Draw:
    """Open the seal, reveal the seed, compute, verify, write down. Everybody's result stands; nobody is told yet.

    Raises ``NotPossible`` before the deadline has passed, and when the seal can not be opened any more.
    """
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    with transaction.atomic():
        fresh = held(round)
        if fresh.state != RoundState.CLOSED or not is_over(fresh):
            raise NotPossible("くじを引くのは、締め切ったあとです。", "wrong_state")
        seal = SealedSeed.objects.select_for_update().get(round=fresh)
        fresh.seed = _seed(fresh, seal)
        made = _draw(actor, fresh, Draw.Kind.FINAL, fresh.seed)
        _write_down(fresh, made)
        seal.sealed = ""
        seal.save(update_fields=["sealed"])
        fresh.draws.filter(kind=Draw.Kind.TRIAL).delete()
        fresh.drawn_at = clock.now()
        move(actor=actor, found=fresh, to=RoundState.DRAWN)
        record(actor, "assignment_draw.made", made, details={"round": fresh.public_id, "answer": made.answer_sha256})
    return made


def close_and_draw(*, actor: Actor, round: Round) -> Draw:
    """Both at once, as the house does by itself in the night after the deadline: no human chooses the moment."""
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    with transaction.atomic():
        if round.state == RoundState.OPEN:
            round = close_round(actor=actor, round=round)
        return draw_lots(actor=actor, round=round)


def _seed(found: Round, seal: SealedSeed) -> str:
    try:
        seed = sealing.open_seal(seal.sealed)
    except sealing.BrokenSeal:
        seed = ""
    if not seed or sealing.commitment_of(found.public_id, seed) != found.commitment:
        raise NotPossible(
            "約束したくじの封を開けられません（設置先を移したか、鍵が変わりました）。取りやめて、新しく約束してください。",
            "broken_seal",
        )
    return seed


def _draw(actor: Actor, found: Round, kind: str, seed: str) -> Draw:
    instance = written(instance_of(found, seed))
    answer = answered(instance)
    faults = faults_of(instance, answer)
    if faults:
        raise NotPossible(
            "計算の結果が、確かめの計算と合いません。結果は使わず、開発元に知らせてください。", "not_verified"
        )
    values = {
        "instance": instance, "answer": answer, "instance_sha256": digest(instance), "answer_sha256": digest(answer),
        "findings": 0, "made_at": clock.now(), "account": actor.account, "authority": found.authority,
    }  # fmt: skip
    made, _ = Draw.objects.update_or_create(round=found, kind=kind, defaults=values)
    return made


def _write_down(found: Round, draw: Draw) -> None:
    """Everybody's place or reason, and what does not run."""
    answer = json.loads(draw.answer)
    programmes = {row.opportunity.public_id: row for row in found.programmes.select_related("opportunity")}
    sheets = list(WishSheet.objects.filter(round=found, withdrawn_at=None))
    for sheet in sheets:
        mine = answer["matching"][sheet.public_id]
        sheet.programme = programmes[mine[0]] if mine else None
        sheet.reason = answer["unmatched"].get(sheet.public_id, "")
    WishSheet.objects.bulk_update(sheets, ["programme", "reason"], batch_size=500)
    for one in answer["cancelled"]:
        RoundProgramme.objects.filter(pk=programmes[one["program"]].pk).update(cancelled=one["why"])
