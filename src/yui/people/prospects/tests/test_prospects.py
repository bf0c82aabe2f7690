"""Prospects stand apart, are asked honestly, are forgotten really, and lead to registrations that can be counted."""

import datetime as dt
import json
import zipfile
from io import BytesIO

import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.audit.models import AuditEvent
from yui.base.definitions import current
from yui.base.jobs.registry import daily_work
from yui.base.measures.desk_items import collect
from yui.base.measures.registry import counts, figure
from yui.base.tenancy.scope import authority_scope
from yui.people.callers import find_caller
from yui.people.domain import erase_person, export_own_data, merge_people, undo_merge
from yui.people.models import Person, Registration
from yui.people.prospects import domain
from yui.people.prospects.models import BenefitShown, Invitation, Prospect, Roster, RosterEntry
from yui.people.prospects.queries import by_channel, lines_of, read_contact

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
OCTOBER = dt.date(2026, 10, 1)
PERSONAL = ("試案", "シアン", "防災士", "7788", "教頭先生から")


def invite(actor, prospect, channel="in_person", days=0):
    return domain.invite(actor=actor, prospect=prospect, channel=channel, sent_on=TODAY - dt.timedelta(days=days))


def stored_texts():
    """Everything the tables of this room hold, as one text."""
    rows = [*Prospect.objects.values(), *Invitation.objects.values(), *RosterEntry.objects.values()]
    return str([*rows, *BenefitShown.objects.values(), *AuditEvent.objects.values("details", "fields")])


def number_of(town, measure):
    return figure(measure, authority=town.authority, start=OCTOBER, end=TODAY)


def test_a_prospect_is_nobody_in_the_registry(sora, actor, prospect):
    assert Person.objects.count() == Registration.objects.count() == 0
    assert find_caller(actor=actor, typed="しあん") == find_caller(actor=actor, typed="7788") == []
    asked = [("people.registered", TODAY, TODAY), ("people.registrations_new", OCTOBER, TODAY)]
    assert set(counts(asked, authority=sora.authority).values()) == {0}
    assert number_of(sora, "prospects.heard_of") == 1


def test_the_will_to_be_contacted_is_unknown_until_the_person_said_so(actor, prospect):
    assert (prospect.agreed, prospect.agreed_on) == ("unknown", None)
    for channel in ("mail", "letter", "phone"):
        with pytest.raises(NotPossible) as refusal:
            invite(actor, prospect, channel)
        assert refusal.value.code == "not_agreed"
    assert invite(actor, prospect, "introduction").outcome == "waiting"
    spoken = domain.touch(actor=actor, prospect=prospect, agreed="spoken")
    assert (spoken.agreed, spoken.agreed_on) == ("spoken", TODAY)
    assert invite(actor, prospect, "letter").channel == "letter"
    taken_back = domain.touch(actor=actor, prospect=prospect, agreed="unknown")
    assert taken_back.agreed_on is None
    with pytest.raises(NotPossible):
        invite(actor, prospect, "letter")


def test_the_contact_is_read_only_with_a_row_in_the_audit(actor, prospect):
    assert read_contact(actor=actor, prospect=prospect) == "090-0000-7788"
    [event] = AuditEvent.objects.filter(person_id=prospect.public_id)
    assert event.fields == ["prospect.contact"]


def test_registering_links_ends_and_empties(sora, actor, prospect):
    invite(actor, prospect, days=20)
    led = invite(actor, prospect, days=3)
    domain.show_benefits(actor=actor, to=prospect, benefits=["network"], way="spoken", shown_on=TODAY)
    roster = domain.make_roster(actor=actor, kind="actor", title="候補")
    domain.add_entry(actor=actor, roster=roster, candidate=prospect, experience="防災訓練")
    person = sora.register("試案 みのり")
    done = domain.join_registered(actor=actor, prospect=prospect, person=person)
    assert (done.person, done.ended_how, done.name, done.contact, done.district) == (person, "registered", "", "", None)
    assert not [word for word in PERSONAL if word in stored_texts()]
    assert [row.pk for row in Invitation.objects.exclude(registered_on=None)] == [led.pk]
    assert [line.name for line in lines_of(roster, current(sora.authority), TODAY)] == ["試案 みのり"]
    assert BenefitShown.objects.get().person == person
    for again in (domain.touch, domain.join_registered):
        more = {"person": person} if again is domain.join_registered else {}
        with pytest.raises(NotPossible):
            again(actor=actor, prospect=done, **more)


