"""Attempts to peek: planted words in papers, names and sums, looked for wherever they could come out before the opening."""

import logging
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.routes import all_routes

from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.files.housekeeping import sweep
from yui.base.tenancy.scope import every_town_on_purpose
from yui.config.cli.backup import write_backup
from yui.config.cli.moving.leaving import export_town
from yui.config.cli.rows import lines, tables
from yui.office.calls import domain
from yui.office.calls.models import Proposal, SubmittedPaper
from yui.office.calls.tests.cast import account, member
from yui.office.calls.tests.papers import at, hand_in, pdf, register, with_web
from yui.office.calls.tests.test_portal_pages import visitor

WORDS, NAME, YEN = "planted-sentence-7771", "uekomi-7771", 2_777_117
PLANTED = (WORDS, NAME, str(YEN), f"{YEN:,}")


@pytest.fixture
def planted(kurihara, monkeypatch):
    """An applicant that handed in, with planted words; a rival that did, too; a member; nothing opened."""
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    domain.add_paper(
        actor=actor, applicant=firm, stage="proposal", paper="proposal", upload=pdf(WORDS, size=9), name=f"{NAME}.pdf"
    )
    domain.set_estimate(actor=actor, applicant=firm, stage="proposal", yen=YEN)
    domain.submit_proposal(actor=actor, applicant=firm, stage="proposal", although_missing=True)
    rival, rival_actor = register(kurihara, "rival")
    hand_in(rival, rival_actor)
    kurihara.firm, kurihara.rival, kurihara.seat = firm, rival, member(kurihara, "seat")
    return kurihara


def found_in(text):
    return [word for word in PLANTED if word in text]


def test_neither_the_disk_nor_any_table_nor_a_backup_nor_a_moved_town_tells(planted, tmp_path):
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(files) == SubmittedPaper.objects.exclude(path="").count() > 1
    for path in files:
        assert b"%PDF" not in path.read_bytes() and not found_in(f"{path}{path.read_bytes().decode('latin-1')}")
    with every_town_on_purpose():
        for model in tables():
            for line in lines(model):
                assert not found_in(line), model
    said = []
    write_backup(tmp_path / "yui.tar", said.append)
    backup = (tmp_path / "yui.tar").read_bytes().decode("latin-1")
    assert not found_in(backup) and all(path.name in backup for path in files)
    export_town(planted.authority, tmp_path / "town", said.append)
    assert not found_in("".join(path.read_text("latin-1") for path in (tmp_path / "town").rglob("*") if path.is_file()))
    assert any("封をしている" in line for line in said)
    assert any("まだ開封していない見積額が 2件" in line for line in said)


def test_no_page_shows_it_to_anybody_but_its_applicant(planted, caplog):
    """Every address of calls, as an officer, an auditor, a member and the rival; the applicant alone sees its own."""
    things = {
        "my": planted.firm, "calls": planted.call, "committee": planted.firm, "applicants": planted.firm,
        "papers": SubmittedPaper.objects.get(paper="proposal", proposal__applicant=planted.firm),
        "proposals": Proposal.objects.get(applicant=planted.firm),
    }  # fmt: skip
    viewers = (planted.officer, planted.auditor, planted.seat.account, planted.rival.account, None)
    seen, own = [], False
    with caplog.at_level(logging.DEBUG):
        for route in all_routes():
            if not route.name.startswith("calls:") or set(route.params) - {"public_id", "stage"}:
                continue
            for thing in things.values() if "public_id" in route.params else (planted.call,):
                known = {"public_id": thing.public_id, "stage": "proposal"}
                path = reverse(
                    route.name, kwargs={"town": "kurihara", **{k: known[k] for k in route.params if k in known}}
                )
                for who in viewers:
                    text = body(visitor(who) if who else Client(), path)
                    seen += [(who, path, word) for word in found_in(text)]
                own = own or bool(found_in(body(visitor(planted.firm.account), path)))
    assert (seen, own) == ([], True)
    assert not found_in(caplog.text)


def body(client, path):
    client.raise_request_exception = False
    answer = client.get(path)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers}{data.decode('latin-1')}{data.decode('utf-8', 'replace')}"


