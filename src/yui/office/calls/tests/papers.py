"""Applicants that hand in: the clock of a test, a call that takes papers through the portal, small PDFs."""

import datetime as dt
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from yui.base.access.actor import Actor
from yui.office.calls import domain
from yui.office.calls.models import Applicant, CallVersion, Proposal
from yui.office.calls.rules import rules_of
from yui.office.calls.schedule import TOKYO
from yui.office.calls.tests.cast import CallTown, account


def at(monkeypatch: Any, written: str) -> dt.datetime:
    """Let it be this instant in Tokyo: ``2024-06-20 17:00:01``."""
    moment = dt.datetime.fromisoformat(written).replace(tzinfo=TOKYO)
    monkeypatch.setattr("yui.base.clock.now", lambda: moment)
    return moment


def with_web(town: CallTown) -> None:
    """The same call, announced as taking papers through the portal, too."""
    version = CallVersion.objects.filter(call=town.call).latest("number")
    version.rules["submission"]["channels"]["default"] = ["hand", "mail", "web"]
    version.profile["receipt"]["papers"]["channels"] = ["hand", "mail", "web"]
    version.pk, version._state.adding, version.number = None, True, version.number + 1
    version.public_id = CallVersion._meta.get_field("public_id").get_default()
    version.save()


def register(town: CallTown, name: str, **entry: Any) -> tuple[Applicant, Actor]:
    """An account that registered its organisation, and its actor."""
    who = account(town.authority, name)
    made = domain.register_applicant(
        actor=town.actor(who), call=town.call, entry=domain.Entry(name=f"架空{name}社", mail=who.email, **entry)
    )
    return made, town.actor(who)


def hand_in(applicant: Applicant, actor: Actor, stage: str = "proposal", *, yen: int = 3_000_000) -> Proposal:
    """Everything the checklist asks, and a sum."""
    from yui.office.calls.domain.standing import asked_for

    for line in asked_for(rules_of(applicant.call), stage, applicant):
        if line.obligatory:
            domain.add_paper(
                actor=actor, applicant=applicant, stage=stage, paper=line.key, upload=pdf(f"{applicant.name} {line.key}"),
                name=f"{applicant.name}-{line.key}.pdf", obtained_on=dt.date(2024, 5, 1) if line.within_months else None,
            )  # fmt: skip
    domain.set_estimate(actor=actor, applicant=applicant, stage=stage, yen=yen)
    return domain.submit_proposal(actor=actor, applicant=applicant, stage=stage)


def pdf(
    text: str = "", *, pages: int = 1, size: int = 12, sheet: tuple[int, int] = (595, 842), number: bool = True
) -> bytes:
    """A PDF with a line of ``size`` points on each page, and its number at the foot."""
    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    for index in range(pages):
        page = writer.add_blank_page(*sheet)
        page[NameObject("/Resources")] = DictionaryObject({
            NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        })  # fmt: skip
        foot = f"BT /F1 12 Tf 290 30 Td ({index + 1}) Tj ET" if number else ""
        line = text.encode("ascii", "replace").decode().replace("(", "").replace(")", "") or "a line of plain letters"
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 {size} Tf 50 700 Td ({line} and so on for a while) Tj ET {foot}".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
