"""Recording: one function for acts, one for readings of personal data."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.audit.models import AuditEvent
from yui.base.tenancy.inserting import insert_many


class Reason(StrEnum):
    """Why somebody looked at personal data. A closed list; each has a sentence for the person concerned."""

    CALL = "call"
    INTRODUCTION = "introduction"
    ANSWER_BY_PHONE = "answer_by_phone"
    REGISTRATION = "registration"
    CORRECTION = "correction"
    LETTER = "letter"
    NOTICE = "notice"
    OWN = "own"
    EXPORT = "export"
    EXCHANGE = "exchange"
    OVERSIGHT = "oversight"


REASON_LABELS: dict[Reason, str] = {
    Reason.CALL: gettext_noop("電話をするため"),
    Reason.INTRODUCTION: gettext_noop("紹介のため"),
    Reason.ANSWER_BY_PHONE: gettext_noop("お返事を代わりに書くため"),
    Reason.REGISTRATION: gettext_noop("登録の受付のため"),
    Reason.CORRECTION: gettext_noop("登録をなおすため"),
    Reason.LETTER: gettext_noop("手紙を出すため"),
    Reason.NOTICE: gettext_noop("お知らせを送るため"),
    Reason.OWN: gettext_noop("ご本人"),
    Reason.EXPORT: gettext_noop("ご本人のデータの出力"),
    Reason.EXCHANGE: gettext_noop("おふたりの「はい」のあと、連絡先を伝えるため"),
    Reason.OVERSIGHT: gettext_noop("市の確認のため"),
}

CONTACT_READ = "contact.read"


def record(
    actor: Actor,
    act: str,
    thing: models.Model | None = None,
    *,
    fields: Iterable[str] = (),
    person_id: str = "",
    reason: Reason | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one row in the current transaction.

    ``act``: noun.verb, e.g. ``introduction.proposed``. ``details``: codes and public ids only; a personal value here
    is a defect that the leak tests look for.
    """
    return AuditEvent.objects.create(
        authority=actor.authority,
        at=clock.now(),
        actor=actor.ident,
        roles=",".join(sorted(actor.roles)),
        act=act,
        object_type=thing._meta.label if thing is not None else "",
        object_id=str(getattr(thing, "public_id", "") or "") if thing is not None else "",
        person_id=person_id,
        fields=sorted(fields),
        reason=str(reason or ""),
        details=details or {},
    )


def record_each(
    actor: Actor, act: str, rows: Iterable[tuple[models.Model, str, Iterable[str]]], *, reason: Reason | None = None
) -> int:
    """Append one row for each thing, with the id of the person concerned and names of fields; the same act for all.

    For what is done to thousands at once; returns how many. The rules of ``record`` hold.
    """
    common = {
        "authority_id": actor.authority.pk if actor.authority else None, "at": clock.now(), "actor": actor.ident,
        "roles": ",".join(sorted(actor.roles)), "act": act, "reason": str(reason or ""),
    }  # fmt: skip
    return insert_many(
        AuditEvent,
        (
            {
                **common, "object_type": thing._meta.label, "object_id": str(getattr(thing, "public_id", "") or ""),
                "person_id": person_id, "fields": sorted(fields),
            }
            for thing, person_id, fields in rows
        ),
    )  # fmt: skip


def record_reading(actor: Actor, *, person_id: str, fields: Iterable[str], reason: Reason) -> AuditEvent:
    """Append the row that says: this actor saw these fields of this person, for this reason."""
    return record(actor, CONTACT_READ, person_id=person_id, fields=fields, reason=reason)
