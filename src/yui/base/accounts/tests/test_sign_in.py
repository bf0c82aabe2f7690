"""Signing in, as residents and staff do it: mailed codes, passwords with a second factor, sessions, limits."""

import datetime as dt
import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from tests.founding import found

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.messages.models import Message
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose

PASSWORD = "sora-no-ao-kumo-8"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sora():
    authority = found("sora")
    with authority_scope(authority):
        yield authority


def staff(authority, *, ends_on=None, role="administrator"):
    account = Account.objects.create_user("kakari@example.jp", PASSWORD, name="見本 係")
    Grant.objects.create(
        authority=authority, account=account, role=role, starts_on=clock.today() - dt.timedelta(days=9), ends_on=ends_on
    )
    return account


def code_in_last_mail():
    with every_town_on_purpose():
        return re.search(r"\b\d{6}\b", Message.objects.order_by("-id").first().body)[0]


def totp(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def enrol(visitor):
    """Add an authenticator app; the password is asked once more before."""
    asked = visitor.get("/account/keys/app/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    visitor.post(asked["Location"], {"password": PASSWORD})
    secret = visitor.get("/account/keys/app/").context["form"].secret
    visitor.post("/account/keys/app/", {"code": totp(secret)})


def test_a_resident_signs_in_by_six_digits_from_a_mail():
    account = Account.objects.create_user("taro@example.jp", name="見本 太郎")
    visitor = Client()
    visitor.post("/account/login/code/", {"email": "Taro@example.jp"})
    answer = visitor.post("/account/login/code/confirm/", {"code": code_in_last_mail()})
    assert answer.status_code == 302
    assert visitor.session["_auth_user_id"] == str(account.pk)


def test_a_wrong_code_is_told_at_the_field_and_the_third_ends_the_try():
    Account.objects.create_user("taro@example.jp")
    visitor = Client()
    visitor.post("/account/login/code/", {"email": "taro@example.jp"})
    right = code_in_last_mail()
    wrong = "000000" if right != "000000" else "111111"
    first = visitor.post("/account/login/code/confirm/", {"code": wrong})
    assert first.status_code == 200
    assert 'aria-invalid="true"' in first.content.decode()
    for _ in range(2):
        visitor.post("/account/login/code/confirm/", {"code": wrong})
    visitor.post("/account/login/code/confirm/", {"code": right})
    assert "_auth_user_id" not in visitor.session


def test_an_unknown_address_looks_the_same_as_a_known_one():
    Account.objects.create_user("taro@example.jp")
    answers = []
    for email in ("taro@example.jp", "nobody@example.jp"):
        visitor = Client()
        answers.append(visitor.post("/account/login/code/", {"email": email}, follow=True).status_code)
    assert answers[0] == answers[1]


def test_nobody_signs_up_alone():
    assert Client().get("/account/signup/").status_code == 404


def test_staff_reach_their_town_only_after_a_second_factor_and_enrol_one_at_first(sora):
    staff(sora)
    visitor = Client()
    visitor.post("/account/login/", {"login": "kakari@example.jp", "password": PASSWORD})
    refused = visitor.get("/sora/desk/accounts/")
    assert refused.status_code == 302
    assert refused["Location"] == "/account/keys/app/"
    enrol(visitor)
    assert visitor.get("/sora/desk/accounts/").status_code == 200


def test_once_enrolled_the_password_alone_does_not_sign_in(sora):
    staff(sora)
    first = Client()
    first.post("/account/login/", {"login": "kakari@example.jp", "password": PASSWORD})
    enrol(first)
    second = Client()
    answer = second.post("/account/login/", {"login": "kakari@example.jp", "password": PASSWORD})
    assert answer["Location"] == "/account/login/second/"
    assert "_auth_user_id" not in second.session
    codes = first.get("/account/keys/codes/").context["unused_codes"]
    second.post("/account/login/second/", {"code": codes[0]})
    assert second.get("/sora/desk/accounts/").status_code == 200


def test_a_role_that_ended_yesterday_opens_nothing(sora):
    account = staff(sora, ends_on=clock.today() - dt.timedelta(days=1))
    visitor = Client()
    visitor.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    assert visitor.get("/sora/desk/accounts/").status_code == 404


def test_many_failures_are_slowed_down(sora):
    staff(sora)
    visitor = Client()
    statuses, texts = [], []
    for _ in range(7):
        answer = visitor.post("/account/login/", {"login": "kakari@example.jp", "password": "wrong-wrong-wrong"})
        statuses.append(answer.status_code)
        texts.append(answer.content.decode())
    right = visitor.post("/account/login/", {"login": "kakari@example.jp", "password": PASSWORD})
    assert "_auth_user_id" not in visitor.session
    assert right.status_code in (200, 429)


def test_one_sees_ones_sessions_and_ends_the_others(sora):
    account = staff(sora)
    here, there = Client(), Client(headers={"user-agent": "Elsewhere/1.0"})
    for visitor in (here, there):
        visitor.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        visitor.get("/account/start/")
    page = here.get("/account/sessions/").content.decode()
    assert "Elsewhere/1.0" in page
    here.post("/account/sessions/")
    assert there.get("/account/sessions/").status_code == 302
    assert here.get("/account/sessions/").status_code == 200


def test_an_account_switched_off_is_out_at_once(sora):
    account = staff(sora)
    visitor = Client()
    visitor.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert visitor.get("/account/sessions/").status_code == 302
