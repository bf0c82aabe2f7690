"""Registering: by the person on the web, or by staff from paper, telephone, the counter or a visit."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.definitions import active, current
from yui.people.answers import (
    Answers,
    check_choices,
    check_reachable,
    is_minor,
    today_or,
    write_choices,
    write_contacts,
    write_profile,
    write_residence,
)
from yui.people.definition import People, wording_on
from yui.people.keys import keep_home_key, keep_name_keys, keep_number_keys
from yui.people.likeness import keep_likeness, pairs_of
from yui.people.models import Consent, Contact, Draft, Person, Registration, StageChange
from yui.people.models.registrations import Received
from yui.people.sign_ins import attach_account, attach_mail_account, open_device_account


@dataclass(frozen=True, slots=True)
class Registered:
    """``device``: the account that the visitor's browser may go on with; ``None`` for whoever is signed in already."""

    person: Person
    device: Account | None


def register_person(*, actor: Actor, answers: Answers, draft: Draft | None = None) -> Registered:
    """Register the visitor, or somebody the visitor speaks for. The draft it was typed in goes.

    Raises ``NotPossible`` when a required consent, the guardian's consent or a way to be reached is missing.
    """
    if actor.authority is None:
        raise Refused(_("まちを選んでください。"))
    if actor.is_staff:
        raise NotPossible(_("職員の方は、人財の「紙や電話から登録する」を使ってください。"), "staff")
    today = clock.today()
    with transaction.atomic():
        person = _enter(actor, answers, today, Received.WEB, wording_day=today)
        device = None
        if actor.account is not None:
            attach_account(person, actor.account, minor=_minor(actor, answers))
        else:
            device = open_device_account(person, has_mail=_mail_of(answers) != "")
        if draft is not None:
            draft.delete()
        keep_likeness(person)  # for staff; a visitor is not told who is registered
        record(actor, "person.registered", person, person_id=person.public_id, details={"received": Received.WEB})
    return Registered(person, device)


def register_by_proxy(
    *,
    actor: Actor,
    answers: Answers,
    received: Received,
    received_on: dt.date,
    received_by: Account | None = None,
    wording_day: dt.date | None = None,
    apart: bool = False,
) -> Person:
    """Enter what came on paper, by telephone, at the counter or on a visit, marked with who, when and how.

    ``wording_day``: the day whose words stood on the paper; the day it was received unless given.
    ``apart``: staff have seen who is like this person, and say it is somebody else.
    """
    require(actor, Permission.PERSON_REGISTER_BY_PROXY, actor.authority)
    if received == Received.WEB:
        raise NotPossible(_("紙・電話・窓口・訪問のどれで受けたかを選んでください。"), "received_web")
    on = today_or(received_on)
    with transaction.atomic():
        person = _enter(
            actor, answers, on, received, wording_day=wording_day or on, received_by=received_by or actor.account
        )
        keep_likeness(person)
        if apart:
            pairs_of(person).update(apart_on=clock.today(), apart_by=actor.account)
        record(
            actor, "person.registered", person, person_id=person.public_id, details={"received": str(received)}
        )  # fmt: skip
    return person


def _enter(
    actor: Actor,
    answers: Answers,
    on: dt.date,
    received: Received,
    *,
    wording_day: dt.date,
    received_by: Account | None = None,
) -> Person:
    """Write every row of a new registration."""
    people: People = current(actor.authority).people  # type: ignore[arg-type]
    _check(people, answers, on)
    authority, now = actor.authority, clock.now()
    person = Person.objects.create(
        authority=authority, display_name=answers.display_name.strip(), kana=answers.kana.strip(),
        birth_year=answers.birth_year, language=answers.language, district=answers.district, created_at=now,
    )  # fmt: skip
    write_profile(person, answers)
    write_choices(person, answers.choices)
    write_contacts(person, answers.contacts, on)
    write_residence(person, answers.postal_code, answers.country, answers.address, on)
    keep_name_keys(person)
    keep_number_keys(person, answers.contacts)
    keep_home_key(person, answers.address)
    Registration.objects.create(
        authority=authority, person=person, scheme_key=authority.key, effective_on=on, recorded_at=now,
        received=received, received_by=received_by,
    )  # fmt: skip
    _write_consents(person, people, answers, on, wording_day, received, received_by)
    first = min(people.stages, key=lambda stage: stage.order)
    StageChange.objects.create(
        authority=authority, person=person, scheme_key=authority.key, stage=first.key, before="", effective_on=on,
        recorded_at=now, agreed_on=on, agreed_how=received, evidence=["registration"],
    )  # fmt: skip
    mail = _mail_of(answers)
    if mail:
        attach_mail_account(person, mail, minor=_minor(actor, answers))
    return person


def _check(people: People, answers: Answers, on: dt.date) -> None:
    if not answers.display_name.strip():
        raise NotPossible(_("お名前を書いてください。"), "name_missing")
    check_choices(people, answers.choices)
    purposes = {purpose.key for purpose in active(people.purposes, on)}
    if set(answers.consents) - purposes:
        raise NotPossible(_("えらべない同意が入っています。もう一度えらんでください。"), "unknown_purpose")
    for purpose in active(people.purposes, on):
        if purpose.required and purpose.key not in answers.consents:
            raise NotPossible(
                _("「%(label)s」に同意いただくと、登録できます。")
                % {"label": purpose.label.in_language(get_language())},
                "consent_missing",
            )
    if is_minor(answers.birth_year, people.guardian_age.value, on) and not answers.guardian:
        raise NotPossible(
            _("%(age)s歳未満の方は、保護者の方の同意をもらってください。") % {"age": people.guardian_age.value},
            "guardian_missing",
        )
    check_reachable(people, answers.contact_way, answers.contacts, answers.address)


def _write_consents(
    person: Person,
    people: People,
    answers: Answers,
    on: dt.date,
    wording_day: dt.date,
    received: Received,
    received_by: Account | None,
) -> None:
    now = clock.now()
    for purpose in people.purposes:
        if purpose.key not in answers.consents:
            continue
        wording = wording_on(purpose, wording_day) or purpose.wordings[0]
        Consent.objects.create(
            authority_id=person.authority_id, person=person, purpose=purpose.key, wording_version=wording.version,
            language=answers.language, effective_on=on, recorded_at=now, received=received, received_by=received_by,
            guardian=answers.guardian,
        )  # fmt: skip


def _minor(actor: Actor, answers: Answers) -> bool:
    people: People = current(actor.authority).people  # type: ignore[arg-type]
    return is_minor(answers.birth_year, people.guardian_age.value, clock.today())


def _mail_of(answers: Answers) -> str:
    return next((value.strip().lower() for kind, value in answers.contacts if kind == Contact.Kind.MAIL), "")
