"""ヒアリング with organisations, schools and firms."""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions import by_key, current
from yui.people.models import Organization
from yui.people.prospects.models import Hearing


def hold_hearing(
    *, actor: Actor, place: str, kind: str, held_on: dt.date, heard: str, who: str = "",
    organization: Organization | None = None, next_step: str = "", next_on: dt.date | None = None,
) -> Hearing:  # fmt: skip
    """Write down a talk that took place."""
    require(actor, Permission.PROSPECT_WRITE)
    with transaction.atomic():
        hearing = Hearing(authority=town_of(actor), recorded_at=clock.now(), account=actor.account)
        _write(actor, hearing, place, kind, held_on, heard, who, organization, next_step, next_on)
        hearing.save()
        record(actor, "hearing.held", hearing, details={"kind": kind})
    return hearing


def change_hearing(
    *, actor: Actor, hearing: Hearing, version: int, place: str, kind: str, held_on: dt.date, heard: str, who: str = "",
    organization: Organization | None = None, next_step: str = "", next_on: dt.date | None = None,
) -> Hearing:  # fmt: skip
    """Correct what was written. Raises ``Stale`` when somebody saved in between."""
    require(actor, Permission.PROSPECT_WRITE, hearing)
    with transaction.atomic():
        fresh = Hearing.objects.select_for_update().get(pk=hearing.pk)
        if fresh.version != version:
            raise Stale({"heard": fresh.heard, "next_step": fresh.next_step}, {"heard": heard, "next_step": next_step})
        if (fresh.next_step, fresh.next_on) != (next_step.strip(), next_on):
            fresh.next_done_on = None
        _write(actor, fresh, place, kind, held_on, heard, who, organization, next_step, next_on)
        fresh.version += 1
        fresh.save()
        record(actor, "hearing.changed", fresh)
    return fresh


def finish_step(*, actor: Actor, hearing: Hearing) -> Hearing:
    """The next step that was agreed is done."""
    require(actor, Permission.PROSPECT_WRITE, hearing)
    with transaction.atomic():
        fresh = Hearing.objects.select_for_update().get(pk=hearing.pk)
        if not fresh.next_step or fresh.next_done_on is not None:
            raise NotPossible("済ませる一歩は、ありません。", "no_step")
        fresh.next_done_on = clock.today()
        fresh.version += 1
        fresh.save(update_fields=["next_done_on", "version"])
        record(actor, "hearing.step_done", fresh)
    return fresh


def _write(
    actor: Actor, hearing: Hearing, place: str, kind: str, held_on: dt.date, heard: str, who: str,
    organization: Organization | None, next_step: str, next_on: dt.date | None,
) -> None:  # fmt: skip
    if kind not in by_key(current(town_of(actor)).people.prospects.hearing_kinds):
        raise NotPossible("相手の種類を選んでください。", "unknown_kind")
    name = place.strip() or (organization.name if organization else "")
    if not name:
        raise NotPossible("相手の名前を書いてください。", "place_missing")
    if not heard.strip():
        raise NotPossible("聞いたことを書いてください。", "heard_missing")
    if held_on > clock.today():
        raise NotPossible("これからの日は書けません。", "future")
    if bool(next_step.strip()) != (next_on is not None):
        raise NotPossible("次の一歩と、その日を、両方書いてください。", "next_incomplete")
    hearing.place, hearing.kind, hearing.held_on, hearing.heard = name, kind, held_on, heard.strip()
    hearing.who, hearing.organization = who.strip(), organization
    hearing.next_step, hearing.next_on = next_step.strip(), next_on
