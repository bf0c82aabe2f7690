"""Two registrations made one and two again: after both, every table is equal row for row, and every figure."""

import datetime as dt
from random import Random

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.activities.models import Application, Bookmark, FirstMeeting, Participation, Session, Tie
from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.definitions import current
from yui.base.files.models import Attachment
from yui.base.measures.registry import all_measures, rows
from yui.base.messages.models import Message
from yui.base.search.domain import index
from yui.introductions.domain.lists import make_candidate_list
from yui.introductions.models import Exposure, Introduction, IntroductionChange
from yui.introductions.tests.conftest import TODAY, account_of, make_opportunity, make_person
from yui.people.domain import merge_people, undo_merge
from yui.people.models import (
    Consent,
    ContactNote,
    Membership,
    Merge,
    Pause,
    Person,
    PersonChoice,
    Proxy,
    Registration,
    Residence,
    StageChange,
)
from yui.people.queries import current_stage, registered

LEFT_OUT = {"audit.AuditEvent", "people.Merge"}
"""What is appended and never taken back: who did what, and the record of the merge itself."""
FIRST = dt.date(2026, 4, 1)


DERIVED = {"search.SearchEntry": ("kind", "thing_id", "reading", "tokens")}
"""An index is made again from the rows: its contents are compared, not its keys."""


