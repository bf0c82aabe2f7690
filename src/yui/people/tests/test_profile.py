"""Changing, contacts, consents and rest."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import Reason
from yui.base.jobs.registry import daily_work
from yui.base.tenancy.scope import authority_scope
from yui.people.callers import find_caller
from yui.people.domain import (
    find_draft,
    give_consent,
    hide_person,
    pause,
    profile_values,
    resume,
    save_draft,
    set_contacts,
    update_profile,
    withdraw_consent,
)
from yui.people.domain.drafts import drop_old_drafts
from yui.people.models import Consent, Contact, Draft, Pause, Registration
from yui.people.queries import current_pause, looks_at, people_on, read_contacts, registered


def test_a_person_changes_their_own_profile_and_its_keys_follow(sora):
    person = sora.register()
    actor = sora.resident(person)
    changed = update_profile(
        actor=actor, person=person, version=person.version,
        values={"display_name": "見本 次郎", "kana": "ミホン ジロウ", "choices": {"skill": ("cooking",)}},
    )  # fmt: skip
    assert (changed.display_name, changed.version) == ("見本 次郎", person.version + 1)
    assert profile_values(changed)["choices"] == {
        "skill": ("cooking",), "slot": ("saturday_morning",), "theme": ("fukushi",),
    }  # fmt: skip
    assert [c.person for c in find_caller(actor=sora.staff("coordinator"), typed="みほん じ")] == [changed]
    assert find_caller(actor=sora.staff("coordinator"), typed="みほん たろう") == []
    event = AuditEvent.objects.get(act="person.changed")
    assert event.fields == ["choices", "display_name", "kana"]
    assert "次郎" not in str(event.details)


def test_a_stale_save_shows_both_texts_and_changes_nothing(sora):
    person = sora.register()
    old = person.version
    update_profile(actor=sora.staff("coordinator"), person=person, version=old, values={"about": "電話で聞いた文"})
    with pytest.raises(Stale) as stale:
        update_profile(actor=sora.resident(person), person=person, version=old, values={"about": "自分で書いた文"})
    assert (stale.value.theirs, stale.value.mine) == ({"about": "電話で聞いた文"}, {"about": "自分で書いた文"})
    assert profile_values(person)["about"] == "電話で聞いた文"


def test_nobody_changes_or_reads_another_person(sora, hinata):
    person = sora.register()
    other = sora.resident(sora.register("例示 花子"))
    with authority_scope(hinata.authority):
        foreign = hinata.staff("coordinator")
    for actor in (other, foreign, sora.staff("auditor"), sora.staff("administrator"), sora.anonymous()):
        with pytest.raises(Refused):
            update_profile(actor=actor, person=person, version=person.version, values={"about": "x"})
        with pytest.raises(Refused):
            set_contacts(actor=actor, person=person, contacts=())
        with pytest.raises(Refused):
            read_contacts(actor=actor, person=person, reason=Reason.CALL)
        with pytest.raises(Refused):
            pause(actor=actor, person=person)
        with pytest.raises(Refused):
            withdraw_consent(actor=actor, person=person, purpose="notices")
    assert not AuditEvent.objects.filter(act__in=["person.changed", "contact.read", "contact.changed"]).exists()


def test_old_contacts_end_and_new_ones_begin(sora):
    person = sora.register()
    set_contacts(
        actor=sora.resident(person), person=person, contacts=(("phone", "09000000002"),), address="見本町1番地"
    )
    rows = dict(Contact.objects.filter(person=person).values_list("value", "ended_on"))
    assert rows == {"0748000001": clock.today(), "09000000002": None}
    found = find_caller(actor=sora.staff("coordinator"), typed="0002")
    assert [c.person for c in found] == [person]
    assert find_caller(actor=sora.staff("coordinator"), typed="0001") == []


def test_who_looked_and_why_is_told_without_names_of_employees(sora):
    person = sora.register()
    read_contacts(actor=sora.staff("coordinator"), person=person, reason=Reason.CALL)
    read_contacts(actor=sora.resident(person), person=person, reason=Reason.OWN)
    assert [(look.who, look.reason, look.what) for look in looks_at(person)] == [
        ("あなた", "ご本人", "連絡先"),
        ("中間支援コーディネーター", "電話をするため", "連絡先"),
    ]


def test_consents_are_given_and_withdrawn_one_by_one(sora):
    person = sora.register()
    actor = sora.resident(person)
    give_consent(actor=actor, person=person, purpose="photo")
    assert not withdraw_consent(actor=actor, person=person, purpose="notices")
    present = set(Consent.objects.filter(person=person, withdrawn_on=None).values_list("purpose", flat=True))
    assert present == {"register", "introduce", "handover", "photo"}
    assert Consent.objects.get(person=person, purpose="notices").withdrawn_on == clock.today()
    again = give_consent(actor=actor, person=person, purpose="notices")
    assert Consent.objects.filter(person=person, purpose="notices").count() == 2
    assert give_consent(actor=actor, person=person, purpose="notices") == again
    with pytest.raises(NotPossible):
        withdraw_consent(actor=actor, person=person, purpose="statistics")
    assert Registration.objects.get(person=person).ended_on is None


def test_withdrawing_the_required_consent_ends_the_registration(sora):
    person = sora.register()
    assert withdraw_consent(actor=sora.resident(person), person=person, purpose="register")
    registration = Registration.objects.get(person=person)
    assert (registration.ended_on, registration.ended_recorded_at is None) == (clock.today(), False)
    assert list(registered(clock.today())) == []


def test_rest_begins_today_and_ends_on_its_day_or_by_a_word(sora):
    person, today = sora.register(), clock.today()
    actor = sora.resident(person)
    pause(actor=actor, person=person, until=today + dt.timedelta(days=30))
    assert current_pause(person, today) is not None
    assert current_pause(person, today + dt.timedelta(days=30)) is not None
    assert current_pause(person, today + dt.timedelta(days=31)) is None
    pause(actor=sora.staff("coordinator"), person=person)
    assert Pause.objects.filter(person=person).count() == 2
    assert current_pause(person, today + dt.timedelta(days=400)).until is None
    resume(actor=actor, person=person)
    assert current_pause(person, today) is None
    with pytest.raises(NotPossible):
        pause(actor=actor, person=person, until=today - dt.timedelta(days=1))


def test_a_hidden_person_is_in_no_list_and_no_search(sora):
    person = sora.register()
    actor = sora.staff("coordinator")
    assert [c.person for c in find_caller(actor=actor, typed="みほ")] == [person]
    hide_person(actor=actor, person=person, hidden=True)
    assert find_caller(actor=actor, typed="みほ") == []
    assert list(people_on(clock.today())) == []
    hide_person(actor=actor, person=person, hidden=False)
    assert list(people_on(clock.today())) == [person]


def test_a_draft_is_kept_by_its_token_and_for_its_days(sora):
    draft = save_draft(actor=sora.anonymous(), token="", answers={"display_name": "下書 ひろし"}, step=1)
    again = save_draft(actor=sora.anonymous(), token=draft.token, answers={"theme": ["nou"]}, step=2)
    assert again.pk == draft.pk
    assert find_draft(draft.token).answers == {"display_name": "下書 ひろし", "theme": ["nou"]}
    assert find_draft("guessed") is None
    Draft.objects.update(expires_on=clock.today() - dt.timedelta(days=1))
    assert find_draft(draft.token) is None
    assert daily_work()["people.drafts"](sora.authority, clock.today()) == 1
    assert Draft.objects.count() == 0
    with pytest.raises(Refused):
        drop_old_drafts(actor=sora.anonymous())
