"""Signing in by a mailed code, through the pages, with a real mail server."""

import re
from email import message_from_bytes, policy

import pytest
from django.core.cache import cache
from django.urls import reverse

from yui.base.accounts.models import Account
from yui.base.messages.models import Message, State
from yui.base.messages.tasks import deliver_waiting
from yui.base.tenancy.scope import every_town_on_purpose

from .test_sending import box

__all__ = ["box"]


@pytest.fixture(autouse=True)
def memory_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def mails(box):
    """Subject and text of every mail that arrived."""
    found = []
    for envelope in box.mails:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        found.append((mail["Subject"], mail.get_content()))
    return found


@pytest.mark.django_db
def test_a_resident_signs_in_with_the_six_digits_of_the_mail(client, box, settings):
    Account.objects.create_user("taro@example.jp")
    client.post(reverse("account_request_login_code"), {"email": "taro@example.jp"})
    deliver_waiting()
    [(subject, text)] = mails(box)
    assert subject == "ログインのための番号"
    code = re.search(r"^\s+(\d{6})\s*$", text, re.MULTILINE).group(1)
    assert f"Código de acesso: {code}" in text
    assert code not in subject
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session.get("_auth_user_id") == str(Account.objects.get().pk)
    with every_town_on_purpose():
        [message] = Message.objects.all()
    assert (message.state, message.body, message.to_kind, message.authority) == (State.SENT, "", "account", None)


@pytest.mark.django_db
def test_an_unknown_address_gets_a_mail_without_a_code(client, box):
    client.post(reverse("account_request_login_code"), {"email": "nobody@example.jp"})
    deliver_waiting()
    [(subject, text)] = mails(box)
    assert subject == "ログインのお知らせ"
    assert re.search(r"\d{6}", text) is None
    assert Account.objects.count() == 0


@pytest.mark.django_db
def test_the_language_of_the_page_is_the_language_of_the_mail_and_the_code_is_there_for_everyone(client, box):
    Account.objects.create_user("maria@example.jp")
    client.cookies["yui-language"] = "pt-br"
    client.post(reverse("account_request_login_code"), {"email": "maria@example.jp"})
    with every_town_on_purpose():
        assert Message.objects.get().language == "pt-br"
    deliver_waiting()
    assert re.search(r"Código de acesso: \d{6}", mails(box)[0][1])
