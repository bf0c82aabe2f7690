"""The pages: who may open them, what stands on them, and above all what does not."""

import json

import pytest
from django.test import Client

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.messages.models import Message
from yui.base.tenancy.addresses import town_url
from yui.engine.matching import answer_recommend
from yui.introductions import domain
from yui.introductions.domain import Said
from yui.introductions.models import Answer, Introduction
from yui.introductions.tests.conftest import account_of, make_person
from yui.introductions.tests.test_road import NO, YES, asked, both_yes, letters_to, token_in
from yui.people.models import Residence

PLANTED = {
    "mail": "planted-mail@example.jp", "phone": "090-0000-8642", "address": "植込町86-42",
    "host_mail": "bunko@sora.example.jp", "host_phone": "0748-00-0777", "host_address": "架空町1-1",
}  # fmt: skip


def signed_in(account):
    client = Client()
    client.force_login(account)
    session = client.session
    session["demo"] = True
    session.save()
    return client


@pytest.fixture(autouse=True)
def demo(settings):
    settings.YUI_DEMO = True


@pytest.fixture
def planted(sora):
    person = make_person(
        sora.authority, "試案 みのり", mail=PLANTED["mail"], phone=PLANTED["phone"], district=sora.district
    )
    Residence.objects.create(
        authority=sora.authority, person=person, address=PLANTED["address"], effective_on=clock.today()
    )
    return person


def staff(cast, role):
    account = Account.objects.create_user(f"{role}@{cast.authority.key}.example.jp", name="雛形 まもる")
    Grant.objects.create(authority=cast.authority, account=account, role=role, starts_on=clock.today())
    return account


def to(cast, name, **kwargs):
    return town_url(cast.authority, f"introductions:{name}", **kwargs)


def every_page(cast, person, row=None):
    """(account, address) of every page of the wing that somebody may open."""
    desk, own, host = cast.coordinator, account_of(cast.authority, person), cast.member
    thing = cast.opportunity.public_id
    yield from ((desk, to(cast, name)) for name in ("candidates", "never_asked", "introductions", "slip", "fairness"))
    yield desk, to(cast, "introductions") + "?view=board"
    yield desk, to(cast, "introductions") + "?state=all"
    yield desk, to(cast, "opportunity_candidates", public_id=thing)
    yield desk, to(cast, "left_out", public_id=thing, limit="slots")
    yield desk, to(cast, "propose", public_id=thing, person=person.public_id)
    yield desk, to(cast, "suggestions", public_id=person.public_id)
    yield from ((own, to(cast, name)) for name in ("my_introductions",))
    yield host, to(cast, "group_introductions")
    yield host, to(cast, "group_candidates", public_id=thing)
    if row is not None:
        for name in ("introduction", "meeting", "met", "outcome", "follow_up", "stop"):
            yield desk, to(cast, name, public_id=row.public_id)
        for side in Answer.Side.values:
            yield desk, to(cast, "enter_answer", public_id=row.public_id, side=side)
            yield desk, to(cast, "ask_again", public_id=row.public_id, side=side)
        if row.state != "proposed":
            yield own, to(cast, "my_introduction", public_id=row.public_id)
            yield host, to(cast, "group_introduction", public_id=row.public_id)


def texts_of(cast, person, row):
    for account, address in every_page(cast, person, row):
        answer = signed_in(account).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        yield account, address, answer.content.decode()


def test_before_both_yes_no_contact_stands_on_any_page_in_any_mail_or_letter(sora, planted):
    row = asked(sora, planted)
    domain.answer(actor=sora.actor(), introduction=row, side="person", said=YES)
    row.refresh_from_db()
    for _, address, text in texts_of(sora, planted, row):
        for kind, value in PLANTED.items():
            assert value not in text, (kind, address)
    for message in Message.objects.all():
        assert not any(value in message.subject + message.body for value in PLANTED.values())


def test_a_host_sees_no_name_and_no_id_before_the_persons_yes(sora, planted):
    row = asked(sora, planted)
    for account, address, text in texts_of(sora, planted, row):
        if account == sora.member:
            assert "みのり" not in text, address
            assert planted.public_id not in text, address
    domain.answer(actor=sora.actor(), introduction=row, side="person", said=YES)
    page = signed_in(sora.member).get(to(sora, "group_introduction", public_id=row.public_id)).content.decode()
    assert "試案 みのり" in page


