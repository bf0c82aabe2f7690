"""A round from its promise to its result: states, the seal, the same bytes on the command line, changes by hand."""

import hashlib
import json
import subprocess
import sys

import pytest

from yui.activities.assignments import domain, sealing
from yui.activities.assignments.domain.erasing import erase_in_rounds
from yui.activities.assignments.domain.rounds import ProgrammePlan, RoundPlan
from yui.activities.assignments.models import Draw, ManualChange, RankedWish, Round, SealedSeed, WishSheet
from yui.activities.assignments.queries import told_by
from yui.activities.assignments.tasks import days, tell_everybody
from yui.activities.assignments.tests.conftest import build_round
from yui.activities.domain import apply_to_opportunity, reopen_opportunity
from yui.activities.models import Application, NextThing
from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.jobs.models import JobRun
from yui.base.jobs.run import Run
from yui.base.measures.desk_items import collect_for_office
from yui.base.messages.models import Message
from yui.config.cli.rows import lines, tables

pytestmark = pytest.mark.django_db
AFTER = "2026-11-10"


def wish(town, round, number, *programmes, **more):
    return domain.save_wishes(
        actor=town.resident(number), round=round, person=town.persons[number], wishes=programmes, **more
    )


def everything_stored():
    """What a backup or a moved town would hold of every table, as text."""
    return "".join(str(line) for model in tables() for line in lines(model))


def drawn(town, today, *caps, **rules):
    """Three people wish for the first opportunity, then the second; the house draws in the night after the deadline."""
    made, programmes = build_round(town, *caps, **rules)
    sheets = [wish(town, made, number, *programmes) for number in range(3)]
    today(AFTER)
    assert days(town.authority, clock.today()) == 1
    made.refresh_from_db()
    for sheet in sheets:
        sheet.refresh_from_db()
    return made, programmes, sheets


def publish_and_tell(town, made):
    domain.publish_round(actor=town.staff, round=made)
    row = JobRun.objects.get(kind="assignments.tell")
    row.state, row.worker = "running", "here"
    row.save()
    tell_everybody(Run(row, town.staff, "here"))


def test_a_promise_is_published_and_the_seed_is_nowhere(today, sora):
    made, programmes = build_round(sora, 1, 2)
    assert made.state == "open" and len(made.commitment) == 64 and made.seed == ""
    seed = sealing.open_seal(SealedSeed.objects.get(round=made).sealed)
    assert sealing.commitment_of(made.public_id, seed) == made.commitment
    assert hashlib.sha256(f"{made.public_id}|{seed}".encode()).hexdigest() == made.commitment
    wish(sora, made, 0, programmes[0])
    domain.try_out(actor=sora.staff, round=made)
    assert seed not in everything_stored()
    assert not any(seed in str(event.details) for event in AuditEvent.objects.all())


def test_the_seal_opens_the_day_after_the_deadline_and_never_before(today, sora):
    made, programmes = build_round(sora, 1)
    wish(sora, made, 0, *programmes)
    today("2026-11-09")  # the last day itself
    assert days(sora.authority, clock.today()) == 0
    with pytest.raises(NotPossible, match="まだ過ぎていません"):
        domain.close_and_draw(actor=sora.staff, round=made)
    with pytest.raises(NotPossible):
        domain.draw_lots(actor=sora.staff, round=made)
    today(AFTER)
    assert days(sora.authority, clock.today()) == 1 and days(sora.authority, clock.today()) == 0
    made.refresh_from_db()
    assert made.state == "drawn" and sealing.commitment_of(made.public_id, made.seed) == made.commitment
    assert SealedSeed.objects.get(round=made).sealed == ""


def test_a_trial_has_another_seed_and_says_so(today, sora):
    made, programmes = build_round(sora, 1)
    seed = sealing.open_seal(SealedSeed.objects.get(round=made).sealed)
    sheets = [wish(sora, made, number, *programmes) for number in range(3)]
    trial = domain.try_out(actor=sora.staff, round=made)
    asked = json.loads(trial.instance)
    assert trial.kind == "trial" and asked["lottery"]["seed"].startswith("tameshi-") and seed not in trial.instance
    assert told_by(trial).placed == 1
    assert {sheet.public_id for sheet in sheets} == set(asked["persons"])
    again = domain.try_out(actor=sora.staff, round=made)
    assert again.instance != trial.instance and Draw.objects.get().pk == trial.pk
    today(AFTER)
    domain.close_and_draw(actor=sora.staff, round=made)
    assert Draw.objects.get().kind == "final"


