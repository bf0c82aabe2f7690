"""Who came, by list and by code; the one question; the ties."""

import datetime as dt

import pytest

from yui.activities.domain import (
    Attendance,
    answer_first_meeting,
    answer_first_meeting_as_host,
    apply_to_opportunity,
    attend_by_code,
    cancel_session,
    end_opportunity,
    end_past_opportunities,
    record_attendance,
    show_name,
)
from yui.activities.models import Participation, Tie
from yui.activities.queries import attendance_list, meetings_to_answer, nameable_people
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.errors import NotPossible, Refused


@pytest.fixture
def going(sora):
    """An opportunity that is going on now; residents 0 and 1 have a place."""
    opportunity = sora.open()
    for number in (0, 1):
        apply_to_opportunity(actor=sora.resident(number), opportunity=opportunity, person=sora.persons[number])
    return sora.begin(opportunity)


def came(town, session, *numbers):
    record_attendance(
        actor=town.host, session=session, present=[Attendance(town.persons[number]) for number in numbers]
    )


def test_the_host_ticks_those_who_applied_and_once_is_enough(sora, going):
    came(sora, going, 0)
    came(sora, going, 0, 1)
    rows = Participation.objects.order_by("person_id")
    assert [(row.person_id, row.how, row.effective_on) for row in rows] == [
        (sora.persons[0].pk, "list", clock.today()),
        (sora.persons[1].pk, "list", clock.today()),
    ]
    assert {row.opportunity.title for row in rows} == {"絵本を1冊読む"}


def test_a_wrong_tick_is_taken_back_and_stays_as_a_row(sora, going):
    came(sora, going, 0)
    record_attendance(actor=sora.host, session=going, present=[], withdrawn=[sora.persons[0]])
    row = Participation.objects.get()
    assert row.withdrawn_at is not None
    came(sora, going, 0)
    assert Participation.objects.filter(withdrawn_at=None).count() == 1


def test_the_host_can_not_tick_somebody_who_never_applied_but_staff_can(sora, going):
    with pytest.raises(NotPossible, match="名簿にない人"):
        came(sora, going, 2)
    record_attendance(actor=sora.desk, session=going, present=[Attendance(sora.persons[2], role="helped")])
    assert Participation.objects.get().role == "helped"
    with pytest.raises(Refused):
        record_attendance(actor=sora.resident(0), session=going, present=[])


def test_no_attendance_before_the_day_nor_for_a_cancelled_date(sora):
    opportunity = sora.open()
    with pytest.raises(NotPossible, match="その日になってから"):
        came(sora, opportunity.session)
    session = sora.begin(opportunity)
    cancel_session(actor=sora.host, session=session)
    session.refresh_from_db()
    with pytest.raises(NotPossible, match="中止になった回"):
        came(sora, session)


@pytest.mark.parametrize(
    "write", [str.upper, lambda c: f" {c[:3]}-{c[3:]} ", lambda c: "".join(chr(ord(x) + 0xFEE0) for x in c)]
)
def test_the_code_of_the_place_works_however_it_is_typed(sora, going, write):
    row = attend_by_code(actor=sora.resident(2), person=sora.persons[2], code=write(going.code))
    again = attend_by_code(actor=sora.resident(2), person=sora.persons[2], code=going.code)
    assert (row, row.how) == (again, "code")
    assert [line.person for line in attendance_list(going)][-1] == sora.persons[2]


def test_a_code_works_on_its_day_in_its_town_for_oneself(sora, hinata, going):
    with pytest.raises(NotPossible, match="見つかりません"):
        attend_by_code(actor=sora.resident(0), person=sora.persons[0], code="zzzzzz")
    with pytest.raises(Refused):
        attend_by_code(actor=sora.resident(0), person=sora.persons[1], code=going.code)
    going.starts_at -= dt.timedelta(days=2)
    going.ends_at -= dt.timedelta(days=2)
    going.save()
    with pytest.raises(NotPossible, match="その日だけ"):
        attend_by_code(actor=sora.resident(0), person=sora.persons[0], code=going.code)


def test_names_are_seen_only_among_those_who_came_and_showed_theirs(sora, going):
    came(sora, going, 0, 1)
    first, second, third = sora.persons
    assert nameable_people(going, first) == []
    show_name(actor=sora.resident(1), person=second, session=going, shown=True)
    assert nameable_people(going, first) == []  # not before showing one's own
    show_name(actor=sora.resident(0), person=first, session=going, shown=True)
    assert nameable_people(going, first) == [second]
    assert nameable_people(going, third) == []
    show_name(actor=sora.resident(1), person=second, session=going, shown=False)
    assert nameable_people(going, first) == []
    second.hidden = True
    second.save()
    show_name(actor=sora.resident(1), person=second, session=going, shown=True)
    assert nameable_people(going, first) == []


