"""The snapshot with changed persons laid over it answers as the whole town gathered anew does, whatever happened since."""

import datetime as dt
import os
import resource
import signal
import subprocess
import sys
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.errors import DomainError, NotPossible
from yui.base.audit.models import AuditEvent
from yui.base.jobs.models import JobRun
from yui.base.jobs.registry import daily_work
from yui.base.jobs.tasks import perform
from yui.introductions import domain, facts, freshness, generations, passed_over, snapshot
from yui.introductions.models import Exposure
from yui.introductions.tests.conftest import make_opportunity, make_person
from yui.people import domain as people
from yui.people.models import Merge, Person, StageChange
from yui.people.models.registrations import Received

SLOTS = ("saturday_morning", "sunday_morning", "weekday_evening")


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def town(sora):
    """Some people, more than a list shows, two more 出番, and a first act."""
    for number in range(24):
        person = make_person(
            sora.authority, f"見本 {number}郎", district=sora.district if number % 3 else None, birth_year=1940 + 3 * number,
            slots=SLOTS[number % 3 : number % 3 + 2], skills=("reading",) if number % 4 else (),
            themes=("kyoiku",) if number % 5 == 0 else (), consents=("register", "introduce")[: 2 - (number % 7 == 0)],
        )  # fmt: skip
        person.profile.about = ("草刈りが好きです", "絵本を読みます", "")[number % 3]
        person.profile.motivation = 1 + number % 4
        person.profile.save()
    make_opportunity(sora.authority, sora.organization, title="草むしりを手伝う", age_from=30, stage="interest")
    make_opportunity(sora.authority, person=Person.objects.first(), title="家で話す", online=True)
    AuditEvent.objects.create(
        authority=sora.authority, at=clock.now() - dt.timedelta(hours=1), actor="test", act="test.begun"
    )
    act(sora, people.pause, person=Person.objects.last())
    return sora


def act(cast, verb, **values):
    return verb(actor=system_actor(cast.authority, "test"), **values)


def made(cast):
    assert generations.make_generation(cast.authority) is not None


def told(question):
    answer = question.answer()
    return {
        "digest": question.digest, "already": question.already, "entries": answer.entries,
        "excluded": dict(answer.excluded_by), "considered": answer.considered, "fitting": sorted(answer.names.fitting()),
        "left out": {limit: sorted(answer.names.left_out(limit)) for limit in answer.excluded_by},
    }  # fmt: skip


def compare(cast):
    today = clock.today()
    for thing in facts.open_opportunities(today):
        one = freshness.for_opportunity(cast.authority, thing, today)
        assert isinstance(one, freshness.Overlaid)
        assert told(one) == told(facts.for_opportunity(cast.authority, thing, today))


def change_profile(cast, person, random):
    values = {
        "about": random.choice(["草刈り", "絵本", "むかしの写真", ""]), "birth_year": random.choice([None, 1950, 2000]),
        "district": random.choice([None, cast.district]), "motivation": random.choice([1, 2]),
        "reach_km": random.choice([None, 3, 20]),
        "choices": {
            "slot": tuple(random.sample(SLOTS, 2)), "skill": random.choice([(), ("reading",)]),
            "theme": random.choice([(), ("kyoiku",)]),
        },
    }  # fmt: skip
    fresh = Person.objects.get(pk=person.pk)
    act(cast, people.update_profile, person=fresh, version=fresh.version, values=values)


def introduce(cast, person, random):
    thing = random.choice(list(facts.open_opportunities(clock.today())))
    row = act(cast, domain.propose_introduction, person=person, opportunity=thing, why="よい方です")
    if random.random() < 0.7:
        act(cast, domain.ask_both_sides, introduction=row)
        if random.random() < 0.5:
            said = domain.Said(yes=False, how="phone", private_reason="busy")
            act(cast, domain.answer, introduction=row, side="person", said=said)


def merge(cast, person, random):
    other = random.choice(list(Person.objects.exclude(pk=person.pk).order_by("pk")))
    act(cast, people.merge_people, survivor=person, loser=other, confirmed=True)


def unmerge(cast, person, random):
    merge(cast, person, random)
    compare(cast)
    act(cast, people.undo_merge, merge=Merge.objects.filter(undone_at=None).last())


def register(cast, person, random):
    answers = people.Answers(
        display_name=f"試案 {random.randrange(999)}子", birth_year=1970, choices={"slot": (SLOTS[0],), "skill": ("reading",)},
        contacts=(("phone", f"090-0000-{random.randrange(9999):04d}"),), contact_way="phone", about="草刈り",
        consents=("register", "introduce"),
    )  # fmt: skip
    act(cast, people.register_by_proxy, answers=answers, received=Received.PHONE, received_on=clock.today())


def stage(cast, person, random):
    change = StageChange.objects.create(
        authority=cast.authority, person=person, scheme_key=cast.authority.key, stage="supporter", before="interest",
        effective_on=clock.today(), recorded_at=clock.now(),
    )  # fmt: skip
    act(cast, people.agree_stage, change=change, received=Received.PHONE)
    if random.random() < 0.5:
        compare(cast)
        act(cast, people.step_down, person=person, stage="interest", received=Received.PHONE)


