"""Who may already be registered: at entry, in the list; told apart, merged, told to the person, erased."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.record import Reason
from yui.base.measures.desk_items import collect
from yui.engine.likeness import Known
from yui.people.callers import find_caller
from yui.people.domain import (
    erase_person,
    export_own_data,
    find_likeness,
    forget_journals,
    keep_apart,
    merge_people,
    name_pair,
    register_by_proxy,
    register_person,
    set_contacts,
    told_person,
    undo_merge,
    update_profile,
)
from yui.people.domain.accounts import link_account
from yui.people.likeness import find_like, find_like_many, open_pairs
from yui.people.models import Consent, Contact, LikePair, Merge, Person, PersonKey
from yui.people.models.registrations import Received
from yui.people.queries import looks_at, persons_of, read_contacts, registered

PHONE = (("phone", "0748-00-0001"),)


def twice(sora, **second):
    """見本 太郎 on paper and once more on the telephone."""
    one = sora.register("見本 太郎", birth_year=1950, contacts=PHONE, address="甲南町野田810番地")
    given = {"kana": "みほん たろう", "birth_year": 1950, "contacts": (("phone", "０７４８０００００１"),), **second}
    return one, sora.register("三本 太郎", **given)


def test_the_likeliest_stands_first_with_its_reasons(sora):
    one, two = twice(sora)
    sora.register("見本 花子", kana="ミホン ハナコ", birth_year=1952, contacts=PHONE, address="甲南町野田810番地")
    asked = Known("見本太郎", "ミホンタロウ", 1950, ("+81 748 00 0001",), (), ("滋賀県甲賀市甲南町野田８１０",))
    found = find_like(actor=sora.staff("coordinator"), known=asked)
    assert [like.person for like in found] == [one, two]
    assert found[0].words == ["よみが同じ", "お名前の文字が同じ", "電話番号が同じ", "住所が同じ", "生まれた年が同じ"]
    assert [like.person for like in find_like(actor=sora.staff("coordinator"), known=asked, but=one)] == [two]


def test_contact_data_is_not_read_for_comparing(sora):
    twice(sora)
    with CaptureQueriesContext(connection) as caught:
        find_like(actor=sora.staff("officer"), known=Known("見本 太郎", "ミホン タロウ", 1950, ("0748000001",)))
        find_likeness(actor=sora.staff("officer"))
    assert not [q["sql"] for q in caught if '"value"' in q["sql"] or '"address"' in q["sql"]]


def test_many_are_looked_up_at_once(sora):
    twice(sora)
    known = [Known(f"試案 {n}", f"シアン {n}", 1960, (f"0748-00-{n:04d}",)) for n in range(300)]
    known[150] = Known("見本 太郎", "ミホン タロウ", 1950)
    with CaptureQueriesContext(connection) as caught:
        found = find_like_many(actor=sora.staff("coordinator"), known=known)
    assert [n for n, likes in enumerate(found) if likes] == [150]
    assert len(caught) < 12


def test_hidden_and_erased_persons_are_not_found(sora):
    one, two = twice(sora)
    Person.objects.filter(pk=one.pk).update(hidden=True)
    erase_person(actor=sora.staff("officer"), person=two)
    assert (
        find_like(actor=sora.staff("coordinator"), known=Known("見本 太郎", "ミホン タロウ", 1950, ("0748000001",)))
        == []
    )
    assert not open_pairs().exists()


def test_a_resident_may_not_ask_and_another_town_finds_nobody(sora, hinata):
    one, _two = twice(sora)
    asked = Known("見本 太郎", "ミホン タロウ", 1950, ("0748000001",))
    with pytest.raises(Refused):
        find_like(actor=sora.resident(one), known=asked)
    with pytest.raises(Refused):
        merge_people(actor=hinata.staff("coordinator"), survivor=one, loser=_two)


def test_whoever_registers_on_the_web_is_told_nothing_and_staff_see_the_pair(sora, client):
    sora.register("見本 太郎", birth_year=1950, contacts=PHONE)
    register_person(actor=sora.anonymous(), answers=sora.answers(birth_year=1950, contacts=PHONE))
    assert open_pairs().count() == 1
    lines = [line.who for line in collect(sora.staff("coordinator"), clock.today())]
    assert "重複かもしれない登録 1組" in lines
    assert not [line for line in collect(sora.staff("auditor"), clock.today()) if "重複" in line.who]


def test_what_is_changed_later_is_compared_again(sora):
    one, two = twice(sora, kana="べつの ひと")
    assert not open_pairs().exists()
    actor = sora.staff("coordinator")
    update_profile(actor=actor, person=two, version=two.version, values={"kana": "ミホン タロウ"})
    assert [(p.person, p.other) for p in open_pairs()] == [(one, two)]
    set_contacts(actor=actor, person=two, contacts=(("phone", "0748-00-0999"),))
    assert not open_pairs().exists()


def test_the_nightly_look_finds_what_came_in_otherwise(sora):
    one, two = twice(sora)
    LikePair.objects.all().delete()
    assert find_likeness(actor=sora.staff("coordinator")) == 1
    assert [(p.person, p.other) for p in open_pairs()] == [(one, two)]


def test_whoever_was_told_apart_is_not_shown_again(sora):
    twice(sora)
    actor = sora.staff("coordinator")
    keep_apart(actor=actor, pair=open_pairs().get())
    find_likeness(actor=actor)
    assert not open_pairs().exists()
    decided = LikePair.objects.get()
    assert (decided.apart_on, decided.apart_by) == (clock.today(), actor.account)
    name_pair(actor=actor, person=decided.other, other=decided.person)
    assert open_pairs().count() == 1


def test_entering_as_somebody_else_is_a_decision(sora):
    sora.register("見本 太郎", birth_year=1950, contacts=PHONE)
    register_by_proxy(
        actor=sora.staff("coordinator"), answers=sora.answers(birth_year=1950, contacts=PHONE), apart=True,
        received=Received.PHONE, received_on=clock.today(),
    )  # fmt: skip
    assert not open_pairs().exists()
    assert LikePair.objects.get().apart_on == clock.today()


def test_one_person_is_in_lists_and_found_by_both_names(sora):
    one, two = twice(sora)
    actor = sora.staff("coordinator")
    merge_people(actor=actor, survivor=one, loser=two, taken={"display_name"})
    one.refresh_from_db()
    assert one.display_name == "三本 太郎"
    assert list(registered(clock.today())) == [one]
    assert {c.person for typed in ("見本", "三本", "0001") for c in find_caller(actor=actor, typed=typed)} == {one}
    with pytest.raises(NotPossible):
        set_contacts(actor=actor, person=two, contacts=PHONE)
    assert Contact.objects.filter(person=one, ended_on=None).count() == 2


def test_keys_written_anew_since_are_made_again(sora):
    one, two = twice(sora)
    actor = sora.staff("coordinator")
    merge = merge_people(actor=actor, survivor=one, loser=two)
    one.refresh_from_db()
    update_profile(actor=actor, person=one, version=one.version, values={"about": "午前中"})
    assert undo_merge(actor=actor, merge=merge).kept == []
    assert {c.person for c in find_caller(actor=actor, typed="三本")} == {two}
    assert PersonKey.objects.filter(person=two, kind="number").exists()
    assert open_pairs().count() == 1


def test_two_accounts_stay_only_when_the_person_was_asked(sora):
    one, two = twice(sora)
    actor = sora.staff("coordinator")
    accounts = [link_account(actor=actor, person=p, mail=f"{p.public_id}@example.jp") for p in (one, two)]
    with pytest.raises(NotPossible) as refused:
        merge_people(actor=actor, survivor=one, loser=two)
    assert refused.value.code == "two_accounts"
    merge = merge_people(actor=actor, survivor=one, loser=two, confirmed=True)
    from yui.base.access.actor import actor_for

    assert [persons_of(actor_for(account, sora.authority)) for account in accounts] == [[one], [one]]
    undo_merge(actor=actor, merge=merge)
    assert [persons_of(actor_for(account, sora.authority)) for account in accounts] == [[one], [two]]


def test_looks_at_the_other_row_are_shown_to_the_person(sora):
    one, two = twice(sora)
    actor = sora.staff("coordinator")
    read_contacts(actor=actor, person=two, reason=Reason.CALL)
    merge_people(actor=actor, survivor=one, loser=two)
    assert [look.reason for look in looks_at(one)] == ["電話をするため"]


def test_the_person_is_asked_about_consents_that_differed(sora):
    one, two = twice(sora, consents=("register",))
    actor = sora.staff("coordinator")
    merge = merge_people(actor=actor, survivor=one, loser=two)
    assert merge.ask_about == ["handover", "introduce", "notices"]
    lines = [line for line in collect(actor, clock.today()) if line.key == f"merge:{merge.public_id}"]
    assert [line.who for line in lines] == ["見本 太郎"]
    told_person(actor=actor, merge=merge)
    assert not [line for line in collect(actor, clock.today()) if line.key == f"merge:{merge.public_id}"]


def test_a_new_registration_after_a_withdrawal_is_the_newer_word(sora):
    one, two = twice(sora)
    Consent.objects.filter(person=one, purpose="register").update(withdrawn_on=clock.today() - dt.timedelta(days=30))
    one.registration_set.update(ended_on=clock.today() - dt.timedelta(days=30), ended_recorded_at=clock.now())
    merge_people(actor=sora.staff("coordinator"), survivor=one, loser=two)
    assert list(registered(clock.today())) == [one]


def test_erasing_takes_the_merged_row_and_the_journal_along(sora):
    one, two = twice(sora)
    actor = sora.staff("officer")
    merge = merge_people(actor=actor, survivor=one, loser=two)
    erase_person(actor=actor, person=one)
    assert {(p.display_name, p.erased_at is None) for p in Person.objects.all()} == {("", False)}
    assert Merge.objects.get().journal == []
    assert not LikePair.objects.exists()
    with pytest.raises(NotPossible):
        undo_merge(actor=actor, merge=merge)


def test_after_ninety_days_the_earlier_values_are_gone(sora, settings):
    one, two = twice(sora)
    actor = sora.staff("coordinator")
    merge = merge_people(actor=actor, survivor=one, loser=two)
    forget_journals(actor=actor)
    assert Merge.objects.get().journal != []
    settings.YUI_TODAY = (merge.undo_until + dt.timedelta(days=1)).isoformat()
    forget_journals(actor=actor)
    assert Merge.objects.get().journal == []
    with pytest.raises(NotPossible):
        undo_merge(actor=actor, merge=merge)


def test_own_data_holds_what_stayed_with_the_merged_row(sora):
    one, two = twice(sora)
    resident = sora.resident(one)
    merge_people(actor=sora.staff("coordinator"), survivor=one, loser=two)
    import io
    import json
    import zipfile

    with zipfile.ZipFile(io.BytesIO(export_own_data(actor=resident, person=one))) as archive:
        content = json.loads(archive.read("own-data.json"))
    assert len(content["content"]["registrations"]) == 2
    assert len(content["content"]["merges"]) == 1


def test_a_page_of_a_merged_row_leads_to_the_person(sora):
    one, two = twice(sora)
    merge_people(actor=sora.staff("coordinator"), survivor=one, loser=two)
    browser = sora.client(sora.staff("coordinator"))
    answer = browser.get(sora.path(f"desk/people/{two.public_id}/"))
    assert answer["Location"] == sora.path(f"desk/people/{one.public_id}/")
    assert browser.get(sora.path(f"desk/people/{two.public_id}/edit/")).status_code == 404


def test_naming_the_other_registration_by_hand(sora):
    one, two = twice(sora, kana="べつの よみ", birth_year=1970)
    browser = sora.client(sora.staff("coordinator"))
    address = sora.path(f"desk/people/{one.public_id}/same/")
    answer = browser.post(address, {"who": "三本", "about": f"person:{two.public_id}"})
    page = browser.get(answer["Location"])
    assert page.status_code == 200
    assert "三本 太郎" in page.content.decode()
    assert "0748" not in page.content.decode().partition("<main")[2].partition("</main")[0]