def test_after_both_yes_each_side_reads_the_chosen_way_of_the_other(sora, planted):
    row = both_yes(sora, planted)
    host = signed_in(sora.member).get(to(sora, "group_introduction", public_id=row.public_id)).content.decode()
    own = signed_in(account_of(sora.authority, planted)).get(to(sora, "my_introduction", public_id=row.public_id))
    assert PLANTED["mail"] in host
    assert PLANTED["phone"] not in host
    assert PLANTED["host_mail"] in own.content.decode()
    assert PLANTED["host_phone"] not in own.content.decode()


def test_a_private_reason_is_read_by_coordinators_alone(sora, planted):
    row = asked(sora, planted)
    domain.answer(actor=sora.actor(), introduction=row, side="person", said=NO)
    address = to(sora, "introduction", public_id=row.public_id)
    assert "いまは忙しい" in signed_in(sora.coordinator).get(address).content.decode()
    officer = signed_in(staff(sora, "officer")).get(address)
    assert officer.status_code == 200
    assert "いまは忙しい" not in officer.content.decode()
    group = signed_in(sora.member).get(to(sora, "group_introduction", public_id=row.public_id)).content.decode()
    assert "今回は見送りとなりました" in group
    assert "忙しい" not in group.split("<main")[1].replace('<option value="busy">いまは忙しい</option>', "")


def test_the_link_page_asks_and_answers_without_signing_in(sora, planted):
    asked(sora, planted)
    address = to(sora, "answer", token=token_in(letters_to(planted).get()))
    client = Client()
    page = client.get(address).content.decode()
    assert "土曜の朝、絵本を1冊読む" in page
    assert "ひながた文庫" in page
    assert Answer.objects.count() == 0
    assert client.post(address, {"answer": "yes", "words": "よろしく"}).status_code == 302
    assert Answer.objects.get().words == "よろしく"
    assert client.get(address).status_code == 410
    assert client.post(address, {"answer": "no"}).status_code == 410
    assert Answer.objects.get().yes
    assert client.get(to(sora, "answer", token="nothing")).status_code == 410


def test_a_form_without_an_answer_changes_nothing_and_keeps_what_was_typed(sora, planted):
    asked(sora, planted)
    address = to(sora, "answer", token=token_in(letters_to(planted).get()))
    answer = Client().post(address, {"words": "まよっています"})
    assert answer.status_code == 200
    assert "まよっています" in answer.content.decode()
    assert Answer.objects.count() == 0


def test_the_whole_road_through_the_pages(sora, planted):
    desk = signed_in(sora.coordinator)
    page = desk.get(to(sora, "opportunity_candidates", public_id=sora.opportunity.public_id)).content.decode()
    assert "試案 みのり" in page
    propose = to(sora, "propose", public_id=sora.opportunity.public_id, person=planted.public_id)
    named = desk.post(propose, {"why": "みのりさんは声がよい"})
    assert "お名前（みのり）は書かないでください" in named.content.decode()
    assert desk.post(propose, {"why": "落ち着いた声の方です"}).status_code == 302
    row = Introduction.objects.get()
    assert desk.post(to(sora, "ask", public_id=row.public_id)).status_code == 302
    entered = {"yes": "yes", "how": "phone", "words": "", "reason": ""}
    assert desk.post(to(sora, "enter_answer", public_id=row.public_id, side="person"), entered).status_code == 302
    second = desk.post(to(sora, "enter_answer", public_id=row.public_id, side="person"), entered)
    assert second.status_code == 409
    assert "お返事はもう受け取っています" in second.content.decode()
    group = to(sora, "group_answer", public_id=row.public_id)
    assert signed_in(sora.member).post(group, {"answer": "yes"}).status_code == 302
    meeting = {"day": "R8.11.28", "time": "１０時半", "place": "例示公民館"}
    assert desk.post(to(sora, "meeting", public_id=row.public_id), meeting).status_code == 302
    row.refresh_from_db()
    assert row.state == "meeting"
    assert "10時30分" in desk.get(to(sora, "introduction", public_id=row.public_id)).content.decode().replace(
        "10:30", "10時30分"
    )
    assert desk.post(to(sora, "met", public_id=row.public_id), {"day": "2026/11/20"}).status_code == 302
    assert desk.post(to(sora, "start", public_id=row.public_id)).status_code == 302
    done = {"kind": "continues", "text": "続いている"}
    assert desk.post(to(sora, "outcome", public_id=row.public_id), done).status_code == 302
    assert desk.post(to(sora, "follow_up", public_id=row.public_id), {"kind": "", "text": ""}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.outcome_kind) == ("followed_up", "continues")
    assert desk.post(to(sora, "stop", public_id=row.public_id), {"reason": "x"}).status_code == 409