ACTS = [
    change_profile, introduce, merge, unmerge, register, stage,
    lambda cast, person, random: act(cast, people.give_consent, person=person, purpose="introduce", received=Received.PHONE),
    lambda cast, person, random: act(cast, people.withdraw_consent, person=person, purpose="introduce"),
    lambda cast, person, random: act(cast, people.withdraw_consent, person=person, purpose="register"),
    lambda cast, person, random: act(cast, people.pause, person=person),
    lambda cast, person, random: act(cast, people.resume, person=person),
    lambda cast, person, random: act(cast, people.hide_person, person=person, hidden=random.random() < 0.6),
    lambda cast, person, random: act(cast, people.erase_person, person=person),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_the_answer_is_that_of_the_whole_town(town, settings, seed):
    made(town)
    compare(town)
    random, done = Random(seed), 0
    for number in range(20):
        one = random.choice(ACTS)
        try:
            one(town, random.choice(list(Person.objects.order_by("pk"))), random)
            done += 1
        except DomainError:  # somebody erased can not rest, and the like
            continue
        compare(town)
        if number == 9:
            settings.YUI_TODAY = "2026-12-02"
            compare(town)
        if number == 14:
            made(town)
            compare(town)
    assert done > 6


@pytest.mark.parametrize("number", range(len(ACTS)))
def test_every_kind_of_act_names_the_person_it_is_about(town, number):
    made(town)
    done = 0
    for seed in range(6):
        random = Random(seed)
        try:
            ACTS[number](town, random.choice(list(Person.objects.order_by("pk"))), random)
            done += 1
        except DomainError:
            continue
        compare(town)
    assert done


def test_a_stage_that_begins_later_begins_by_itself(town, settings, taro):
    town.opportunity.stage = "supporter"
    town.opportunity.save()
    StageChange.objects.create(
        authority=town.authority, person=taro, scheme_key=town.authority.key, stage="supporter",
        effective_on=dt.date(2026, 11, 25), agreed_on=clock.today(), recorded_at=clock.now(),
    )  # fmt: skip
    made(town)
    compare(town)
    before = told(freshness.for_opportunity(town.authority, town.opportunity, clock.today()))["entries"]
    settings.YUI_TODAY = "2026-11-25"
    compare(town)
    after = told(freshness.for_opportunity(town.authority, town.opportunity, clock.today()))["entries"]
    assert taro.public_id in {entry.id for entry in after} - {entry.id for entry in before}


def test_a_changed_person_appears_in_the_next_list(town, taro):
    made(town)
    act(town, people.hide_person, person=taro, hidden=True)
    gone = domain.make_candidate_list(actor=town.actor(), opportunity=town.opportunity, size=50)
    act(town, people.hide_person, person=taro, hidden=False)
    back = domain.make_candidate_list(actor=town.actor(), opportunity=town.opportunity, size=50)
    assert taro.pk in set(back.candidates.values_list("person", flat=True))
    assert taro.pk not in set(gone.candidates.values_list("person", flat=True))


def test_the_same_list_with_and_without_a_snapshot(town):
    without = domain.make_candidate_list(actor=town.actor(), opportunity=town.opportunity)
    made(town)
    assert domain.make_candidate_list(actor=town.actor(), opportunity=town.opportunity) == without


def test_changes_cost_the_same_queries_for_few_and_many(town):
    def cost():
        freshness.for_opportunity(town.authority, town.opportunity, clock.today())
        with CaptureQueriesContext(connection) as caught:
            freshness.for_opportunity(town.authority, town.opportunity, clock.today())
        return len(caught)

    made(town)
    few = cost()
    for person in Person.objects.all()[:9]:
        act(town, people.pause, person=person)
    assert cost() == few


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "text", "other version", "folder"])
def test_a_file_that_is_not_exactly_right_is_not_used_and_is_made_anew(town, var, harm):
    made(town)
    path = next(var.glob("snapshots/*.snapshot"))
    whole = path.read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    else:
        path.write_bytes({
            "cut": whole[:-100], "changed": whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:], "empty": b"",
            "text": b"x" * 5000, "other version": whole.replace(b'"key": "1|', b'"key": "0|'),
        }[harm])  # fmt: skip
    found = freshness.for_opportunity(town.authority, town.opportunity, clock.today())
    assert isinstance(found, facts.Gathered)
    if harm != "folder":
        made(town)
        compare(town)


def test_the_snapshot_of_another_history_is_not_used(town):
    made(town)
    mark = AuditEvent.objects.get(pk=snapshot.read(town.authority, clock.today()).mark)
    AuditEvent.objects.filter(pk=mark.pk).update(at=mark.at + dt.timedelta(seconds=1))
    assert isinstance(freshness.for_opportunity(town.authority, town.opportunity, clock.today()), facts.Gathered)


def test_a_full_disk_leaves_the_generation_before(town, var):
    made(town)
    path = next(var.glob("snapshots/*.snapshot"))
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with pytest.raises(NotPossible) as refused:
            generations.make_generation(town.authority)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert refused.value.code == "disk_full"
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before
    compare(town)


