"""Candidate lists: who is shown, who is not and why, and what the ledger says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.base import clock
from yui.base.access.errors import Refused
from yui.introductions import facts
from yui.introductions.domain import make_candidate_list
from yui.introductions.models import Candidate, CandidateList, Exposure
from yui.introductions.tests.conftest import account_of, make_opportunity, make_person
from yui.people.models import Pause, Person


def shown(made):
    return [candidate.person.display_name for candidate in made.candidates.select_related("person")]


def test_hard_limits_come_first_and_each_is_counted(sora, taro):
    make_person(sora.authority, "試案 みのり", consents=("register",))
    make_person(sora.authority, "架空 健一", slots=("weekday_evening",))
    resting = make_person(sora.authority, "下書 ひろし")
    Pause.objects.create(authority=sora.authority, person=resting, starts_on=clock.today(), recorded_at=clock.now())
    make_person(sora.authority, "例示 花子", hidden=True)
    made = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    assert "見本 太郎" in shown(made)
    assert "例示 花子" not in shown(made)
    assert made.excluded == {"slots": 1, "consents": 1, "resting": 1}
    assert made.considered == Person.objects.filter(hidden=False).count()
    assert made.eligible == made.considered - 3


def test_parts_sum_to_the_score_and_reading_stands_first(sora, taro):
    made = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    first = made.candidates.get(person=taro)
    assert sum(part["value"] for part in first.parts) == first.score
    assert "skill:reading" in {part["term"] for part in first.parts}


def test_a_list_seen_twice_in_a_day_is_one_list_and_counts_nobody_twice(sora, taro):
    one = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    two = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    assert one == two
    rows = Exposure.objects.filter(act=Exposure.Act.SHOWN)
    assert rows.count() == one.candidates.count()
    assert set(rows.values_list("seed", flat=True)) == {"konan-2026-11"}


def test_another_audience_is_another_list(sora, taro):
    staff = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    host = make_candidate_list(actor=sora.actor(sora.member), opportunity=sora.opportunity)
    assert (staff.audience, host.audience) == ("staff", "host")
    assert staff.digest == host.digest


def test_changed_facts_make_a_new_list(sora, taro):
    one = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    make_person(sora.authority, "架空 健一")
    two = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    assert one != two
    assert "架空 健一" in shown(two)


def test_who_fits_and_is_not_shown_is_passed_over_once_a_month(sora, settings):
    for number in range(8):
        make_person(sora.authority, f"見本 {number}郎")
    made = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    assert made.candidates.count() == 5
    passed = Exposure.objects.filter(act=Exposure.Act.PASSED_OVER)
    assert passed.count() == made.eligible - 5
    settings.YUI_TODAY = "2026-11-21"
    make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    assert passed.count() == made.eligible - 5
    settings.YUI_TODAY = "2026-12-01"
    make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    assert passed.count() == 2 * (made.eligible - 5)


def test_one_of_five_was_never_asked(sora):
    asked = [make_person(sora.authority, f"見本 {number}郎", themes=("kyoiku",)) for number in range(6)]
    for person in asked:
        Exposure.objects.create(
            authority=sora.authority, person=person, opportunity=sora.opportunity, act=Exposure.Act.ASKED,
            effective_on=clock.today().replace(month=9), recorded_at=clock.now(),
        )  # fmt: skip
    make_person(sora.authority, "下書 ひろし", skills=())
    Person.objects.filter(display_name="雛形 ことは").update(hidden=True)
    made = make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    assert shown(made)[4] == "下書 ひろし"
    assert made.candidates.get(rank=5).fair_place


def test_a_person_sees_its_own_list_and_nobody_elses(sora, taro):
    other = make_person(sora.authority, "試案 みのり")
    actor = sora.actor(account_of(sora.authority, taro))
    made = make_candidate_list(actor=actor, person=taro, size=3)
    assert made.audience == made.seen_by == "self"
    assert [c.opportunity for c in made.candidates.all()] == [sora.opportunity]
    with pytest.raises(Refused):
        make_candidate_list(actor=actor, person=other)
    with pytest.raises(Refused):
        make_candidate_list(actor=actor, opportunity=sora.opportunity)


def test_another_towns_opportunity_is_refused(sora, hinata):
    with pytest.raises(Refused):
        make_candidate_list(actor=sora.actor(), opportunity=hinata.opportunity)
    assert CandidateList.objects.count() == Candidate.objects.count() == 0


def test_facts_cost_the_same_queries_for_few_and_many(sora, taro):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            facts.for_opportunity(sora.authority, sora.opportunity, clock.today())
        with CaptureQueriesContext(connection) as more:
            facts.for_person(sora.authority, taro, clock.today())
        return len(queries), len(more)

    cost()
    few = cost()
    for number in range(6):
        make_person(sora.authority, f"見本 {number}郎", district=sora.district)
        make_opportunity(sora.authority, sora.organization, title=f"出番 {number}")
    assert cost() == few


def test_the_question_holds_no_name_and_no_contact(sora, taro):
    text = str(facts.for_opportunity(sora.authority, sora.opportunity, clock.today()).question)
    assert "見本" not in text
    assert "@example.jp" not in text
    assert "090-0000" not in text


def test_whoever_looks_alone_needs_no_consent_to_be_considered_and_may_rest(sora):
    person = make_person(sora.authority, "試案 みのり", consents=("register",))
    Pause.objects.create(authority=sora.authority, person=person, starts_on=clock.today(), recorded_at=clock.now())
    own = make_candidate_list(actor=sora.actor(account_of(sora.authority, person)), person=person)
    assert [row.opportunity for row in own.candidates.all()] == [sora.opportunity]
    desk = make_candidate_list(actor=sora.actor(), person=person)
    assert (desk.candidates.count(), desk.excluded) == (0, {"consents": 1})
