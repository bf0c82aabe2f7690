"""Opening, changing and ending activities and their opportunities."""

import datetime as dt

import pytest

from yui.activities.domain import (
    ActivityPlan,
    OpportunityPlan,
    SessionPlan,
    add_session,
    apply_to_opportunity,
    cancel_session,
    close_opportunity,
    end_activity,
    end_opportunity,
    open_activity,
    reopen_opportunity,
    submit_opportunity,
    take_back_opportunity,
    update_activity,
    update_opportunity,
)
from yui.activities.models import Activity, Opportunity, OpportunityChange, Session
from yui.base import clock
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.approvals.domain import return_for_change
from yui.base.approvals.queries import approval_of
from yui.base.audit.models import AuditEvent
from yui.base.messages.models import Message


def test_host_opens_an_activity_with_dates_and_opportunities_in_one_go(sora):
    activity = open_activity(
        actor=sora.host,
        host=sora.organization,
        plan=ActivityPlan("土曜の絵本"),
        sessions=[sora.session_plan(7), sora.session_plan(14)],
        opportunities=[
            OpportunityPlan("絵本を読む", session=1, choices={"theme": ["kosodate"], "benefit": ["tea"]}),
            OpportunityPlan("お茶を出す", any_time=True),
        ],
    )
    assert [s.place for s in activity.sessions.all()] == ["見本まちづくりセンター"] * 2
    assert list(activity.opportunities.order_by("id").values_list("title", "state")) == [
        ("絵本を読む", "draft"),
        ("お茶を出す", "draft"),
    ]
    first = activity.opportunities.get(title="絵本を読む")
    assert first.session == activity.sessions.all()[1]
    assert set(first.choices.values_list("kind", "key")) == {("theme", "kosodate"), ("benefit", "tea")}
    assert AuditEvent.objects.filter(act="activity.opened", object_id=activity.public_id).count() == 1


def test_only_staff_may_say_that_the_city_began_it(sora):
    by_host = open_activity(
        actor=sora.host, host=sora.organization, plan=ActivityPlan("ひとつ"), initiated_by="authority"
    )
    by_staff = open_activity(
        actor=sora.staff, host=sora.organization, plan=ActivityPlan("ふたつ"), initiated_by="authority"
    )
    assert (by_host.initiated_by, by_staff.initiated_by) == ("residents", "authority")


def test_a_resident_opens_one_but_not_in_the_name_of_another(sora):
    mine = open_activity(actor=sora.resident(0), host=sora.persons[0], plan=ActivityPlan("わたしの企画"))
    assert mine.host_person == sora.persons[0]
    for host in (sora.persons[1], sora.organization):
        with pytest.raises(Refused):
            open_activity(actor=sora.resident(0), host=host, plan=ActivityPlan("よその企画"))


def test_nothing_is_written_when_one_part_is_wrong(sora):
    plan = sora.session_plan()
    wrong = SessionPlan(plan.ends_at, plan.starts_at)
    with pytest.raises(NotPossible, match="おわりの時刻は、はじまりより後"):
        open_activity(actor=sora.host, host=sora.organization, plan=ActivityPlan("企画"), sessions=[plan, wrong])
    with pytest.raises(NotPossible, match="分野"):
        open_activity(
            actor=sora.host,
            host=sora.organization,
            plan=ActivityPlan("企画"),
            opportunities=[OpportunityPlan("出番", choices={"theme": ["no_such_theme"]})],
        )
    assert (Activity.objects.count(), Session.objects.count(), Opportunity.objects.count()) == (0, 0, 0)


def test_a_stale_save_shows_both_texts(sora):
    activity = open_activity(actor=sora.host, host=sora.organization, plan=ActivityPlan("もと"))
    update_activity(actor=sora.staff, activity=activity, version=1, values={"title": "市がなおした"})
    with pytest.raises(Stale) as caught:
        update_activity(actor=sora.host, activity=activity, version=1, values={"title": "主催がなおした"})
    assert caught.value.theirs == {"title": "市がなおした"}
    assert caught.value.mine == {"title": "主催がなおした"}


def test_an_opportunity_opens_by_the_towns_approval_only(sora):
    opportunity = sora.open(approve_it=False)
    submit_opportunity(actor=sora.host, opportunity=opportunity)
    opportunity.refresh_from_db()
    assert (opportunity.state, opportunity.opened_on) == ("submitted", None)
    approval = approval_of("opportunity", opportunity.public_id)
    with pytest.raises(Refused):
        from yui.base.approvals.domain import approve

        approve(actor=sora.host, approval=approval)
    approve(actor=sora.staff, approval=approval)
    opportunity.refresh_from_db()
    assert (opportunity.state, opportunity.opened_on) == ("open", clock.today())
    assert list(OpportunityChange.objects.filter(opportunity=opportunity).values_list("before", "state")) == [
        ("", "draft"),
        ("draft", "submitted"),
        ("submitted", "open"),
    ]


