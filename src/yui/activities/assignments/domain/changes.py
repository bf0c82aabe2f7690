"""A place given or taken by hand after the draw. The files of the draw stay as they are; the change stays beside them."""

from django.db import transaction

from yui.activities.assignments.domain.moving import held
from yui.activities.assignments.domain.publishing import settle_sheet
from yui.activities.assignments.models import ManualChange, RoundProgramme, WishSheet
from yui.activities.assignments.reasons import MANUAL
from yui.activities.assignments.states import REVEALED, RoundState
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record


def change_place(
    *, actor: Actor, sheet: WishSheet, programme: RoundProgramme | None, kind: str, words: str
) -> ManualChange:
    """Another place, or none, with its reason. ``words`` stay with staff; the kind is counted on the public page.

    Raises ``NotPossible`` before the draw, without a reason, or when the opportunity has no free place.
    """
    require(actor, Permission.ASSIGNMENT_WRITE, sheet.round)
    if kind not in ManualChange.Kind.values:
        raise NotPossible("手で変えるわけを選んでください。", "kind")
    if not words.strip():
        raise NotPossible("手で変えるわけを、ことばでも書いてください。", "words")
    with transaction.atomic():
        fresh = held(sheet.round)
        if fresh.state not in REVEALED:
            raise NotPossible("手で変えられるのは、くじを引いたあとです。", "wrong_state")
        sheet = WishSheet.objects.select_for_update().get(pk=sheet.pk)
        if programme is not None:
            _check_room(sheet, programme)
        if sheet.programme_id == (programme.pk if programme else None):
            raise NotPossible("いまと同じです。", "same")
        made = ManualChange.objects.create(
            authority=sheet.authority, round=fresh, sheet=sheet, before=sheet.programme, after=programme, kind=kind,
            words=words.strip(), effective_on=clock.today(), recorded_at=clock.now(), account=actor.account,
        )  # fmt: skip
        sheet.programme, sheet.reason = programme, "" if programme else MANUAL
        sheet.save(update_fields=["programme", "reason"])
        record(
            actor, "manual_change.made", made, person_id=sheet.person.public_id,
            details={"round": fresh.public_id, "kind": kind},
        )  # fmt: skip
        if fresh.state == RoundState.PUBLISHED:
            settle_sheet(actor=actor, sheet=sheet)
    return made


def _check_room(sheet: WishSheet, programme: RoundProgramme) -> None:
    if programme.round_id != sheet.round_id:
        raise NotPossible("この席決めの出番を選んでください。", "foreign")
    inside = WishSheet.objects.filter(programme=programme, withdrawn_at=None).exclude(pk=sheet.pk).count()
    if inside >= programme.cap:
        raise NotPossible("この出番には、空いている席がありません。", "full")
