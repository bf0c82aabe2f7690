"""Three months later, and next year with another contractor: what falls due, what stays, who is let in no more."""

import datetime as dt

import pytest
from django.test import Client

from yui.activities.models import Participation, Tie
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.accounts.models import Account
from yui.base.jobs import worker
from yui.base.messages.models import Message
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose
from yui.introductions.models import Introduction
from yui.office.commissions.domain import appoint_staff, start_engagement
from yui.office.commissions.models import Commission, Engagement
from yui.people.models import Organization, Person, StageChange

DESK = "/konan/desk/"


@pytest.fixture(autouse=True)
def reach_the_database(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def visitor(town, role: str) -> Client:
    """Signed in, as after a second factor."""
    client = Client()
    client.force_login(town.accounts[role], "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["enrolled"] = True
    session.save()
    return client


def on(settings, day: dt.date) -> None:
    settings.YUI_TODAY = day.isoformat()


def test_three_months_later_both_sides_are_asked_and_the_desk_shows_it(town, settings):
    first = clock.today()
    later = first + dt.timedelta(days=92)
    with authority_scope(town.konan):
        ripening = Introduction.objects.filter(follow_up_on__gt=first, follow_up_on__lte=later, follow_up_sent_on=None)
        pairs = list(ripening.select_related("person", "opportunity"))
        assert pairs
    with every_town_on_purpose():
        before = Message.objects.filter(related_kind="introduction").count()
    on(settings, later)
    worker.day(clock.today())
    with every_town_on_purpose():
        sent = Message.objects.filter(related_kind="introduction", related_id__in=[pair.public_id for pair in pairs])
        asked = {message.related_id for message in sent.filter(created_at__date__gte=first)}
        count = Message.objects.filter(related_kind="introduction").count()
        assert {"mail", "letter"} & set(sent.values_list("channel", flat=True))
    assert count > before
    with authority_scope(town.konan):
        waiting = {
            row.public_id
            for row in Introduction.objects.filter(public_id__in=[pair.public_id for pair in pairs])
            if row.follow_up_sent_on == later
        }
    assert waiting
    assert waiting <= asked
    worker.day(clock.today())
    with every_town_on_purpose():
        assert Message.objects.filter(related_kind="introduction").count() == count, "asked once"
    page = visitor(town, "coordinator").get(DESK).content.decode()
    assert "3か月後の確認" in page
    assert "顔合わせから3か月です" in page


def test_next_year_another_contractor_keeps_people_stages_and_ties(town, settings):
    with authority_scope(town.konan):
        last = Commission.objects.order_by("-ends_on").first()
        kept = {model: model.objects.count() for model in (Person, StageChange, Tie, Participation, Introduction)}
        new_year = last.ends_on + dt.timedelta(days=1)
        actor = system_actor(town.konan, "test")
        following = Commission.objects.create(
            authority=town.konan, key="next", title="次年度の業務", fiscal_year=last.fiscal_year + 1,
            starts_on=new_year, ends_on=new_year.replace(year=new_year.year + 1) - dt.timedelta(days=1),
            definition_version=last.definition_version, plan=last.plan,
        )  # fmt: skip
        other = Organization.objects.create(
            authority=town.konan, name="NPO法人 つぎのわ例示", kana="ツギノワレイジ", effective_on=new_year,
            recorded_at=clock.now(),
        )  # fmt: skip
        assert Engagement.objects.filter(commission=last).exists()
        engagement = start_engagement(actor=actor, commission=following, organization=other)
        newcomer = Account.objects.create_user("tsugi@example.jp", name="見本 つぎこ")
        appoint_staff(actor=actor, engagement=engagement, account=newcomer, role="coordinator", starts_on=new_year)
    town.accounts["next_coordinator"] = newcomer
    assert visitor(town, "coordinator").get(DESK).status_code == 200
    assert visitor(town, "next_coordinator").get(DESK).status_code == 404, "not before the day"

    on(settings, new_year + dt.timedelta(days=1))
    worker.day(clock.today())
    for path in (DESK, "/konan/desk/people/", "/konan/desk/introductions/"):
        assert visitor(town, "coordinator").get(path).status_code == 404, path
        assert visitor(town, "contractor_lead").get(path).status_code == 404, path
        assert visitor(town, "next_coordinator").get(path).status_code == 200, path
    with authority_scope(town.konan):
        assert {model: model.objects.count() for model in kept} == kept
        person = town.person("resident")
    page = visitor(town, "next_coordinator").get(f"/konan/desk/people/{person.public_id}/").content.decode()
    assert person.display_name in page
