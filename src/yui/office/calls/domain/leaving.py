"""辞退: an applicant leaves, by itself or on paper through staff. No disqualification, and of no effect on other calls."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.audit.record import record
from yui.office.calls.domain.standing import is_own, lock, require_own, require_staff
from yui.office.calls.models import Applicant, Withdrawal
from yui.office.calls.states import APPLICANTS, ApplicantState, CallState


def withdraw_applicant(
    *,
    actor: Actor,
    applicant: Applicant,
    words: str = "",
    channel: str = "web",
    in_writing: bool = False,
    received_at: dt.datetime | None = None,
) -> Withdrawal:
    """Leave the call, at any time until the contract. What was handed in and not yet opened stays closed for good.

    Staff enter the paper of an applicant with its ``channel`` and instant; ``in_writing``: the form itself is there.
    """
    if is_own(actor, applicant):
        require_own(actor, applicant)
        channel, received_at = "web", None
    else:
        require_staff(actor, Permission.PROPOSAL_WRITE, applicant)
    when = received_at or clock.now()
    if when > clock.now():
        raise NotPossible(_("日時が、いまより先です。"), "future")
    try:
        with transaction.atomic():
            applicant = lock(applicant)
            if applicant.call.state in (CallState.CONTRACTED, CallState.CANCELLED):
                raise NotPossible(_("この公募は終わりました。"), "ended")
            made = Withdrawal.objects.create(
                authority_id=applicant.authority_id, applicant=applicant, channel=channel, in_writing=in_writing,
                words=words.strip(), received_at=when, recorded_by=actor.account,
            )  # fmt: skip
            before = applicant.state
            if APPLICANTS.allows(before, ApplicantState.WITHDRAWN):
                applicant.state, applicant.version = ApplicantState.WITHDRAWN, applicant.version + 1
                applicant.save(update_fields=["state", "version"])
            record(actor, "applicant.withdrawn", applicant, details={"before": before, "channel": channel})
    except IntegrityError as error:
        raise NotPossible(_("もう辞退しています。"), "withdrawn") from error
    return made


def confirm_in_writing(*, actor: Actor, withdrawal: Withdrawal) -> Withdrawal:
    """The written form of a withdrawal that was first told on the web has come."""
    require_staff(actor, Permission.PROPOSAL_WRITE, withdrawal)
    with transaction.atomic():
        withdrawal.in_writing = True
        withdrawal.save(update_fields=["in_writing"])
        record(actor, "withdrawal.in_writing", withdrawal)
    return withdrawal
