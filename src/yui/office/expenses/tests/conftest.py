"""Kurihara with its commission: a contractor who writes, two officers who check, an auditor who reads; and a rival."""

import datetime as dt
import functools
import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as house
from pypdf import PdfReader, PdfWriter

from yui.base import clock, definitions
from yui.base.access.actor import Actor, actor_for
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.checks import plain, read_folder
from yui.base.definitions.domain import digest_of, parts_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.documents.paper import pdf
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions.domain import appoint_staff, start_commission, start_engagement
from yui.office.commissions.models import Commission
from yui.office.expenses.domain import add_evidence, enter_expense
from yui.office.expenses.models import Expense
from yui.office.tests.cast import account
from yui.people.models import Organization

DAY = dt.date(2024, 11, 20)


def png_of(width: int = 40, height: int = 60) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + b"\x99" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PNG = png_of()


@dataclass
class Office:
    """A town with a ledger."""

    authority: Authority
    commission: Commission
    lead: Account
    officer: Account
    second: Account
    auditor: Account

    def actor(self, who: Account) -> Actor:
        return actor_for(who, self.authority)

    def enter(self, category: str, spent_on: dt.date = DAY, sources=None, **facts) -> Expense:
        return enter_expense(
            actor=self.actor(self.lead), commission=self.commission, category=category, spent_on=spent_on,
            payee="見本商店", purpose="見本の買い物", ground=facts.pop("ground", ""), facts=facts, sources=sources or {},
        )  # fmt: skip

    def prove(self, expense: Expense, kind: str = "receipt", data: bytes | None = None, name: str = "receipt.pdf"):
        return add_evidence(
            actor=self.actor(self.lead), expense=expense, kind=kind, upload=data or pdf_of(1), name=name
        )


def pdf_of(pages: int, password: str = "") -> bytes:
    """A PDF of pages with a word on each, locked where a password is given."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written(pages))))
    if password:
        writer.encrypt(password)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@functools.cache
def written(pages: int) -> bytes:
    """Set once for each number of pages."""
    return pdf("#for n in range(data.pages) { if n > 0 { pagebreak() }; [bill #n] }", {"pages": pages})


@functools.cache
def parts(folder):
    return parts_of(plain(read_folder(Path(house.DEFINITIONS_DIR) / folder).data()))


def office_of(folder: str, key: str) -> Office:
    authority = Authority.objects.create(key=folder, name=folder, created_at=clock.now())
    with authority_scope(authority):
        for (kind, part), data in parts(folder).items():
            DefinitionVersion.objects.create(
                authority=authority, kind=kind, key=part, version=1, loaded_at=clock.now(), data=data,
                digest=digest_of(data), changes=[],
            )  # fmt: skip
        officer = account(authority, "official", "officer")
        second, auditor, lead = (
            account(authority, "second", "officer"), account(authority, "auditor", "auditor"), account(authority, "lead"),
        )  # fmt: skip
        Grant.objects.update(starts_on=dt.date(2024, 4, 1))
        actor = actor_for(officer, authority)
        commission = start_commission(actor=actor, definition=definitions.current(authority), key=key)
        organization = Organization.objects.create(
            authority=authority, name="まちのわ例示社", effective_on=dt.date(2024, 4, 1), recorded_at=clock.now()
        )
        engagement = start_engagement(actor=actor, commission=commission, organization=organization)
        appoint_staff(actor=actor, engagement=engagement, account=lead, role="contractor_lead")
        commission.authority = authority
    return Office(authority, commission, lead, officer, second, auditor)


@pytest.fixture
def kurihara(db, settings, tmp_path):
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", DAY.isoformat()
    office = office_of("kurihara", "r6")
    with authority_scope(office.authority):
        yield office


@pytest.fixture
def konan(db, settings, tmp_path):
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2026-11-20"
    office = office_of("konan", "r8")
    with authority_scope(office.authority):
        yield office


@pytest.fixture
def unnan(db, settings, tmp_path):
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2025-11-20"
    office = office_of("unnan", "r7")
    with authority_scope(office.authority):
        yield office


@pytest.fixture
def sanda(db, settings, tmp_path):
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2025-11-20"
    office = office_of("sanda", "r7")
    with authority_scope(office.authority):
        yield office
