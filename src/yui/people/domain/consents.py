"""Consents, one by one. Withdrawing the required one ends the registration."""

from django.db import transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.definitions import active, current
from yui.people.answers import is_minor
from yui.people.definition import Purpose, wording_on
from yui.people.domain.profile import lock
from yui.people.models import Consent, Person, Registration
from yui.people.models.registrations import Received


def give_consent(
    *, actor: Actor, person: Person, purpose: str, received: Received = Received.WEB, guardian: bool = False
) -> Consent:
    """Agree to a purpose in today's words. Agreeing to newer words ends the consent to the older ones."""
    require(actor, Permission.CONSENT_WRITE, person)
    today, now = clock.today(), clock.now()
    people = current(actor.authority).people  # type: ignore[arg-type]
    found = _purpose(active(people.purposes, today), purpose)
    wording = wording_on(found, today)
    if wording is None:
        raise NotPossible(_("まだ同意の文がありません。"), "no_wording")
    with transaction.atomic():
        person = lock(person)
        if is_minor(person.birth_year, people.guardian_age.value, today) and not guardian:
            raise NotPossible(_("保護者の方の同意をもらってください。"), "guardian_missing")
        present = Consent.objects.filter(person=person, purpose=purpose, withdrawn_on=None).first()
        if present is not None and present.wording_version == wording.version:
            return present
        if present is not None:
            _withdraw(present)
        consent = Consent.objects.create(
            authority_id=person.authority_id, person=person, purpose=purpose, wording_version=wording.version,
            language=person.language, effective_on=today, recorded_at=now, received=received,
            received_by=None if received == Received.WEB else actor.account, guardian=guardian,
        )  # fmt: skip
        details = {"purpose": purpose, "version": wording.version, "received": str(received)}
        record(actor, "consent.given", consent, person_id=person.public_id, details=details)
    return consent


def withdraw_consent(*, actor: Actor, person: Person, purpose: str) -> bool:
    """Withdraw one consent from today on. Returns whether the registration ended with it."""
    require(actor, Permission.CONSENT_WRITE, person)
    purposes = current(actor.authority).people.purposes  # type: ignore[arg-type]
    found = _purpose(purposes, purpose)
    with transaction.atomic():
        person = lock(person)
        consent = Consent.objects.filter(person=person, purpose=purpose, withdrawn_on=None).first()
        if consent is None:
            raise NotPossible(_("この同意は、いまはありません。"), "not_given")
        _withdraw(consent)
        record(actor, "consent.withdrawn", consent, person_id=person.public_id, details={"purpose": purpose})
        if found.required:
            end_registrations(actor=actor, person=person)
    return bool(found.required)


def end_registrations(*, actor: Actor, person: Person) -> None:
    """End every registration of a person today. Call inside a transaction."""
    for registration in Registration.objects.filter(person=person, ended_on=None):
        registration.ended_on = clock.today()
        registration.ended_recorded_at = clock.now()
        registration.save(update_fields=["ended_on", "ended_recorded_at"])
        record(actor, "registration.ended", registration, person_id=person.public_id)


def _withdraw(consent: Consent) -> None:
    consent.withdrawn_on = clock.today()
    consent.withdrawn_recorded_at = clock.now()
    consent.save(update_fields=["withdrawn_on", "withdrawn_recorded_at"])


def _purpose(purposes: list[Purpose], key: str) -> Purpose:
    for purpose in purposes:
        if purpose.key == key:
            return purpose
    raise NotPossible(_("その同意は、いまはえらべません。"), "unknown_purpose")
