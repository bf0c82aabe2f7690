"""The monthly report: what it says, that it is made once, and that nothing of it changes later."""

import datetime as dt
import io
import os
import signal
import threading

import openpyxl
import pytest
from django.db import connections
from docx import Document as Word

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.documents.models import Document
from yui.base.documents.word import text_of
from yui.base.files import store
from yui.base.files.models import Attachment
from yui.base.jobs.models import JobPiece, JobRun
from yui.base.jobs.tasks import perform
from yui.base.measures import registry
from yui.base.measures.models import MonthLock
from yui.base.measures.queries import locked, locked_rows
from yui.base.measures.types import Measure, Row
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions.domain import plan_meeting, record_minutes
from yui.office.commissions.models import Paper
from yui.office.indicators.queries import evidence_of, month_figures
from yui.office.reports import domain, tasks
from yui.office.reports.models import MonthlyReport
from yui.office.reports.queries import choices_of, lines_of
from yui.office.tests.cast import person
from yui.office.tests.conftest import make_town
from yui.people.models import Concern, ContactNote, Person

NOVEMBER = dt.date(2026, 11, 1)


def moment(day, hour=14):
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), tzinfo=clock.TOKYO)


def file_of(public_id):
    with store.open_path(Attachment.objects.get(public_id=public_id).path) as handle:
        return handle.read()


def work(run):
    """What a worker does with a run; its scope is the run's own."""
    return perform.func(run.public_id)


@pytest.fixture
def november(sora):
    """Three people in November, two before, a meeting with minutes, a note and a concern."""
    for n, day in enumerate(["2026-08-03", "2026-10-30", "2026-11-02", "2026-11-11", "2026-11-19"]):
        person(sora.authority, f"見本 {'太次三四五'[n]}郎", dt.date.fromisoformat(day))
    officer = sora.actor(sora.officer)
    meeting = plan_meeting(actor=officer, commission=sora.commission, kind="monthly", held_at=moment("2026-11-10"))
    record_minutes(actor=officer, meeting=meeting, version=1, decisions="冬の出番をふやす\n次は12月", agenda="数字")
    somebody, _ = person(sora.authority, "例示 花子", dt.date(2026, 9, 1))
    ContactNote.objects.create(
        authority=sora.authority, person=somebody, account=sora.lead, spoken_at=moment("2026-11-06"),
        recorded_at=clock.now(), content="例示 花子さんと話した", report_heading="relations",
        report_text="見本地区の会合で、冬の出番を一緒に考えました。",
    )  # fmt: skip
    Concern.objects.create(
        authority=sora.authority, raised_on=dt.date(2026, 11, 12), recorded_at=clock.now(), raised_by=sora.lead,
        heading="concerns", problem="平日の昼は電話がつながりません。", solution="夕方の当番を設けました。",
    )  # fmt: skip
    return sora


def make(town, who="officer", reason=""):
    report = domain.make_monthly_report(
        actor=town.actor(getattr(town, who)), commission=town.commission, month=NOVEMBER, reason=reason
    )
    work(JobRun.objects.get(arguments__report=report.public_id))
    report.refresh_from_db()
    return report


def test_the_one_button_locks_the_month_and_writes_word_and_excel(november, on_day):
    on_day("2026-12-01")
    report = make(november)
    assert (report.state, report.number) == ("made", 1)
    lock = locked("r8", NOVEMBER)
    assert lock.public_id == report.lock_id
    document = Document.objects.get(kind="monthly_report")
    assert document.attachment.name == "令和8年11月分 月次報告.docx"
    text = text_of(file_of(report.word_id))
    assert "令和8年11月分　月次報告" in text
    assert "空市長　様" in text
    assert "受託者　まちのわ例示社" in text
    headings = [p.text for p in Word(io.BytesIO(file_of(report.word_id))).paragraphs if p.style.name == "Heading 2"]
    assert headings == [
        "1　アクター・サポーターとの関係構築",
        "2　コーディネーター候補者等の課題と解決策",
        "3　登録者の活用とネットワーク形成",
        "数字",
        "催し・会議",
        "来月の予定",
        "別添",
    ]
    assert "・見本地区の会合で、冬の出番を一緒に考えました。" in text
    assert "・平日の昼は電話がつながりません。 解決策：夕方の当番を設けました。" in text
    assert "花子" not in text


