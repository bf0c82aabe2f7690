"""The pages of the ledger: judged as it is typed, by filters and sums, within reach only."""

import datetime as dt
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.base.measures.desk_items import collect
from yui.base.tenancy.scope import authority_scope
from yui.engine.expenses import answer_expenses
from yui.office.commissions.models import Commission
from yui.office.expenses.domain import approve_statement, check_expense
from yui.office.expenses.models import Evidence, Expense
from yui.office.expenses.tests.conftest import pdf_of, png_of
from yui.office.expenses.tests.test_statements import accept, ask

LISTS = ["", "budget/", "evidence/", "sources/", "statements/", "honorarium/"]
LODGING = {"spent_on": "R6.11.10", "payee": "例示ホテル", "purpose": "研修の宿泊", "paid": "１１，８０１円", "nights": "1", "people": "1"}  # fmt: skip


def visitor(who):
    client = Client()
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["enrolled"] = True  # a second factor was shown
    session.save()
    return client


def at(path):
    return f"/kurihara/desk/expenses/{path}"


@pytest.mark.parametrize("path", LISTS)
def test_every_room_opens_empty_and_full(kurihara, path):
    client = visitor(kurihara.lead)
    assert client.get(at(path)).status_code == 200
    kurihara.prove(kurihara.enter("consumables", paid=1_200))
    kurihara.enter("lodging", paid=12_000, nights=1, people=1)
    assert client.get(at(path)).status_code == 200


def test_a_line_is_judged_as_it_is_typed_and_nothing_is_kept(kurihara):
    answer = visitor(kurihara.lead).post(at("judge/lodging/"), LODGING)
    text = answer.content.decode()
    assert "11,801円のうち、11,800円が対象、1円は対象外です。" in text
    assert "令和6年度 募集要領 別紙1 1(5)" in text
    assert "<html" not in text
    assert not Expense.objects.exists()


def test_while_something_is_missing_the_judge_says_what(kurihara):
    text = visitor(kurihara.lead).post(at("judge/lodging/"), {**LODGING, "spent_on": ""}).content.decode()
    assert "「使った日」を書くと" in text


def test_the_cap_is_told_before_the_line_is_kept(kurihara):
    kurihara.enter("personnel", rate=1_850, hours="1000")
    typed = {"spent_on": "R6.11.10", "payee": "想定", "purpose": "相談", "rate": "1850", "hours": "82"}
    text = visitor(kurihara.lead).post(at("judge/personnel/"), typed).content.decode()
    assert "2,001,700円で、上限 2,000,000円を 1,700円こえています。" in text


def test_without_script_the_second_button_judges_and_keeps_nothing(kurihara):
    answer = visitor(kurihara.lead).post(at("new/lodging/"), {**LODGING, "act": "judge"})
    text = answer.content.decode()
    assert (answer.status_code, "11,800円が対象" in text, "１１，８０１円" in text) == (200, True, True)
    assert not Expense.objects.exists()


def test_a_line_is_entered_with_a_photo_and_opened_by_the_city(kurihara):
    client = visitor(kurihara.lead)
    page = client.post(at("new/lodging/"), LODGING)
    line = Expense.objects.get()
    assert (page.status_code, line.facts) == (302, {"paid": 11_801, "nights": 1, "people": 1})
    photo = SimpleUploadedFile("IMG_0001.png", png_of(), "image/png")
    address = at(f"lines/{line.public_id}/evidence/")
    assert client.post(address, {"kind": "lodging_invoice", "file": photo}).status_code == 302
    piece = Evidence.objects.get()
    file = visitor(kurihara.officer).get(at(f"files/{piece.attachment_id}/"))
    assert (file.status_code, b"".join(file.streaming_content)[:4]) == (200, b"\x89PNG")
    assert visitor(kurihara.auditor).get(at(f"files/{piece.attachment_id}/")).status_code == 403


def test_a_failed_post_keeps_what_was_typed_and_the_sentence_stands_at_its_field(kurihara):
    answer = visitor(kurihara.lead).post(at("new/lodging/"), {**LODGING, "from_contract": "11802"})
    text = answer.content.decode()
    assert (answer.status_code, "同じ1円は、1つの財源にだけ" in text, "研修の宿泊" in text) == (422, True, True)


