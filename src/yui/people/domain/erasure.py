"""Erasing a person (decision 10): values go, dated rows under a pseudonymous id stay, last month's figures are the same.

Gone: names, reading, birth year, district, contacts, addresses, search keys and index, profile, choices, consents, cards, proxies,
the texts of notes, unfinished drafts with the same name or number, files, the texts of messages, and accounts that speak
for nobody else. Staying without values: the person's row, registrations (ended), stage changes, memberships (ended),
rests, notes (emptied). Rows that were merged into the person go the same way, and no merge of them can be undone. The audit keeps ids, acts and names of fields only.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.files.domain import erase_for as erase_files
from yui.base.messages.domain import erase_for as erase_messages
from yui.base.messages.models import Message
from yui.base.search.domain import forget
from yui.base.tenancy.scope import every_town_on_purpose
from yui.people.domain.consents import end_registrations
from yui.people.domain.profile import lock
from yui.people.imports.forgetting import forget_imports
from yui.people.models import (
    Card,
    Consent,
    Contact,
    ContactNote,
    Draft,
    LikePair,
    Membership,
    Merge,
    Pause,
    Person,
    PersonChoice,
    PersonKey,
    Profile,
    Proxy,
    Residence,
    StageChange,
)
from yui.people.queries import rows_of

Eraser = Callable[[Actor, Person], None]
_erasers: list[Eraser] = []


def register_eraser(eraser: Eraser) -> None:
    """A wing that keeps texts about persons registers here, once, when its application is ready."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def erase_person(*, actor: Actor, person: Person) -> Person:
    """Erase at once and for good; the person's own right, or an officer's act on their behalf."""
    require(actor, Permission.PERSON_ERASE, person)
    with transaction.atomic():
        person = lock(person)
        for row in (*rows_of(person), person):
            _erase_row(actor, row)
        record(actor, "person.erased", person, person_id=person.public_id)
    return person


def _erase_row(actor: Actor, person: Person) -> None:
    """Everything of one row; a row that was merged into another keeps pointing there."""
    end_registrations(actor=actor, person=person)
    _drop_drafts(person)
    forget_imports(actor, person)
    for eraser in _erasers:
        eraser(actor, person)
    erase_files(actor=actor, subject=("person", person.pk))
    erase_messages(actor=actor, subject=("person", person.public_id))
    _close_dated_rows(person)
    _drop_accounts(actor, person)
    for model in (Contact, Residence, PersonKey, PersonChoice, Profile, Consent, Card, Proxy):
        model.objects.filter(person=person).delete()
    forget(person.authority_id, "person", [person.pk])
    LikePair.objects.filter(Q(person=person) | Q(other=person)).delete()
    Merge.objects.filter(Q(survivor=person) | Q(loser=person)).update(journal=[])
    person.display_name = person.kana = ""
    person.birth_year = person.district = None
    person.language = "ja"
    person.hidden = False
    person.erased_at = clock.now()
    person.version += 1
    person.save()


def _close_dated_rows(person: Person) -> None:
    today, now = clock.today(), clock.now()
    Membership.objects.filter(person=person, ended_on=None).update(ended_on=today)
    Pause.objects.filter(person=person, lifted_on=None).update(lifted_on=today, lifted_recorded_at=now)
    StageChange.objects.filter(person=person, agreed_on=None, declined_on=None).update(declined_on=today)
    empty: dict[str, Any] = {"content": "", "promise": "", "promised_time": "", "report_text": ""}
    notes = ContactNote.objects.filter(person=person)
    notes.filter(kept_on=None).exclude(promised_for=None).update(promised_for=None)
    notes.update(**empty)


def _drop_drafts(person: Person) -> None:
    """A draft belongs to a browser, not to a person; it goes when it holds the same name or the same contact."""
    values = {person.display_name, *Contact.objects.filter(person=person).values_list("value", flat=True)} - {""}
    for draft in Draft.objects.all():
        texts = {str(value) for value in draft.answers.values()}
        if values & texts:
            draft.delete()


def _drop_accounts(actor: Actor, person: Person) -> None:
    """Delete the accounts that spoke for this person alone, in whatever town; a role anywhere keeps an account."""
    accounts = list(Account.objects.filter(proxies__person=person).distinct())
    Proxy.objects.filter(person=person).delete()
    for account in accounts:
        with every_town_on_purpose():
            needed = Proxy.objects.filter(account=account).exists() or Grant.objects.filter(account=account).exists()
        if not needed:
            with every_town_on_purpose():  # mails for signing in belong to no town
                Message.objects.filter(authority=None, to_address__iexact=account.email).delete()
            account.delete()
