"""連絡記録: a contact is written down in twenty seconds, with what was promised next."""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.people.models import ContactNote, Organization, Person


def log_contact(
    *,
    actor: Actor,
    about: Person | Organization,
    content: str,
    way: str = ContactNote.Way.PHONE,
    spoken_at: dt.datetime | None = None,
    promise: str = "",
    promised_for: dt.date | None = None,
    promised_time: str = "",
    answers: ContactNote | None = None,
) -> ContactNote:
    """Write down who was spoken with, how, what about and what was promised.

    ``answers``: the note whose promise this contact keeps. A promise without a day is for today.
    """
    require(actor, Permission.CONTACT_NOTE_WRITE, about)
    now, today = clock.now(), clock.today()
    if not content.strip():
        raise NotPossible("話したことを、ひとことでも書いてください。", "content_missing")
    if promised_for is not None and promised_for < today:
        raise NotPossible("約束の日は、今日からあとの日にしてください。", "promise_past")
    person = about if isinstance(about, Person) else None
    if person is not None and person.erased_at is not None:
        raise NotPossible("この登録は、もう消されています。", "erased")
    with transaction.atomic():
        note = ContactNote.objects.create(
            authority=actor.authority, person=person,
            organization=about if isinstance(about, Organization) else None, account=actor.account, way=way,
            spoken_at=spoken_at or now, recorded_at=now, content=content.strip(), promise=promise.strip(),
            promised_for=promised_for or (today if promise.strip() else None), promised_time=promised_time.strip(),
        )  # fmt: skip
        record(actor, "contact_note.written", note, person_id=person.public_id if person else "")
        if answers is not None and answers.kept_on is None:
            keep_promise(actor=actor, note=answers)
    return note


def keep_promise(*, actor: Actor, note: ContactNote) -> ContactNote:
    """What was promised has been done today."""
    require(actor, Permission.CONTACT_NOTE_WRITE, note)
    with transaction.atomic():
        fresh = ContactNote.objects.select_for_update().get(pk=note.pk)
        if fresh.promised_for is None:
            raise NotPossible("この記録に約束はありません。", "no_promise")
        if fresh.kept_on is not None:
            raise NotPossible("この約束は、もう済んでいます。", "kept")
        fresh.kept_on, fresh.kept_recorded_at = clock.today(), clock.now()
        fresh.version += 1
        fresh.save(update_fields=["kept_on", "kept_recorded_at", "version"])
        record(actor, "contact_note.kept", fresh, person_id=fresh.person.public_id if fresh.person else "")
    return fresh


def choose_for_report(*, actor: Actor, note: ContactNote, heading: str, text: str) -> ContactNote:
    """Quote a note in the month's report under a monitored matter, in words without names; no heading takes it out.

    Raises ``NotPossible`` when the words hold the name of the person the note is about.
    """
    require(actor, Permission.CONTACT_NOTE_WRITE, note)
    matters = {item.key for item in current(actor.authority).commission.monthly_meeting.monitored}  # type: ignore[arg-type]
    if heading and heading not in matters:
        raise NotPossible("月次報告の見出しから選んでください。", "unknown_heading")
    if heading and not text.strip():
        raise NotPossible("報告にのせる文を書いてください。", "text_missing")
    if heading and note.person is not None and _names(note.person, text):
        raise NotPossible("お名前が入っています。「70代の方」のように書きかえてください。", "name_in_text")
    with transaction.atomic():
        fresh = ContactNote.objects.select_for_update().get(pk=note.pk)
        fresh.report_heading, fresh.report_text = heading, text.strip() if heading else ""
        fresh.version += 1
        fresh.save(update_fields=["report_heading", "report_text", "version"])
        record(actor, "contact_note.chosen", fresh, details={"heading": heading})
    return fresh


def _names(person: Person, text: str) -> bool:
    plain = "".join(text.split())
    parts = {part for name in (person.display_name, person.kana) for part in [*name.split(), "".join(name.split())]}
    return any(len(part) >= 2 and part in plain for part in parts)
