"""Two at once: one answer a side, one open introduction for a pair, never more than the load cap."""

import datetime as dt
from threading import Barrier, Event, Thread

import pytest
from django.db import OperationalError, connection, connections, transaction

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.errors import DomainError
from yui.base.audit.models import AuditEvent
from yui.base.tenancy.scope import authority_scope
from yui.introductions import domain, facts, freshness, generations
from yui.introductions.models import Answer, Exposure, Introduction
from yui.introductions.tests.conftest import make_opportunity, make_person, town
from yui.introductions.tests.test_road import NO, YES, asked
from yui.people.domain import erase_person, hide_person, pause

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
LONGEST = 30
"""Seconds a thread may take before the test gives up."""


@pytest.fixture
def cast(transactional_db, konan_data):
    found = town("sora", konan_data)
    with authority_scope(found.authority):
        yield found


def at_once(cast, *acts):
    """Run the acts in threads of their own, starting together; the outcome of each: what it gave, or its error."""
    if connection.vendor == "sqlite":
        pytest.skip("the embedded database writes one at a time; shown on PostgreSQL")
    start, outcomes = Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        try:
            with authority_scope(cast.authority):
                start.wait(LONGEST)
                outcomes[index] = act()
        except (DomainError, OperationalError) as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    return outcomes


def test_two_staff_answer_for_one_side_and_one_of_them_hears_that_it_was_done(cast):
    row = asked(cast, make_person(cast.authority, "見本 太郎"))
    acts = [
        lambda said=said: domain.answer(actor=cast.actor(), introduction=row, side="person", said=said)
        for said in (YES, NO)
    ]
    outcomes = at_once(cast, *acts)
    assert Answer.objects.filter(introduction=row).count() == 1
    [refused] = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert refused.status == 409
    assert "お返事はもう受け取っています" in refused.sentence


def test_both_sides_say_yes_at_the_same_moment_and_contacts_are_exchanged_once(cast):
    row = asked(cast, make_person(cast.authority, "見本 太郎"))
    at_once(
        cast,
        *(
            lambda side=side: domain.answer(actor=cast.actor(), introduction=row, side=side, said=YES)
            for side in Answer.Side.values
        ),
    )
    row.refresh_from_db()
    assert row.state == "accepted"
    assert Exposure.objects.filter(act=Exposure.Act.ACCEPTED).count() == 1


def test_two_coordinators_propose_one_pair(cast):
    person = make_person(cast.authority, "見本 太郎")
    act = lambda: domain.propose_introduction(actor=cast.actor(), person=person, opportunity=cast.opportunity)  # noqa: E731
    outcomes = at_once(cast, act, act)
    assert Introduction.objects.count() == 1
    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 1


def test_the_load_cap_holds_when_everybody_thinks_of_the_same_person(cast):
    person = make_person(cast.authority, "見本 太郎")
    things = [make_opportunity(cast.authority, cast.organization, title=f"出番 {number}") for number in range(5)]
    at_once(cast, *(lambda thing=thing: asked(cast, person, thing) for thing in things))
    assert Exposure.objects.filter(act=Exposure.Act.ASKED).count() == 2


def test_two_look_at_the_same_list_and_nobody_is_counted_twice(cast):
    make_person(cast.authority, "見本 太郎")
    act = lambda: domain.make_candidate_list(actor=cast.actor(), opportunity=cast.opportunity)  # noqa: E731
    one, two = at_once(cast, act, act)
    assert one == two
    assert Exposure.objects.filter(act=Exposure.Act.SHOWN).count() == one.candidates.count()


def test_an_act_that_commits_after_a_later_one_is_not_lost_to_a_generation_made_between(
    cast, settings, tmp_path, monkeypatch
):
    if connection.vendor == "sqlite":
        pytest.skip("the embedded database writes one at a time; shown on PostgreSQL")
    settings.VAR = tmp_path
    monkeypatch.setattr(generations, "MARGIN", dt.timedelta(0))
    one, other = (make_person(cast.authority, f"見本 {name}") for name in ("太郎", "花子"))
    actor = system_actor(cast.authority, "test")
    AuditEvent.objects.create(authority=cast.authority, at=clock.now(), actor="test", act="test.begun")
    written, go_on = Event(), Event()

    def slowly():
        with authority_scope(cast.authority), transaction.atomic():
            hide_person(actor=actor, person=one, hidden=True)
            written.set()
            go_on.wait(LONGEST)
        connections.close_all()

    thread = Thread(target=slowly)
    thread.start()
    assert written.wait(LONGEST)
    pause(actor=actor, person=other)  # a later number, there first
    assert generations.make_generation(cast.authority) is not None
    go_on.set()
    thread.join(LONGEST)
    found = freshness.for_opportunity(cast.authority, cast.opportunity, clock.today())
    assert isinstance(found, freshness.Overlaid)
    assert one.public_id not in found.answer().names.fitting()
    assert found.digest == facts.for_opportunity(cast.authority, cast.opportunity, clock.today()).digest


def test_two_erased_at_the_same_moment_are_both_gone_from_the_snapshot(cast, settings, tmp_path):
    if connection.vendor == "sqlite":
        pytest.skip("the embedded database writes one at a time; shown on PostgreSQL")
    settings.VAR = tmp_path
    going = [make_person(cast.authority, f"見本 {number}郎") for number in range(4)]
    then = clock.now() - dt.timedelta(hours=1)
    AuditEvent.objects.create(authority=cast.authority, at=then, actor="test", act="test.begun")
    assert generations.make_generation(cast.authority) is not None
    path = next(tmp_path.glob("snapshots/*.snapshot"))
    assert all(person.public_id.encode() in path.read_bytes() for person in going)
    actor = system_actor(cast.authority, "test")
    at_once(cast, *(lambda person=person: erase_person(actor=actor, person=person) for person in going))
    assert not any(person.public_id.encode() in path.read_bytes() for person in going)