def test_a_stale_edit_shows_both_texts_and_saves_on_the_second_try(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    client, address = visitor(kurihara.lead), at(f"lines/{line.public_id}/edit/")
    typed = {"spent_on": "R6.11.10", "payee": "あとの店", "purpose": "紙", "paid": "1,300", "version": "1"}
    assert client.post(address, {**typed, "payee": "先の店"}).status_code == 302
    answer = client.post(address, typed)
    text = answer.content.decode()
    assert (answer.status_code, "先の店" in text, "あとの店" in text) == (422, True, True)
    assert 'name="version" value="2"' in text
    assert client.post(address, {**typed, "version": "2"}).status_code == 302
    line.refresh_from_db()
    assert line.payee == "あとの店"


def test_the_auditor_sees_the_figures_and_no_name(kurihara):
    line = kurihara.enter("consumables", paid=1_200)
    client = visitor(kurihara.auditor)
    for address in (at(""), at(f"lines/{line.public_id}/")):
        text = client.get(address).content.decode()
        assert "1,200円" in text
        assert "見本商店" not in text
    assert client.get(at("new/consumables/")).status_code == 403


def test_another_commission_is_not_within_the_contractors_reach(kurihara):
    other = Commission.objects.create(
        authority=kurihara.authority, key="r9", title="よその業務", fiscal_year=2024, starts_on=dt.date(2024, 7, 1),
        ends_on=dt.date(2025, 3, 1),
    )  # fmt: skip
    line = Expense.objects.create(
        authority=kurihara.authority, commission=other, number=1, category="consumables", spent_on=dt.date(2024, 8, 1),
        payee="よその店", purpose="紙", facts={"paid": 1}, recorded_at=other.authority.created_at,
    )  # fmt: skip
    client = visitor(kurihara.lead)
    assert client.get(at("?commission=r9")).status_code == 404
    assert client.get(at(f"lines/{line.public_id}/")).status_code == 404
    assert visitor(kurihara.officer).get(at(f"lines/{line.public_id}/")).status_code == 200


def test_filters_leave_their_lines_and_say_their_sums(kurihara):
    for n in range(60):
        kurihara.enter("consumables", paid=1_000 + n)
    kurihara.enter("travel", dt.date(2025, 4, 2), paid=700)
    client = visitor(kurihara.officer)
    text = client.get(at("?category=consumables&year=2024")).content.decode()
    assert "しぼった 60行の合計：請求 61,770円" in text
    assert "60行のうち 1〜50行" in text
    assert "1番" in client.get(at("?word=1")).content.decode()
    assert "この条件の行は、ありません" in client.get(at("?word=存在しない")).content.decode()


def test_more_lines_cost_no_more_queries(kurihara):
    client = visitor(kurihara.officer)

    def asked(path):
        client.get(at(path))
        with CaptureQueriesContext(connection) as caught:
            client.get(at(path))
        return len(caught)

    kurihara.prove(kurihara.enter("consumables", paid=1_000))
    few = [asked(path) for path in LISTS]
    for n in range(30):
        kurihara.prove(kurihara.enter("printing" if n % 2 else "lodging", paid=1_000 + n))
    assert [asked(path) for path in LISTS] == few


def test_the_downloaded_question_gives_the_downloaded_answer(kurihara):
    line = kurihara.enter("lodging", paid=11_801, nights=1, people=1)
    kurihara.prove(line, "lodging_invoice")
    accept(kurihara, line)
    made = approve_statement(actor=kurihara.actor(kurihara.officer), statement=ask(kurihara))
    client = visitor(kurihara.auditor)
    address = at(f"statements/{made.public_id}/")
    asked, answered = (
        json.load(io.BytesIO(client.get(f"{address}snapshot/?part={part}").content)) for part in ("question", "answer")
    )
    assert answer_expenses(asked) == answered
    assert "見本商店" not in client.get(f"{address}snapshot/").content.decode()
    assert client.get(address).status_code == 200


def test_the_desk_tells_what_came_back_and_what_has_no_evidence(kurihara):
    line, bare = kurihara.enter("consumables", paid=1_200), kurihara.enter("consumables", paid=900)
    kurihara.prove(line, data=pdf_of(1))
    check_expense(actor=kurihara.actor(kurihara.officer), expense=line, accept=False, comment="日付", version=1)
    found = {item.key: item.sentence for item in collect(kurihara.actor(kurihara.lead), dt.date(2024, 11, 20))}
    assert found[f"expense:{line.public_id}"].startswith("差し戻されました")
    assert found["expenses:bare:r6"] == "1行に、証拠がまだありません。"
    assert bare.number == 2
    assert not [
        key
        for key in (item.key for item in collect(kurihara.actor(kurihara.officer), dt.date(2024, 11, 20)))
        if key.startswith("expense")
    ]


def test_the_calculator_tells_its_reasoning(kurihara):
    text = visitor(kurihara.lead).get(at("honorarium/?class=A&minutes=70&one_way_km=320&paid=20251")).content.decode()
    assert "招く時間 70 分は、90 分として数えます。" in text
    assert "3/2 倍の 13500 円です" in text
    assert "上限は 20,250円です" in text
    assert "上限をこえる 1 円は対象になりません" in text


def test_a_document_without_rules_says_so(konan):
    with authority_scope(konan.authority):
        text = visitor(konan.lead).get("/konan/desk/expenses/").content.decode()
    assert "経費の費目や上限の決まりがありません" in text
