"""The result becomes public; each person is then told by a job, with a place or with the true reason and two other things."""

from typing import Any

from django.db import transaction
from django.utils.translation import override

from yui.activities.assignments.domain.moving import held, move
from yui.activities.assignments.models import Round, WishSheet
from yui.activities.assignments.reasons import BY_HAND, MANUAL, UNMATCHED
from yui.activities.assignments.states import RoundState
from yui.activities.domain import notices
from yui.activities.domain.next_things import choose_next_things
from yui.activities.filling import is_first_timer
from yui.activities.models import Application, Opportunity
from yui.activities.states import ApplicationState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.jobs.domain import run_job
from yui.base.tenancy.addresses import full_url, town_url

JOB = "assignments.tell"


def publish_round(*, actor: Actor, round: Round) -> Round:
    """公開, by the officer: the numbers, the seed and the files stand on the public page; the job tells each person."""
    require(actor, Permission.ASSIGNMENT_PUBLISH, round)
    with transaction.atomic():
        fresh = held(round)
        fresh.published_at = clock.now()
        move(actor=actor, found=fresh, to=RoundState.PUBLISHED)
        run_job(
            actor=actor,
            kind=JOB,
            permission=Permission.ASSIGNMENT_PUBLISH,
            thing=fresh,
            arguments={"round": fresh.public_id},
        )
    return fresh


def settle_sheet(*, actor: Actor, sheet: WishSheet) -> Application | None:
    """Write the result among the person's applications and tell the person. Part of the job, and of a change by hand.

    A place that was given before by this round ends; without a place the first wish stands as 席があかず, with two
    other things that have room.
    """
    require(actor, Permission.ASSIGNMENT_WRITE, sheet.round)
    with transaction.atomic():
        sheet = WishSheet.objects.select_for_update(of=("self",)).select_related("round", "person").get(pk=sheet.pk)
        if sheet.person.erased_at is not None:
            return None
        _end_earlier(sheet)
        opportunity = _about(sheet)
        if opportunity is None:
            return None
        placed = sheet.programme_id is not None
        now = clock.now()
        application = Application.objects.create(
            authority=sheet.authority, person=sheet.person, opportunity=opportunity,
            state=ApplicationState.PLACED if placed else ApplicationState.NO_PLACE, effective_on=clock.today(),
            recorded_at=now, ended_at=None if placed else now, first_timer=is_first_timer(sheet.person),
        )  # fmt: skip
        sheet.application = application
        sheet.save(update_fields=["application"])
        things = [] if placed else choose_next_things(actor=actor, application=application)
        record(
            actor, "wish_sheet.told", sheet, person_id=sheet.person.public_id,
            details={"placed": placed, "reason": sheet.reason, "things": len(things)},
        )  # fmt: skip
        _tell(actor, sheet, opportunity, things)
    return application


def reason_words(sheet: WishSheet) -> str:
    """The true reason in the reader's language; empty with a place."""
    if sheet.reason == MANUAL:
        last = sheet.manual_changes.order_by("-id").first()
        return str(BY_HAND[last.kind]) if last is not None else ""
    return str(UNMATCHED[sheet.reason]) if sheet.reason else ""


def _end_earlier(sheet: WishSheet) -> None:
    Application.objects.filter(pk=sheet.application_id).update(state=ApplicationState.CANCELLED, ended_at=clock.now())
    if sheet.programme is not None:  # somebody who applied and has a live row already keeps that one only
        Application.objects.filter(
            person=sheet.person, opportunity=sheet.programme.opportunity_id, ended_at=None
        ).update(state=ApplicationState.CANCELLED, ended_at=clock.now())


def _about(sheet: WishSheet) -> Opportunity | None:
    if sheet.programme is not None:
        return sheet.programme.opportunity
    first = sheet.wishes.select_related("programme__opportunity").order_by("rank").first()
    return first.programme.opportunity if first is not None else None


def _tell(actor: Actor, sheet: WishSheet, opportunity: Opportunity, things: list[Opportunity]) -> None:
    page = full_url(town_url(sheet.authority, "assignments:my_result", public_id=sheet.public_id))
    with override(sheet.person.language or "ja"):
        reason = reason_words(sheet)
    context: dict[str, Any] = {
        "round_title": sheet.round.title,
        "placed": sheet.programme_id is not None,
        "opportunity_title": opportunity.title,
        "session": opportunity.session,
        "when_text": opportunity.when_text,
        "reason": reason,
        "by_hand": sheet.reason == MANUAL,
        "number": sheet.public_id,
        "page": page,
        "next_things": [notices.told_thing(row) for row in things],
    }
    notices.tell_person(actor, sheet.person, "assignment_result", context, ("wish_sheet", sheet.public_id))
