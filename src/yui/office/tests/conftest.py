import datetime as dt
import functools
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Q

from yui.base import clock
from yui.base.definitions.checks import plain, read_folder
from yui.base.definitions.domain import digest_of, parts_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.measures import registry
from yui.base.measures.types import Row
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions.domain import appoint_staff, start_commission, start_engagement
from yui.office.tests.cast import Town, account, definition
from yui.people.models import Organization, Registration


def registrations(authority, start, end, as_of):
    """People who registered in the period, as a wing would count them."""
    found = Registration.objects.filter(Q(effective_on__range=(start, end)), recorded_at__lte=as_of)
    return [Row(one.public_id, one.effective_on, "登録") for one in found]


@pytest.fixture(autouse=True)
def counted():
    """A measure of the tests' own, beside those of the wings."""
    registry.measure("test.registrations", label="登録した人", unit="人", note="登録の日で数えます。")(registrations)
    yield
    registry._measures.pop("test.registrations", None)


@functools.cache
def definition_parts():
    """The definition of the example folder as stored data, read once: what the pages' frame says."""
    return parts_of(plain(read_folder(Path(settings.DEFINITIONS_DIR) / "konan").data()))


@pytest.fixture
def on_day(settings):
    """Sets the day the house believes it is."""

    def set_day(day):
        settings.YUI_TODAY = day if isinstance(day, str) else day.isoformat()

    set_day("2026-11-20")
    return set_day


def make_town(key, name):
    authority = Authority.objects.create(key=key, name=name, created_at=clock.now())
    with authority_scope(authority):
        for (kind, part), data in definition_parts().items():
            DefinitionVersion.objects.create(
                authority=authority, kind=kind, key=part, version=1, loaded_at=clock.now(), data=data,
                digest=digest_of(data), changes=[],
            )  # fmt: skip
        officer = account(authority, "official", "officer")
        town = Town(
            authority=authority,
            officer=officer,
            second_officer=account(authority, "second", "officer"),
            auditor=account(authority, "auditor", "auditor"),
            lead=account(authority, "lead"),
            organization=Organization.objects.create(
                authority=authority, name="まちのわ例示社", effective_on=dt.date(2026, 4, 1), recorded_at=clock.now()
            ),
            commission=None,
            engagement=None,
        )
        actor = town.actor(officer)
        town.commission = start_commission(actor=actor, definition=definition())
        town.engagement = start_engagement(actor=actor, commission=town.commission, organization=town.organization)
        appoint_staff(actor=actor, engagement=town.engagement, account=town.lead, role="contractor_lead")
    return town


@pytest.fixture
def sora(db, on_day, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    town = make_town("sora", "空市")
    with authority_scope(town.authority):
        yield town


@pytest.fixture
def hinata(db, on_day):
    return make_town("hinata", "日向市")