def test_every_way_through_the_verbs_is_refused_and_recorded(planted, monkeypatch):
    paper = SubmittedPaper.objects.get(paper="proposal", proposal__applicant=planted.firm)
    outsider = planted.actor(account(planted.authority, "outsider"))
    attempts = [
        ("the rival", planted.actor(planted.rival.account), paper.public_id, "not_yours"),
        ("an officer before the deadline", planted.decides, paper.public_id, "sealed"),
        ("an auditor", planted.actor(planted.auditor), paper.public_id, "not_yours"),
        ("a member", planted.actor(planted.seat.account), paper.public_id, "sealed"),
        ("an account of the town", outsider, paper.public_id, "not_yours"),
        ("a guessed id", planted.actor(planted.rival.account), "bcdfghjkmnpq", "no_such_paper"),
        ("the id of a proposal", planted.actor(planted.rival.account), paper.proposal.public_id, "no_such_paper"),
    ]
    for name, actor, public_id, code in attempts:
        with pytest.raises(Refused) as refused:
            domain.read_paper(actor=actor, public_id=public_id)
        assert refused.value.code == code, name
        last = AuditEvent.objects.latest("id")
        assert (last.act, last.actor, last.details) == ("peek.refused", actor.ident, {"code": code}), name
    with pytest.raises(NotPossible):
        domain.open_seals(actor=planted.decides, call=planted.call, stage="proposal", witness="架空 健一")
    assert AuditEvent.objects.latest("id").details["code"] == "opening_before_deadline"
    with pytest.raises(Refused):
        domain.open_seals(
            actor=planted.actor(planted.auditor), call=planted.call, stage="proposal", witness="架空 健一"
        )
    at(monkeypatch, "2024-06-21 10:00")
    with pytest.raises(Refused):  # after the deadline, but not opened
        domain.read_paper(actor=planted.decides, public_id=paper.public_id)


def test_the_order_of_the_list_says_nothing_of_the_sums(planted):
    page = f"/kurihara/desk/calls/{planted.call.public_id}/applicants/"
    names = re.compile(r"架空(\w+)社")
    before = [
        names.findall(body(visitor(planted.officer), f"{page}?{query}")) for query in ("", "sort=estimate", "o=-1")
    ]
    one, other = Proposal.objects.order_by("id")
    one.sealed_estimate, other.sealed_estimate = other.sealed_estimate, one.sealed_estimate
    one.save()
    other.save()
    after = [
        names.findall(body(visitor(planted.officer), f"{page}?{query}")) for query in ("", "sort=estimate", "o=-1")
    ]
    assert before == after == [["firm", "rival"]] * 3


def test_what_was_replaced_or_came_too_late_stays_closed_after_the_opening(planted, monkeypatch):
    actor = planted.actor(planted.firm.account)
    first = SubmittedPaper.objects.get(paper="proposal", proposal__applicant=planted.firm)
    domain.begin_draft(actor=actor, applicant=planted.firm, stage="proposal")
    domain.submit_proposal(actor=actor, applicant=planted.firm, stage="proposal", although_missing=True)
    at(monkeypatch, "2024-06-21 10:00")
    domain.open_seals(actor=planted.decides, call=planted.call, stage="proposal", witness="架空 健一")
    with pytest.raises(Refused) as refused:
        domain.read_paper(actor=planted.decides, public_id=first.public_id)
    assert refused.value.code == "not_counted"


def test_a_touched_or_foreign_seal_is_told_and_opens_nothing(planted, monkeypatch, settings):
    paper = SubmittedPaper.objects.get(paper="proposal", proposal__applicant=planted.firm)
    at(monkeypatch, "2024-06-21 10:00")
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "another house"
    with pytest.raises(NotPossible) as broken:
        domain.open_seals(actor=planted.decides, call=planted.call, stage="proposal", witness="架空 健一")
    assert broken.value.code == "broken_seal" and Proposal.objects.exclude(estimate=None).count() == 0
    settings.SECRET_KEY = secret
    domain.open_seals(actor=planted.decides, call=planted.call, stage="proposal", witness="架空 健一")
    file = settings.MEDIA_ROOT / paper.path
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(NotPossible):
        domain.read_paper(actor=planted.decides, public_id=paper.public_id)


def test_a_full_disk_loses_nothing_and_the_sweep_leaves_papers_alone(planted, monkeypatch):
    import errno
    import os

    actor = planted.actor(planted.firm.account)
    before = SubmittedPaper.objects.count()

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotPossible) as refused:
        domain.add_paper(
            actor=actor, applicant=planted.firm, stage="proposal", paper="oath", upload=pdf(), name="oath.pdf"
        )
    monkeypatch.undo()
    assert refused.value.code == "disk_full"
    assert SubmittedPaper.objects.count() == before  # the draft's copies went back with the transaction
    assert Proposal.objects.filter(applicant=planted.firm, state="received").count() == 1
    files = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    for path in files:
        os.utime(path, (0, 0))
    assert sweep(planted.authority) == 0 and all(path.exists() for path in files)
