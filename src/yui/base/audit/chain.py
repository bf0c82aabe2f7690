"""Sealing and verifying. Each sealed row's digest covers the row and the digest before it (a hash chain)."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db import transaction

from yui.base.audit.models import AuditEvent
from yui.base.tenancy.scope import every_town_on_purpose

START = "0" * 64
BATCH = 5000


@dataclass(frozen=True, slots=True)
class Verification:
    """``broken_at``: the number of the first row that does not fit, or ``None``. ``unsealed``: rows after the chain."""

    sealed: int
    unsealed: int
    broken_at: int | None

    @property
    def holds(self) -> bool:
        """Whether every sealed row fits."""
        return self.broken_at is None


def digest_of(row: AuditEvent, before: str) -> str:
    """SHA-256 over the digest before and the canonical JSON of the row."""
    content = {
        "authority": row.authority_id,
        "at": row.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": row.actor, "roles": row.roles, "act": row.act, "object_type": row.object_type,
        "object_id": row.object_id, "person_id": row.person_id, "fields": row.fields, "reason": row.reason,
        "details": row.details, "number": row.number,
    }  # fmt: skip
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((before + text).encode()).hexdigest()


def seal() -> int:
    """Number and chain the rows that are not yet sealed, oldest first. Returns how many; run by a job each minute."""
    count = 0
    with every_town_on_purpose(), transaction.atomic():
        last = AuditEvent.objects.select_for_update().exclude(number=None).order_by("-number").first()
        number, before = (last.number, last.digest) if last is not None else (0, START)
        for row in AuditEvent.objects.filter(number=None).order_by("id")[:BATCH]:
            number += 1
            row.number = number
            before = row.digest = digest_of(row, before)
            AuditEvent.objects.filter(pk=row.pk, number=None).update(number=number, digest=before)
            count += 1
    return count


def verify() -> Verification:
    """Recompute the whole chain; also a missing number breaks it."""
    with every_town_on_purpose():
        before, expected, broken = START, 0, None
        for row in AuditEvent.objects.exclude(number=None).order_by("number").iterator(chunk_size=2000):
            expected += 1
            if row.number != expected or row.digest != digest_of(row, before):
                broken = row.number
                break
            before = row.digest
        unsealed = AuditEvent.objects.filter(number=None).count()
    return Verification(sealed=expected if broken is None else expected - 1, unsealed=unsealed, broken_at=broken)
