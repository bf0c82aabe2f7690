"""The table of callers: the person meant is among the first five, and the whole answer is the same on both databases."""

import pytest

from yui.base import clock
from yui.base.search.domain import complete
from yui.base.tenancy.models import District
from yui.people.callers import find_caller
from yui.people.keys import number_keys
from yui.people.models import Person, PersonKey
from yui.people.tests.caller_results import RESULTS
from yui.people.tests.caller_table import DISTRICTS, PEOPLE, QUERIES
from yui.people.tests.conftest import make_town


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker, definition_parts):
    """The town of the table, built once and taken back at the end."""
    from django.db import transaction

    from yui.base.tenancy.scope import authority_scope

    with django_db_blocker.unblock(), transaction.atomic():
        town = make_town("table", definition_parts)
        with authority_scope(town.authority):
            build(town)
            town.staff("coordinator")  # stands before the tests, each of which takes back its own rows
            yield town
        transaction.set_rollback(True)


def build(town):
    own = {"authority": town.authority}
    districts = [District.objects.create(**own, key=f"d{n}", name=name) for n, name in enumerate(DISTRICTS)]
    people = Person.objects.bulk_create(
        Person(**own, display_name=name, kana=kana, district=districts[n % 4], created_at=clock.now())
        for n, (name, kana) in enumerate(PEOPLE)
    )
    PersonKey.objects.bulk_create(
        PersonKey(**own, person=person, kind=kind, key=key)
        for n, person in enumerate(people)
        for kind, key in number_keys([f"0748-00-{1000 + n}"])
    )
    assert complete(town.authority, "person") == len(people)


def answer(town, typed):
    numbers = {person.display_name: n for n, person in enumerate(Person.objects.order_by("id"))}
    found = find_caller(actor=town.staff("coordinator"), typed=typed)
    return tuple((numbers[caller.person.display_name], caller.by) for caller in found)


def test_there_are_enough_of_them():
    assert len(PEOPLE) == len(set(PEOPLE)) == 200
    assert len({typed for typed, _ in QUERIES}) == len(QUERIES) >= 60


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "meant"), QUERIES, ids=[typed for typed, _ in QUERIES])
def test_the_person_meant_is_among_the_first_five(crowd, typed, meant):
    found = answer(crowd, typed)
    if meant < 0:
        assert found == ()
    else:
        assert meant in [number for number, _ in found[:5]]
    assert found == RESULTS[typed]
