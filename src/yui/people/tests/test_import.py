"""Importing a list of people: what is read, what is written, what comes back."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.chain import seal, verify
from yui.base.audit.models import AuditEvent
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.domain import (
    ask_for_import,
    choose_columns,
    choose_policy,
    look_through,
    replace_file,
    run_import,
    start_import,
    undo_import,
)
from yui.base.exchange.models import Import, ImportRow
from yui.base.exchange.registry import Policy
from yui.people.callers import find_caller
from yui.people.domain import erase_person, hide_person, log_contact, update_profile
from yui.people.models import Consent, Contact, ExternalNumber, Person, PersonKey, Registration

pytestmark = pytest.mark.usefixtures("files")
HEADER = [
    "会員番号",
    "氏名",
    "ふりがな",
    "生年月日",
    "電話番号",
    "メールアドレス",
    "郵便番号",
    "住所",
    "分野",
    "やりたいこと",
    "同意日",
    "登録日",
]
TARO = ["M-1", "見本 太郎", "みほん たろう", "S30.4.1", "０７４８－００－０００１", "taro@example.jp", "520-0001", "見本町1-1", "福祉、防災", "送迎", "R8.7.1", "2026/07/01"]  # fmt: skip
HANAKO = ["M-2", "例示 花子", "", "", "090-0000-0002", "", "", "", "", "", "未確認", ""]


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def listed(*rows, header=HEADER, encoding="utf-8-sig"):
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (header, *rows)) + "\r\n"
    return text.encode(encoding)


def prepared(actor, data, name="meibo.csv", **policy):
    batch = start_import(actor=actor, kind="people", upload=data, name=name)
    batch = choose_columns(actor=actor, batch=batch, columns={int(n): key for n, key in batch.columns.items()})
    choose_policy(actor=actor, batch=batch, policy=Policy(**policy))
    batch.refresh_from_db()
    return batch, look_through(actor=actor, batch=batch)


def imported(actor, data, **policy):
    batch, _ = prepared(actor, data, **policy)
    batch.refresh_from_db()
    ask_for_import(actor=actor, batch=batch)
    return run_import(actor=actor, batch=batch)


def test_people_of_a_list_are_there_as_if_the_desk_had_entered_them(sora):
    lead = sora.staff("coordinator")
    batch = imported(lead, listed(TARO, HANAKO))
    assert batch.counts == {"add": 2, "update": 0, "skip": 0, "fault": 0}
    taro = Person.objects.get(display_name="見本 太郎")
    assert (taro.kana, taro.birth_year) == ("ミホン タロウ", 1955)
    assert sorted(taro.contact_set.values_list("kind", "value")) == [
        ("mail", "taro@example.jp"),
        ("phone", "0748000001"),
    ]
    assert sorted(taro.personchoice_set.values_list("kind", "key")) == [("theme", "bosai"), ("theme", "fukushi")]
    assert (taro.profile.about, taro.profile.contact_way) == ("送迎", "phone")
    assert taro.registration_set.get().effective_on == dt.date(2026, 7, 1)
    assert list(taro.consent_set.values_list("purpose", "effective_on", "received")) == [
        ("register", dt.date(2026, 7, 1), "paper")
    ]
    hanako = Person.objects.get(display_name="例示 花子")
    assert not Consent.objects.filter(person=hanako).exists()
    assert hanako.registration_set.get().received == "import"
    assert [caller.person for caller in find_caller(actor=lead, typed="0002")] == [hanako]
    assert [caller.person for caller in find_caller(actor=lead, typed="みほん")] == [taro]
    assert AuditEvent.objects.filter(act="person.imported").count() == 2


def test_a_fault_names_its_cell_and_what_would_be_right(sora):
    rows = [
        ["M-1", "見本 太郎様", "", "R8.2.30", "748000001", "", "20001", "", "", "", "○", "2026/7/1"],
        ["M-2", "", "", "20000", "1.23E+10", "a＠example.jp", "", "", "福し", "", "", "R80.1.1"],
        ["M-2", "例示 花?子", "abc", "", "0748-1", "", "", "", "", "", "", ""],
    ]
    _, plan = prepared(sora.staff("coordinator"), listed(*rows))
    found = [(fault.cell, fault.code, fault.suggestion) for fault in plan.faults]
    assert found == [
        ("B2", "honorific", "見本 太郎"), ("D2", "date", "2026-02-28"), ("E2", "phone_zero", "0748000001"),
        ("G2", "postal", None), ("K2", "consent_day", "2026-07-01"),
        ("B3", "required", None), ("D3", "date_serial", "1954-10-03"), ("E3", "phone", None), ("F3", "mail", "a@example.jp"),
        ("I3", "choice", "福祉"), ("L3", "date_future", None), ("A4", "number_twice", None), ("B4", "lost_letters", None),
        ("C4", "kana", None), ("E4", "phone", None),
    ]  # fmt: skip
    assert plan.counts == {"add": 0, "update": 0, "skip": 0, "fault": 3}


def test_suggestions_are_taken_where_the_town_says_so_and_only_there(sora):
    row = ["M-1", "見本 太郎様", "", "", "748000001", "", "", "", "", "", "", ""]
    lead = sora.staff("coordinator")
    batch, plan = prepared(lead, listed(row), mend=frozenset({"phone_zero"}))
    assert [(fault.code, fault.stops, fault.mended) for fault in plan.faults] == [
        ("honorific", True, False), ("phone_zero", False, True),
    ]  # fmt: skip
    choose_policy(actor=lead, batch=batch, policy=Policy(mend=frozenset({"phone_zero", "honorific"})))
    ask_for_import(actor=lead, batch=batch)
    run_import(actor=lead, batch=batch)
    assert Person.objects.get().display_name == "見本 太郎"
    assert Contact.objects.get().value == "0748000001"


def test_faulty_rows_stay_out_and_the_mended_file_goes_on_where_it_was(sora):
    lead = sora.staff("coordinator")
    bad = [*HANAKO[:4], "0748-1", *HANAKO[5:]]
    batch, plan = prepared(lead, listed(TARO, bad))
    assert plan.counts["fault"] == 1
    batch = replace_file(actor=lead, batch=batch, upload=listed(TARO, HANAKO), name="naoshita.csv")
    assert batch.state == "previewed"
    assert look_through(actor=lead, batch=batch).counts == {"add": 2, "update": 0, "skip": 0, "fault": 0}


def test_a_second_list_changes_what_it_tells_and_nothing_else(sora):
    lead = sora.staff("coordinator")
    imported(lead, listed(TARO, HANAKO))
    moved = [*TARO[:4], "0748-00-9999", "", "", "", "産業", "", "", ""]
    batch = imported(lead, listed(moved, HANAKO))
    assert batch.counts == {"add": 0, "update": 1, "skip": 1, "fault": 0}
    taro = Person.objects.get(display_name="見本 太郎")
    assert sorted(taro.contact_set.filter(ended_on=None).values_list("value", flat=True)) == [
        "0748009999",
        "taro@example.jp",
    ]
    assert list(taro.personchoice_set.values_list("key", flat=True)) == ["sangyo"]
    assert taro.profile.about == "送迎"
    assert [caller.person for caller in find_caller(actor=lead, typed="9999")] == [taro]
    undo_import(actor=lead, batch=batch)
    assert sorted(taro.contact_set.values_list("value", "ended_on")) == [
        ("0748000001", None),
        ("taro@example.jp", None),
    ]
    assert sorted(taro.personchoice_set.values_list("key", flat=True)) == ["bosai", "fukushi"]
    assert [caller.person for caller in find_caller(actor=lead, typed="0001")] == [taro]


def test_existing_people_can_be_left_alone(sora):
    lead = sora.staff("coordinator")
    imported(lead, listed(TARO))
    batch = imported(lead, listed([*TARO[:4], "0748-00-9999", *TARO[5:]]), existing="skip")
    assert batch.counts == {"add": 0, "update": 0, "skip": 1, "fault": 0}
    assert Contact.objects.filter(kind="phone").get().value == "0748000001"


def test_undo_takes_added_people_away_but_not_whom_somebody_has_called(sora):
    lead = sora.staff("coordinator")
    batch = imported(lead, listed(TARO, HANAKO))
    hanako = Person.objects.get(display_name="例示 花子")
    log_contact(actor=lead, about=hanako, content="電話でお話しした")
    batch = undo_import(actor=lead, batch=batch)
    assert (batch.counts["undone"], batch.counts["left"]) == (1, 1)
    assert list(Person.objects.all()) == [hanako]
    left = ImportRow.objects.get(outcome="left")
    assert (left.number, left.left) == (3, ["touched"])
    assert not PersonKey.objects.exclude(person=hanako).exists()
    assert Registration.objects.get().person == hanako
    seal()
    assert verify().holds


def test_undo_of_an_update_leaves_what_a_human_changed_since(sora):
    lead = sora.staff("coordinator")
    imported(lead, listed(TARO))
    batch = imported(lead, listed([TARO[0], "見本 太朗", "ミホン タロー", *TARO[3:9], "演奏", *TARO[10:]]))
    taro = Person.objects.get()
    update_profile(actor=lead, person=taro, version=taro.version, values={"kana": "ミホン タロオ"})
    undo_import(actor=lead, batch=batch)
    taro.refresh_from_db()
    assert (taro.display_name, taro.kana, taro.profile.about) == ("見本 太郎", "ミホン タロオ", "送迎")
    row = ImportRow.objects.get(batch=batch)
    assert (row.outcome, row.left, row.earlier) == ("partly", ["kana"], {})


def test_an_erased_person_does_not_come_back_with_the_old_list(sora):
    lead = sora.staff("coordinator")
    imported(lead, listed(TARO))
    imported(lead, listed([TARO[0], "見本 太朗", *TARO[2:]]))
    taro = Person.objects.get()
    erase_person(actor=sora.staff("officer"), person=taro)
    assert ImportRow.objects.exclude(earlier={}).count() == 0
    assert "M-1" not in ExternalNumber.objects.get().number
    _, plan = prepared(lead, listed(TARO))
    assert [fault.code for fault in plan.faults] == ["erased"]


def test_a_withdrawn_consent_is_not_given_again_by_an_old_list(sora):
    lead = sora.staff("coordinator")
    imported(lead, listed(TARO))
    Consent.objects.update(withdrawn_on=clock.today(), withdrawn_recorded_at=clock.now())
    batch = imported(lead, listed(TARO))
    assert batch.counts["skip"] == 1
    assert not Consent.objects.filter(withdrawn_on=None).exists()


def test_likely_doubles_are_told_and_can_be_kept_out(sora):
    lead = sora.staff("coordinator")
    sora.register("見本 太郎", kana="ミホン タロウ", contacts=(("phone", "0748000001"),))
    bare = ["", *TARO[1:]]
    batch, plan = prepared(lead, listed(bare, bare))
    assert [(fault.cell, fault.code, fault.stops) for fault in plan.faults] == [
        ("B2", "double_here", False), ("B3", "double_in_file", False),
    ]  # fmt: skip
    choose_policy(actor=lead, batch=batch, policy=Policy(doubles=False))
    batch.refresh_from_db()
    assert look_through(actor=lead, batch=batch).counts["fault"] == 2


def test_a_rehearsal_leaves_nothing_but_its_counts(sora):
    lead = sora.staff("coordinator")
    batch, _ = prepared(lead, listed(TARO, HANAKO))
    ask_for_import(actor=lead, batch=batch, rehearse=True)
    before = AuditEvent.objects.count()
    batch = run_import(actor=lead, batch=batch, rehearse=True)
    assert (batch.state, batch.counts) == ("previewed", {"tried": {"add": 2, "update": 0, "skip": 0, "fault": 0}})
    assert (Person.objects.count(), ImportRow.objects.count(), AuditEvent.objects.count()) == (0, 0, before)


def test_the_file_goes_when_it_is_not_needed_any_more(sora):
    batch = imported(sora.staff("coordinator"), listed(TARO))
    assert (batch.file, batch.headings) == (None, [])
    from yui.base.files.models import Attachment

    assert not Attachment.objects.exists()


def test_what_was_chosen_for_these_headings_is_remembered(sora):
    lead = sora.staff("coordinator")
    data = listed(["見本 太郎", "0748000001"], header=["なまえ欄", "でんわ欄"])
    batch = start_import(actor=lead, kind="people", upload=data, name="a.csv")
    assert batch.columns == {}
    choose_columns(actor=lead, batch=batch, columns={0: "display_name", 1: "phone"})
    again = start_import(actor=lead, kind="people", upload=data, name="b.csv")
    assert (again.columns, again.source) == ({"0": "display_name", "1": "phone"}, "remembered")


@pytest.mark.parametrize(
    ("header", "source", "columns"),
    [
        (["レコード番号", "作成日時", "更新日時", "氏名"], "kintone", {"0": "number", "1": "registered_on", "3": "display_name"}),
        (["受付番号", "受付日時", "氏名_姓", "氏名_名"], "logoform", {"0": "number", "1": "registered_on", "2": "family_name", "3": "given_name"}),
        (["Id", "LastName", "FirstName", "Email"], "salesforce", {"0": "number", "1": "family_name", "2": "given_name", "3": "mail"}),
    ],
)  # fmt: skip
def test_exports_of_other_products_are_known(sora, header, source, columns):
    batch = start_import(
        actor=sora.staff("coordinator"), kind="people", upload=listed([""] * 3 + ["x"], header=header), name="x.csv"
    )
    assert (batch.source, batch.columns) == (source, columns)


def test_a_column_chosen_twice_and_a_list_without_names_are_refused(sora):
    lead = sora.staff("coordinator")
    batch = start_import(actor=lead, kind="people", upload=listed(TARO), name="a.csv")
    with pytest.raises(NotPossible, match="2つの列"):
        choose_columns(actor=lead, batch=batch, columns={0: "display_name", 1: "display_name"})
    with pytest.raises(NotPossible, match="「氏名」か「姓」"):
        choose_columns(actor=lead, batch=batch, columns={0: "phone"})


def test_a_list_of_another_town_is_not_touched(sora, hinata):
    with pytest.raises(Refused):
        start_import(actor=sora.anonymous(), kind="people", upload=listed(TARO), name="a.csv")
    batch, _ = prepared(sora.staff("coordinator"), listed(TARO))
    with pytest.raises(Refused):
        look_through(actor=hinata.staff("coordinator"), batch=batch)


def test_cp932_lists_with_a_title_above_the_headings_are_read(sora):
    data = "令和8年度 人材バンク名簿\r\n\r\n".encode("cp932") + listed(
        ["M-1", "髙﨑 ①子", *[""] * 10], encoding="cp932"
    )
    batch = imported(sora.staff("coordinator"), data)
    assert (batch.encoding, batch.header_row) == ("cp932", 3)
    assert Person.objects.get().display_name == "髙﨑 ①子"


def test_our_own_export_can_be_read_again(sora):
    batch = imported(sora.staff("coordinator"), csv_bytes(HEADER, [TARO]))
    assert Import.objects.get(pk=batch.pk).counts["add"] == 1


def test_a_cell_with_words_without_end_is_refused_before_each_is_compared(sora):
    row = [*TARO]
    row[8] = "、".join(["福し"] * 20_000)
    _, plan = prepared(sora.staff("officer"), listed(row))
    assert [(fault.cell, fault.code) for fault in plan.faults] == [("I2", "too_long")]


def test_a_list_tells_and_changes_nothing_of_a_person_under_the_safety_flag(sora):
    actor = sora.staff("officer")
    batch, _ = prepared(actor, listed(TARO))
    ask_for_import(actor=actor, batch=batch)
    run_import(actor=actor, batch=batch)
    taro = Person.objects.get()
    hide_person(actor=actor, person=taro, hidden=True)
    moved = [*TARO]
    moved[4], moved[7] = "0748-00-0099", "例示町9-9"
    batch, plan = prepared(actor, listed(moved))
    assert [(row.action, row.changes, row.stopped) for row in plan.planned] == [("skip", (), False)]
    assert [fault.code for fault in plan.remarks] == ["kept_apart"]
    ask_for_import(actor=actor, batch=batch)
    run_import(actor=actor, batch=batch)
    assert list(Contact.objects.filter(kind="phone", ended_on=None).values_list("value", flat=True)) == ["0748000001"]
