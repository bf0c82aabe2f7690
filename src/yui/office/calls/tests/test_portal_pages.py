"""The portal and the reception in the browser's eyes: from the mailed number to the receipt, from the counter to the opening."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import trans_real
from tests.languages.reading import Page

from yui.base.audit.models import AuditEvent
from yui.base.ui.middleware import COOKIE
from yui.config.cli.preparing import compile_translations
from yui.office.calls import domain
from yui.office.calls.models import Applicant, Proposal, SubmittedPaper
from yui.office.calls.tests.cast import account, member
from yui.office.calls.tests.papers import at, hand_in, pdf, register, with_web

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def compiled():
    """The translations as before serving; what was read before is forgotten."""
    if compile_translations():
        trans_real._translations.clear()


def visitor(who):
    client = Client()
    client.force_login(who, BACKEND)
    session = client.session
    session["enrolled"] = True
    session.save()
    return client


def heading(answer):
    return re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.S)


ENTRY = {
    "name": "見本まちづくり社", "form": "corporation", "on_register": "on", "representative": "代表 見本 太郎",
    "postal": "987-0000 見本市1-1", "mail": "a@example.jp", "telephone": "0748-00-0000", "members": "例示団体：広報",
}  # fmt: skip


def test_an_account_without_a_registration_enters_by_a_mailed_number(kurihara, monkeypatch, client, mailoutbox):
    at(monkeypatch, "2024-06-03 10:00")
    town = f"/{kurihara.authority.key}"
    page = client.get(f"{town}/calls/{kurihara.call.public_id}/enter/")
    assert heading(page) == ["応募をはじめる"]
    sent = client.post(f"{town}/calls/{kurihara.call.public_id}/enter/", {"mail": "new@example.jp"})
    assert sent.status_code == 302 and "/account/login/code/confirm/" in sent["Location"]
    assert f"{kurihara.call.public_id}%2Fregister" in sent["Location"]


def test_a_proposer_walks_from_registering_to_the_receipt(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    town, who = f"/{kurihara.authority.key}", account(kurihara.authority, "firm")
    client = visitor(who)
    assert heading(client.get(f"{town}/my/calls/{kurihara.call.public_id}/register/")) == ["参加登録"]
    made = client.post(f"{town}/my/calls/{kurihara.call.public_id}/register/", ENTRY)
    firm = Applicant.objects.get()
    home = f"{town}/my/calls/{firm.public_id}/"
    assert made["Location"] == home and firm.consortium
    keys = ["base", "no_exclusion", "no_arrears", "no_restriction", "no_crime", "not_political", "not_religious"]
    client.post(f"{home}eligibility/", {f"holds_{key}": "on" for key in keys})
    assert "7のうち7を申告しました" in client.get(home).content.decode()
    papers = f"{home}papers/proposal/"
    big = SimpleUploadedFile("案.pdf", pdf(pages=23, size=9, number=False), "application/pdf")
    assert client.post(f"{papers}upload/", {"paper": "proposal", "file": big, "not_counted": "2"})["Location"] == papers
    shown = client.get(papers).content.decode()
    assert "21ページあります。上限は20ページです" in shown and "11ポイントより小さい文字" in shown and "案.pdf" in shown
    assert client.post(f"{papers}estimate/", {"yen": "３，４６５，０００円"})["Location"] == papers
    refused = client.post(f"{papers}hand-in/", {})
    assert refused.status_code == 422 and "まだ出ていないものがあります" in refused.content.decode()
    done = client.post(f"{papers}hand-in/", {"although_missing": "on"})
    receipt = client.get(done["Location"]).content.decode()
    proposal = Proposal.objects.get(state="received")
    assert proposal.receipt in receipt and proposal.papers.get().sha256 in receipt
    own = client.get(f"{town}/my/call-papers/{proposal.papers.get().public_id}/")
    assert b"".join(own.streaming_content).startswith(b"%PDF")
    assert heading(client.get(f"{home}leave/")) == ["応募を辞退する"]
    assert heading(client.get(f"{home}correct/")) == ["登録したことをなおす"]
    assert "見本まちづくり社" in client.get(f"{town}/my/calls/").content.decode()


def test_the_desk_receives_checks_opens_and_prints(sanda, monkeypatch):
    at(monkeypatch, "2025-06-13 09:00")
    town, client = f"/{sanda.authority.key}", visitor(sanda.officer)
    desk = f"{town}/desk/calls/{sanda.call.public_id}/"
    assert client.get(desk).status_code == 200
    new = client.post(
        f"{desk}applicants/new/", {"channel": "mail", "name": "架空社", "form": "corporation", "members": ""}
    )
    firm = Applicant.objects.get()
    page = f"{town}/desk/call-applicants/{firm.public_id}/"
    assert new["Location"] == page
    arrival = {
        "channel": "hand", "day": "令和7年6月12日", "time": "16時00分01秒", "replaces": "yes", "copies_participation": "1",
    }  # fmt: skip
    assert heading(client.get(f"{page}arrival/participation/")) == ["届いた書類を入れる（参加資格審査）"]
    late = client.post(f"{page}arrival/participation/", arrival)
    assert "受け取りの記録（受け付けていません）" in client.get(late["Location"]).content.decode()
    assert "期限のあとに届いた" in client.get(page).content.decode()
    client.post(f"{page}arrival/participation/", arrival | {"time": "15:59:59"})
    check = {"requirement": "registered", "result": "not_ok", "reason": "名簿にない"}
    assert client.post(f"{page}check/", check | {"reason": ""}).status_code == 422
    client.post(f"{page}check/", check)
    assert client.post(f"{page}decide/").status_code == 302
    opening = client.post(f"{desk}opening/participation/", {"witness": "架空 健一"})
    assert opening["Location"] == f"{desk}applicants/"
    listed = client.get(f"{desk}applicants/").content.decode()
    assert "立会い 架空 健一" in listed and "資格なし" in listed
    assert "例外の承認を求める" not in client.get(page).content.decode()  # the call has no such function


def test_another_applicant_a_member_and_staff_find_a_closed_door_and_leave_a_trace(kurihara, monkeypatch):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    hand_in(firm, actor)
    rival, _rival_actor = register(kurihara, "rival")
    seat = member(kurihara, "seat")
    paper, town = SubmittedPaper.objects.get(paper="proposal"), f"/{kurihara.authority.key}"
    proposal = paper.proposal
    tries = [
        (rival.account, f"{town}/my/call-papers/{paper.public_id}/", 404),
        (rival.account, f"{town}/my/calls/{firm.public_id}/", 404),
        (rival.account, f"{town}/my/calls/{firm.public_id}/papers/proposal/", 404),
        (rival.account, f"{town}/my/call-receipts/{proposal.public_id}/", 404),
        (rival.account, f"{town}/my/call-papers/bbbbbbbbbbbb/", 404),
        (seat.account, f"{town}/committee/call-papers/{paper.public_id}/", 404),
        (kurihara.officer, f"{town}/desk/call-papers/{paper.public_id}/", 403),
        (kurihara.officer, f"{town}/my/calls/{firm.public_id}/papers/proposal/", 404),
    ]
    for number, (who, path, status) in enumerate(tries, start=1):
        assert visitor(who).get(path).status_code == status, path
        assert AuditEvent.objects.filter(act="peek.refused").count() == number, path
    desk = visitor(kurihara.officer)
    for path in (f"{town}/desk/call-applicants/{firm.public_id}/", f"{town}/desk/calls/{kurihara.call.public_id}/applicants/",
                 f"{town}/desk/calls/{kurihara.call.public_id}/applicants/?sort=estimate",
                 f"{town}/desk/call-receipts/{proposal.public_id}/"):  # fmt: skip
        shown = desk.get(path).content.decode()
        assert "firm社-proposal.pdf" not in shown and "3,000,000" not in shown and "3000000" not in shown, path


@pytest.mark.parametrize("situation", ["no declaration", "conflict", "recused", "free"])
def test_a_member_reads_after_the_opening_without_a_conflict_only(kurihara, monkeypatch, situation):
    from yui.base import clock
    from yui.office.calls.models import ConflictDeclaration

    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm")
    hand_in(firm, actor)
    seat = member(kurihara, "seat")
    at(monkeypatch, "2024-06-21 10:00")
    domain.open_seals(actor=kurihara.decides, call=kurihara.call, stage="proposal", witness="架空 健一")
    if situation != "no declaration":
        ConflictDeclaration.objects.create(
            authority=kurihara.authority, member=seat, applicant=firm, conflict=situation == "conflict",
            declared_at=clock.now(),
        )  # fmt: skip
    if situation == "recused":
        seat.state = "recused"
        seat.save()
    paper = SubmittedPaper.objects.get(paper="proposal")
    answer = visitor(seat.account).get(f"/{kurihara.authority.key}/committee/call-papers/{paper.public_id}/")
    assert answer.status_code == (200 if situation == "free" else 404)


@pytest.mark.parametrize("language", ["en", "pt-br", "vi"])
def test_no_page_of_the_portal_leaves_its_reader_before_unmarked_japanese(kurihara, compiled, monkeypatch, language):
    with_web(kurihara)
    at(monkeypatch, "2024-06-03 10:00")
    firm, actor = register(kurihara, "firm", members=(("例示団体", "広報"),), postal="見本県")
    big = pdf(pages=23, size=9, number=False)
    domain.add_paper(actor=actor, applicant=firm, stage="proposal", paper="proposal", upload=big, name="案.pdf")
    second, second_actor = register(kurihara, "second2")
    made = hand_in(second, second_actor, yen=3_600_000)
    town = f"/{kurihara.authority.key}"
    pages = [
        (None, f"calls/{kurihara.call.public_id}/enter/"), (firm, "my/calls/"), (firm, f"my/calls/{firm.public_id}/"),
        (firm, f"my/calls/{firm.public_id}/papers/proposal/"), (firm, f"my/calls/{firm.public_id}/eligibility/"),
        (firm, f"my/calls/{firm.public_id}/correct/"), (firm, f"my/calls/{firm.public_id}/leave/"),
        (second, f"my/call-receipts/{made.public_id}/"),
    ]  # fmt: skip
    for who, path in pages:
        client = visitor(who.account) if who else Client()
        client.cookies[COOKIE] = language
        assert Page(client.get(f"{town}/{path}").content.decode()).unmarked() == [], path
