"""Moving between stages."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.people import facts
from yui.people.domain import (
    add_member,
    agree_stage,
    decline_stage,
    propose_stage,
    register_organization,
    step_down,
    withdraw_consent,
)
from yui.people.models import StageChange
from yui.people.models.registrations import Received
from yui.people.queries import current_stage, waiting_change

COUNTS: dict[str, int] = {}


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    """Facts of the wings above, as rows of that many ids."""
    COUNTS.clear()
    sources = {
        name: (lambda person, since, until, name=name: [f"{name}{n}" for n in range(COUNTS.get(name, 0))])
        for name in ("participations", "helped", "led_activities", "ties")
    }
    monkeypatch.setattr(facts, "_sources", {**facts._sources, **sources})


def test_up_needs_evidence_and_the_persons_own_yes(sora):
    person, coordinator = sora.register(), sora.staff("coordinator")
    with pytest.raises(NotPossible) as refused:
        propose_stage(actor=coordinator, person=person, stage="supporter")
    assert refused.value.code == "evidence_missing"
    COUNTS.update(participations=3, helped=1)
    change = propose_stage(actor=coordinator, person=person, stage="supporter")
    assert change.evidence == ["helped:helped0", *(f"participations:participations{n}" for n in range(3))]
    assert current_stage(person, clock.today()) == "interest"
    agree_stage(actor=sora.resident(person), change=change)
    assert current_stage(person, clock.today()) == "supporter"
    assert current_stage(person, clock.today() - dt.timedelta(days=1)) == ""
    with pytest.raises(NotPossible):
        agree_stage(actor=sora.resident(person), change=change)


def test_a_proposal_by_the_person_or_for_a_jump_is_refused(sora):
    person = sora.register()
    COUNTS.update(participations=3, helped=1, led_activities=1)
    with pytest.raises(Refused):
        propose_stage(actor=sora.resident(person), person=person, stage="supporter")
    with pytest.raises(Refused):
        propose_stage(actor=sora.staff("officer"), person=person, stage="supporter")
    for stage, code in (("actor", "one_step"), ("interest", "not_up"), ("nothing", "unknown_stage")):
        with pytest.raises(NotPossible) as refused:
            propose_stage(actor=sora.staff("coordinator"), person=person, stage=stage)
        assert refused.value.code == code


def test_no_is_a_full_answer_and_one_proposal_waits_at_a_time(sora):
    person, coordinator = sora.register(), sora.staff("coordinator")
    COUNTS.update(participations=3, helped=1)
    change = propose_stage(actor=coordinator, person=person, stage="supporter")
    with pytest.raises(NotPossible):
        propose_stage(actor=coordinator, person=person, stage="supporter")
    decline_stage(actor=sora.resident(person), change=change)
    assert waiting_change(person) is None
    assert current_stage(person, clock.today()) == "interest"


def test_another_person_can_not_answer_and_staff_say_how_they_heard_it(sora):
    person, coordinator = sora.register(), sora.staff("coordinator")
    COUNTS.update(participations=3, helped=1)
    change = propose_stage(actor=coordinator, person=person, stage="supporter")
    with pytest.raises(Refused):
        agree_stage(actor=sora.resident(sora.register("例示 花子")), change=change)
    with pytest.raises(NotPossible):
        agree_stage(actor=coordinator, change=change)
    agreed = agree_stage(actor=coordinator, change=change, received=Received.PHONE)
    assert (agreed.agreed_how, agreed.agreed_on) == ("phone", clock.today())


def test_down_is_by_the_persons_word_alone(sora):
    person = sora.register()
    COUNTS.update(participations=3, helped=1)
    agree_stage(
        actor=sora.resident(person), change=propose_stage(
            actor=sora.staff("coordinator"), person=person, stage="supporter"
        ),
    )  # fmt: skip
    with pytest.raises(NotPossible):
        step_down(actor=sora.resident(person), person=person, stage="supporter")
    step_down(actor=sora.resident(person), person=person, stage="interest")
    assert current_stage(person, clock.today()) == "interest"
    assert list(StageChange.objects.filter(person=person).values_list("before", "stage")) == [
        ("", "interest"), ("interest", "supporter"), ("supporter", "interest"),
    ]  # fmt: skip


def test_membership_of_a_council_is_evidence_and_an_appointment_is_vouched_for(sora):
    person, coordinator = sora.register(), sora.staff("coordinator")
    COUNTS.update(participations=3, helped=1, led_activities=1, ties=5)
    own = sora.resident(person)
    agree_stage(actor=own, change=propose_stage(actor=coordinator, person=person, stage="supporter"))
    with pytest.raises(NotPossible):
        propose_stage(actor=coordinator, person=person, stage="actor")
    council = register_organization(actor=coordinator, values={"name": "見本まちづくり協議会", "council": True})
    add_member(actor=coordinator, organization=council, person=person)
    agree_stage(actor=own, change=propose_stage(actor=coordinator, person=person, stage="actor"))
    with pytest.raises(NotPossible):
        propose_stage(actor=coordinator, person=person, stage="coordinator")
    change = propose_stage(actor=coordinator, person=person, stage="coordinator", vouched=["appointed"])
    assert "vouched:authority_appointment" in change.evidence


def test_after_the_registration_nothing_moves(sora):
    person = sora.register()
    COUNTS.update(participations=3, helped=1)
    change = propose_stage(actor=sora.staff("coordinator"), person=person, stage="supporter")
    withdraw_consent(actor=sora.resident(person), person=person, purpose="register")
    with pytest.raises(NotPossible):
        agree_stage(actor=sora.resident(person), change=change)
