"""The pages of the office: who opens them, what they say, and that a failed post loses nothing."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as Word

from yui.base import clock
from yui.base.documents.models import DocumentTemplate
from yui.base.documents.registry import default_template, get_form
from yui.base.documents.word import check_template
from yui.base.jobs.models import JobRun
from yui.base.jobs.tasks import perform
from yui.base.measures.desk_items import collect
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions.domain import end_engagement, plan_meeting, record_minutes
from yui.office.commissions.models import Meeting, Paper
from yui.office.reports.models import MonthlyReport, ReportDraft
from yui.office.tests.cast import account, person
from yui.people.models import Registration

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
LISTS = [
    "desk/commission/", "desk/commission/staff/", "desk/meetings/", "desk/figures/",
    "desk/figures/test.registrations/", "desk/figures/test.registrations/?span=all", "desk/reports/",
    "desk/reports/r8/2026-11/", "desk/reports/r8/2026-11/preview/",
]  # fmt: skip
WRITING = ["desk/meetings/new/", "desk/reports/r8/2026-11/lines/"]
OFFICER_ONLY = ["desk/forms/", "desk/forms/monthly_report/", "desk/forms/minutes/"]


def visitor(who):
    client = Client()
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["enrolled"] = True  # a second factor was shown
    session.save()
    return client


def moment(day, hour=14):
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), tzinfo=clock.TOKYO)


@pytest.fixture
def office(sora):
    person(sora.authority, "見本 太郎", dt.date(2026, 11, 2))
    officer = sora.actor(sora.officer)
    meeting = plan_meeting(actor=officer, commission=sora.commission, kind="monthly", held_at=moment("2026-11-10"))
    record_minutes(actor=officer, meeting=meeting, version=1, decisions="冬の出番をふやす", attendees="見本 太郎")
    return sora


@pytest.mark.parametrize("path", [*LISTS, *WRITING])
def test_officer_and_contractor_open_the_office(office, path):
    for who in (office.officer, office.lead):
        assert visitor(who).get(f"/sora/{path}").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_the_auditor_reads_and_sees_no_person(office, path):
    answer = visitor(office.auditor).get(f"/sora/{path}")
    assert answer.status_code == 200
    assert "太郎" not in answer.content.decode()


@pytest.mark.parametrize("path", [*WRITING, *OFFICER_ONLY])
def test_the_auditor_writes_nothing(office, path):
    assert visitor(office.auditor).get(f"/sora/{path}").status_code == 403


@pytest.mark.parametrize("path", OFFICER_ONLY)
def test_forms_belong_to_the_officer(office, path):
    assert visitor(office.officer).get(f"/sora/{path}").status_code == 200
    assert visitor(office.lead).get(f"/sora/{path}").status_code == 403


@pytest.mark.parametrize("path", LISTS)
def test_a_resident_another_town_and_nobody_are_kept_out(office, hinata, path):
    with authority_scope(office.authority):
        resident = account(office.authority, "resident")
    assert visitor(resident).get(f"/sora/{path}").status_code == 404
    assert visitor(hinata.officer).get(f"/sora/{path}").status_code == 404
    assert Client().get(f"/sora/{path}").status_code == 302


def test_the_old_contractor_gets_404_from_the_day_after(office, on_day):
    with authority_scope(office.authority):
        end_engagement(actor=office.actor(office.officer), engagement=office.engagement)
    assert visitor(office.lead).get("/sora/desk/commission/").status_code == 200
    on_day("2026-11-21")
    assert visitor(office.lead).get("/sora/desk/commission/").status_code == 404
    assert visitor(office.officer).get("/sora/desk/commission/").status_code == 200


def test_the_figures_of_an_ended_commission_are_those_of_its_last_month(office, on_day):
    on_day("2027-05-20")
    with authority_scope(office.authority):
        officer = account(office.authority, "later", role="officer")
    assert "令和9年3月の数字" in visitor(officer).get("/sora/desk/figures/").content.decode()


def test_a_figure_shows_its_rows_and_gives_them_as_csv(office):
    page = visitor(office.auditor).get("/sora/desk/figures/test.registrations/?month=2026-11").content.decode()
    key = Registration.objects.get().public_id
    assert key in page
    assert f">{key}</a>" not in page
    answer = visitor(office.auditor).get("/sora/desk/figures/test.registrations/csv/?month=2026-11")
    assert answer.content.decode("utf-8-sig").splitlines() == [
        '"番号","日","内容","しるし"',
        f'"{key}","2026-11-02","登録",""',
    ]
    assert visitor(office.officer).get("/sora/desk/figures/test.registrations/?month=2026-13").status_code == 404
    assert visitor(office.officer).get("/sora/desk/figures/no.such/").status_code == 404


def test_handing_in_and_accepting_through_the_pages(office):
    paper = Paper.objects.get(key="paper_1")
    path = f"/sora/desk/commission/papers/{paper.public_id}/"
    empty = visitor(office.lead).post(f"/sora/desk/commission/paper/{paper.public_id}/submit/", {"comment": "出します"})
    assert empty.status_code == 422
    assert "出すファイルを選んでください。" in empty.content.decode()
    assert "出します" in empty.content.decode()
    upload = SimpleUploadedFile("着手届.pdf", PDF)
    sent = visitor(office.lead).post(f"/sora/desk/commission/paper/{paper.public_id}/submit/", {"file": upload})
    assert (sent.status_code, sent["Location"]) == (302, path)
    decide = f"/sora/desk/commission/paper/{paper.public_id}/decide/"
    assert visitor(office.lead).post(decide, {"answer": "accept"}).status_code == 403
    wordless = visitor(office.officer).post(decide, {"answer": "return"})
    assert "差し戻すときは、何をなおせばよいかを書いてください。" in wordless.content.decode()
    assert visitor(office.officer).post(decide, {"answer": "accept"}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == "accepted"
    served = visitor(office.officer).get(f"/sora/desk/office-files/{paper.attachment_id}/")
    assert b"".join(served.streaming_content) == PDF
    assert visitor(office.auditor).get(f"/sora/desk/office-files/{paper.attachment_id}/").status_code == 403


def test_minutes_are_written_in_words_of_ones_own(office):
    meeting = Meeting.objects.get()
    page = visitor(office.lead).get(f"/sora/desk/meetings/{meeting.public_id}/minutes/").content.decode()
    assert "令和8年11月10日" in page
    wrong = visitor(office.lead).post(
        f"/sora/desk/meetings/{meeting.public_id}/minutes/",
        {"day": "R8.2.30", "time": "２時半", "decisions": "𠮷野さんと約束", "version": "2"},
    )
    body = wrong.content.decode()
    assert wrong.status_code == 422
    assert "時刻は「14時30分」や「14:30」のように書いてください。" in body
    assert "𠮷野さんと約束" in body
    right = visitor(office.lead).post(
        f"/sora/desk/meetings/{meeting.public_id}/minutes/",
        {"day": "R8.11.9", "time": "１４：３０", "decisions": "決めた", "version": "2"},
    )
    assert right.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.held_at.astimezone(clock.TOKYO), meeting.decisions) == (
        moment("2026-11-09").replace(minute=30), "決めた",
    )  # fmt: skip
    stale = visitor(office.officer).post(
        f"/sora/desk/meetings/{meeting.public_id}/minutes/",
        {"day": "R8.11.9", "time": "14:30", "decisions": "古い文", "version": "2"},
    )
    assert stale.status_code == 422
    assert "決めた" in stale.content.decode()
    assert "古い文" in stale.content.decode()


def test_the_report_from_preview_to_accepted(office):
    officer, lead = visitor(office.officer), visitor(office.lead)
    month = "/sora/desk/reports/r8/2026-11/"
    assert "11月を締めて、報告をつくる" in officer.get(month).content.decode()
    assert "締めるのは、市の担当職員です" in lead.get(month).content.decode()
    assert officer.post(f"{month}make/").status_code == 302
    waiting = officer.get(month).content.decode()
    assert "作っています" in waiting
    assert "ページを開きなおす" in waiting
    perform.func(JobRun.objects.get().public_id)
    report = MonthlyReport.objects.get()
    assert "市に提出する" in lead.get(month).content.decode()
    assert lead.post(f"/sora/desk/reports/{report.public_id}/submit/").status_code == 302
    assert officer.post(f"/sora/desk/reports/{report.public_id}/decide/", {"answer": "accept"}).status_code == 302
    assert "受領" in officer.get("/sora/desk/reports/").content.decode()
    again = officer.post(f"{month}make/", {"reason": ""})
    assert again.status_code == 422
    assert "直す理由を書いてください。" in again.content.decode()
    word = officer.get(f"/sora/desk/office-files/{report.word_id}/")
    assert "filename" in word["Content-Disposition"]
    assert visitor(office.officer).get("/sora/desk/reports/r8/2026-12/").status_code == 404


def test_a_name_in_the_words_is_told_and_nothing_is_lost(office):
    lead = visitor(office.lead)
    path = "/sora/desk/reports/r8/2026-11/lines/"
    words = {"own_network": "見本太郎さんが活躍", "next_month": "冬の会", "version": "0"}
    told = lead.post(path, words)
    assert told.status_code == 422
    assert "「見本 太郎」" in told.content.decode()
    assert "見本太郎さんが活躍" in told.content.decode()
    assert not ReportDraft.objects.exists()
    kept = lead.post(path, {**words, "names_shown": "1", "names_checked": "on"})
    assert kept.status_code == 302
    assert ReportDraft.objects.get().lines == [{"source": "own", "heading": "network", "text": "見本太郎さんが活躍"}]


def docx(*texts):
    paper = Word()
    for text in texts:
        paper.add_paragraph(text)
    stream = io.BytesIO()
    paper.save(stream)
    return SimpleUploadedFile("様式.docx", stream.getvalue())


def test_a_towns_own_form_is_checked_and_used(office):
    officer = visitor(office.officer)
    path = "/sora/desk/forms/monthly_report/"
    wrong = officer.post(path, {"file": docx("{{ monht }}分の報告")})
    assert wrong.status_code == 422
    assert "{{ monht }}" in wrong.content.decode()
    assert officer.post(path, {"file": docx("空市様式　{{ month }}分")}).status_code == 302
    assert "市の様式 第1版" in officer.get(path).content.decode()
    trial = officer.get(f"{path}trial/").content
    assert [p.text for p in Word(io.BytesIO(trial)).paragraphs] == ["空市様式　令和8年11月分"]
    officer.post("/sora/desk/reports/r8/2026-11/make/")
    perform.func(JobRun.objects.get().public_id)
    word = officer.get(f"/sora/desk/office-files/{MonthlyReport.objects.get().word_id}/")
    data = b"".join(word.streaming_content)
    assert [p.text for p in Word(io.BytesIO(data)).paragraphs] == ["空市様式　令和8年11月分"]


def test_both_shipped_forms_pass_their_own_check(sora):
    for kind in ("monthly_report", "minutes"):
        form = get_form(kind)
        assert check_template(default_template(kind), form.tags, form.sample) == []


@pytest.mark.parametrize("path", ["desk/commission/", "desk/reports/", "desk/figures/test.registrations/?span=all"])
def test_a_list_costs_the_same_for_few_and_many_rows(office, path):
    client = visitor(office.auditor)
    client.get(f"/sora/{path}")  # the session settles with the first page
    with CaptureQueriesContext(connection) as few:
        client.get(f"/sora/{path}")
    for n in range(12):
        person(office.authority, f"架空 {n}", dt.date(2026, 11, 3))
        plan_meeting(
            actor=office.actor(office.officer), commission=office.commission, kind="other",
            held_at=moment("2026-11-12", 8 + n),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(f"/sora/{path}")
    assert len(many) == len(few)


def test_the_officer_follows_a_row_to_the_thing_and_the_auditor_sees_its_number(office):
    meeting = Meeting.objects.get()
    path = "/sora/desk/figures/office.meetings_held/?month=2026-11"
    link = f'<a href="/sora/desk/meetings/{meeting.public_id}/">{meeting.public_id}</a>'
    assert link in visitor(office.officer).get(path).content.decode()
    seen = visitor(office.auditor).get(path).content.decode()
    assert link not in seen
    assert meeting.public_id in seen


def test_an_engagement_is_ended_on_its_own_page(office):
    path = f"/sora/desk/commission/staff/{office.engagement.public_id}/end/"
    assert visitor(office.lead).post(path).status_code == 403
    officer = visitor(office.officer)
    assert "まちのわ例示社 の受託を、きょう" in officer.get(path).content.decode()
    office.engagement.refresh_from_db()
    assert office.engagement.ends_on == dt.date(2027, 3, 19)
    assert officer.post(path).status_code == 302
    office.engagement.refresh_from_db()
    assert office.engagement.ends_on == dt.date(2026, 11, 20)


def packed(**entries):
    good = docx("{{ month }}").read()
    stream = io.BytesIO(good)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return SimpleUploadedFile("様式.docx", stream.getvalue())


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (lambda: packed(word__media__bomb=b"0" * 40_000_000), "開くと大きくなりすぎます"),
        (lambda: packed(word__vbaProject=b"macro"), "マクロが入っています"),
        (lambda: SimpleUploadedFile("様式.docx", b"PK\x03\x04"), "Wordの文書（.docx）ではありません"),
        (lambda: docx("{{ month"), "タグの書き方が正しくありません"),
    ],
    ids=["zip bomb", "macro", "not a docx", "broken tag"],
)
def test_a_form_that_cannot_be_used_is_told_why_and_nothing_is_kept(office, upload, sentence):
    answer = visitor(office.officer).post("/sora/desk/forms/monthly_report/", {"file": upload()})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not DocumentTemplate.objects.exists()


def test_last_months_report_is_on_the_desk_until_it_is_asked_for(office, on_day):
    on_day("2026-12-02")
    officer = office.actor(office.officer)

    def reports():
        return [(item.who, item.chip) for item in collect(officer, clock.today()) if item.key.startswith("report:")]

    assert reports() == [("令和8年11月分 月次報告", "そろそろです")]
    visitor(office.officer).post("/sora/desk/reports/r8/2026-11/make/")
    assert reports() == []
