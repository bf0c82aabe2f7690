"""The pages: registering on a phone, the resident's own, the desk's."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from yui.base import clock
from yui.base.audit.models import AuditEvent
from yui.people.domain import hide_person, issue_card, log_contact, raise_concern, register_organization, update_profile
from yui.people.form_codes import form_code
from yui.people.models import Consent, Contact, ContactNote, Draft, Membership, Organization, Person, Registration

STEP_1 = {
    "display_name": "𠮷田 ã子", "kana": "ﾖｼﾀﾞ あこ", "birth_year": "昭和３０年", "contact_way": "phone", "phone": "０７４８－００－００４２",
    "mail": "", "postal_code": "", "address": "", "contact_when": "夕方",
}  # fmt: skip
STEP_2 = {"theme": ["fukushi", "nou"], "skill": ["cooking"], "slot": ["anytime"], "about": "よろしく"}
STEP_3 = {"consent_register": "on", "consent_introduce": "on"}


@pytest.fixture(autouse=True)
def tables(db):
    call_command("createcachetable", verbosity=0)
    cache.clear()


def post(client, town, rest, values):
    return client.post(town.path(rest), values)


def test_a_visitor_registers_in_three_short_steps(sora):
    client = Client()
    assert client.get(sora.path("register/")).status_code == 200
    one = {**STEP_1, "district": sora.district.pk}
    answer = post(client, sora, "register/", one)
    assert (answer.status_code, answer["Location"]) == (302, sora.path("register/2/"))
    assert "𠮷田 ã子" in client.get(sora.path("register/")).content.decode()
    assert post(client, sora, "register/2/", STEP_2)["Location"] == sora.path("register/3/")
    answer = post(client, sora, "register/3/", STEP_3)
    assert (answer.status_code, answer["Location"]) == (302, sora.path("registered/"))
    person = Person.objects.get()
    assert (person.display_name, person.kana, person.birth_year) == ("𠮷田 ã子", "ヨシダ アコ", 1955)
    assert Contact.objects.get().value == "0748000042"
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"register", "introduce"}
    assert Draft.objects.count() == 0
    assert client.get(sora.path("my/profile/")).status_code == 200


def test_at_most_seven_inputs_are_required(sora):
    client = Client()
    page = client.get(sora.path("register/")).content.decode()
    post(client, sora, "register/", {**STEP_1, "district": sora.district.pk})
    page += client.get(sora.path("register/2/")).content.decode()
    post(client, sora, "register/2/", STEP_2)
    page += client.get(sora.path("register/3/")).content.decode()
    required = page.count("※必須")
    assert required + 1 <= 7  # the contact itself is asked for by the way that was chosen


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(sora):
    client = Client()
    bad = {**STEP_1, "phone": "12", "birth_year": "R8.2.30", "display_name": "ã𠮷"}
    page = post(client, sora, "register/", bad).content.decode()
    assert "けたが足りないようです" in page
    assert "生まれた年は" in page
    assert "地区を選んでください" in page
    assert 'value="12"' in page
    assert "ã𠮷" in page
    assert "ã𠮷" in client.get(sora.path("register/")).content.decode()
    no_mail = {**STEP_1, "contact_way": "mail", "district": sora.district.pk}
    assert "メールアドレスを書いてください" in post(client, sora, "register/", no_mail).content.decode()


def test_a_later_step_can_not_be_jumped_to_and_a_draft_can_wait(sora):
    client = Client()
    assert 'name="display_name"' in client.get(sora.path("register/3/")).content.decode()
    answer = post(client, sora, "register/", {"display_name": "下書 ひろし", "later": "1"})
    assert answer["Location"] == sora.path("register/later/")
    assert "続きを書く" in client.get(sora.path("register/later/")).content.decode()
    assert "下書 ひろし" in client.get(sora.path("register/")).content.decode()
    assert "下書 ひろし" not in Client().get(sora.path("register/")).content.decode()
    post(client, sora, "register/later/", {})
    assert Draft.objects.count() == 0


def test_without_the_required_consent_or_the_guardian_nobody_is_registered(sora):
    client = Client()
    post(
        client, sora, "register/", {**STEP_1, "birth_year": str(clock.today().year - 10), "district": sora.district.pk}
    )
    post(client, sora, "register/2/", STEP_2)
    page = post(client, sora, "register/3/", {"consent_register": "on"}).content.decode()
    assert "保護者の方の同意をもらってください。" in page
    page = post(client, sora, "register/3/", {"guardian": "on"}).content.decode()
    assert "この同意が必要です" in page
    assert Person.objects.count() == 0
    assert post(client, sora, "register/3/", {"consent_register": "on", "guardian": "on"}).status_code == 302


def test_the_printed_form_has_its_code_and_its_address(sora):
    page = Client().get(sora.path("register/form/")).content.decode()
    assert form_code(clock.today()) in page
    assert "<svg" in page
    assert "見本学区" in page


def test_staff_enter_paper_on_one_page(sora):
    client = sora.client(sora.staff("coordinator"))
    page = client.get(sora.path("desk/people/new/")).content.decode()
    assert 'name="consent_register"' in page
    values = {
        **STEP_1, **STEP_2, **STEP_3, "district": sora.district.pk, "received": "paper", "received_on": "R8.2.30",
        "received_by": sora.accounts["coordinator"].pk, "form_code": form_code(clock.today()),
    }  # fmt: skip
    page = client.post(sora.path("desk/people/new/"), values).content.decode()
    assert "R8.2.30" in page
    assert Person.objects.count() == 0
    answer = client.post(sora.path("desk/people/new/"), {**values, "received_on": "令和8年1月30日"})
    assert answer["Location"] == sora.path(f"desk/people/{Person.objects.get().public_id}/")
    registration = Registration.objects.get()
    assert (registration.received, str(registration.effective_on)) == ("paper", "2026-01-30")


def test_contact_data_is_on_the_page_only_after_a_reason(sora):
    person = sora.register(contacts=(("phone", "0748009876"),), address="見本町9番地")
    client = sora.client(sora.staff("coordinator"))
    base = f"desk/people/{person.public_id}/"
    for path in ("", "edit/", "reach/", "stage/", "card/", "contacts/"):
        page = client.get(sora.path(base + path)).content.decode()
        assert "0748009876" not in page
        assert "00-9876" not in page
        assert "見本町9番地" not in page
    assert "理由を選んでください" in client.post(sora.path(base + "contacts/"), {"reason": ""}).content.decode()
    assert not AuditEvent.objects.filter(act="contact.read").exists()
    answer = client.post(sora.path(base + "contacts/"), {"reason": "call"})
    assert "0748-00-9876" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert set(AuditEvent.objects.filter(act="contact.read").values_list("reason", "person_id")) == {
        ("call", person.public_id)
    }


def test_a_stale_form_shows_both_texts_and_keeps_what_was_typed(sora):
    person = sora.register()
    client = sora.client(sora.staff("coordinator"))
    path = sora.path(f"desk/people/{person.public_id}/edit/")
    page = client.get(path).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    update_profile(actor=sora.staff("officer"), person=person, version=int(version), values={"about": "先に書いた文"})
    values = {
        "display_name": "見本 太郎", "district": sora.district.pk, "language_wanted": "ja", "motivation": "2",
        "theme": ["nou"], "slot": ["anytime"], "about": "あとの文", "version": version,
    }  # fmt: skip
    answer = client.post(path, values)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先に書いた文" in page
    assert page.count("あとの文") == 2
    values["version"] = re.search(r'name="version" value="(\d+)"', page).group(1)
    assert client.post(path, values).status_code == 302


def test_a_contact_is_logged_from_two_letters(sora):
    sora.register("見本 太郎", kana="ミホン タロウ")
    sora.register("見本 次郎", kana="ミホン ジロウ")
    client = sora.client(sora.staff("coordinator"))
    path = sora.path("desk/notes/new/")
    values = {"way": "phone", "content": "見学の相談", "promise": "日を知らせる", "promised_for": "3日後"}
    page = client.post(path, {**values, "who": "みほ"}).content.decode()
    assert page.count('type="radio" name="about"') == 2
    assert "見学の相談" in page
    chosen = re.search(r'value="(person:\w+)"', page).group(1)
    answer = client.post(path, {**values, "who": "みほ", "about": chosen, "next": sora.path("desk/")})
    assert answer["Location"] == sora.path("desk/")
    assert (ContactNote.objects.get().promised_for - clock.today()).days == 3
    page = client.post(path, {**values, "who": "みほんた", "promised_for": "そのうち"}).content.decode()
    assert "来週金曜" in page
    evil = client.post(path, {**values, "about": chosen, "next": "https://example.com/"})
    assert evil["Location"] == sora.path("desk/notes/")


def test_a_card_signs_in_and_a_wrong_one_says_so(sora):
    person = sora.register()
    printed = issue_card(actor=sora.staff("coordinator"), person=person)
    client = Client()
    assert "この番号では開けません" in client.post(sora.path("card/"), {"code": "AAAA-AAAA"}).content.decode()
    assert client.post(sora.path("card/"), {"code": printed.code})["Location"] == sora.path("my/")
    assert person.display_name in client.get(sora.path("my/profile/")).content.decode()


def test_a_resident_pauses_withdraws_and_deletes_alone(sora):
    person = sora.register()
    client = sora.client(sora.resident(person))
    client.post(sora.path("my/pause/"), {"rest": "three_months"})
    assert "いまはお休み中です" in client.get(sora.path("my/pause/")).content.decode()
    client.post(sora.path("my/pause/"), {"resume": "1"})
    assert "いまはお休みする" in client.get(sora.path("my/pause/")).content.decode()
    client.post(sora.path("my/consents/"), {"purpose": "notices", "act": "withdraw"})
    assert not Consent.objects.filter(purpose="notices", withdrawn_on=None).exists()
    assert client.post(sora.path("my/data/"))["Content-Type"] == "application/zip"
    assert "「消します」と書くと" in client.post(sora.path("my/delete/"), {"word": "はい"}).content.decode()
    assert Person.objects.get().erased_at is None
    client.post(sora.path("my/delete/"), {"word": "消します"})
    assert Person.objects.get().erased_at is not None
    assert client.get(sora.path("my/profile/")).status_code == 302


RESIDENT_PAGES = (
    "profile",
    "contacts",
    "consents",
    "pause",
    "data",
    "delete",
    "looks",
    "stage",
    "organizations",
    "organizations/new",
)
DESK_PAGES = (
    "people",
    "people/new",
    "notes",
    "notes/new",
    "organizations",
    "organizations/new",
    "concerns",
    "concerns/new",
)


@pytest.mark.parametrize("page", RESIDENT_PAGES)
def test_own_pages_open_for_the_person_and_for_nobody_else(sora, page):
    person = sora.register()
    path = sora.path(f"my/{page}/")
    assert sora.client(sora.resident(person)).get(path).status_code == 200
    assert Client().get(path).status_code == 302
    assert sora.client(sora.staff("coordinator")).get(path).status_code in (403, 404)


@pytest.mark.parametrize("page", DESK_PAGES)
def test_desk_pages_open_for_the_desk_and_for_nobody_else(sora, page):
    person = sora.register()
    path = sora.path(f"desk/{page}/")
    assert sora.client(sora.staff("coordinator")).get(path).status_code == 200
    assert sora.client(sora.staff("officer")).get(path).status_code == 200
    assert sora.client(sora.staff("auditor")).get(path).status_code == 403
    assert sora.client(sora.resident(person)).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_a_resident_does_not_open_the_desk_page_about_themselves(sora):
    person = sora.register()
    client = sora.client(sora.resident(person))
    for rest in ("", "edit/", "contacts/", "stage/", "card/", "reach/", "erase/"):
        assert client.get(sora.path(f"desk/people/{person.public_id}/{rest}")).status_code == 404


def test_things_of_the_desk_have_their_pages(sora):
    person, actor = sora.register(), sora.staff("coordinator")
    client = sora.client(actor)
    note = log_contact(actor=actor, about=person, content="話", promise="また")
    concern = raise_concern(actor=actor, heading="会場", problem="ない")
    group = register_organization(actor=actor, values={"name": "見本の会"})
    for rest in (
        f"notes/{note.public_id}/", f"notes/{note.public_id}/answer/", f"concerns/{concern.public_id}/",
        f"organizations/{group.public_id}/", f"organizations/{group.public_id}/edit/", f"people/{person.public_id}/",
    ):  # fmt: skip
        assert client.get(sora.path(f"desk/{rest}")).status_code == 200
    client.post(sora.path(f"desk/organizations/{group.public_id}/members/"), {"who": "みほ", "role": "representative"})
    assert Membership.objects.get().person == person
    own = sora.client(sora.resident(person))
    assert own.get(sora.path(f"my/organizations/{group.public_id}/")).status_code == 200
    answer = own.post(sora.path("my/organizations/new/"), {"name": "わたしの会"})
    assert answer["Location"] == sora.path("my/organizations/")
    assert Organization.objects.get(name="わたしの会").memberships.get().role == "representative"


@pytest.mark.parametrize("path", ["desk/people/", "desk/notes/", "desk/organizations/", "desk/concerns/"])
def test_lists_cost_the_same_for_one_row_and_for_ten(sora, path, django_assert_num_queries):
    actor = sora.staff("coordinator")
    client = sora.client(actor)

    def add(number):
        person = sora.register(f"見本 {number}")
        log_contact(actor=actor, about=person, content="話", promise="また")
        raise_concern(actor=actor, heading="会場", problem="ない")
        register_organization(actor=actor, values={"name": f"会{number}"})

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    add(1)
    client.get(sora.path(path))
    with CaptureQueriesContext(connection) as one:
        client.get(sora.path(path))
    for number in range(2, 11):
        add(number)
    with CaptureQueriesContext(connection) as ten:
        client.get(sora.path(path))
    assert len(ten) == len(one)


def test_another_town_finds_nothing(sora, hinata):
    from yui.base.tenancy.scope import authority_scope

    person = sora.register()
    with authority_scope(hinata.authority):
        client = hinata.client(hinata.staff("coordinator"))
    assert client.get(hinata.path(f"desk/people/{person.public_id}/")).status_code == 404
    assert client.get(sora.path(f"desk/people/{person.public_id}/")).status_code == 404
    found = client.post(hinata.path("desk/people/"), {"typed": "みほん"}).content.decode()
    assert "見本 太郎" not in found


def test_an_organisation_is_told_in_words(sora):
    actor = sora.staff("coordinator")
    group = register_organization(
        actor=actor,
        values={"name": "見本の会", "sector": "san", "district": sora.district, "themes": ("nou",), "council": True},
    )
    page = sora.client(actor).get(sora.path(f"desk/organizations/{group.public_id}/")).content.decode()
    for words in ("産（会社", "見本学区", "<dd>農", "はい"):
        assert words in page
    assert "tenancy.District" not in page


def test_a_hidden_person_has_no_name_in_the_lists_of_notes(sora):
    person, actor = sora.register("隠し 田さん"), sora.staff("coordinator")
    log_contact(actor=actor, about=person, content="話", promise="また")
    hide_person(actor=actor, person=person, hidden=True)
    page = sora.client(actor).get(sora.path("desk/notes/")).content.decode()
    assert "隠し 田さん" not in page
    assert "（一覧に出さない方）" in page


def test_a_minor_agrees_later_with_a_guardian(sora):
    person = sora.register(birth_year=clock.today().year - 12, guardian=True)
    client = sora.client(sora.resident(person))
    path = sora.path("my/consents/")
    assert "保護者も同意しています" in client.get(path).content.decode()
    assert client.post(path, {"purpose": "photo", "act": "give"}).status_code == 409
    assert client.post(path, {"purpose": "photo", "act": "give", "guardian": "on"}).status_code == 302


def test_two_persons_of_one_account_are_kept_apart(sora):
    first = sora.register("見本 親", contacts=(("mail", "oya@example.jp"),), contact_way="mail")
    sora.register("見本 子", contacts=(("mail", "oya@example.jp"),), contact_way="mail")
    from yui.base.access.actor import actor_for
    from yui.base.accounts.models import Account

    client = sora.client(actor_for(Account.objects.get(email="oya@example.jp"), sora.authority))
    assert "見本 親" in client.get(sora.path("my/profile/")).content.decode()
    session = client.session
    session["acting_person"] = Person.objects.exclude(pk=first.pk).get().public_id
    session.save()
    assert "見本 子" in client.get(sora.path("my/profile/")).content.decode()
    session["acting_person"] = sora.register("他 人").public_id
    session.save()
    assert "見本 親" in client.get(sora.path("my/profile/")).content.decode()


def test_the_list_says_why_somebody_was_found_and_what_to_try_otherwise(sora):
    sora.register("渡邉 見本", kana="ワタナベ ミホン", contacts=(("phone", "0748001234"),))
    client = sora.client(sora.staff("coordinator"))

    def page(typed):
        return client.post(sora.path("desk/people/"), {"typed": typed}).content.decode()

    for typed, why in (
        ("渡辺", "名前・よみが同じ"), ("わたなへ", "よみの音が近い"), ("渡部", "ちがう読み方・同じ読みの字"), ("わたなみ", "よみが1字ちがい"),
        ("1234", "電話の下4けたが同じ"), ("0748-00-1234", "電話番号が同じ"), ("見本学区 見本", "名前・よみが同じ"),
    ):  # fmt: skip
        shown = page(typed)
        assert "渡邉 見本" in shown, typed
        assert why in shown, typed
        assert "1人見つかりました" in shown
    nobody = page("ぬぬぬぬ")
    assert "見つかりませんでした" in nobody
    assert "下4けた" in nobody
    assert "desk/people/new/" in nobody


def test_who_is_merely_alike_is_never_taken_without_asking(sora):
    person = sora.register("渡邉 見本", kana="ワタナベ ミホン")
    client = sora.client(sora.staff("coordinator"))
    told = {"way": "phone", "content": "話した"}
    asked = client.post(sora.path("desk/notes/new/"), {**told, "who": "わたなみ"})
    assert "よみが1字ちがい" in asked.content.decode()
    assert not ContactNote.objects.exists()
    client.post(sora.path("desk/notes/new/"), {**told, "who": "渡辺"})
    assert ContactNote.objects.get().person == person
