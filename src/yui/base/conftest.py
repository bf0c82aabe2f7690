"""Two invented towns and people of every role, for the tests of the base."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.actor import Actor, actor_for
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope


@pytest.fixture
def sora(db):
    """The town Sora; its scope is open for the whole test."""
    town = Authority.objects.create(key="sora", name="そら町", created_at=clock.now())
    with authority_scope(town):
        yield town


@pytest.fixture
def hinata(db):
    """Another town."""
    return Authority.objects.create(key="hinata", name="ひなた市", created_at=clock.now())


@pytest.fixture
def somebody():
    """``somebody(town, "officer")`` is a new actor of that role there."""
    made = 0

    def make(town: Authority, role: str) -> Actor:
        nonlocal made
        made += 1
        account = Account.objects.create_user(f"{role}{made}@example.jp", name=f"見本 {made}号")
        with authority_scope(town):
            Grant.objects.create(authority=town, account=account, role=role, starts_on=dt.date(2020, 4, 1))
            return actor_for(account, town)

    return make


@pytest.fixture
def officer(sora, somebody):
    return somebody(sora, "officer")


@pytest.fixture
def coordinator(sora, somebody):
    return somebody(sora, "coordinator")


@pytest.fixture
def files(settings, tmp_path):
    """A folder of its own for stored files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