def test_a_returned_one_says_why_and_can_be_submitted_again(sora):
    opportunity = sora.open(approve_it=False)
    submit_opportunity(actor=sora.host, opportunity=opportunity)
    approval = approval_of("opportunity", opportunity.public_id)
    return_for_change(actor=sora.staff, approval=approval, comment="場所をくわしく書いてください。")
    opportunity.refresh_from_db()
    assert opportunity.state == "returned"
    steps = approval_of("opportunity", opportunity.public_id).steps.all()
    assert [step.comment for step in steps][-1] == "場所をくわしく書いてください。"
    update_opportunity(
        actor=sora.host, opportunity=opportunity, version=opportunity.version, values={"place": "1階 和室"}
    )
    assert submit_opportunity(actor=sora.host, opportunity=opportunity).state == "submitted"


def test_a_submitted_one_can_be_taken_back_and_is_a_draft_again(sora):
    opportunity = sora.open(approve_it=False)
    submit_opportunity(actor=sora.host, opportunity=opportunity)
    assert take_back_opportunity(actor=sora.host, opportunity=opportunity).state == "draft"


def test_after_approval_a_host_changes_practical_things_only(sora):
    opportunity = sora.open()
    changed = update_opportunity(
        actor=sora.host, opportunity=opportunity, version=opportunity.version, values={"capacity": 5}
    )
    assert changed.capacity == 5
    with pytest.raises(NotPossible, match="承認のあとに"):
        update_opportunity(actor=sora.host, opportunity=changed, version=changed.version, values={"title": "別の出番"})
    by_staff = update_opportunity(
        actor=sora.staff, opportunity=changed, version=changed.version, values={"title": "絵本を2冊読む"}
    )
    assert by_staff.title == "絵本を2冊読む"


def test_chips_are_written_anew_and_old_ones_go(sora):
    opportunity = sora.open(approve_it=False)
    update_opportunity(
        actor=sora.host,
        opportunity=opportunity,
        version=1,
        values={},
        choices={"theme": ["bosai"], "consideration": []},
    )
    assert list(opportunity.choices.values_list("kind", "key")) == [("theme", "bosai")]


def test_closing_reopening_and_ending(sora):
    opportunity = sora.open()
    assert close_opportunity(actor=sora.host, opportunity=opportunity).state == "closed"
    with pytest.raises(NotPossible, match="募集をとめている"):
        close_opportunity(actor=sora.host, opportunity=opportunity)
    assert reopen_opportunity(actor=sora.host, opportunity=opportunity).state == "open"
    ended = end_opportunity(actor=sora.host, opportunity=opportunity)
    assert (ended.state, ended.ended_on) == ("ended", clock.today())


def test_a_cancelled_date_tells_those_who_wanted_to_come_and_takes_no_one_in(sora):
    opportunity = sora.open(capacity=1)
    for number in (0, 1):
        apply_to_opportunity(actor=sora.resident(number), opportunity=opportunity, person=sora.persons[number])
    Message.objects.all().delete()
    cancel_session(actor=sora.host, session=opportunity.session)
    opportunity.refresh_from_db()
    assert opportunity.state == "closed"
    told = Message.objects.filter(kind="session_cancelled")
    assert {m.to_id for m in told} == {sora.persons[0].public_id, sora.persons[1].public_id}
    assert {m.subject for m in told} == {"中止のお知らせ"}
    with pytest.raises(NotPossible, match="もう中止"):
        cancel_session(actor=sora.host, session=opportunity.session)


def test_a_past_date_can_not_be_cancelled_and_an_ended_activity_gets_no_date(sora):
    opportunity = sora.open()
    session = sora.begin(opportunity, minutes_ago=180)
    with pytest.raises(NotPossible, match="もうおわった回"):
        cancel_session(actor=sora.host, session=session)
    activity = end_activity(actor=sora.host, activity=opportunity.activity)
    assert activity.ended_on == clock.today()
    opportunity.refresh_from_db()
    assert opportunity.state == "ended"
    with pytest.raises(NotPossible, match="もうおわって"):
        add_session(actor=sora.host, activity=activity, plan=sora.session_plan())


def test_another_towns_activity_is_out_of_reach(sora, hinata):
    opportunity = sora.open()
    for actor in (hinata.host, hinata.staff, hinata.resident(0)):
        with pytest.raises(Refused):
            end_opportunity(actor=actor, opportunity=opportunity)


def test_one_date_lasts_a_day_at_most(sora):
    plan = sora.session_plan()
    with pytest.raises(NotPossible, match="24時間まで"):
        open_activity(
            actor=sora.host,
            host=sora.organization,
            plan=ActivityPlan("企画"),
            sessions=[SessionPlan(plan.starts_at, plan.starts_at + dt.timedelta(days=2))],
        )