def test_own_pages_are_404_for_others_and_the_desk_is_404_for_residents(sora, planted):
    row = asked(sora, planted)
    stranger = signed_in(account_of(sora.authority, make_person(sora.authority, "架空 健一")))
    own = signed_in(account_of(sora.authority, planted))
    assert stranger.get(to(sora, "my_introduction", public_id=row.public_id)).status_code == 404
    assert stranger.post(to(sora, "my_answer", public_id=row.public_id), {"answer": "no"}).status_code == 404
    assert own.get(to(sora, "introduction", public_id=row.public_id)).status_code == 404
    assert own.get(to(sora, "introductions")).status_code == 404
    assert own.get(to(sora, "group_introduction", public_id=row.public_id)).status_code == 404
    assert signed_in(sora.member).get(to(sora, "my_introduction", public_id=row.public_id)).status_code == 404
    assert Answer.objects.count() == 0


def test_a_proposal_is_nobodys_business_before_the_sides_are_asked(sora, planted):
    row = domain.propose_introduction(actor=sora.actor(), person=planted, opportunity=sora.opportunity, why="")
    own = signed_in(account_of(sora.authority, planted))
    assert own.get(to(sora, "my_introduction", public_id=row.public_id)).status_code == 404
    assert sora.opportunity.title not in own.get(to(sora, "my_introductions")).content.decode().split("<main")[1]


def test_another_town_knows_nothing(sora, hinata, planted):
    row = asked(sora, planted)
    foreign = signed_in(hinata.coordinator)
    for name in ("introduction", "meeting"):
        assert foreign.get(to(hinata, name, public_id=row.public_id)).status_code == 404
        assert foreign.get(to(sora, name, public_id=row.public_id)).status_code == 404
    token = token_in(letters_to(planted).get())
    assert Client().get(to(hinata, "answer", token=token)).status_code == 410


def test_the_auditor_reads_fairness_and_the_question_by_pseudonymous_ids(sora, planted):
    made = domain.make_candidate_list(actor=sora.actor(), opportunity=sora.opportunity)
    auditor = signed_in(staff(sora, "auditor"))
    assert auditor.get(to(sora, "fairness")).status_code == 200
    answer = auditor.get(to(sora, "question", public_id=made.public_id))
    text = answer.content.decode()
    assert "みのり" not in text
    assert not any(value in text for value in PLANTED.values())
    [entries] = answer_recommend(json.loads(text))["lists"].values()
    stored = [(row.person.public_id, row.score) for row in made.candidates.select_related("person")]
    assert [(entry["id"], entry["score"]) for entry in entries] == stored
    page = auditor.get(to(sora, "recompute", public_id=made.public_id)).content.decode()
    assert "同じ結果になりました" in page
    assert "みのり" not in page
    assert auditor.get(to(sora, "introductions")).status_code == 403


def test_a_return_slip_leads_to_its_introduction(sora, planted):
    row = asked(sora, planted)
    desk = signed_in(sora.coordinator)
    found = desk.get(to(sora, "slip"), {"number": row.public_id.upper()})
    assert found.headers["Location"] == to(sora, "introduction", public_id=row.public_id)
    assert "見つかりません" in desk.get(to(sora, "slip"), {"number": "zzz"}).content.decode()


def test_lists_cost_the_same_queries_for_few_and_many(sora, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = signed_in(sora.coordinator)

    def cost(address):
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    asked(sora, make_person(sora.authority, "見本 一郎"))
    few = [cost(to(sora, "introductions")), cost(to(sora, "introductions") + "?view=board"), cost(to(sora, "fairness"))]
    for number in range(4):
        asked(sora, make_person(sora.authority, f"見本 {number}郎"))
    assert [
        cost(to(sora, "introductions")), cost(to(sora, "introductions") + "?view=board"), cost(to(sora, "fairness"))
    ] == few  # fmt: skip


def test_an_own_answer_on_the_page(sora, planted):
    row = asked(sora, planted)
    own = signed_in(account_of(sora.authority, planted))
    assert own.post(to(sora, "my_answer", public_id=row.public_id), {"words": "x"}).status_code == 400
    sent = own.post(to(sora, "my_answer", public_id=row.public_id), {"answer": "no", "reason": "busy"})
    assert sent.status_code == 302
    assert Answer.objects.get().private_reason == "busy"
    assert Said(yes=False, how="page") != NO