def test_the_command_line_gives_the_same_bytes_from_the_downloaded_files(today, sora, tmp_path):
    made, _, _ = drawn(sora, today, 1, 1)
    publish_and_tell(sora, made)
    visitor = sora.client(sora.accounts[0])
    files = {}
    for name in ("instance", "answer", "check"):
        answer = visitor.get(f"/sora/assignments/{made.public_id}/{name}.json")
        assert answer.status_code == 200
        files[name] = answer.content
        (tmp_path / f"{name}.json").write_bytes(answer.content)
    run = [sys.executable, "-m", "yui.config.cli", "engine"]
    told = subprocess.run([*run, "assign", str(tmp_path / "instance.json")], capture_output=True, check=True).stdout
    assert told == files["answer"]
    checked = subprocess.run([*run, "verify", str(tmp_path / "check.json")], capture_output=True, check=True).stdout
    assert json.loads(checked)["ok"] is True
    page = visitor.get(f"/sora/assignments/{made.public_id}/").content.decode()
    assert hashlib.sha256(told).hexdigest() in page and made.seed in page and made.commitment in page
    for person in sora.persons:
        assert person.display_name.encode() not in files["check"] and person.public_id.encode() not in files["check"]


def test_who_has_no_place_is_told_the_true_reason_and_two_real_things(today, sora, monkeypatch):
    others = [sora.open(title=title, capacity=6, days=25) for title in ("本棚の整理", "地図の下書き")]
    monkeypatch.setattr("yui.activities.alternatives._sources", [lambda authority, person: list(others)])
    made, _programmes, sheets = drawn(sora, today, 1, 1)
    assert sorted(sheet.reason for sheet in sheets) == ["", "", "lottery"]
    assert not Application.objects.exists() and not Message.objects.filter(kind="assignment_result").exists()
    publish_and_tell(sora, made)
    left = next(sheet for sheet in sheets if not sheet.programme_id)
    body = Message.objects.get(kind="assignment_result", to_id=left.person.public_id).body
    assert "公開のくじで決まりました" in body and "本棚の整理" in body and "地図の下書き" in body
    assert NextThing.objects.filter(person=left.person).count() == 2
    assert Application.objects.filter(state="placed", ended_at=None).count() == 2
    number = sora.persons.index(left.person)
    page = sora.client(sora.accounts[number]).get(f"/sora/my/assignments/results/{left.public_id}/").content.decode()
    assert "公開のくじで決まりました" in page and "本棚の整理" in page and "地図の下書き" in page
    other = sora.client(sora.accounts[(number + 1) % 3]).get(f"/sora/my/assignments/results/{left.public_id}/")
    assert other.status_code == 404


def test_minimum_reserve_region_and_the_hosts_side_reach_the_engine(today, sora):
    made, programmes = build_round(sora, 2, 2, announce=False)
    region = domain.set_region(actor=sora.staff, round=made, name="見本地域", cap=2)
    domain.change_programme(
        actor=sora.staff, programme=programmes[0], version=1,
        plan=ProgrammePlan(2, region=region, target=1, reserve_group="高校生", reserve_places=1),
    )  # fmt: skip
    domain.change_programme(actor=sora.staff, programme=programmes[1], version=1, plan=ProgrammePlan(2, least=2))
    made = domain.announce_round(actor=sora.staff, round=made)
    wish(sora, made, 0, programmes[0], groups=["高校生", "ない枠"])
    wish(sora, made, 1, programmes[0])
    last = wish(sora, made, 2, programmes[1], programmes[0])
    refused = RankedWish.objects.get(sheet=last, programme=programmes[0])
    domain.set_standing(actor=sora.staff, wish=refused, standing=RankedWish.Standing.NOT)
    trial = domain.try_out(actor=sora.staff, round=made)
    asked, told = json.loads(trial.instance), told_by(trial)
    key = programmes[0].opportunity.public_id
    assert asked["programs"][key]["reserve"] == {"group": "高校生", "n": 1}
    assert asked["regions"] == {"見本地域": {"cap": 2}} and last.public_id not in str(asked["programs"][key]["prio"])
    assert told.cancelled == {programmes[1].opportunity.public_id: "too_few_wished"}
    assert told.reasons == {"all_cancelled": 1} or told.reasons == {"not_acceptable": 1}


def test_the_total_of_points_decides_where_the_town_chose_so(today, sora):
    first = clock.today()
    plan = RoundPlan("点で決める", opens_on=first, closes_on=first, track=Round.Track.WELFARE)
    made = domain.make_round(actor=sora.staff, plan=plan)
    row = domain.add_programme(
        actor=sora.staff, round=made, opportunity=sora.open(capacity=1, days=30), plan=ProgrammePlan(1)
    )
    made = domain.announce_round(actor=sora.staff, round=made)
    wish(sora, made, 0, row)
    better = wish(sora, made, 1, row)
    domain.set_standing(actor=sora.staff, wish=better.wishes.get(), standing=2, points=9)
    answer = json.loads(domain.try_out(actor=sora.staff, round=made).answer)
    assert answer["value"] == 9 and answer["matching"][better.public_id]


