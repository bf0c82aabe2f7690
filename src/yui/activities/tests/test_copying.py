"""去年の企画を写す."""

import datetime as dt

import pytest

from yui.activities.domain import (
    OpportunityPlan,
    SessionPlan,
    add_opportunity,
    add_session,
    apply_to_opportunity,
    cancel_session,
    copy_activity,
)
from yui.activities.domain.copying import moved_dates
from yui.activities.models import Activity, Application
from yui.base import clock
from yui.base.access.errors import NotPossible, Refused


@pytest.fixture
def last_year(sora):
    """An activity with two dates a year ago, one called off, one opportunity and one application."""
    opportunity = sora.open(kept_places=1, closes_on=clock.today() + dt.timedelta(days=6))
    apply_to_opportunity(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[0])
    activity = opportunity.activity
    first = activity.sessions.get()
    second = add_session(actor=sora.host, activity=activity, plan=SessionPlan(
        first.starts_at + dt.timedelta(days=1), first.ends_at + dt.timedelta(days=1)))  # fmt: skip
    cancel_session(actor=sora.host, session=second)
    for row in activity.sessions.all():
        row.starts_at -= dt.timedelta(days=370)
        row.ends_at -= dt.timedelta(days=370)
        row.save()
    return activity


def test_words_dates_and_opportunities_are_copied_but_no_people_and_no_approval(sora, last_year):
    made = copy_activity(actor=sora.host, activity=last_year)
    before, after = last_year.sessions.order_by("starts_at")[0], made.sessions.get()
    assert (made.title, made.copied_from, made.effective_on) == (last_year.title, last_year, clock.today())
    assert after.starts_at > clock.now()
    assert after.starts_at.astimezone(clock.TOKYO).weekday() == before.starts_at.astimezone(clock.TOKYO).weekday()
    assert after.ends_at - after.starts_at == before.ends_at - before.starts_at
    assert after.code != before.code
    source, copy = last_year.opportunities.get(), made.opportunities.get()
    assert (copy.state, copy.session, copy.opened_on, copy.kept_places) == ("draft", after, None, 1)
    assert set(copy.choices.values_list("kind", "key")) == set(source.choices.values_list("kind", "key"))
    assert not Application.objects.filter(opportunity=copy).exists()


def test_the_page_shows_both_dates_and_the_holiday_and_leads_to_the_draft(sora, last_year):
    session = last_year.sessions.order_by("starts_at")[0]
    session.starts_at = session.starts_at.replace(year=2025, month=11, day=24, hour=1)
    session.ends_at = session.starts_at + dt.timedelta(hours=1)
    session.save()
    client = sora.client(sora.coordinator)
    url = f"/sora/desk/activities/{last_year.public_id}/copy/"
    text = client.get(url).content.decode()
    [date] = moved_dates(last_year)
    day = date.plan.starts_at.astimezone(clock.TOKYO).date()
    assert f"{day.month}月{day.day}日" in text
    assert day.weekday() == 0
    made = client.post(url)
    assert made.status_code == 302
    copy = Activity.objects.exclude(copied_from=None).get()
    assert "の企画から写しました" in client.get(made.url).content.decode()
    assert (
        f"/sora/desk/activities/{last_year.public_id}/copy/"
        in client.get(f"/sora/desk/activities/{last_year.public_id}/").content.decode()
    )
    assert copy.host_organization == last_year.host_organization


@pytest.mark.parametrize(
    ("before", "after", "warning"),
    [
        ((2025, 11, 3), (2026, 11, 2), ""),  # a Monday stays a Monday, and 文化の日 is no Monday that year
        ((2025, 11, 4), (2026, 11, 3), "文化の日"),
        ((2025, 12, 30), (2026, 12, 29), "年末年始"),
        ((2024, 11, 5), (2026, 11, 3), "文化の日"),  # two years on, so that it lies ahead
    ],
)
def test_a_date_moves_to_the_same_weekday_and_a_holiday_is_named(sora, settings, before, after, warning):
    opportunity = sora.open()
    session = opportunity.session
    session.starts_at = dt.datetime(*before, 10, tzinfo=clock.TOKYO)
    session.ends_at = session.starts_at + dt.timedelta(hours=1)
    session.save()
    settings.YUI_TODAY = "2026-10-20"
    [date] = moved_dates(opportunity.activity)
    assert (date.plan.starts_at.astimezone(clock.TOKYO).date(), date.warning) == (dt.date(*after), warning)


def test_nobody_copies_what_is_not_theirs_nor_from_a_host_that_left(sora, last_year):
    with pytest.raises(Refused):
        copy_activity(actor=sora.resident(1), activity=last_year)
    sora.organization.ended_on = clock.today()
    sora.organization.save()
    last_year.refresh_from_db()
    with pytest.raises(NotPossible, match="登録がありません"):
        copy_activity(actor=sora.desk, activity=last_year)


def test_an_opportunity_keeps_its_shape(sora):
    plan = OpportunityPlan("本棚の整理", any_time=True, capacity=3)
    opportunity = sora.open()
    add_opportunity(actor=sora.host, activity=opportunity.activity, plan=plan)
    made = copy_activity(actor=sora.host, activity=opportunity.activity)
    assert made.opportunities.get(title="本棚の整理").session is None
