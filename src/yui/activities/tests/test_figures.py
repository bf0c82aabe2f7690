"""What is counted: rows by day, as they were recorded at an instant."""

import datetime as dt

import pytest

from yui.activities import facts
from yui.activities.desk_items import unrecorded_sessions
from yui.activities.domain import (
    Attendance,
    answer_first_meeting_as_host,
    apply_to_opportunity,
    close_opportunity,
    record_attendance,
    reopen_opportunity,
)
from yui.activities.models import Activity, Participation, Session
from yui.base import clock
from yui.base.measures.registry import figure, rows
from yui.people.facts import missing_of


def day(days_ago):
    return clock.today() - dt.timedelta(days=days_ago)


def figure_of(town, key, start, end, as_of=None):
    return figure(f"activities.{key}", authority=town.authority, start=start, end=end, as_of=as_of)


@pytest.fixture
def came(sora):
    """Write down that a resident came so many days ago."""
    activity = Activity.objects.create(
        authority=sora.authority, host_organization=sora.organization, title="畑", effective_on=day(800),
        recorded_at=clock.now() - dt.timedelta(days=800), initiated_by="contractor",
    )  # fmt: skip

    def write(number, days_ago, role="attended"):
        start = clock.now() - dt.timedelta(days=days_ago)
        session = Session.objects.create(
            authority=sora.authority, activity=activity, starts_at=start, ends_at=start + dt.timedelta(hours=1)
        )
        return Participation.objects.create(
            authority=sora.authority, session=session, person=sora.persons[number], role=role,
            effective_on=day(days_ago), recorded_at=start + dt.timedelta(hours=2),
        )  # fmt: skip

    return write


def test_an_opportunity_is_counted_once_on_the_day_it_first_opened(sora):
    opportunity = sora.open()
    sora.open(approve_it=False)
    close_opportunity(actor=sora.host, opportunity=opportunity)
    reopen_opportunity(actor=sora.host, opportunity=opportunity)
    assert figure_of(sora, "opportunities_opened", day(0), day(0)) == 1
    assert figure_of(sora, "opportunities_opened", day(9), day(1)) == 0


def test_activities_begun_without_the_city_are_counted_apart(sora, came):
    sora.open()
    assert figure_of(sora, "begun", day(900), day(0)) == 2
    assert figure_of(sora, "begun_by_residents", day(900), day(0)) == 1


def test_times_people_first_timers_and_those_who_came_again(sora, came):
    for number, days_ago in ((0, 500), (0, 20), (1, 60), (1, 10), (1, 5), (2, 4)):
        came(number, days_ago)
    start, end = day(30), day(0)
    counted = {
        key: figure_of(sora, key, start, end)
        for key in ("participations", "participants", "first_participants", "participants_again")
    }
    # 0 came long before: neither first nor within twelve months; 1 came again; 2 for the first time.
    assert counted == {"participations": 4, "participants": 3, "first_participants": 1, "participants_again": 1}


def test_a_record_taken_back_stays_in_the_figure_of_before(sora, came):
    row = came(0, 3)
    before = clock.now() - dt.timedelta(hours=1)
    row.withdrawn_at = clock.now()
    row.save()
    assert figure_of(sora, "participations", day(5), day(0), as_of=before) == 1
    assert figure_of(sora, "participations", day(5), day(0)) == 0


def test_rows_carry_ids_and_codes_and_no_name(sora):
    opportunity = sora.open()
    apply_to_opportunity(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[0])
    session = sora.begin(opportunity)
    record_attendance(actor=sora.host, session=session, present=[Attendance(sora.persons[0])])
    answer_first_meeting_as_host(actor=sora.host, session=session, met=[sora.persons[0]])
    for key in ("participants", "participations", "first_ties"):
        found = rows(f"activities.{key}", authority=sora.authority, start=day(0), end=day(0))
        assert len(found) == 1
        assert sora.persons[0].display_name not in str(found)
    assert rows("activities.first_ties", authority=sora.authority, start=day(0), end=day(0))[0].codes == ("other",)


def test_other_towns_are_not_counted(sora, hinata):
    sora.open()
    assert figure_of(hinata, "begun", day(0), day(0)) == 0


def test_stages_rest_on_participations_helping_and_leading(sora, came):
    person = sora.persons[0]
    came(0, 10), came(0, 20), came(0, 300)
    supporter = _stage(sora, "supporter")
    assert [(m.criterion.key, m.have) for m in missing_of(person, supporter, clock.today())] == [
        ("took_part", 2),
        ("helped_once", 0),
    ]
    came(0, 5, role="led")
    assert missing_of(person, supporter, clock.today()) == []
    assert len(facts.led_activities(person, day(30), day(0))) == 1
    assert facts.helped(person, None, day(6)) == []


def test_the_desk_reminds_of_dates_without_attendance(sora):
    opportunity = sora.open()
    apply_to_opportunity(actor=sora.resident(0), opportunity=opportunity, person=sora.persons[0])
    session = opportunity.session
    for days_ago, expected in ((0, []), (1, ["follow_up"]), (5, ["late"]), (20, [])):
        session.ends_at = dt.datetime.combine(day(days_ago), dt.time(12), clock.TOKYO)
        session.starts_at = session.ends_at - dt.timedelta(hours=1)
        session.save()
        lines = list(unrecorded_sessions(sora.desk, clock.today()))
        assert [line.kind for line in lines] == expected
    session.ends_at = dt.datetime.combine(day(1), dt.time(12), clock.TOKYO)
    session.save()
    assert list(unrecorded_sessions(sora.host, clock.today())) == []
    record_attendance(actor=sora.desk, session=session, present=[Attendance(sora.persons[0])])
    assert list(unrecorded_sessions(sora.desk, clock.today())) == []


def _stage(town, key):
    from yui.base.definitions import current

    return current(town.authority).people.stage(key)
