"""Everything the town keeps about a person, in one file for that person."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.audit.record import Reason, record_reading
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.leaving import record_leaving
from yui.base.exchange.package import json_package
from yui.people.models import Person
from yui.people.queries import looks_at, rows_of

Rows = Sequence[dict[str, Any]]
OwnDataSource = Callable[[Person], Rows]
"""Rows of plain values (texts, whole numbers, booleans, dates) with the same keys in each row."""

_sources: dict[str, OwnDataSource] = {}

TABLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "contacts": ("contact_set", ("kind", "value", "note", "effective_on", "ended_on")),
    "residences": ("residence_set", ("postal_code", "country", "address", "effective_on", "ended_on")),
    "choices": ("personchoice_set", ("kind", "key")),
    "numbers": ("externalnumber_set", ("number",)),
    "registrations": ("registration_set", ("scheme_key", "effective_on", "ended_on", "received")),
    "stages": ("stagechange_set", ("stage", "before", "effective_on", "agreed_on", "agreed_how", "declined_on")),
    "consents": (
        "consent_set",
        ("purpose", "wording_version", "language", "effective_on", "received", "guardian", "withdrawn_on"),
    ),
    "pauses": ("pause_set", ("starts_on", "until", "lifted_on")),
    "cards": ("card_set", ("issued_on", "expires_on", "ended_on")),
    "proxies": ("proxy_set", ("relation", "starts_on", "ends_on")),
    "memberships": ("memberships", ("organization__name", "role", "effective_on", "ended_on")),
    "merges": ("merges", ("merged_at", "undone_at", "asked_on")),
    "notes": ("notes", ("spoken_at", "way", "content", "promise", "promised_for", "kept_on")),
}
"""Name of the part to related name and the fields that go out: an allow-list."""


def register_own_data(name: str, source: OwnDataSource) -> None:
    """A wing that keeps rows about persons registers here, once, when its application is ready."""
    present = _sources.get(name)
    if present is not None and present is not source:
        raise ValueError(f"own data {name} is registered twice")
    _sources[name] = source


def export_own_data(*, actor: Actor, person: Person) -> bytes:
    """A ZIP with ``own-data.json`` (the whole, with a checksum) and one CSV for each part. Recorded as a reading."""
    with transaction.atomic():
        content = _content(person)
        count = sum(len(rows) for rows in content.values())
        record_leaving(
            actor=actor, what="own_data", count=count, permission=Permission.PERSON_EXPORT, thing=person,
            person_id=person.public_id, fields=tuple(sorted(content)),
        )  # fmt: skip
        fields = ["contact.value", "contact.note", "residence.address"]
        record_reading(actor, person_id=person.public_id, fields=fields, reason=Reason.EXPORT)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        package = json_package("own_data", content, authority=person.authority.key, made_at=clock.now())
        archive.writestr("own-data.json", package)
        for name, rows in content.items():
            if rows:
                header = list(rows[0])
                archive.writestr(f"{name}.csv", csv_bytes(header, [[row[key] for key in header] for row in rows]))
    return buffer.getvalue()


def _content(person: Person) -> dict[str, list[dict[str, Any]]]:
    own = {
        "name": person.display_name, "kana": person.kana, "birth_year": person.birth_year,
        "language": person.language, "district": person.district.name if person.district else "",
        "created_at": person.created_at,
    }  # fmt: skip
    content: dict[str, list[dict[str, Any]]] = {"person": [own]}
    profile = getattr(person, "profile", None)
    names = ("motivation", "reach_km", "online", "about", "contact_way", "contact_when")
    content["profile"] = [{name: getattr(profile, name) for name in names}] if profile else []
    rows = [person, *rows_of(person)]  # what a merge left with the other row is the person's own, too
    for part, (related, fields) in TABLES.items():
        content[part] = [dict(row) for one in rows for row in getattr(one, related).values(*fields)]
    content["looks"] = [
        {"at": look.at, "who": look.who, "reason": look.reason, "what": look.what} for look in looks_at(person)
    ]
    for name, source in sorted(_sources.items()):
        content[name] = [line for one in rows for line in source(one)]
    return content