def test_the_figures_of_both_files_are_those_of_the_locked_rows(november, on_day):
    on_day("2026-12-01")
    report = make(november)
    lock = locked("r8", NOVEMBER)
    rows = locked_rows(lock, "test.registrations")
    assert len(rows) == 3
    table = Word(io.BytesIO(file_of(report.word_id))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["項目", "令和8年11月", "契約から", "目標", "めやすとくらべて"],
        ["登録した人", "3人", "6人", "10人", "めやすどおりです"],
        ["開いた会議", "1回", "1回", "9回", "めやすに届いていません"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(file_of(report.excel_id)))
    assert book.sheetnames == ["数字", "登録した人", "開いた会議", "契約からの根拠"]
    front = [[cell.value for cell in row] for row in book["数字"].iter_rows(min_row=2)]
    assert [line[:5] for line in front] == [["登録した人", "人", 3, 6, 10], ["開いた会議", "回", 1, 1, 9]]
    listed = [(row[0].value, row[1].value.date()) for row in book["登録した人"].iter_rows(min_row=2)]
    assert listed == [(row.key, row.effective_on) for row in rows]
    whole = [row[0].value for row in book["契約からの根拠"].iter_rows(min_row=2)]
    assert whole == ["登録した人"] * 6 + ["開いた会議"]


def test_a_correction_is_a_new_version_with_a_reason_and_the_older_stays(november, on_day):
    on_day("2026-12-01")
    first = make(november)
    before = file_of(first.word_id), file_of(first.excel_id)
    with pytest.raises(NotPossible) as error:
        make(november)
    assert error.value.code == "reason_needed"
    person(november.authority, "試案 みのり", dt.date(2026, 11, 30))
    second = make(november, reason="登録を1件、書きもらしていました")
    assert (second.number, locked("r8", NOVEMBER).version) == (2, 2)
    text = text_of(file_of(second.word_id))
    assert "（第2版）直した理由：登録を1件、書きもらしていました" in text
    assert Document.objects.filter(kind="monthly_report").first().title == "令和8年11月分 月次報告 第2版"
    assert [figure.value for figure in month_figures(november.commission, NOVEMBER)] == [4, 1]
    assert (file_of(first.word_id), file_of(first.excel_id)) == before


def test_who_stands_in_a_list_is_told_for_today_while_the_month_is_open(sora, on_day):
    def standing(_authority, _start, end, _as_of):
        return [Row(f"day-{day}", dt.date(2026, 11, day), "待つ人") for day in range(1, end.day + 1)]

    standing_measure = Measure("test.registrations", "待つ人", "人", standing, stock=True)
    was, registry._measures["test.registrations"] = registry._measures["test.registrations"], standing_measure
    try:
        today = month_figures(sora.commission, NOVEMBER)[0]
        rows = evidence_of(sora.commission, NOVEMBER, ["test.registrations"], lock=None)["test.registrations"]
        on_day("2026-12-03")
        after = month_figures(sora.commission, NOVEMBER)[0]
    finally:
        registry._measures["test.registrations"] = was
    assert (today.value, len(rows.month), after.value) == (20, 20, 30)
    assert today.sentence.startswith("今日で 20人")
    assert after.sentence.startswith("月末で 30人")


def test_last_months_file_is_the_same_byte_for_byte_after_people_are_erased(november, on_day):
    on_day("2026-12-01")
    report = make(november)
    before = file_of(report.word_id)
    figures = [(figure.value, figure.total) for figure in month_figures(november.commission, NOVEMBER)]
    Person.objects.update(display_name="", kana="", erased_at=clock.now())
    ContactNote.objects.all().delete()
    assert file_of(report.word_id) == before
    assert [(figure.value, figure.total) for figure in month_figures(november.commission, NOVEMBER)] == figures


def test_rows_recorded_after_the_lock_do_not_move_a_locked_month(november, on_day):
    on_day("2026-12-01")
    make(november)
    person(november.authority, "後 から", dt.date(2026, 11, 15))
    late = month_figures(november.commission, NOVEMBER)[0]
    assert (late.value, late.total, late.locked_version) == (3, 6, 1)
    december = month_figures(november.commission, dt.date(2026, 12, 1))[0]
    assert (december.value, december.total, december.locked_version) == (0, 6, None)


def test_a_worker_that_dies_between_the_pieces_leaves_one_report(november, on_day, monkeypatch):
    on_day("2026-12-01")
    report = domain.make_monthly_report(
        actor=november.actor(november.officer), commission=november.commission, month=NOVEMBER
    )
    run = JobRun.objects.get(arguments__report=report.public_id)

    class Killed(BaseException):
        """Stands for kill -9: nothing of ours catches it."""

    def die(*_):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "_excel", die)
        with pytest.raises(Killed):
            work(run)
    report.refresh_from_db()
    word = report.word_id
    assert (report.state, bool(word), report.excel_id) == ("queued", True, "")
    JobRun.objects.filter(pk=run.pk).update(lease_until=0)
    assert work(run) == "done"
    assert work(run) == ""
    report.refresh_from_db()
    assert (report.state, report.word_id) == ("made", word)
    assert Document.objects.filter(kind="monthly_report").count() == 1
    assert Document.objects.filter(kind="monthly_report_rows").count() == 1
    assert list(JobPiece.objects.values_list("key", flat=True)) == ["word", "excel", "made"]


