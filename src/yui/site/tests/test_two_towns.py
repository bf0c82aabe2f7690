"""One account with roles in two towns: it chooses where to go, sees where it is, and has nothing there from here."""

import datetime as dt

import pytest
from django.test import Client
from tests.founding import found

from yui.base import clock, definitions
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.tenancy.scope import authority_scope
from yui.people.models import Contact, Person, Profile, Proxy, Registration, StageChange

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PLANTED = "植込 二町"


@pytest.fixture
def towns():
    """Sora and Hinata, each with a person of its own whose name could leak."""
    made = [found("sora"), found("hinata")]
    for town in made:
        town.name = {"sora": "空市", "hinata": "日向市"}[town.key]
        town.save()
        with authority_scope(town):
            person = Person.objects.create(
                authority=town, display_name=f"{PLANTED} {town.key}", kana="ウエコミ", created_at=clock.now()
            )
            Profile.objects.create(authority=town, person=person)
            own = {"authority": town, "person": person, "scheme_key": town.key, "recorded_at": clock.now()}
            Registration.objects.create(**own, effective_on=clock.today())
            stage = min(definitions.current(town).people.stages, key=lambda one: one.order)
            StageChange.objects.create(**own, effective_on=clock.today(), stage=stage.key, agreed_on=clock.today())
            Contact.objects.create(
                authority=town, person=person, kind="phone", value="0748-00-7790", effective_on=clock.today()
            )
    return made


@pytest.fixture
def account():
    return Account.objects.create_user("both@example.jp", name="見本 ふたまち")


def give(town, account, role, **more):
    with authority_scope(town):
        Grant.objects.create(authority=town, account=account, role=role, starts_on=dt.date(2020, 4, 1), **more)


def register(town, account):
    with authority_scope(town):
        person = Person.objects.get()
        Proxy.objects.create(
            authority=town, account=account, person=person, relation="self", starts_on=dt.date(2020, 4, 1)
        )
    return person


def signed_in(account):
    client = Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["enrolled"] = True  # a second factor was shown
    session.save()
    return client


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_after_signing_in_one_chooses_and_the_header_says_where_one_is(towns, account):
    give(towns[0], account, "coordinator")
    give(towns[1], account, "auditor")
    client = signed_in(account)
    page = text_of(client, "/account/start/")
    assert "空市" in page
    assert "日向市" in page
    assert "中間支援コーディネーター" in page
    assert "監査・検査" in page
    here, there = text_of(client, "/sora/desk/"), text_of(client, "/hinata/desk/audit/")
    assert "空市　中間支援コーディネーター" in here
    assert "まちをかえる" in here
    assert "日向市" not in here
    assert "日向市　監査・検査" in there
    assert "空市" not in there


def test_a_role_here_gives_nothing_there(towns, account):
    sora, hinata = towns
    give(sora, account, "coordinator")
    give(hinata, account, "auditor")
    client = signed_in(account)
    with authority_scope(sora):
        mine = Person.objects.get()
    with authority_scope(hinata):
        other = Person.objects.get()
    assert f"{PLANTED} sora" in text_of(client, f"/sora/desk/people/{mine.public_id}/")
    for path in ("desk/", "desk/people/", f"desk/people/{other.public_id}/", f"desk/people/{mine.public_id}/"):
        assert client.get(f"/hinata/{path}").status_code == 403, path
    assert client.get(f"/sora/desk/people/{other.public_id}/").status_code == 404
    assert client.get("/hinata/desk/audit/").status_code == 200
    assert client.get("/sora/desk/audit/").status_code == 403
    assert f"{PLANTED} hinata" not in text_of(client, "/sora/desk/people/?q=%E6%A4%8D%E8%BE%BC")


def test_a_resident_here_and_staff_there_is_each_only_where_they_are(towns, account):
    sora, hinata = towns
    register(sora, account)
    give(hinata, account, "coordinator")
    client = signed_in(account)
    page = text_of(client, "/account/start/")
    assert "マイページ" in page
    assert "職員の画面" in page
    assert "まちをかえる" in text_of(client, "/sora/my/")
    assert client.get("/hinata/my/").status_code in (403, 404)
    assert client.get("/sora/desk/").status_code == 404
    assert client.get("/hinata/desk/").status_code == 200


def test_a_role_that_ended_leaves_one_town_and_no_way_to_change(towns, account):
    sora, hinata = towns
    give(sora, account, "coordinator")
    give(hinata, account, "coordinator", ends_on=clock.today() - dt.timedelta(days=1))
    client = signed_in(account)
    assert client.get("/account/start/").url == "/sora/desk/"
    assert "まちをかえる" not in text_of(client, "/sora/desk/")
    assert client.get("/hinata/desk/").status_code == 404


def test_speaking_for_somebody_here_is_not_speaking_for_anybody_there(towns, account):
    sora, hinata = towns
    here, there = register(sora, account), register(hinata, account)
    client = signed_in(account)
    session = client.session
    session["acting_person"] = there.public_id
    session.save()
    page = text_of(client, "/sora/my/")
    assert f"{PLANTED} hinata" not in page
    assert here.public_id != there.public_id
