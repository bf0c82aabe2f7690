"""Notices: what they say and whose, the clocks they start, and that nothing of one that is sent changes."""

import datetime as dt
import json
import subprocess
import sys

import pypdfium2
import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.approvals.domain import approve
from yui.base.approvals.queries import approval_of
from yui.base.documents.word import text_of
from yui.base.files import store
from yui.base.messages.models import Message
from yui.office.calls.domain import dispatching, noticing
from yui.office.calls.models import Applicant, Call, Disqualification, EligibilityAnswer, Notice
from yui.office.calls.tests.cast import applicant, member
from yui.office.calls.tests.result_cast import LOSER, LOW, WINNER, approved, decide, firms, send, sent

SANDA = {WINNER: 80, LOSER: 70, LOW: 40}
KURIHARA = {WINNER: 90, LOSER: 80, LOW: 50}


def words_of(attachment):
    with store.open_path(attachment.path) as handle:
        return text_of(handle.read())


def printed_of(attachment):
    with store.open_path(attachment.path) as handle:
        document = pypdfium2.PdfDocument(handle.read())
    found = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    return found.replace("\r\n", "")


def engine(question):
    """What the command line answers."""
    run = subprocess.run(
        [sys.executable, "-c", "from yui.config.cli import main; import sys; sys.exit(main())", "engine", "window"],
        input=json.dumps(question), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(run.stdout)


@pytest.fixture
def decided(sanda, settings):
    """Sanda on the planned day of the result."""
    made = firms(sanda)
    settings.YUI_TODAY = "2025-07-18"
    decide(sanda, made, SANDA)
    return sanda


@pytest.fixture
def adopted(kurihara, settings):
    """Kurihara in early July."""
    made = firms(kurihara)
    settings.YUI_TODAY = "2024-07-05"
    decide(kurihara, made, KURIHARA)
    return kurihara


def test_the_result_goes_to_everybody_with_reasons_where_the_call_asks_for_them(decided):
    batch = noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    found = {one.applicant.name: one for one in batch.notices.all()}
    assert {name: one.outcome for name, one in found.items()} == {
        "架空優勝社": "selected", "架空次点社": "not_selected", "架空低位社": "not_selected",
    }  # fmt: skip
    assert found["架空優勝社"].reasons == ""
    assert found["架空次点社"].reasons == "合計点が、最も高い提案ではありませんでした。"
    assert found["架空低位社"].reasons == "審査委員の平均点が、最低基準の60点に達しませんでした。"


def test_the_windows_are_those_of_the_engine_and_only_who_was_refused_has_one(decided):
    found = sent(decided)
    told = engine({"profile": "sanda", "clock": "explanation", "notice_date": "2025-07-18"})
    loser = found["架空次点社"]
    assert (loser.ask_until.isoformat(), loser.answer_by.isoformat()) == (told["ask_until"], told["answer_by"])
    assert (told["ask_until"], told["answer_by"]) == ("2025-07-25", "2025-08-04")
    assert (found["架空優勝社"].ask_until, found["架空優勝社"].answer_by) == (None, None)


def test_word_and_pdf_say_the_day_in_the_era_and_until_when_with_its_weekday(decided):
    loser = sent(decided)["架空次点社"]
    for said in (words_of(loser.word), printed_of(loser.pdf)):
        assert "令和7年7月18日" in said
        assert "令和7年7月25日（金）までに" in said
        assert "令和7年8月4日（月）までに" in said
        assert "架空次点社" in said


def test_no_notice_tells_of_another_applicant_or_its_points(decided):
    member(decided, "seat")
    for name, notice in sent(decided).items():
        said = words_of(notice.word) + printed_of(notice.pdf)
        for other in ("架空優勝社", "架空次点社", "架空低位社"):
            assert (other in said) == (other == name)
        assert not any(points in said for points in ("184", "164", "104", "80点", "70点", "例示 seat"))


@pytest.mark.parametrize(
    "text",
    [
        "架空優勝社のほうが優れていました。", "架空 優勝社 のほうが優れていました。", "選ばれた提案は80点でした。", "８０点の提案がありました。",
        "例示 seatの評価です。",
    ],
)  # fmt: skip
def test_reasons_that_tell_of_others_are_refused(decided, text):
    member(decided, "seat")
    batch = noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    notice = batch.notices.get(applicant__name="架空次点社")
    with pytest.raises(NotPossible) as refused:
        noticing.write_reasons(actor=decided.decides, notice=notice, reasons=text)
    assert refused.value.code == "tells_of_others"


def test_own_points_and_the_floor_may_be_told(decided):
    batch = noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    notice = batch.notices.get(applicant__name="架空低位社")
    noticing.write_reasons(actor=decided.decides, notice=notice, reasons="貴者は40点で、60点に達しませんでした。")
    assert notice.reasons.startswith("貴者は40点")


def test_kurihara_has_no_window_and_asks_for_no_reasons(adopted):
    batch = noticing.draft_notices(actor=adopted.decides, call=adopted.call, kind="result")
    assert {one.reasons for one in batch.notices.all()} == {""}
    found = send(adopted, approved(adopted, batch))
    assert {one.ask_until for one in found.values()} == {None}
    assert "説明を求める" not in words_of(found["架空次点社"].word)


def test_a_second_officer_approves_and_nothing_goes_out_before(decided):
    batch = noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    with pytest.raises(NotPossible):
        noticing.send_notices(actor=decided.decides, batch=batch)
    noticing.ask_for_notices(actor=decided.decides, batch=batch)
    with pytest.raises(Refused):
        approve(actor=decided.decides, approval=approval_of(noticing.APPROVAL, batch.public_id))
    with pytest.raises(Refused):
        noticing.send_notices(actor=decided.actor(decided.auditor), batch=batch)
    assert not Notice.objects.exclude(sent_at=None).exists()


def test_nothing_is_asked_for_without_a_reason_where_reasons_are_owed(decided):
    batch = noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    noticing.write_reasons(actor=decided.decides, notice=batch.notices.get(applicant__name="架空次点社"), reasons=" ")
    with pytest.raises(NotPossible) as refused:
        noticing.ask_for_notices(actor=decided.decides, batch=batch)
    assert refused.value.code == "reasons_missing"


def test_it_goes_out_on_the_printed_day_alone(decided, settings):
    batch = approved(decided, noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result"))
    settings.YUI_TODAY = "2025-07-22"
    with pytest.raises(NotPossible) as refused:
        noticing.send_notices(actor=decided.decides, batch=batch)
    assert refused.value.code == "too_late"
    batch = noticing.reopen_notices(actor=decided.decides, batch=batch)
    given = {"channels": ["post"], "reference": "", "signed_by": "", "contact": "", "version": batch.version}
    with pytest.raises(NotPossible):
        noticing.set_notices(actor=decided.decides, batch=batch, dated_on=batch.dated_on, **given)
    noticing.set_notices(actor=decided.decides, batch=batch, dated_on=dt.date(2025, 7, 23), **given)
    loser = batch.notices.get(applicant__name="架空次点社")
    assert loser.ask_until.isoformat() == "2025-07-30"


def test_a_mail_goes_out_with_each_and_tells_no_result(decided):
    batch = noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    given = {"reference": "三福第1号", "signed_by": "三田市長", "contact": "見本課", "version": batch.version}
    noticing.set_notices(
        actor=decided.decides, batch=batch, dated_on=batch.dated_on, channels=["mail", "post"], **given
    )
    found = send(decided, approved(decided, batch))
    mails = Message.objects.filter(kind="call_notice")
    assert mails.count() == 3
    assert all("特定" not in mail.body and "理由" not in mail.body for mail in mails)
    assert {one.posted_at for one in found.values()} == {None}
    assert noticing.mark_posted(actor=decided.decides, batch=batch) == 3
    with pytest.raises(NotPossible):
        noticing.mark_posted(actor=decided.decides, batch=batch)
    assert "三福第1号" in words_of(found["架空優勝社"].word)


def test_what_is_sent_stays_and_a_correction_is_another_notice(decided):
    first = sent(decided)["架空次点社"]
    before = words_of(first.word)
    with pytest.raises(NotPossible):
        noticing.write_reasons(actor=decided.decides, notice=first, reasons="ほかの理由")
    with pytest.raises(NotPossible):
        dispatching.deliver_notice(actor=decided.decides, notice=first)
    with pytest.raises(NotPossible):
        noticing.correct_notice(actor=decided.decides, notice=first, reason=" ")
    batch = noticing.correct_notice(actor=decided.decides, notice=first, reason="評価項目の名に誤りがありました。")
    second = send(decided, approved(decided, batch))["架空次点社"]
    first.refresh_from_db()
    assert words_of(first.word) == before
    assert second.corrects == first
    assert "令和7年7月18日付けの通知を、次の理由によりあらためます。" in words_of(second.word)


def test_nobody_is_told_twice(decided):
    sent(decided)
    with pytest.raises(NotPossible) as refused:
        noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    assert refused.value.code == "nobody"


def test_eligibility_and_shortlist_are_told_with_the_requirement(sanda, settings):
    settings.YUI_TODAY = "2025-06-18"
    states = {"資格": "eligible", "不足": "not_eligible", "次席": "not_invited"}
    for name, state in states.items():
        one = applicant(sanda, name)
        Applicant.objects.filter(pk=one.pk).update(state=state)
        if state == "not_eligible":
            EligibilityAnswer.objects.create(
                authority=sanda.authority, applicant=one, requirement="registered", result="not_ok",
                reason="名簿にありません。", effective_on=clock.today(), recorded_at=one.registered_at,
            )  # fmt: skip
    batch = noticing.draft_notices(actor=sanda.decides, call=sanda.call, kind="participation_result")
    found = {one.applicant.name: one for one in batch.notices.all()}
    assert "入札等参加資格者名簿" in found["架空不足社"].reasons
    assert found["架空不足社"].reasons.endswith("名簿にありません。")
    assert found["架空次席社"].outcome == "not_invited"
    told = engine({"profile": "sanda", "clock": "explanation", "notice_date": "2025-06-18"})
    assert found["架空不足社"].ask_until.isoformat() == told["ask_until"] == "2025-06-25"
    assert found["架空資格社"].ask_until is None


def test_a_disqualification_is_told_with_its_ground_and_not_again_with_the_result(decided):
    low = Applicant.objects.get(name="架空低位社")
    Applicant.objects.filter(pk=low.pk).update(state="disqualified")
    Disqualification.objects.create(
        authority=decided.authority, applicant=low, ground="over_cap", evidence="見積書", state="confirmed",
        proposed_at=low.registered_at,
    )  # fmt: skip
    found = sent(decided, "disqualification")["架空低位社"]
    assert "限度額の超過" in found.reasons
    assert found.ask_until.isoformat() == "2025-07-25"
    batch = noticing.draft_notices(actor=decided.decides, call=decided.call, kind="result")
    assert set(batch.notices.values_list("applicant__name", flat=True)) == {"架空優勝社", "架空次点社"}


def test_a_cancelled_call_is_told_to_all_with_its_reason(adopted):
    Call.objects.filter(pk=adopted.call.pk).update(state="cancelled", ended_for="災害の対応のため。")
    adopted.call.refresh_from_db()
    found = sent(adopted, "cancellation")
    assert len(found) == 3
    assert all("災害の対応のため。" in words_of(one.word) for one in found.values())