def everything():
    """Every row of every table of the house, and of accounts."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if model.__module__.startswith("yui.") and label not in LEFT_OUT and not label.startswith("jobs."):
            found[label] = sorted(map(repr, model.objects.order_by("pk").values(*DERIVED.get(label, ()))))
    return found


def figures(authority):
    """The rows of every measure of the year."""
    return {m.key: rows(m, authority=authority, start=FIRST, end=TODAY) for m in all_measures()}


VALUES = {
    "apply": ("placed", "waiting", "cancelled"),
    "come": (False, False, True),
    "mark": ("running", "ended"),
    "introduce": ("proposed", "asking", "working", "declined"),
    "expose": ("shown", "asked", "met", "declined"),
    "tie": ("other", "third", "organization"),
    "answer": ("yes",),
    "note": ("",),
    "rest": ("running", "ended"),
    "withdraw": ("",),
    "stage": ("",),
    "leave": ("",),
    "member": ("member", "representative"),
    "choose": ("",),
    "live": ("running", "ended"),
    "account": ("self", "helper"),
    "write": ("",),
    "host": ("",),
    "hide": ("",),
}
"""What can happen, and in which ways."""
TAKEN = ("display_name", "birth_year", "district", "about", "contact_way", "address")


def history_of(chance):
    """Up to thirty happenings: act, to whom, number of the thing or purpose, way, day."""
    acts = chance.choices(list(VALUES), k=chance.randint(0, 30))
    return [
        (act, chance.choice(("one", "two", "both")), chance.randint(0, 2), chance.choice(VALUES[act]),
         TODAY - dt.timedelta(days=chance.randint(0, 200)))
        for act in acts
    ]  # fmt: skip


class Story:
    """One and Two, who are one person, a third, and what happened to them."""

    def __init__(self, cast):
        self.cast, self.authority, self.now = cast, cast.authority, clock.now()
        self.people = {
            "one": make_person(
                self.authority, "見本 太郎", district=cast.district, phone="0748-00-0001", registered=FIRST
            ),
            "two": make_person(self.authority, "見本 太朗", birth_year=1956, phone="0748-00-0001"),
        }
        self.third = make_person(self.authority, "例示 花子")
        self.accounts = [account_of(self.authority, make_person(self.authority, f"架空 {n}")) for n in range(3)]
        self.places = [make_opportunity(self.authority, cast.organization, title=f"出番{n}") for n in range(3)]
        self.sessions = [
            Session.objects.create(
                authority=self.authority, activity=place.activity, starts_at=self.now - dt.timedelta(hours=3),
                ends_at=self.now - dt.timedelta(hours=2), code=f"4{n:03d}",
            )
            for n, place in enumerate(self.places)
        ]  # fmt: skip

        index(self.authority, "person", list(Person.objects.values_list("pk", flat=True)))

    def happens(self, act, whose, number, value, day=TODAY):
        """One thing, to one of them or to both; what may be there only once is not there twice."""
        if whose == "both":
            self.happens(act, "one", number, value, day)
            return self.happens(act, "two", number, value, day)
        person = self.people[whose]
        try:
            with transaction.atomic():
                getattr(self, f"_{act}")({"authority": self.authority, "person": person}, number, value, day)
        except Exception as error:
            if type(error).__name__ != "IntegrityError":
                raise

    def end(self, kind, day):
        return day if kind == "ended" else None

    def _apply(self, own, number, state, _day):
        ended = self.now if state == "cancelled" else None
        Application.objects.create(
            **own,
            opportunity=self.places[number],
            state=state,
            effective_on=TODAY,
            recorded_at=self.now,
            ended_at=ended,
        )

    def _come(self, own, number, withdrawn, _day):
        Participation.objects.create(
            **own, session=self.sessions[number], effective_on=TODAY, recorded_at=self.now,
            withdrawn_at=self.now if withdrawn else None,
        )  # fmt: skip

    def _mark(self, own, number, _value, day):
        Bookmark.objects.create(
            **own, opportunity=self.places[number], effective_on=FIRST, ended_on=self.end(_value, day)
        )

    def _introduce(self, own, number, state, _day):
        Introduction.objects.create(**own, opportunity=self.places[number], state=state, proposed_on=TODAY)

    def _expose(self, own, number, act, _day):
        Exposure.objects.create(
            **own, opportunity=self.places[number], act=act, effective_on=TODAY, recorded_at=self.now
        )

    def _tie(self, own, number, kind, _day):
        other = next(p for p in self.people.values() if p != own["person"]) if kind == "other" else self.third
        ends = {"other_organization": self.cast.organization} if kind == "organization" else {"other_person": other}
        if number == 2 and "other_person" in ends:
            own, ends = {**own, "person": other}, {"other_person": own["person"]}
        Tie.objects.create(**own, **ends, session=self.sessions[number], effective_on=TODAY, recorded_at=self.now)

    def _answer(self, own, number, answer, _day):
        FirstMeeting.objects.create(
            **own, session=self.sessions[number], answer=answer, effective_on=TODAY, recorded_at=self.now
        )

    def _note(self, own, number, _value, day):
        ContactNote.objects.create(**own, spoken_at=self.now, recorded_at=self.now, content="話", promised_for=day)

    def _rest(self, own, number, _value, day):
        Pause.objects.create(**own, starts_on=FIRST, lifted_on=self.end(_value, day), recorded_at=self.now)

    def _withdraw(self, own, number, _value, day):
        purpose = ("register", "introduce", "notices")[number]
        rows = Consent.objects.filter(person=own["person"], purpose=purpose, withdrawn_on=None)
        if not rows.update(withdrawn_on=day, withdrawn_recorded_at=self.now):
            Consent.objects.create(**own, purpose=purpose, wording_version=1, effective_on=TODAY, recorded_at=self.now)

    def _stage(self, own, number, _value, day):
        stage = sorted(self.stages(), key=lambda s: s.order)[number].key
        StageChange.objects.create(
            **own, scheme_key=self.authority.key, stage=stage, before="x" * number, effective_on=day,
            recorded_at=self.now, agreed_on=day,
        )  # fmt: skip

    def stages(self):
        return current(self.authority).people.stages

    def _leave(self, own, number, _value, day):
        rows = Registration.objects.filter(person=own["person"], ended_on=None)
        if not rows.update(ended_on=day, ended_recorded_at=self.now):
            Registration.objects.create(**own, scheme_key=self.authority.key, effective_on=day, recorded_at=self.now)

    def _member(self, own, number, role, _day):
        Membership.objects.create(
            **own, organization=self.cast.organization, role=role, effective_on=FIRST, recorded_at=self.now,
            ended_on=TODAY if number else None,
        )  # fmt: skip

    def _choose(self, own, number, _value, _day):
        PersonChoice.objects.create(**own, kind="skill", key=("reading", "cooking", "driving")[number])

    def _live(self, own, number, _value, day):
        Residence.objects.create(
            **own, address=f"見本町{number}番地", effective_on=FIRST, ended_on=self.end(_value, day)
        )

    def _account(self, own, number, relation, _day):
        Proxy.objects.create(**own, account=self.accounts[number], relation=relation, starts_on=FIRST)

    def _write(self, own, number, _value, _day):
        Message.objects.create(
            authority=self.authority, channel="letter", kind="note", to_kind="person", to_id=own["person"].public_id,
            created_at=self.now,
        )  # fmt: skip
        Attachment.objects.create(
            authority=self.authority, purpose="paper", sha256="0", size=1, content_type="application/pdf", name="見本",
            uploaded_at=self.now, owner_kind="person", owner_pk=own["person"].pk,
            path=f"{own['person'].pk}/{Attachment.objects.count()}",
        )  # fmt: skip

    def _host(self, own, number, _value, _day):
        make_opportunity(self.authority, None, title="受け持つ出番", person=own["person"])

    def _hide(self, own, number, _value, _day):
        Person.objects.filter(pk=own["person"].pk).update(hidden=True)
        index(self.authority, "person", [own["person"].pk])


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(st.integers(0, 10**9))
def test_after_merge_and_undo_every_table_is_equal_row_for_row(sora, seed):
    chance = Random(seed)
    with transaction.atomic():
        story = Story(sora)
        for happening in history_of(chance):
            story.happens(*happening)
        taken = {name for name in TAKEN if chance.random() < 0.3}
        if chance.random() < 0.3:
            for place in story.places:
                make_candidate_list(actor=sora.actor(), opportunity=place)
        before, counted = everything(), figures(sora.authority)
        one, two = story.people.values()
        seen = {row.pk for row in registered(TODAY)}

        merge = merge_people(actor=sora.actor(), survivor=one, loser=two, taken=taken, confirmed=True)
        assert_merged(story, merge, {row.pk for row in registered(TODAY)}, seen)

        assert undo_merge(actor=sora.actor(), merge=merge).kept == []
        after = everything()
        assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
        assert figures(sora.authority) == counted
        transaction.set_rollback(True)


def assert_merged(story, merge, shown, seen):
    """What holds of a merged pair whatever happened before."""
    one, two = story.people.values()
    one.refresh_from_db()
    two.refresh_from_db()
    assert two.merged_into_id == one.pk
    assert two.pk not in shown
    assert shown <= seen | {one.pk}
    for model, name in ((Application, "opportunity"), (Participation, "session"), (Exposure, "opportunity")):
        assert not model.objects.filter(person=two).exists(), name
    for purpose in ("register", "introduce", "notices"):  # nobody consents twice, and what is taken back stays so
        assert Consent.objects.filter(person=one, purpose=purpose, withdrawn_on=None).count() <= 1
    assert not two.proxy_set.exists()
    assert not Membership.objects.filter(person=two, ended_on=None).exists()


def test_the_losing_one_is_counted_until_the_day_and_not_after(sora):
    story = Story(sora)
    one, two = story.people.values()
    for place in (0, 1):
        story.happens("expose", "one", place, "shown")
        story.happens("expose", "two", place, "asked")
    counted = figures(sora.authority)
    merge = merge_people(actor=sora.actor(), survivor=one, loser=two, confirmed=True)
    now = figures(sora.authority)
    assert len(now["people.registered"]) == len(counted["people.registered"]) - 1
    assert len(now["people.registrations_ended"]) == 1
    assert now["people.registrations_new"] == counted["people.registrations_new"]
    moment = merge.merged_at - dt.timedelta(microseconds=1)
    before = {
        m.key: rows(m, authority=sora.authority, start=FIRST, end=TODAY, as_of=moment)
        for m in all_measures()
        if m.key.startswith("people.")
    }
    assert before == {key: found for key, found in counted.items() if key.startswith("people.")}
    assert Exposure.objects.filter(person=one).count() == 4


def test_the_further_stage_goes_on(sora):
    story = Story(sora)
    one, two = story.people.values()
    for number, day in ((0, FIRST), (1, FIRST + dt.timedelta(days=40))):
        story.happens("stage", "two", number, "", day)
    story.happens("stage", "one", 0, "")
    reached = current_stage(two, TODAY)
    merge_people(actor=sora.actor(), survivor=one, loser=two)
    assert current_stage(one, TODAY) == reached


@pytest.mark.parametrize(("side", "other"), [("one", "two"), ("two", "one")])
def test_a_consent_taken_back_on_either_side_stays_taken_back(sora, side, other):
    story = Story(sora)
    story.happens("withdraw", side, 1, "", FIRST)
    assert Consent.objects.filter(person=story.people[other], purpose="introduce", withdrawn_on=None).exists()
    merge = merge_people(actor=sora.actor(), survivor=story.people["one"], loser=story.people["two"])
    assert not Consent.objects.filter(person__in=story.people.values(), purpose="introduce", withdrawn_on=None).exists()
    assert merge.ask_about == ["introduce"]


def test_what_a_human_changed_since_is_listed_and_kept(sora):
    story = Story(sora)
    one, two = story.people.values()
    story.happens("apply", "two", 0, "placed")
    merge = merge_people(actor=sora.actor(), survivor=one, loser=two, taken={"display_name"})
    Person.objects.filter(pk=one.pk).update(display_name="見本 太老")
    Application.objects.filter(person=one).update(person=story.third)
    kept = {(k.table, k.name, k.count) for k in undo_merge(actor=sora.actor(), merge=merge).kept}
    assert kept == {("people.Person", "display_name", 1), ("activities.Application", "person_id", 1)}
    assert Person.objects.get(pk=one.pk).display_name == "見本 太老"
    assert Application.objects.get().person == story.third
    assert Person.objects.get(pk=two.pk).merged_into is None


def test_merges_are_undone_newest_first(sora):
    story = Story(sora)
    one, two = story.people.values()
    first = merge_people(actor=sora.actor(), survivor=one, loser=two)
    second = merge_people(actor=sora.actor(), survivor=story.third, loser=one)
    with pytest.raises(NotPossible):
        undo_merge(actor=sora.actor(), merge=first)
    undo_merge(actor=sora.actor(), merge=second)
    undo_merge(actor=sora.actor(), merge=first)
    assert not Person.objects.exclude(merged_into=None).exists()
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_of_two_introductions_under_way_the_further_goes_on(sora):
    story = Story(sora)
    one, two = story.people.values()
    story.happens("introduce", "one", 0, "proposed")
    story.happens("introduce", "two", 0, "asking")
    before = everything()
    merge = merge_people(actor=sora.actor(), survivor=one, loser=two)
    assert sorted(Introduction.objects.values_list("person", "state")) == [(one.pk, "asking"), (one.pk, "stopped")]
    assert IntroductionChange.objects.filter(state="stopped", before="proposed").count() == 1
    undo_merge(actor=sora.actor(), merge=merge)
    assert everything() == before
