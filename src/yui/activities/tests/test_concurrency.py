"""Many at once: never more places than there are, the waiting in the order of arrival, one tie for two answers.

On PostgreSQL against the test database itself; on SQLite against a copy in a file, because a database in memory can not
be opened by several connections that wait for each other.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from yui.activities.domain import (
    accept_offer,
    answer_first_meeting,
    apply_to_opportunity,
    attend_by_code,
    bookmark,
    cancel_application,
    keep_places_moving,
    show_name,
)
from yui.activities.models import Application, Bookmark, Opportunity, Participation, Tie
from yui.activities.tests.conftest import Town, build_town
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.errors import NotPossible
from yui.base.tenancy.scope import authority_scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Together = Callable[[list[Callable[[], Any]]], list[Any]]


@pytest.fixture
def town(transactional_db: None) -> Town:
    return build_town("sora", "そら市", residents=50)


@pytest.fixture
def open_elsewhere(tmp_path: Any) -> Iterator[Callable[[], None]]:
    """What a thread, and then the test itself, calls to see the one database they share."""
    if connection.vendor == "postgresql":
        yield lambda: None
        return
    file = tmp_path / "copy.sqlite3"

    def open_copy() -> None:
        if not file.exists():
            import sqlite3

            with sqlite3.connect(file) as copy:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=WAL")
            copy.close()
        connections["default"] = type(before)({**before.settings_dict, "NAME": str(file)}, "default")

    before = connections["default"]
    yield open_copy
    connections["default"].close()
    connections["default"] = before


@pytest.fixture
def together(town: Town, open_elsewhere: Callable[[], None]) -> Together:
    """Run acts in 12 threads that begin together; a refusal is an answer like any other."""

    def run(acts: list[Callable[[], Any]]) -> list[Any]:
        open_elsewhere()
        ready = threading.Barrier(12)
        begun = threading.local()

        def one(act: Callable[[], Any]) -> Any:
            if not getattr(begun, "here", False):
                begun.here = True
                if connection.vendor == "sqlite":
                    open_elsewhere()
                ready.wait(timeout=20)
            try:
                with authority_scope(town.authority):
                    return act()
            except NotPossible as refusal:
                return refusal.code
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(12) as pool:
            return list(pool.map(one, acts))

    return run


def test_fifty_at_once_for_ten_places_are_never_eleven(town, together):
    with authority_scope(town.authority):
        opportunity = town.open(capacity=10)
        actors = [town.resident(number) for number in range(50)]

    def apply(number: int) -> str:
        row = apply_to_opportunity(actor=actors[number], opportunity=opportunity, person=town.persons[number])
        if number % 5 == 0:
            cancel_application(actor=actors[number], application=row)
        return row.state

    together([lambda number=number: apply(number) for number in range(50)])
    with authority_scope(town.authority):
        live = Application.objects.filter(opportunity=opportunity, ended_at=None).order_by("recorded_at", "id")
        states = [row.state for row in live]
        assert states.count("waiting") == 30
        assert set(states[:10]) <= {"placed", "offered"}, "never more than ten, and the first ten"
        assert Application.objects.filter(state="cancelled").count() == 10


def test_pressing_twice_at_once_is_one(town, together):
    with authority_scope(town.authority):
        opportunity = town.open(capacity=2)
        actor, person = town.resident(0), town.persons[0]
    pressed = [lambda: apply_to_opportunity(actor=actor, opportunity=opportunity, person=person)] * 12
    marked = [lambda: bookmark(actor=actor, opportunity=opportunity, person=person)] * 12
    together(pressed)
    together(marked)
    with authority_scope(town.authority):
        assert Application.objects.count() == 1
        assert Bookmark.objects.count() == 1
        assert Opportunity.objects.get().capacity == 2


def test_two_who_name_each_other_at_once_make_one_tie(town, together):
    with authority_scope(town.authority):
        session = town.begin(town.open())
        actors = [town.resident(number) for number in (0, 1)]
        people = town.persons[:2]
        for actor, person in zip(actors, people, strict=True):
            attend_by_code(actor=actor, person=person, code=session.code)
            show_name(actor=actor, person=person, session=session, shown=True)

    def say(side: int) -> None:
        answer_first_meeting(
            actor=actors[side], person=people[side], session=session, answer="yes", met=[people[1 - side]]
        )

    together([lambda side=side: say(side) for side in (0, 1)] * 6)
    with authority_scope(town.authority):
        assert [tie.said_by for tie in Tie.objects.all()] == ["both"]


def test_coming_by_code_and_by_list_at_once_is_one_participation(town, together):
    with authority_scope(town.authority):
        session = town.begin(town.open())
        actor, person = town.resident(0), town.persons[0]
    together([lambda: attend_by_code(actor=actor, person=person, code=session.code)] * 12)
    with authority_scope(town.authority):
        assert Participation.objects.count() == 1


def test_offers_that_are_taken_declined_and_lapse_at_once_are_never_more_than_the_places(town, together):
    """Ten places, fifty who asked: ten leave, and while ten are asked, all of them answer and the minute comes round."""
    with authority_scope(town.authority):
        opportunity = town.open(capacity=10)
        actors = [town.resident(number) for number in range(50)]
        rows = [
            apply_to_opportunity(actor=actors[number], opportunity=opportunity, person=town.persons[number])
            for number in range(50)
        ]
        for number in range(10):
            cancel_application(actor=actors[number], application=rows[number])
        late = Application.objects.filter(pk__in=[row.pk for row in rows[10:13]])
        late.update(answer_until=clock.now() - dt.timedelta(minutes=1))
        house = system_actor(town.authority, "activities.places")

    def answer(number: int) -> Any:
        if number % 3 == 0:
            return keep_places_moving(actor=house)
        row = rows[10 + number % 10]
        if number % 10 in (4, 5, 6):
            return cancel_application(actor=actors[10 + number % 10], application=row)
        return accept_offer(actor=actors[10 + number % 10], application=row)

    together([lambda number=number: answer(number) for number in range(48)])
    with authority_scope(town.authority):
        live = Application.objects.filter(opportunity=opportunity, ended_at=None).order_by("recorded_at", "id")
        states = [row.state for row in live]
        assert states.count("placed") + states.count("offered") == 10
        assert "waiting" not in states[:10], "nobody was overtaken"
        assert states.count("placed") == 4, "7, 8, 9 and 3 said yes in time; 0, 1 and 2 were too late"
        assert Application.objects.filter(state="lapsed").count() == 3


def test_one_person_at_two_places_at_one_hour_gets_one(town, together):
    with authority_scope(town.authority):
        many = [town.open(title=f"出番{number}") for number in range(12)]
        actor, person = town.resident(0), town.persons[0]
    told = together([
        lambda thing=thing: apply_to_opportunity(actor=actor, opportunity=thing, person=person).state for thing in many
    ])  # fmt: skip
    assert sorted(told) == ["overlap"] * 11 + ["placed"]
    with authority_scope(town.authority):
        assert Application.objects.filter(person=person, state="placed").count() == 1


def test_two_who_change_places_with_each_other_do_not_wait_for_ever(town, together):
    with authority_scope(town.authority):
        one, other = town.open(title="一", capacity=6), town.open(title="二", capacity=6)
        actors = [town.resident(number) for number in range(6)]
        held = [
            apply_to_opportunity(actor=actors[n], opportunity=(one, other)[n % 2], person=town.persons[n])
            for n in range(6)
        ]
    change = [
        lambda n=n: (
            apply_to_opportunity(
                actor=actors[n], opportunity=(other, one)[n % 2], person=town.persons[n], instead_of=held[n]
            ).state
        )
        for n in range(6)
    ]
    told = together([*change, *change])
    assert told.count("placed") == 6
    with authority_scope(town.authority):
        assert Application.objects.filter(state="placed", ended_at=None).count() == 6
