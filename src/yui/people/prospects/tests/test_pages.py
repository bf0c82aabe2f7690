"""The screens, as the desk walks through them."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from yui.base.audit.models import AuditEvent
from yui.people.prospects import domain
from yui.people.prospects.models import Hearing, Invitation, Prospect, Roster, RosterEntry

pytestmark = pytest.mark.django_db
PLACE = "desk/prospects/"


@pytest.fixture(autouse=True)
def tables(db):
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.fixture
def desk(sora, actor):
    return sora.client(actor)


def page(desk, town, rest=""):
    answer = desk.get(town.path(PLACE + rest))
    assert answer.status_code == 200, rest
    return answer.content.decode()


def send(desk, town, rest, **values):
    return desk.post(town.path(PLACE + rest), values)


def test_from_a_hearing_to_a_registration(sora, desk):
    talk = {"place": "架空製作所", "kind": "firm", "held_on": "2026/11/18", "heard": "社員に手品の得意な方がいる。",
            "next_step": "社内報にのせる", "next_on": "2026/11/25"}  # fmt: skip
    assert send(desk, sora, "hearings/new/", **talk).status_code == 302
    hearing = Hearing.objects.get()
    assert "社員に手品の得意な方がいる。" in page(desk, sora, f"hearings/{hearing.public_id}/")
    assert 'value="hearing" ' in page(desk, sora, f"new/?hearing={hearing.public_id}")
    given = {
        "name": "下書 ひろし",
        "source": "hearing",
        "hearing": hearing.pk,
        "agreed": "unknown",
        "contact": "090-0000-1122",
    }
    send(desk, sora, "new/", **given)
    prospect = Prospect.objects.get()
    assert "090-0000-1122" not in page(desk, sora, f"{prospect.public_id}/")
    assert "090-0000-1122" in send(desk, sora, f"{prospect.public_id}/").content.decode()
    refused = send(desk, sora, f"{prospect.public_id}/invite/", channel="phone", sent_on="2026/11/19")
    assert "先に同意をたしかめてください" in refused.content.decode()
    step = {"agreed": "spoken", "next_step": "見学の日を決める", "next_on": "2026/11/20"}
    send(desk, sora, f"{prospect.public_id}/step/", **step)
    assert send(desk, sora, f"{prospect.public_id}/invite/", channel="phone", sent_on="2026/11/19").status_code == 302
    invitation = Invitation.objects.get()
    send(desk, sora, f"invitations/{invitation.public_id}/", outcome="yes", answered_on="2026/11/20")
    send(desk, sora, f"{prospect.public_id}/benefits/", benefits=["network"], way="paper", shown_on="2026/11/20")
    told = page(desk, sora, f"{prospect.public_id}/")
    assert all(word in told for word in ("見学の日を決める", "参加したい", "人とのつながり", "口頭で同意"))
    assert "次の一歩の期日が来た候補者 1人" in desk.get(sora.path("desk/")).content.decode()
    person = sora.register("下書 ひろし", kana="シタガキ ヒロシ")
    answer = send(desk, sora, f"{prospect.public_id}/registered/", who="したがき")
    assert answer["Location"] == sora.path(f"desk/people/{person.public_id}/")
    assert desk.get(sora.path(f"{PLACE}{prospect.public_id}/")).status_code == 404
    assert "下書 ひろし" in page(desk, sora, "?ended=1")
    assert "下書 ひろし" not in page(desk, sora)
    assert "架空製作所" in page(desk, sora, "hearings/")


def test_two_who_write_one_hearing_see_both_texts(sora, desk, hearing):
    place = f"hearings/{hearing.public_id}/edit/"
    given = {"version": 1, "place": "見本高等学校", "kind": "school", "held_on": "2026/11/20", "heard": "一つめの話"}
    assert send(desk, sora, place, **given).status_code == 302
    answer = send(desk, sora, place, **{**given, "heard": "二つめの話"})
    told = answer.content.decode()
    assert (answer.status_code, "一つめの話" in told, "二つめの話" in told) == (409, True, True)


def test_a_list_is_made_filled_and_handed_out(sora, desk, prospect):
    send(desk, sora, "lists/", kind="coordinator", title="")
    roster = Roster.objects.get()
    assert roster.title == "中間支援コーディネーターの候補者リスト案"
    assert (
        "まだ候補が入っていません"
        in desk.post(sora.path(f"{PLACE}lists/{roster.public_id}/word/"), follow=True).content.decode()
    )
    send(desk, sora, f"lists/{roster.public_id}/new/", prospect=prospect.public_id, qualities="聞き上手")
    entry = RosterEntry.objects.get()
    changed = {"version": 1, "field": "bosai", "qualities": "聞き上手", "experience": "消防団", "sources": "本人から"}
    assert send(desk, sora, f"entries/{entry.public_id}/", **changed).status_code == 302
    stale = send(desk, sora, f"entries/{entry.public_id}/", **{**changed, "experience": "町内会"})
    assert (stale.status_code, "消防団" in stale.content.decode(), "町内会" in stale.content.decode()) == (
        409,
        True,
        True,
    )
    shown = page(desk, sora, f"lists/{roster.public_id}/")
    assert ("消防団" in shown, "同意をたしかめていない方が1人います。" in shown) == (True, True)
    for form, kind in (("word", "wordprocessingml"), ("excel", "spreadsheetml")):
        file = desk.post(sora.path(f"{PLACE}lists/{roster.public_id}/{form}/"))
        assert (file.status_code, kind in file["Content-Type"]) == (200, True)
    send(desk, sora, f"entries/{entry.public_id}/", out="1")
    assert "消防団" not in page(desk, sora, f"lists/{roster.public_id}/")


def test_many_are_invited_at_once_and_the_figures_stand_above(sora, desk):
    send(
        desk,
        sora,
        "invitations/new/",
        channel="circular",
        to_words="見本学区の全戸",
        copies="1200",
        sent_on="2026/11/10",
    )
    assert all(word in page(desk, sora, "invitations/") for word in ("回覧板", "1,200部", "見本学区の全戸"))
    wrong = send(desk, sora, "invitations/new/", channel="phone", to_words="全戸", copies="1", sent_on="2026/11/10")
    assert wrong.status_code == 200
    assert Invitation.objects.count() == 1


def test_whoever_wishes_is_erased_from_the_screen(sora, desk, prospect):
    assert send(desk, sora, f"{prospect.public_id}/end/", how="").status_code == 200
    assert send(desk, sora, f"{prospect.public_id}/end/", how="wish").status_code == 302
    assert "試案" not in page(desk, sora) + page(desk, sora, "?ended=1")
    assert AuditEvent.objects.filter(act="prospect.erased").count() == 1


def test_benefits_are_shown_to_registered_people_too(sora, desk):
    place = sora.path(f"desk/people/{sora.register('例示 花子').public_id}/benefits/")
    assert "まだ説明していません" in desk.get(place).content.decode()
    desk.post(place, {"benefits": ["network", "learning"], "way": "spoken", "shown_on": "2026/11/20"})
    assert all(word in desk.get(place).content.decode() for word in ("人とのつながり（話して）", "学べる（話して）"))
    assert desk.post(place, {"way": "spoken", "shown_on": "2026/11/20"}).status_code == 200


def test_the_form_that_shows_the_contact_leaves_a_row_in_the_audit(sora, desk, prospect):
    assert "090-0000-7788" in page(desk, sora, f"{prospect.public_id}/edit/")
    assert AuditEvent.objects.filter(person_id=prospect.public_id, fields=["prospect.contact"]).count() == 1


def test_only_the_desk_has_these_pages(sora, hinata, desk, prospect):
    other = sora.client(sora.staff("auditor"))
    resident = sora.client(sora.resident(sora.register("見本 太郎")))
    for client, refusal in ((other, 403), (resident, 404)):
        for rest in ("", "hearings/", "invitations/", "lists/", f"{prospect.public_id}/"):
            assert client.get(sora.path(PLACE + rest)).status_code == refusal
    assert desk.get(hinata.path(f"{PLACE}{prospect.public_id}/")).status_code == 404


def test_the_lists_ask_as_often_for_many_as_for_one(sora, actor, desk, prospect):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    roster = domain.make_roster(actor=actor, kind="actor", title="候補")
    domain.add_entry(actor=actor, roster=roster, candidate=prospect)
    domain.add_entry(actor=actor, roster=roster, candidate=sora.register("架空 太郎"))
    domain.invite(actor=actor, prospect=prospect, channel="in_person", sent_on=prospect.effective_on)
    places = ("", "hearings/", "invitations/", "lists/", f"lists/{roster.public_id}/", f"{prospect.public_id}/")

    def cost():
        found = []
        for place in places:
            with CaptureQueriesContext(connection) as caught:
                page(desk, sora, place)
            found.append(len(caught))
        return found

    page(desk, sora)
    before = cost()
    for number in range(5):
        more = domain.add_prospect(
            actor=actor,
            values={"name": f"見本 {number}郎", "source": "event"},
            next_step="電話",
            next_on=prospect.effective_on,
        )
        domain.invite(actor=actor, prospect=more, channel="in_person", sent_on=prospect.effective_on)
        domain.add_entry(actor=actor, roster=roster, candidate=more)
        domain.add_entry(actor=actor, roster=roster, candidate=sora.register(f"架空 {number}郎"))
        domain.show_benefits(
            actor=actor, to=prospect, benefits=["network"], way="spoken", shown_on=prospect.effective_on
        )
    assert cost() == before
    assert max(before) <= 15
