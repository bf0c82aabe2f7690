"""参加登録: an applicant enters a call, by itself or through staff who received its papers."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import town_of
from yui.base.audit.record import record
from yui.office.calls.domain.standing import lock, require_before, require_own, require_staff, require_taking
from yui.office.calls.models import Applicant, Call, CommitteeMember, ConsortiumMember
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CallState

FORMS = ("corporation", "unincorporated", "individual")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an applicant says of itself. ``members``: (name, what it answers for) of a consortium's other members."""

    name: str
    form: str = "corporation"
    on_register: bool = False
    in_town: bool = False
    representative: str = ""
    postal: str = ""
    mail: str = ""
    telephone: str = ""
    members: tuple[tuple[str, str], ...] = ()


def register_applicant(*, actor: Actor, call: Call, entry: Entry) -> Applicant:
    """An account enters a call for its organisation. Open to any account but those who run or judge the call.

    Raises ``NotPossible`` when it is registered already, and after the deadline of the first stage.
    """
    town = town_of(actor)
    if actor.account is None or call.authority_id != town.pk:
        raise Refused(_("ログインしてください。"), "no_account")
    seated = CommitteeMember.objects.filter(call=call, account=actor.account).exists()
    if actor.is_staff or seated:
        raise Refused(_("職員や審査委員は、応募できません。"), "runs_the_call")
    require_taking(call)
    announced = rules_of(call)
    require_before(announced, announced.rules.stages[0].key)
    try:
        with transaction.atomic():
            applicant = _create(actor, call, entry, channel="web", own=True)
    except IntegrityError as error:
        raise NotPossible(_("この公募には、もう参加を登録しています。"), "already_registered") from error
    return applicant


def register_on_paper(*, actor: Actor, call: Call, entry: Entry, channel: str) -> Applicant:
    """Staff enter an applicant whose papers came to the counter or by post; also one who comes too late."""
    require_staff(actor, Permission.PROPOSAL_WRITE, call)
    if call.state in (CallState.DRAFT, CallState.CANCELLED):
        raise NotPossible("公告した公募だけに、応募者を入れられます。", "not_taking")
    with transaction.atomic():
        return _create(actor, call, entry, channel=channel, own=False)


def correct_applicant(*, actor: Actor, applicant: Applicant, entry: Entry, version: int) -> Applicant:
    """Correct what an applicant said of itself, until the first deadline; staff may do it at any time."""
    if actor.is_staff:
        require_staff(actor, Permission.PROPOSAL_WRITE, applicant)
    else:
        require_own(actor, applicant)
    with transaction.atomic():
        applicant = lock(applicant)
        announced = rules_of(applicant.call)
        if not actor.is_staff:
            require_taking(applicant.call)
            require_before(announced, announced.rules.stages[0].key)
        new = _values(entry)
        if applicant.version != version:
            raise Stale({name: getattr(applicant, name) for name in new}, new)
        changed = sorted(name for name, value in new.items() if getattr(applicant, name) != value)
        for name, value in new.items():
            setattr(applicant, name, value)
        applicant.version += 1
        applicant.save()
        ConsortiumMember.objects.filter(applicant=applicant).delete()
        _write_members(applicant, entry)
        record(actor, "applicant.corrected", applicant, fields=changed)
    return applicant


def _create(actor: Actor, call: Call, entry: Entry, *, channel: str, own: bool) -> Applicant:
    applicant = Applicant.objects.create(
        authority_id=call.authority_id,
        call=call,
        account=actor.account if own else None,
        channel=channel,
        registered_at=clock.now(),
        **_values(entry),
    )
    _write_members(applicant, entry)
    record(actor, "applicant.registered", applicant, details={"call": call.public_id, "channel": channel})
    return applicant


def _values(entry: Entry) -> dict[str, object]:
    if entry.form not in FORMS:
        raise ValueError(f"no such form {entry.form}")
    names = ("name", "form", "on_register", "in_town", "representative", "postal", "mail", "telephone")
    return {**{name: getattr(entry, name) for name in names}, "consortium": bool(entry.members)}


def _write_members(applicant: Applicant, entry: Entry) -> None:
    ConsortiumMember.objects.bulk_create(
        ConsortiumMember(
            authority_id=applicant.authority_id, applicant=applicant, name=name, answers_for=answers_for
        )
        for name, answers_for in entry.members
    )  # fmt: skip
