"""The list of people as a file: four kinds, recorded, nothing lost unasked."""

import io

import openpyxl
import pytest

from yui.base.access.errors import Refused
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import Reason
from yui.base.definitions import current
from yui.base.exchange.reading import Number, read_book
from yui.people.domain import Wanted, export_people, hide_person
from yui.people.models import Person

NAMES = ("見本 太郎", "髙﨑 恵", "マリア・エゼンプラ", "𠮷野 〜結", "João Exemplo", "=1+1")


@pytest.fixture
def town(sora):
    for number, name in enumerate(NAMES):
        sora.register(
            name, kana="", contacts=(("phone", f"074800000{number}"),), address="見本町1", postal_code="052-0001"
        )
    return sora


def exported(town, kind, **given):
    return export_people(actor=town.staff("officer"), wanted=Wanted(kind, Reason.OVERSIGHT, **given))


def test_a_csv_keeps_every_letter_and_zero_and_runs_nothing(town):
    content = exported(town, "csv", contacts=True).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    rows = read_book(content).tables[0].rows
    assert sorted(row[1] for row in rows[1:]) == sorted([*NAMES[:-1], "'=1+1"])
    assert rows[0][9:12] == ("電話番号", "メールアドレス", "郵便番号")
    assert {row[9] for row in rows[1:]} == {f"074800000{n}" for n in range(6)}
    assert {row[11] for row in rows[1:]} == {"052-0001"}


def test_cp932_tells_what_it_would_lose_and_gives_nothing_until_somebody_agrees(town):
    refused = exported(town, "cp932")
    assert refused.content is None
    assert not AuditEvent.objects.filter(act="data.exported").exists()
    assert sorted((loss.column, loss.signs, loss.after) for loss in refused.losses) == [
        ("氏名", "ã", "Jo〓o Exemplo"), ("氏名", "𠮷〜", "〓野 ～結"),
    ]  # fmt: skip
    content = exported(town, "cp932", losses_accepted=True).content
    assert "Jo〓o Exemplo" in content.decode("cp932")
    assert "髙﨑 恵" in content.decode("cp932")


def test_before_a_reading_is_recorded_only_the_letters_of_contacts_are_told(town):
    town.register("試案 みのり", contacts=(("phone", "0748000099"),), address="見本町𠮷井1", postal_code="052-0001")
    refused = exported(town, "cp932", contacts=True)
    assert not AuditEvent.objects.filter(act="data.exported").exists()
    assert [(loss.text, loss.signs, loss.after) for loss in refused.losses if loss.column == "住所"] == [
        ("𠮷", "𠮷", "〓")
    ]


def test_a_file_for_machines_is_text_alone_under_one_header(town):
    content = exported(town, "machine", contacts=True).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None] == []
    assert not sheet.merged_cells.ranges
    rows = read_book(content).tables[0].rows
    assert rows[0][:3] == ("id", "external_number", "display_name")
    assert not any(type(cell) is Number for row in rows for cell in row)
    assert "=1+1" in {row[2] for row in rows}


def test_a_file_for_the_eye_has_days_in_the_era_a_filter_and_a_frozen_header(town):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(town, "eye").content)).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert str(sheet["G2"].value).startswith("令和")
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}


def test_consents_are_told_apart_and_stand_in_the_order_of_the_definition(town):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(town, "eye").content)).active
    labels = [str(purpose.label) for purpose in current(town.authority).people.purposes]
    told = str(sheet["I2"].value).split("／")
    assert told
    assert told == [label for label in labels if label in told]


def test_hidden_people_stay_out_and_every_reading_is_on_record(town):
    hidden = Person.objects.get(display_name="見本 太郎")
    hide_person(actor=town.staff("coordinator"), person=hidden, hidden=True)
    exported(town, "csv", contacts=True)
    event = AuditEvent.objects.get(act="data.exported")
    assert (event.details, event.reason) == ({"what": "people.csv", "count": 5}, "oversight")
    read = AuditEvent.objects.filter(act="contact.read", reason="oversight")
    assert read.count() == 5
    assert hidden.public_id not in set(read.values_list("person_id", flat=True))


def test_only_who_may_gets_a_file(town):
    with pytest.raises(Refused):
        export_people(actor=town.staff("coordinator"), wanted=Wanted("csv", Reason.CALL))


def test_the_page_shows_what_would_be_lost_and_hands_out_the_file(town):
    client = town.client(town.staff("officer"))
    path = town.path("desk/people/export/")
    assert client.get(path).status_code == 200
    assert "理由を選んでください" in client.post(path, {"kind": "csv"}).content.decode()
    page = client.post(path, {"kind": "cp932", "reason": "oversight"}).content.decode()
    assert "書けない字があります" in page
    assert "〓野 ～結" in page
    answer = client.post(path, {"kind": "cp932", "reason": "oversight", "accept": "1"})
    assert answer["Content-Disposition"].endswith('.csv"')
