"""A round is written, announced with its sealed lottery, opened, or called off."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from yui.activities.assignments import sealing
from yui.activities.assignments.domain.moving import held, move, require_draft
from yui.activities.assignments.models import Round, RoundProgramme, RoundRegion, SealedSeed
from yui.activities.assignments.queries import choosable, free_in
from yui.activities.assignments.states import RoundState
from yui.activities.domain.opportunities import close_at_once
from yui.activities.models import Opportunity
from yui.activities.states import OpportunityState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round says of itself."""

    title: str
    opens_on: dt.date
    closes_on: dt.date
    about: str = ""
    track: str = Round.Track.STABLE
    orientation: str = Round.Orientation.PERSON


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """The places of one opportunity and the rules for them."""

    cap: int
    least: int = 0
    region: RoundRegion | None = None
    target: int = 0
    reserve_group: str = ""
    reserve_places: int = 0


def make_round(*, actor: Actor, plan: RoundPlan) -> Round:
    """A draft."""
    require(actor, Permission.ASSIGNMENT_WRITE)
    _check_days(plan)
    with transaction.atomic():
        made = Round.objects.create(
            authority=town_of(actor), recorded_at=clock.now(), made_by=actor.account, **_values(plan)
        )
        record(actor, "assignment_round.made", made)
    return made


def change_round(*, actor: Actor, round: Round, version: int, plan: RoundPlan) -> Round:
    """Write a draft anew. Raises ``Stale`` when somebody saved in between."""
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    _check_days(plan)
    with transaction.atomic():
        fresh = held(round)
        require_draft(fresh)
        values = _values(plan)
        if fresh.version != version:
            raise Stale({name: getattr(fresh, name) for name in values}, dict(values))
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        record(actor, "assignment_round.changed", fresh, fields=sorted(values))
    return fresh


def set_region(*, actor: Actor, round: Round, name: str, cap: int) -> RoundRegion:
    """A region with its cap, or a new cap for one that is there."""
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    if not name.strip() or "|" in name:
        raise NotPossible("地域の名前を書いてください（「|」は使えません）。", "name")
    with transaction.atomic():
        require_draft(held(round))
        made, _ = RoundRegion.objects.update_or_create(
            round=round, name=name.strip(), defaults={"cap": cap, "authority": round.authority}
        )
        record(actor, "round_region.set", made, details={"cap": cap})
    return made


def remove_region(*, actor: Actor, region: RoundRegion) -> None:
    """No cap for this region any more."""
    require(actor, Permission.ASSIGNMENT_WRITE, region)
    with transaction.atomic():
        require_draft(held(region.round))
        record(actor, "round_region.removed", region)
        region.delete()


def add_programme(*, actor: Actor, round: Round, opportunity: Opportunity, plan: ProgrammePlan) -> RoundProgramme:
    """An opportunity with its places. Not more than are free, and nobody may be waiting there already."""
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    with transaction.atomic():
        require_draft(held(round))
        if not choosable().filter(pk=opportunity.pk).exists():
            raise NotPossible(
                "この出番は入れられません。募集の状態、空き待ちの方、ほかの席決めをたしかめてください。",
                "not_choosable",
            )
        _check_places(round, opportunity, plan)
        made = RoundProgramme.objects.create(
            authority=round.authority, round=round, opportunity=opportunity, **_values(plan)
        )
        record(actor, "round_programme.added", made, details={"opportunity": opportunity.public_id})
    return made


def change_programme(*, actor: Actor, programme: RoundProgramme, version: int, plan: ProgrammePlan) -> RoundProgramme:
    """Other places or rules while it is a draft."""
    require(actor, Permission.ASSIGNMENT_WRITE, programme.round)
    with transaction.atomic():
        require_draft(held(programme.round))
        fresh = RoundProgramme.objects.select_for_update().get(pk=programme.pk)
        values = _values(plan)
        if fresh.version != version:
            raise Stale({name: getattr(fresh, name) for name in values}, dict(values))
        _check_places(fresh.round, fresh.opportunity, plan)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        record(actor, "round_programme.changed", fresh, fields=sorted(values))
    return fresh


