"""Wishes: written by the person, or by staff for somebody on paper or on the telephone; and how the host stands to them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from yui.activities.assignments.domain.moving import held
from yui.activities.assignments.models import RankedWish, Round, RoundProgramme, WishSheet
from yui.activities.assignments.queries import takes_wishes
from yui.activities.assignments.states import RoundState
from yui.activities.domain.locks import lock_person
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.audit.record import record
from yui.people.models import Person


def save_wishes(
    *,
    actor: Actor,
    round: Round,
    person: Person,
    wishes: Sequence[RoundProgramme],
    groups: Iterable[str] = (),
    way: str = WishSheet.Way.WEB,
) -> WishSheet:
    """The person's wishes, best first; until the deadline they may be written anew as often as one likes.

    What the host said of a wish that stays is kept. Raises ``NotPossible`` when no wishes are taken today.
    """
    require(actor, Permission.APPLICATION_WRITE, person)
    with transaction.atomic():
        lock_person(person)
        fresh = held(round)
        if not takes_wishes(fresh):
            raise NotPossible(_("いまは、希望を受け付けていません。"), "closed")
        if not wishes:
            raise NotPossible(_("希望の出番を、1つは選んでください。"), "empty")
        if len({row.pk for row in wishes}) < len(wishes):
            raise NotPossible(_("同じ出番が、2回選ばれています。"), "twice")
        if any(row.round_id != fresh.pk for row in wishes):
            raise NotPossible(_("この席決めの出番から選んでください。"), "foreign")
        known = set(fresh.programmes.exclude(reserve_group="").values_list("reserve_group", flat=True))
        sheet, made = WishSheet.objects.get_or_create(
            round=fresh, person=person, withdrawn_at=None,
            defaults={"authority": fresh.authority, "effective_on": clock.today(), "recorded_at": clock.now()},
        )  # fmt: skip
        sheet.way, sheet.groups, sheet.recorded_by = way, sorted(known & set(groups)), actor.account
        sheet.save()
        _rank(sheet, wishes)
        record(
            actor, "wish_sheet.made" if made else "wish_sheet.changed", sheet, person_id=person.public_id,
            details={"wishes": len(wishes), "way": way},
        )  # fmt: skip
    return sheet


def withdraw_wishes(*, actor: Actor, sheet: WishSheet) -> WishSheet:
    """The person takes no part; as long as wishes are taken."""
    require(actor, Permission.APPLICATION_WRITE, sheet)
    if sheet.person_id not in actor.person_ids and not holds_everywhere(actor, Permission.APPLICATION_WRITE):
        raise Refused(_("希望を取りさげられるのは、ご本人だけです。"), "not_own")
    with transaction.atomic():
        if not takes_wishes(held(sheet.round)):
            raise NotPossible(_("いまは、希望を受け付けていません。"), "closed")
        fresh = WishSheet.objects.select_for_update().get(pk=sheet.pk)
        fresh.withdrawn_at = clock.now()
        fresh.save(update_fields=["withdrawn_at"])
        record(actor, "wish_sheet.withdrawn", fresh, person_id=sheet.person.public_id)
    return fresh


def set_standing(*, actor: Actor, wish: RankedWish, standing: int, points: int | None = None) -> RankedWish:
    """How the host would like to take this person (two-sided wishes), or the points of the pair. Until the draw.

    By staff, who ask the host, or by the host. Nobody knows the seed then, so nobody can steer the lottery by it.
    """
    require(actor, Permission.ACTIVITY_WRITE, wish.programme)
    if standing not in RankedWish.Standing.values:
        raise NotPossible("受け入れの順を選んでください。", "standing")
    with transaction.atomic():
        fresh = held(wish.sheet.round)
        if fresh.state not in (RoundState.OPEN, RoundState.ANNOUNCED) or clock.today() > fresh.closes_on:
            raise NotPossible("締め切りのあとは、受け入れの順を変えられません。", "closed")
        wish.standing, wish.points = standing, points
        wish.save(update_fields=["standing", "points"])
        record(actor, "ranked_wish.standing", wish, fields=["points", "standing"])
    return wish


def _rank(sheet: WishSheet, wishes: Sequence[RoundProgramme]) -> None:
    standing = {row.programme_id: row for row in sheet.wishes.all()}
    sheet.wishes.exclude(programme__in=wishes).delete()
    for rank, programme in enumerate(wishes, start=1):
        row = standing.get(programme.pk) or RankedWish(authority=sheet.authority, sheet=sheet, programme=programme)
        row.rank = rank
        row.save()