def test_a_change_by_hand_needs_a_reason_and_stays_marked(today, sora):
    made, programmes, sheets = drawn(sora, today, 1, 1)
    inside = next(sheet for sheet in sheets if sheet.programme_id == programmes[0].pk)
    left = next(sheet for sheet in sheets if not sheet.programme_id)
    before = Draw.objects.get().answer
    with pytest.raises(NotPossible):
        domain.change_place(actor=sora.staff, sheet=inside, programme=None, kind="not_coming", words=" ")
    with pytest.raises(NotPossible, match="空いている席"):
        domain.change_place(actor=sora.staff, sheet=left, programme=programmes[0], kind="other", words="見本のわけ")
    publish_and_tell(sora, made)
    domain.change_place(actor=sora.staff, sheet=inside, programme=None, kind="not_coming", words="転んで足をけがした")
    domain.change_place(actor=sora.staff, sheet=left, programme=programmes[0], kind="other", words="空いた席に入る")
    assert Draw.objects.get().answer == before
    assert Application.objects.get(person=left.person, state="placed").opportunity == programmes[0].opportunity
    assert not Application.objects.filter(person=inside.person, state="placed").exists()
    page = sora.client(sora.accounts[0]).get(f"/sora/assignments/{made.public_id}/").content.decode()
    assert "ご本人が来られなくなった（1件）" in page and "そのほか（1件）" in page and "けが" not in page
    assert ManualChange.objects.count() == 2


def test_an_erased_person_leaves_a_number_and_no_wish(today, sora):
    _made, _programmes, sheets = drawn(sora, today, 1, 1)
    inside = next(sheet for sheet in sheets if sheet.programme_id)
    domain.change_place(actor=sora.staff, sheet=inside, programme=None, kind="safety", words="見本のわけ")
    erase_in_rounds(actor=sora.staff, person=inside.person)
    assert not RankedWish.objects.filter(sheet=inside).exists() and WishSheet.objects.filter(pk=inside.pk).exists()
    assert not ManualChange.objects.exclude(words="").exists()


def test_what_was_announced_stays_as_it_was(today, sora):
    made, programmes = build_round(sora, 1)
    with pytest.raises(NotPossible, match="公表したあとは"):
        domain.change_programme(actor=sora.staff, programme=programmes[0], version=1, plan=ProgrammePlan(1))
    with pytest.raises(NotPossible):
        domain.set_region(actor=sora.staff, round=made, name="見本地域", cap=2)
    opportunity = programmes[0].opportunity
    opportunity.refresh_from_db()
    assert opportunity.state == "closed"
    with pytest.raises(NotPossible):
        apply_to_opportunity(actor=sora.resident(), opportunity=opportunity, person=sora.persons[0])
    with pytest.raises(NotPossible, match="席決めの最中"):
        reopen_opportunity(actor=sora.host, opportunity=opportunity)
    called = domain.call_off_round(actor=sora.staff, round=made, words="大雨のため")
    assert called.state == "called_off" and not SealedSeed.objects.exclude(sealed="").exists() and not called.seed


def test_a_drawn_round_waits_at_the_officers_home_until_it_is_published(today, sora):
    made, _programmes, _sheets = drawn(sora, today, 1, 1)
    lines = collect_for_office(sora.staff, clock.today())
    assert [(line.who, line.kind) for line in lines] == [(made.title, "to_check")]
    today("2026-11-20")
    assert [line.kind for line in collect_for_office(sora.staff, clock.today())] == ["late"]
    assert collect_for_office(sora.actor(sora.coordinator), clock.today()) == []
    publish_and_tell(sora, made)
    assert collect_for_office(sora.staff, clock.today()) == []


def test_only_the_officer_announces_and_publishes(today, sora):
    made, programmes = build_round(sora, 1, announce=False)
    coordinator = sora.actor(sora.coordinator)
    with pytest.raises(Refused):
        domain.announce_round(actor=coordinator, round=made)
    domain.announce_round(actor=sora.staff, round=made)
    with pytest.raises(Refused):
        wish_for = sora.persons[1]
        domain.save_wishes(actor=sora.resident(0), round=made, person=wish_for, wishes=programmes)
    sheet = domain.save_wishes(
        actor=coordinator, round=made, person=sora.persons[1], wishes=programmes, way=WishSheet.Way.PAPER
    )
    assert sheet.way == "paper"
    with pytest.raises(Refused):
        domain.try_out(actor=sora.resident(0), round=made)


def test_a_broken_seal_is_said_and_nothing_is_drawn(today, sora):
    made, programmes = build_round(sora, 1)
    wish(sora, made, 0, *programmes)
    SealedSeed.objects.filter(round=made).update(sealed="")
    today(AFTER)
    with pytest.raises(NotPossible, match="封を開けられません"):
        domain.close_and_draw(actor=sora.staff, round=made)
    assert days(sora.authority, clock.today()) == 0 and not Draw.objects.exists()