def test_nobody_is_linked_to_a_person_who_is_not_registered(sora, actor, prospect):
    person = Person.objects.create(authority=sora.authority, display_name="架空 健一", created_at=clock.now())
    with pytest.raises(NotPossible) as refusal:
        domain.join_registered(actor=actor, prospect=prospect, person=person)
    assert refusal.value.code == "not_registered"
    prospect.refresh_from_db()
    assert prospect.ended_on is None


@pytest.mark.parametrize("how", ["wish", "declined"])
def test_whoever_does_not_want_is_forgotten_at_once_and_still_counted(sora, actor, prospect, how):
    invite(actor, prospect)
    roster = domain.make_roster(actor=actor, kind="coordinator", title="候補")
    domain.add_entry(
        actor=actor, roster=roster, candidate=prospect, qualities="試案さんは話をよく聞く", sources="教頭先生から"
    )
    domain.end_prospect(actor=actor, prospect=prospect, how=how)
    assert not [word for word in PERSONAL if word in stored_texts()]
    assert lines_of(roster, current(sora.authority), TODAY) == []
    for name, number in (("prospects.heard_of", 1), ("prospects.invitations", 1), ("prospects.hearings", 1)):
        assert number_of(sora, name) == number
    assert number_of(sora, "prospects.coordinator_candidates") == 0


def test_without_contact_for_the_days_of_the_definition_a_prospect_is_forgotten(sora, actor, prospect, settings):
    days = current(sora.authority).people.prospects.kept_days.value
    settings.YUI_TODAY = (TODAY + dt.timedelta(days=days - 1)).isoformat()
    forget = daily_work()["prospects.forget"]
    assert forget(sora.authority, clock.today()) == 0
    settings.YUI_TODAY = (TODAY + dt.timedelta(days=days)).isoformat()
    assert (forget(sora.authority, clock.today()), forget(sora.authority, clock.today())) == (1, 0)
    prospect.refresh_from_db()
    assert (prospect.ended_how, prospect.name) == ("forgotten", "")
    assert not [word for word in PERSONAL if word in stored_texts()]


def test_an_erased_person_leaves_lists_and_downloads_know_all_before(sora, actor, prospect):
    roster = domain.make_roster(actor=actor, kind="actor", title="候補")
    person = sora.register("例示 花子")
    domain.join_registered(actor=actor, prospect=prospect, person=person)
    domain.add_entry(actor=actor, roster=roster, candidate=person, qualities="人をつなぐのが上手")
    archive = zipfile.ZipFile(BytesIO(export_own_data(actor=sora.resident(person), person=person)))
    own = json.loads(archive.read("own-data.json"))["content"]
    assert own["roster_entries"][0]["qualities"] == "人をつなぐのが上手"
    assert own["prospects"][0]["source"] == "hearing"
    erase_person(actor=sora.staff("officer"), person=person)
    assert "人をつなぐ" not in stored_texts()
    assert lines_of(roster, current(sora.authority), TODAY) == []


def test_each_channel_tells_invited_answered_registered(sora, actor, prospect):
    many = domain.invite_many(actor=actor, channel="circular", to_words="見本学区の全戸", copies=1200, sent_on=TODAY)
    came = domain.add_prospect(
        actor=actor, values={"name": "下書 ひろし", "source": "circular", "invited_by": many}, agreed="written"
    )
    domain.join_registered(actor=actor, prospect=came, person=sora.register("下書 ひろし"))
    letters = [invite(actor, domain.touch(actor=actor, prospect=prospect, agreed="written"), "letter")]
    domain.answer_invitation(actor=actor, invitation=letters[0], outcome="later", answered_on=TODAY)
    found = {row.label: row for row in by_channel(current(sora.authority), OCTOBER, TODAY)}
    circular, letter = found["回覧板"], found["手紙"]
    assert (circular.invitations, circular.copies, circular.answered, circular.registered) == (1, 1200, 1, 1)
    assert (letter.invitations, letter.answered, letter.yes, letter.registered) == (1, 1, 0, 0)
    assert found["電話"].invitations == 0
    with pytest.raises(NotPossible):
        domain.answer_invitation(actor=actor, invitation=many, outcome="yes", answered_on=TODAY)