def remove_programme(*, actor: Actor, programme: RoundProgramme) -> None:
    """Take it out of a draft."""
    require(actor, Permission.ASSIGNMENT_WRITE, programme.round)
    with transaction.atomic():
        require_draft(held(programme.round))
        record(actor, "round_programme.removed", programme)
        programme.delete()


def announce_round(*, actor: Actor, round: Round) -> Round:
    """公表: from now on the rules stand. The seed is drawn and sealed here, and its hash is published.

    Its opportunities take no applications one by one any more. Raises ``NotPossible`` without opportunities, or when
    the days have passed.
    """
    require(actor, Permission.ASSIGNMENT_PUBLISH, round)
    with transaction.atomic():
        fresh = held(round)
        require_draft(fresh)
        programmes = list(fresh.programmes.select_related("opportunity", "region"))
        if not programmes:
            raise NotPossible("出番を1つは入れてください。", "empty")
        if fresh.closes_on < clock.today():
            raise NotPossible("締め切りの日が、もう過ぎています。", "past")
        for row in programmes:
            _check_places(fresh, row.opportunity, _plan_of(row))
            if row.opportunity.state == OpportunityState.OPEN:
                close_at_once(actor, row.opportunity)
        seed = sealing.new_seed()
        SealedSeed.objects.create(
            authority=fresh.authority, round=fresh, sealed=sealing.seal(seed), sealed_at=clock.now()
        )
        fresh.commitment, fresh.announced_at = sealing.commitment_of(fresh.public_id, seed), clock.now()
        move(actor=actor, found=fresh, to=RoundState.ANNOUNCED)
        if fresh.opens_on <= clock.today():
            move(actor=actor, found=fresh, to=RoundState.OPEN)
    return fresh


def open_round(*, actor: Actor, round: Round) -> Round:
    """Wishes are taken from its first day on."""
    require(actor, Permission.ASSIGNMENT_WRITE, round)
    if round.opens_on > clock.today():
        raise NotPossible("受付をはじめる日は、まだ来ていません。", "too_early")
    with transaction.atomic():
        return move(actor=actor, found=held(round), to=RoundState.OPEN)


def call_off_round(*, actor: Actor, round: Round, words: str) -> Round:
    """取りやめ, before the seed is known to anybody; the reason is shown to everybody, the seed to nobody."""
    require(actor, Permission.ASSIGNMENT_PUBLISH, round)
    if not words.strip():
        raise NotPossible("取りやめのわけを書いてください。", "words")
    with transaction.atomic():
        fresh = held(round)
        fresh.called_off = words.strip()
        SealedSeed.objects.filter(round=fresh).update(sealed="")
        return move(actor=actor, found=fresh, to=RoundState.CALLED_OFF)


def _values(plan: RoundPlan | ProgrammePlan) -> Mapping[str, Any]:
    if isinstance(plan, ProgrammePlan):
        return {name: getattr(plan, name) for name in ProgrammePlan.__slots__}
    return asdict(plan)


def _plan_of(row: RoundProgramme) -> ProgrammePlan:
    return ProgrammePlan(**{name: getattr(row, name) for name in ProgrammePlan.__slots__})


def _check_days(plan: RoundPlan) -> None:
    if not plan.title.strip():
        raise NotPossible("席決めの名前を書いてください。", "title")
    if plan.closes_on < plan.opens_on:
        raise NotPossible("締め切りは、受付をはじめる日か、そのあとにしてください。", "closes_on")


def _check_places(found: Round, opportunity: Opportunity, plan: ProgrammePlan) -> None:
    free = free_in(opportunity)
    if not 1 <= plan.cap <= free:
        raise NotPossible(f"席の数は、1人から{free}人（いま空いている席）までで書いてください。", "cap")
    if plan.least > plan.cap:
        raise NotPossible("最少人数は、席の数までで書いてください。", "least")
    if plan.reserve_places > plan.cap:
        raise NotPossible("優先枠は、席の数までで書いてください。", "reserve_places")
    if bool(plan.reserve_group.strip()) != bool(plan.reserve_places):
        raise NotPossible("優先枠は、だれのための枠かと、席の数を、そろえて書いてください。", "reserve_group")
    if plan.region is not None and plan.region.round_id != found.pk:
        raise NotPossible("この席決めの地域を選んでください。", "region")
