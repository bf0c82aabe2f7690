"""The index follows the registry, belongs to one town and holds nothing of an erased person."""

import pytest
from django.db import connection

from yui.base.access.permissions import Permission
from yui.base.jobs.domain import run_job
from yui.base.jobs.models import State
from yui.base.search.domain import complete, gathered, rebuild
from yui.base.search.models import SearchEntry
from yui.base.search.queries import find
from yui.base.search.tasks import REBUILD
from yui.base.tenancy.scope import authority_scope
from yui.engine.text import rounds
from yui.people.domain import erase_person, hide_person, register_organization
from yui.people.domain.organizations import end_organization
from yui.people.models import Person


def names(typed):
    found = find("person", rounds(typed))
    people = Person.objects.in_bulk(list(found.by))
    return [people[pk].display_name for pk in found.by]


def test_names_follow_the_verbs(sora):
    person = sora.register("見本 太郎", kana="ミホン タロウ")
    assert names("みほん") == ["見本 太郎"]
    hide_person(actor=sora.staff("officer"), person=person, hidden=True)
    assert names("みほん") == []
    hide_person(actor=sora.staff("officer"), person=person, hidden=False)
    assert names("みほん") == ["見本 太郎"]


def test_no_contact_is_in_the_index(sora):
    sora.register("見本 太郎", contacts=(("phone", "0748007771"), ("mail", "plant@example.jp")))
    kept = " ".join(SearchEntry.objects.values_list("tokens", flat=True))
    assert "7771" not in kept
    assert "plant" not in kept


def test_of_an_erased_person_nothing_is_left_in_the_pages_of_the_index(sora):
    sora.register("例示 花子", kana="レイジ ハナコ")
    person = sora.register("植込消", kana="ウエコミショウ")
    erase_person(actor=sora.staff("officer"), person=person)
    assert names("うえこみ") == []
    assert SearchEntry.objects.filter(kind="person").count() == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_tokens_data")
            pages = b"".join(row[0] for row in cursor.fetchall())
        assert "はなこ".encode() in pages
        assert "植込".encode() not in pages
        assert "うえこ".encode() not in pages


def test_another_town_is_not_found(sora, hinata):
    with authority_scope(hinata.authority):
        hinata.register("例示 花子", kana="レイジ ハナコ")
    assert names("れいじ") == []
    with authority_scope(hinata.authority):
        assert names("れいじ") == ["例示 花子"]


def test_organisations_are_found_by_any_part_of_their_name(sora):
    actor = sora.staff("coordinator")
    made = register_organization(
        actor=actor, values={"name": "見本まちづくり協議会", "kana": "ミホンマチヅクリキョウギカイ"}
    )
    for typed in ("見本", "まちづくり", "協議会", "きょうぎかい", "ﾐﾎﾝﾏﾁ"):
        assert list(find("organization", rounds(typed)).by) == [made.pk], typed
    end_organization(actor=actor, organization=made)
    assert not find("organization", rounds("見本")).by


def test_the_order_is_that_of_readings_and_more_is_said(sora):
    for kana in ("ミホン ンン", "ミホン ガア", "ミホン カア", "ミホン アア"):
        sora.register(f"見本 {kana[-2:]}", kana=kana)
    assert names("見本") == ["見本 アア", "見本 カア", "見本 ガア", "見本 ンン"]
    found = find("person", rounds("みほん"), key="みほん", most=2)
    assert (len(found.by), found.more) == (2, True)


@pytest.mark.parametrize("make", ["complete", "rebuild"])
def test_what_was_loaded_past_the_verbs_is_added(sora, make):
    sora.register("見本 太郎", kana="ミホン タロウ")
    SearchEntry.objects.all().delete()
    SearchEntry.objects.create(authority=sora.authority, kind="person", thing_id=0, tokens="nみほん")
    if make == "complete":
        assert complete(sora.authority, "person") == 2
        assert complete(sora.authority, "person") == 0
    else:
        assert rebuild(sora.authority) == 1
    assert names("みほん") == ["見本 太郎"]


def test_the_job_makes_the_index_anew(sora):
    from yui.base.jobs.tasks import perform

    sora.register("見本 太郎", kana="ミホン タロウ")
    SearchEntry.objects.update(tokens="xalt")
    assert names("みほん") == []
    run = run_job(actor=sora.staff("administrator"), kind=REBUILD, permission=Permission.JOB_READ)
    perform.func(run.public_id)
    run.refresh_from_db()
    assert run.state == State.DONE
    assert names("みほん") == ["見本 太郎"]


def test_entries_gathered_are_written_together_at_the_end(sora):
    first = sora.register("見本 太郎", kana="ミホン タロウ")
    with gathered():
        sora.register("例示 花子", kana="レイジ ハナコ")
        hide_person(actor=sora.staff("officer"), person=first, hidden=True)
        assert (names("れいじ"), names("みほん")) == ([], ["見本 太郎"])
    assert (names("れいじ"), names("みほん")) == (["例示 花子"], [])


def test_an_entry_that_is_right_is_not_written_again(sora):
    sora.register()
    before = list(SearchEntry.objects.order_by("id").values())
    rebuild(sora.authority)
    assert list(SearchEntry.objects.order_by("id").values()) == before