def test_the_desk_names_how_many_steps_have_come(sora, actor, prospect, hearing):
    def lines():
        return [(item.who, item.kind) for item in collect(actor, TODAY) if item.key.endswith(":due")]

    assert lines() == []
    domain.touch(actor=actor, prospect=prospect, next_step="催しにお誘いする", next_on=TODAY)
    domain.change_hearing(
        actor=actor, hearing=hearing, version=hearing.version, place=hearing.place, kind="school", held_on=TODAY,
        heard="聞いた", next_step="もう一度うかがう", next_on=TODAY - dt.timedelta(days=1),
    )  # fmt: skip
    assert lines() == [
        ("次の一歩の期日が来たヒアリング 1件", "late"), ("次の一歩の期日が来た候補者 1人", "promised"),
    ]  # fmt: skip
    hearing.refresh_from_db()
    domain.finish_step(actor=actor, hearing=hearing)
    domain.touch(actor=actor, prospect=prospect)
    assert lines() == []


def test_two_people_who_edit_at_once_see_both_texts(actor, prospect):
    values = {"name": "試案 みのり", "source": "hearing", "about": "一つめ"}
    domain.change_prospect(actor=actor, prospect=prospect, version=1, values=values)
    with pytest.raises(Stale) as refusal:
        domain.change_prospect(actor=actor, prospect=prospect, version=1, values={**values, "about": "二つめ"})
    assert (refusal.value.theirs["about"], refusal.value.mine["about"]) == ("一つめ", "二つめ")


def test_no_role_outside_the_desk_and_no_other_town_gets_near(sora, hinata, prospect):
    resident = sora.resident(sora.register("見本 太郎"))
    for actor in (resident, sora.staff("auditor"), sora.staff("administrator"), sora.anonymous()):
        with pytest.raises(Refused):
            domain.end_prospect(actor=actor, prospect=prospect, how="wish")
        with pytest.raises(Refused):
            read_contact(actor=actor, prospect=prospect)
    with authority_scope(hinata.authority):
        assert Prospect.objects.count() == 0
        with pytest.raises(Refused):
            domain.touch(actor=hinata.staff("coordinator"), prospect=prospect)


def test_a_hidden_person_and_a_person_twice_are_in_no_list(sora, actor, prospect):
    roster = domain.make_roster(actor=actor, kind=Roster.Kind.COORDINATOR, title="候補")
    hidden = sora.register("架空 健一")
    hidden.hidden = True
    hidden.save()
    with pytest.raises(NotPossible):
        domain.add_entry(actor=actor, roster=roster, candidate=hidden)
    domain.add_entry(actor=actor, roster=roster, candidate=prospect)
    with pytest.raises(NotPossible) as refusal:
        domain.add_entry(actor=actor, roster=roster, candidate=prospect)
    assert refusal.value.code == "already"


def test_two_registrations_of_one_person_become_one_candidate_and_come_apart_again(sora, actor, prospect):
    survivor, loser = sora.register("見本 太郎"), sora.register("見本 太郎")
    roster = domain.make_roster(actor=actor, kind="actor", title="候補")
    for person in (survivor, loser):
        domain.add_entry(actor=actor, roster=roster, candidate=person, experience="防災訓練")
    domain.join_registered(actor=actor, prospect=prospect, person=loser)
    domain.show_benefits(actor=actor, to=loser, benefits=["network"], way="spoken", shown_on=TODAY)
    tables = (Prospect, BenefitShown, RosterEntry)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    merge = merge_people(actor=actor, survivor=survivor, loser=loser, confirmed=True)
    assert [line.name for line in lines_of(roster, current(sora.authority), TODAY)] == ["見本 太郎"]
    assert [set(table.objects.values_list("person", flat=True)) for table in tables] == [{survivor.pk}] * 3
    undo_merge(actor=actor, merge=merge)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