def test_both_saying_so_makes_one_tie_said_by_both(sora, going):
    came(sora, going, 0, 1)
    first, second, _ = sora.persons
    for number, person in enumerate((first, second)):
        show_name(actor=sora.resident(number), person=person, session=going, shown=True)
    answer_first_meeting(actor=sora.resident(0), person=first, session=going, answer="yes", met=[second])
    tie = Tie.objects.get()
    assert (tie.person, tie.other_person, tie.first_time, tie.said_by) == (first, second, True, "person")
    answer_first_meeting(actor=sora.resident(1), person=second, session=going, answer="yes", met=[first])
    assert Tie.objects.get().said_by == "both"


def test_somebody_whose_name_can_not_be_seen_can_not_be_named(sora, going):
    came(sora, going, 0, 1)
    with pytest.raises(NotPossible, match="えらべません"):
        answer_first_meeting(
            actor=sora.resident(0), person=sora.persons[0], session=going, answer="yes", met=[sora.persons[1]]
        )
    assert not Tie.objects.exists()


def test_a_person_and_the_host_organisation_meet_once(sora, going):
    came(sora, going, 0, 1)
    first, second, third = sora.persons
    answer_first_meeting(actor=sora.resident(0), person=first, session=going, answer="yes", met_host=True)
    answer_first_meeting_as_host(actor=sora.host, session=going, met=[first, second])
    said = {tie.person: (tie.other_organization, tie.said_by) for tie in Tie.objects.all()}
    assert said == {first: (sora.organization, "both"), second: (sora.organization, "other")}
    with pytest.raises(NotPossible, match="出席していない"):
        answer_first_meeting_as_host(actor=sora.host, session=going, met=[third])


def test_meeting_again_is_no_first_time(sora, going):
    came(sora, going, 0)
    first = sora.persons[0]
    Tie.objects.create(
        authority=sora.authority, person=first, other_organization=sora.organization,
        effective_on=clock.today() - dt.timedelta(days=30), recorded_at=clock.now(),
    )  # fmt: skip
    answer_first_meeting(actor=sora.resident(0), person=first, session=going, answer="yes", met_host=True)
    assert Tie.objects.get(session=going).first_time is False


def test_one_answer_and_only_from_those_who_were_there(sora, going):
    came(sora, going, 0)
    first = sora.persons[0]
    assert [row.session for row in meetings_to_answer(first)] == [going]
    answer_first_meeting(actor=sora.resident(0), person=first, session=going, answer="no")
    assert list(meetings_to_answer(first)) == []
    with pytest.raises(NotPossible, match="もう、お返事を"):
        answer_first_meeting(actor=sora.resident(0), person=first, session=going, answer="yes")
    with pytest.raises(NotPossible, match="参加した人にだけ"):
        answer_first_meeting(actor=sora.resident(1), person=sora.persons[1], session=going, answer="no")
    with pytest.raises(Refused):
        answer_first_meeting(actor=sora.resident(1), person=first, session=going, answer="no")


def test_after_thirty_days_the_question_is_gone(sora, going):
    came(sora, going, 0)
    going.starts_at -= dt.timedelta(days=31)
    going.ends_at -= dt.timedelta(days=31)
    going.save()
    assert list(meetings_to_answer(sora.persons[0])) == []
    with pytest.raises(NotPossible, match="すぎました"):
        answer_first_meeting(actor=sora.resident(0), person=sora.persons[0], session=going, answer="no")


def test_ending_makes_done_of_those_who_came(sora, going):
    came(sora, going, 0)
    opportunity = going.opportunities.get()
    end_opportunity(actor=sora.host, opportunity=opportunity)
    rows = opportunity.applications.order_by("id")
    assert [(row.state, row.ended_at is None) for row in rows] == [("done", False), ("placed", False)]


def test_what_belonged_to_a_date_ends_by_itself_a_week_after(sora, going):
    house = system_actor(sora.authority, "nightly")
    assert end_past_opportunities(actor=house) == 0
    going.starts_at -= dt.timedelta(days=8)
    going.ends_at -= dt.timedelta(days=8)
    going.save()
    assert end_past_opportunities(actor=house) == 1
    assert going.opportunities.get().state == "ended"