def test_erasing_leaves_nothing_in_the_file(town, var, taro, django_capture_on_commit_callbacks):
    taro.profile.about = "提灯作り"
    taro.profile.save()
    made(town)
    path = next(var.glob("snapshots/*.snapshot"))
    assert taro.public_id.encode() in path.read_bytes()
    assert "提灯".encode() in path.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        act(town, people.erase_person, person=taro)
    assert taro.public_id.encode() not in path.read_bytes()
    assert "提灯".encode() not in path.read_bytes()
    compare(town)
    assert isinstance(freshness.for_opportunity(town.authority, town.opportunity, clock.today()), freshness.Overlaid)


def test_whoever_is_erased_while_a_generation_is_made_is_not_in_it(town, var, taro):
    def while_made(done, total):
        if done == 1:
            act(town, people.erase_person, person=taro)

    generations.make_generation(town.authority, while_made)
    assert taro.public_id.encode() not in next(var.glob("snapshots/*.snapshot")).read_bytes()
    compare(town)


def test_the_file_holds_no_name_and_no_contact_and_is_its_owners(town, var, taro):
    made(town)
    path = next(var.glob("snapshots/*.snapshot"))
    content = path.read_bytes()
    assert not any(word.encode() in content for word in ("見本", "@example.jp", "090-0000"))
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


READ = """
import sys
import numpy as np
from pathlib import Path
from yui.introductions.snapshot import _open
found = _open(Path(sys.argv[1]))
print(len(found.roster), found.mark, found.digests.tobytes().hex()[:64])
"""


def test_another_process_reads_the_same(town, var):
    made(town)
    held = snapshot.read(town.authority, clock.today())
    path = next(var.glob("snapshots/*.snapshot"))
    program = f"import django; django.setup()\n{READ}"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "yui.config.settings", "YUI_VAR": str(var / "other")}
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, str(path)], env=environment, capture_output=True, check=True, text=True
    )  # fmt: skip
    assert answer.stdout.split() == [str(len(held.roster)), str(held.mark), held.digests.tobytes().hex()[:64]]


def test_the_job_tells_how_far_it_is_and_is_asked_for_once(town):
    generations.ask_for_generation(town.authority)
    generations.ask_for_generation(town.authority)
    run = JobRun.objects.get(kind=generations.KIND)
    assert perform.func(run.public_id) == "done"
    run.refresh_from_db()
    assert (run.done, run.total) == (1, 1)
    compare(town)


def test_rows_of_many_passed_over_are_written_by_a_job(town, monkeypatch):
    monkeypatch.setattr(passed_over, "FEW", 1)
    one = domain.make_candidate_list(actor=town.actor(), opportunity=town.opportunity)
    rows = Exposure.objects.filter(act=Exposure.Act.PASSED_OVER)
    assert rows.count() == 0
    run = JobRun.objects.get(kind=passed_over.KIND)
    assert perform.func(run.public_id) == "done"
    assert rows.count() == one.eligible - one.candidates.count() > 1
    assert not set(rows.values_list("person", flat=True)) & set(one.candidates.values_list("person", flat=True))
    act(town, people.pause, person=rows[0].person)
    domain.make_candidate_list(actor=town.actor(), opportunity=town.opportunity)
    assert JobRun.objects.filter(kind=passed_over.KIND).count() == 1


def test_many_changes_and_no_snapshot_ask_for_a_generation_and_the_page_goes_on(town, monkeypatch):
    runs = JobRun.objects.filter(kind=generations.KIND)
    freshness.for_opportunity(town.authority, town.opportunity, clock.today())
    assert runs.count() == 0  # a small town needs none
    monkeypatch.setattr(freshness, "SMALL", 10)
    freshness.for_opportunity(town.authority, town.opportunity, clock.today())
    assert runs.count() == 1
    made(town)
    runs.update(state="done", requested_at=clock.now() - dt.timedelta(hours=1))
    monkeypatch.setattr(freshness, "MANY", 3)
    for person in Person.objects.all()[:3]:
        act(town, people.pause, person=person)
    freshness.for_opportunity(town.authority, town.opportunity, clock.today())
    changed = freshness.changed_since(town.authority, snapshot.read(town.authority, clock.today()), clock.today())
    for person in Person.objects.exclude(public_id__in=changed.ids)[:2]:
        act(town, people.pause, person=person)
    compare(town)
    assert runs.count() == 2


def test_a_large_town_begins_its_day_with_a_fresh_generation(town, settings, monkeypatch):
    monkeypatch.setattr(freshness, "SMALL", 10)
    renew = daily_work()["introductions.snapshot"]
    renew(town.authority, clock.today())
    run = JobRun.objects.get(kind=generations.KIND)
    assert perform.func(run.public_id) == "done"
    settings.YUI_TODAY = "2026-11-21"
    act(town, people.pause, person=Person.objects.first())
    renew(town.authority, clock.today())
    assert JobRun.objects.filter(kind=generations.KIND).count() == 2
