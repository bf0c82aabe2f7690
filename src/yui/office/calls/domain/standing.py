"""What every verb of an applicant asks first: whose it is, and whether the call and the stage still take anything."""

from django.db import models
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.office.calls.checklist import Asked, Standing, asked_of
from yui.office.calls.deadlines import closed
from yui.office.calls.models import Applicant, Call
from yui.office.calls.rules import Announced
from yui.office.calls.states import ApplicantState, CallState

OUT = frozenset({ApplicantState.DISQUALIFIED, ApplicantState.WITHDRAWN})
LATER_STAGES = frozenset({ApplicantState.ELIGIBLE, ApplicantState.INVITED})


def require_own(actor: Actor, applicant: Applicant) -> None:
    """The applicant's own act: nobody of the office does it in its name."""
    require(actor, Permission.PROPOSAL_WRITE, applicant)
    if not is_own(actor, applicant):
        raise Refused(_("応募者本人だけができます。"), "own_only")


def require_staff(actor: Actor, permission: Permission, thing: models.Model) -> None:
    """An act of the office: an applicant's own right to its papers is not enough."""
    require(actor, permission, thing)
    if not holds_everywhere(actor, permission):
        raise Refused("この操作は、あなたの役割ではできません。", str(permission))


def is_own(actor: Actor, applicant: Applicant) -> bool:
    """Whether the actor speaks for this applicant."""
    return bool(applicant.owner_subjects() & actor.subjects)


def lock(applicant: Applicant) -> Applicant:
    """The row as it stands, held until the end of the transaction: two tabs come one after the other."""
    return Applicant.objects.select_for_update().select_related("call").get(pk=applicant.pk)


def asked_for(announced: Announced, stage: str, applicant: Applicant) -> list[Asked]:
    """The checklist of a stage for this applicant."""
    return asked_of(announced, stage, Standing(applicant.form, applicant.on_register, applicant.consortium))


def require_taking(call: Call) -> None:
    """Raise ``NotPossible`` unless the call is announced and stands."""
    if call.state != CallState.ANNOUNCED:
        raise NotPossible(_("この公募は、いまは受け付けていません。"), "not_taking")


def require_before(announced: Announced, stage: str) -> None:
    """Raise ``NotPossible`` after the deadline of a stage."""
    if closed(announced, stage, clock.now()):
        raise NotPossible(_("提出の期限を過ぎました。"), "late")


def require_in_stage(announced: Announced, stage: str, applicant: Applicant) -> None:
    """Raise ``NotPossible`` for whoever left, and in a later stage for whoever was not let in."""
    number = announced.stage(stage).number
    if applicant.state in OUT or applicant.state == ApplicantState.NOT_ELIGIBLE:
        raise NotPossible(_("この応募は、もう続けられません。"), "out")
    if number > 1 and applicant.state not in LATER_STAGES:
        raise NotPossible(_("この段階には、参加資格の確認のあとで進みます。"), "not_yet")
