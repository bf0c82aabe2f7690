"""What the house keeps is what the engine says of the same story, whatever happens in whatever order."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.activities.domain import accept_offer, apply_to_opportunity, cancel_application, keep_places_moving
from yui.activities.models import Application, Opportunity
from yui.activities.states import HOLDING
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.errors import NotPossible
from yui.engine.places import Asked, Rule, Stand, fill

PEOPLE = 6
STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "ask", "leave", "accept", "silence"]), st.integers(0, PEOPLE - 1)), max_size=14
)


@pytest.fixture
def town(sora, monkeypatch):
    monkeypatch.setattr("yui.activities.alternatives._sources", [])
    while len(sora.persons) < PEOPLE:
        sora.add_resident()
    return sora


def standing(opportunity):
    rows = Application.objects.filter(opportunity=opportunity, ended_at=None).order_by("recorded_at", "id")
    return [(row.person.public_id, row.state) for row in rows.select_related("person")]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(1, 3), story=STEPS)
def test_the_house_and_the_engine_tell_the_same(town, capacity, story):
    Application.objects.all().delete()  # each story begins anew; dates of earlier ones must not meet
    opportunity = town.open(capacity=capacity, days=20)
    line: list[Asked] = []
    for what, number in story:
        person, actor = town.persons[number], town.resident(number)
        row = Application.objects.filter(opportunity=opportunity, person=person, ended_at=None).first()
        line = [one for one in line if not (what == "leave" and one.key == person.public_id)]
        if what == "ask" and row is None:
            apply_to_opportunity(actor=actor, opportunity=opportunity, person=person)
            line.append(Asked(person.public_id, Stand.NEW, first_timer=True))
        elif what == "leave" and row is not None:
            cancel_application(actor=actor, application=row)
        elif what == "accept" and row is not None:
            if row.state == "offered":
                accept_offer(actor=actor, application=row)
                line = [Asked(o.key, Stand.PLACED, o.first_timer) if o.key == person.public_id else o for o in line]
            else:
                with pytest.raises(NotPossible):
                    accept_offer(actor=actor, application=row)
        elif what == "silence" and row is not None and row.state == "offered":
            past = clock.now() - dt.timedelta(minutes=1)
            Application.objects.filter(pk=row.pk).update(answer_until=past)
            keep_places_moving(actor=system_actor(town.authority, "activities.places"))
            line = [one for one in line if one.key != person.public_id]
        line = settled(line, capacity)
        assert standing(opportunity) == [(one.key, str(one.stand)) for one in line]
        held = sum(state in HOLDING for _key, state in standing(opportunity))
        assert held <= Opportunity.objects.get(pk=opportunity.pk).capacity


def settled(line, capacity):
    told = fill(Rule(capacity), line, clock.now())
    stands = dict.fromkeys(told.placed, Stand.PLACED) | dict.fromkeys(told.offered, Stand.OFFERED)
    stands |= dict.fromkeys(told.waiting, Stand.WAITING)
    return [Asked(one.key, stands.get(one.key, one.stand), one.first_timer) for one in line]
