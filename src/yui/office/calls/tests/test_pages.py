"""Every page of the announcement opens for whom it is, and shows what it is for."""

import pytest
from django.test import Client
from django.utils.translation import trans_real
from tests.languages.reading import Page

from yui.base import clock
from yui.base.tenancy.scope import authority_scope
from yui.base.ui.middleware import COOKIE
from yui.config.cli.preparing import compile_translations
from yui.office.calls.domain import enter_question
from yui.office.calls.tests.cast import applicant, call_town

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(account):
    client = Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["enrolled"] = True
    session.save()
    return client


def opened(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


@pytest.fixture(params=["kurihara", "sanda"])
def town(request):
    return request.getfixturevalue(request.param)


def test_the_pages_of_an_announced_call_open(town):
    who = applicant(town, "firm")
    question = enter_question(
        actor=town.decides, call=town.call, channel="email", received_at=clock.now(), text="様式は変えてよいか",
        asker="架空社",
    )  # fmt: skip
    call, key = town.call.public_id, town.authority.key
    for path in ("calls/", f"calls/{call}/", f"calls/{call}/rules/", f"calls/{call}/ocds.json"):
        assert town.call.title in opened(Client(), f"/{key}/{path}")
    desk = client_of(town.officer)
    for path in (
        "", f"{call}/", f"{call}/rules/", f"{call}/file/", f"{call}/file/download/", f"{call}/acts/cancel/",
        f"{call}/questions/", f"{call}/questions/new/",
    ):  # fmt: skip
        opened(desk, f"/{key}/desk/calls/{path}")
    opened(desk, f"/{key}/desk/call-questions/{question.public_id}/")
    assert town.call.title in opened(client_of(who.account), f"/{key}/my/calls/{who.public_id}/questions/")


def test_the_pages_of_a_draft_open_for_staff_alone(db, settings, tmp_path):
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2025-05-28"
    town = call_town("sanda", announced=False)
    with authority_scope(town.authority):
        call, desk = town.call.public_id, client_of(town.officer)
        assert "下書き" in opened(desk, f"/sanda/desk/calls/{call}/")
        assert "同種の実績が複数" in opened(desk, f"/sanda/desk/calls/{call}/values/")
        page = opened(desk, f"/sanda/desk/calls/{call}/announce/")
        assert "段階に、点がありません" in page
        assert "#id_levels" in page
        assert Client().get(f"/sanda/calls/{call}/").status_code == 404
        assert Client().get(f"/sanda/calls/{call}/rules/").status_code == 404


def test_the_pages_of_everybody_are_read_in_another_language_with_the_rules_marked_as_japanese(town):
    if compile_translations():
        trans_real._translations.clear()
    who = applicant(town, "firm")
    for client, path in (
        (Client(), "calls/"), (Client(), f"calls/{town.call.public_id}/"), (Client(), f"calls/{town.call.public_id}/rules/"),
        (client_of(who.account), f"my/calls/{who.public_id}/questions/"),
    ):  # fmt: skip
        client.cookies[COOKIE] = "en"
        page = Page(opened(client, f"/{town.authority.key}/{path}"))
        assert (path, page.unmarked()) == (path, [])
        assert page.marked


def test_nobody_else_opens_the_desk_and_nobody_reads_anothers_questions(kurihara):
    who, other = applicant(kurihara, "firm"), applicant(kurihara, "other")
    call, base = kurihara.call.public_id, "/kurihara/desk/calls/"
    question = enter_question(
        actor=kurihara.decides, call=kurihara.call, channel="email", received_at=clock.now(), text="見本の質問",
        asker="架空社",
    )  # fmt: skip
    auditor, firm = client_of(kurihara.auditor), client_of(who.account)
    one = f"/kurihara/desk/call-questions/{question.public_id}/"
    writes = ("values/", "file/", "questions/new/", "announce/", "acts/cancel/", "amendment/")
    assert [auditor.get(f"{base}{call}/{path}").status_code for path in writes] == [403] * len(writes)
    assert "架空社" not in opened(auditor, one)
    for path in (base, f"{base}{call}/", one, f"/kurihara/my/calls/{other.public_id}/questions/"):
        assert (path, firm.get(path).status_code) == (path, 404)
    for path in ("publish/", "decline/"):
        assert auditor.post(f"{one}{path}").status_code == 403
    assert Client().get(f"{base}{call}/").status_code == 302
