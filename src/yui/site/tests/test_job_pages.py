"""The pages of long work: what runs and how far, who asked, what to do when it stopped."""

import datetime as dt

import pytest
from django.test import Client
from tests.founding import found

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.jobs import registry
from yui.base.jobs.models import JobRun, State
from yui.base.jobs.registry import job
from yui.base.tenancy.scope import authority_scope

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sora(monkeypatch):
    monkeypatch.setattr(registry, "_jobs", {})
    job("count", label="数える仕事", about=lambda given: given.get("what", ""))(lambda run: None)
    job("made", label="作る仕事", page=lambda run: f"/sora/there/{run.arguments['id']}/", retried_there=True)(
        lambda run: None
    )
    return found("sora")


def client_of(town, role, name):
    account = Account.objects.create_user(f"{role}@example.jp", name=name)
    with authority_scope(town):
        Grant.objects.create(authority=town, account=account, role=role, starts_on=dt.date(2020, 4, 1))
    client = Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["enrolled"] = True  # a second factor was shown
    session.save()
    return client, account


def run_of(town, state, **more):
    with authority_scope(town):
        return JobRun.objects.create(
            authority=town, **{"kind": "count", "requested_at": clock.now(), "state": state, **more}
        )


def page(client, path=""):
    answer = client.get(f"/sora/desk/jobs/{path}")
    return answer.status_code, answer.content.decode()


def test_what_runs_says_how_far_it_is_and_who_asked(sora):
    client, officer = client_of(sora, "officer", "見本 花子")
    stranger = Account.objects.create_user("taro@example.jp", name="例示 太郎")
    run = run_of(sora, State.RUNNING, total=8, done=3, requested_by=officer, started_at=clock.now())
    run_of(sora, State.QUEUED, requested_by=stranger, arguments={"what": "十月分"})
    status, text = page(client)
    assert status == 200
    assert "8件のうち3件がすみ、のこり5件です" in text
    assert "十月分 数える仕事" in text
    assert "見本 花子" in text
    assert "まだはじまっていません" in text
    assert "例示 太郎" not in text, "a resident's name is not told"
    assert "登録した本人" in text
    assert "data-yui-live" in text
    status, text = page(client, f"{run.public_id}/")
    assert (status, "8件のうち3件" in text, 'width="37%"' in text, "もう一度" in text) == (200, True, True, False)


def test_what_is_over_leads_to_what_it_made_and_no_longer_renews_itself(sora):
    client, _ = client_of(sora, "officer", "見本 花子")
    run = run_of(sora, State.DONE, kind="made", arguments={"id": "x7"}, total=3, done=3, finished_at=clock.now())
    _, text = page(client, f"{run.public_id}/")
    assert 'href="/sora/there/x7/"' in text
    assert "できたものを見る" in text
    assert "data-yui-live" not in text
    assert "live.js" not in text
    assert "data-yui-live" not in page(client)[1]


def test_what_stopped_says_what_to_do_and_begins_again_once(sora):
    client, _ = client_of(sora, "administrator", "見本 次郎")
    run = run_of(sora, State.FAILED, error="ValueError", total=8, done=3)
    _, text = page(client, f"{run.public_id}/")
    assert "思わぬことで止まりました" in text
    assert "ValueError" in text
    path = f"/sora/desk/jobs/{run.public_id}/retry/"
    assert "もう一度はじめる" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    run.refresh_from_db()
    assert run.state == State.QUEUED
    answer = client.post(path)
    assert (answer.status_code, "止まっていません" in answer.content.decode()) == (409, True)


def test_a_job_with_a_page_of_its_own_is_begun_again_there(sora):
    client, _ = client_of(sora, "officer", "見本 花子")
    run = run_of(sora, State.FAILED, kind="made", arguments={"id": "x7"}, error="ValueError")
    _, text = page(client, f"{run.public_id}/")
    assert "作る画面でやりなおす" in text
    assert "retry/" not in text
    assert client.post(f"/sora/desk/jobs/{run.public_id}/retry/").status_code == 409


def test_another_towns_run_is_not_found_and_a_removed_kind_still_stands(sora):
    client, _ = client_of(sora, "officer", "見本 花子")
    foreign = run_of(found("hinata"), State.RUNNING, kind="count")
    assert page(client, f"{foreign.public_id}/")[0] == 404
    old = run_of(sora, State.FAILED, kind="no.longer", error="KeyError")
    assert page(client)[0] == page(client, f"{old.public_id}/")[0] == 200