def test_a_report_that_failed_is_tried_again_from_the_same_lock(november, on_day, monkeypatch):
    on_day("2026-12-01")

    def fail(*_):
        raise NotPossible("壊れた様式", "broken")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "make_document", fail)
        report = make(november)
    assert report.state == "failed"
    domain.retry_report(actor=november.actor(november.officer), report=report)
    work(JobRun.objects.filter(state="queued").get())
    report.refresh_from_db()
    assert (report.state, MonthLock.objects.count()) == ("made", 1)


def test_the_contractor_hands_in_and_the_officer_accepts(november, on_day):
    on_day("2026-12-01")
    lead, officer = november.actor(november.lead), november.actor(november.officer)
    with pytest.raises(NotPossible) as error:
        make(november, "lead")
    assert error.value.code == "not_locked"
    report = make(november)
    domain.submit_report(actor=lead, report=report)
    returned = domain.return_report(actor=officer, report=report, reason="ことばを足してください")
    assert returned.state == "returned"
    second = make(november, "lead", reason="ことばを足しました")
    assert (second.number, second.lock_id) == (2, report.lock_id)
    report.refresh_from_db()
    assert report.state == "made"
    with pytest.raises(NotPossible):
        domain.submit_report(actor=lead, report=report)
    domain.submit_report(actor=lead, report=second)
    with pytest.raises(Refused):
        domain.accept_report(actor=lead, report=second)
    assert domain.accept_report(actor=officer, report=second).state == "accepted"


def test_lines_are_chosen_without_names(november):
    lead = november.actor(november.lead)
    offered = choices_of(november.commission, NOVEMBER)
    assert [(choice.heading, choice.proposed) for choice in offered] == [("relations", True), ("concerns", True)]
    named = [{"source": "own", "heading": "network", "text": "例示花子さんが活躍しました。"}]
    with pytest.raises(NotPossible) as error:
        domain.choose_lines(actor=lead, commission=november.commission, month=NOVEMBER, lines=named)
    assert error.value.code == "name_in_text"
    kept = [{"source": "own", "heading": "network", "text": "新しい顔ぶれがふえました。"}]
    draft = domain.choose_lines(actor=lead, commission=november.commission, month=NOVEMBER, lines=kept)
    assert lines_of(november.commission, NOVEMBER) == kept
    with pytest.raises(Stale):
        domain.choose_lines(actor=lead, commission=november.commission, month=NOVEMBER, lines=kept, version=0)
    domain.choose_lines(
        actor=lead, commission=november.commission, month=NOVEMBER, lines=named, version=draft.version,
        names_checked=True,
    )  # fmt: skip
    with pytest.raises(Refused):
        domain.choose_lines(
            actor=november.actor(november.auditor), commission=november.commission, month=NOVEMBER, lines=kept
        )


def test_minutes_become_a_word_file_that_is_handed_in(november):
    lead = november.actor(november.lead)
    paper = Paper.objects.get(occasion_id__gt="")
    meeting = november.commission.meetings.get()
    submitted = domain.submit_minutes(actor=lead, meeting=meeting)
    assert (submitted.pk, submitted.state) == (paper.pk, "submitted")
    text = text_of(file_of(submitted.attachment_id))
    assert "・冬の出番をふやす" in text
    assert "令和8年11月10日　14時" in text
    assert "まちのわ例示社" in text


def test_a_month_outside_the_term_has_no_report(sora):
    with pytest.raises(NotPossible) as error:
        domain.make_monthly_report(
            actor=sora.actor(sora.officer), commission=sora.commission, month=dt.date(2026, 6, 1)
        )
    assert error.value.code == "outside_term"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_report(on_day, settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT = tmp_path / "files"
    on_day("2026-12-01")
    town = make_town("sora", "空市")
    answers = []
    gate = threading.Barrier(2)

    def press(account):
        try:
            with authority_scope(town.authority):
                actor = town.actor(account)
                gate.wait(10)
                report = domain.make_monthly_report(actor=actor, commission=town.commission, month=NOVEMBER)
            answers.append(report.number)
        except NotPossible as error:
            answers.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(who,)) for who in (town.officer, town.second_officer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 2
    assert answers.count(1) == 1
    with authority_scope(town.authority):
        assert (MonthlyReport.objects.count(), MonthLock.objects.count()) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_is_followed_by_another(on_day, settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT = tmp_path / "files"
    on_day("2026-12-01")
    town = make_town("sora", "空市")
    with authority_scope(town.authority):
        domain.make_monthly_report(actor=town.actor(town.officer), commission=town.commission, month=NOVEMBER)
        run = JobRun.objects.get()
    connections.close_all()
    child = os.fork()
    if child == 0:  # the worker that dies while it writes the Excel file
        tasks._excel = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        work(run)
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with authority_scope(town.authority):
        assert list(JobPiece.objects.values_list("key", flat=True)) == ["word"]
        JobRun.objects.update(lease_until=0)
        assert work(run) == "done"
        assert MonthlyReport.objects.get().state == "made"
        kinds = sorted(Document.objects.values_list("kind", flat=True))
    assert kinds == ["monthly_report", "monthly_report_rows"]
