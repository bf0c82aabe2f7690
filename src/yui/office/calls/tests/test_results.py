"""Explanations within their windows, the result as it is published, and what is given out on request."""

import contextlib
import datetime as dt
import zlib

import pypdfium2
import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.documents.paper import pdf
from yui.base.documents.word import text_of
from yui.base.files import store
from yui.base.files.domain import require_readable
from yui.office.calls import redacting
from yui.office.calls.domain import disclosing, explaining, publishing
from yui.office.calls.models import Applicant, Publication, Redaction, Score, ScoreSheet
from yui.office.calls.queries.publishing import award_of, past_results
from yui.office.calls.tests.cast import member
from yui.office.calls.tests.result_cast import LOSER, LOW, WINNER, decide, firms, sent

PLANTED = "PLANTEDSECRET"


def bytes_of(attachment):
    with store.open_path(attachment.path) as handle:
        return handle.read()


@pytest.fixture
def told(sanda, settings):
    """Sanda: the result is notified on 18 July, a Friday."""
    made = firms(sanda)
    settings.YUI_TODAY = "2025-07-18"
    decide(sanda, made, {WINNER: 80, LOSER: 70, LOW: 40})
    sanda.notices = sent(sanda)
    sanda.loser = Applicant.objects.get(name="架空次点社")
    return sanda


@pytest.fixture
def adopted(kurihara, settings):
    made = firms(kurihara)
    settings.YUI_TODAY = "2024-07-05"
    decide(kurihara, made, {WINNER: 90, LOSER: 80, LOW: 50})
    return kurihara


@pytest.mark.parametrize(("day", "verdict"), [("2025-07-18", ""), ("2025-07-25", ""), ("2025-07-26", "late")])
def test_an_explanation_is_asked_within_its_window_or_kept_as_late(told, settings, day, verdict):
    settings.YUI_TODAY = day
    actor = told.actor(told.loser.account)
    asked = explaining.ask_explanation(actor=actor, notice=told.notices["架空次点社"], text="配点の内わけを。")
    assert asked.verdict == verdict
    with pytest.raises(NotPossible):
        explaining.ask_explanation(actor=actor, notice=told.notices["架空次点社"], text="もう一度。")


def test_only_the_applicant_asks_for_itself(told):
    for account in (told.officer, Applicant.objects.get(name="架空低位社").account):
        with pytest.raises(Refused):
            explaining.ask_explanation(actor=told.actor(account), notice=told.notices["架空次点社"], text="なぜ。")


def test_staff_enter_what_came_in_writing_and_nothing_told_by_telephone(told, settings):
    settings.YUI_TODAY = "2025-07-26"
    notice, at = told.notices["架空次点社"], dt.datetime(2025, 7, 25, 23, 59, tzinfo=clock.TOKYO)
    with pytest.raises(NotPossible):
        explaining.record_explanation(actor=told.decides, notice=notice, text="なぜ。", channel="phone", received_at=at)
    asked = explaining.record_explanation(
        actor=told.decides, notice=notice, text="なぜ。", channel="mail", received_at=at
    )
    assert asked.verdict == ""


def test_the_answer_is_in_writing_and_the_asker_s_own(told, settings):
    settings.YUI_TODAY = "2025-07-28"
    mine, theirs = told.actor(told.loser.account), told.actor(Applicant.objects.get(name="架空低位社").account)
    asked = explaining.ask_explanation(actor=mine, notice=told.notices["架空次点社"], text="なぜ。")
    with pytest.raises(NotPossible):
        explaining.answer_explanation(actor=told.decides, asked=asked, answer="架空優勝社が上でした。")
    asked = explaining.answer_explanation(actor=told.decides, asked=asked, answer="実施体制の評価が低くなりました。")
    said = text_of(bytes_of(asked.word))
    assert "令和7年7月28日" in said
    assert "期間のあとに受けました" in said
    require_readable(mine, asked.pdf)
    with pytest.raises(Refused):
        require_readable(theirs, asked.pdf)
    with pytest.raises(NotPossible):
        explaining.answer_explanation(actor=told.decides, asked=asked, answer="もう一度。")


def test_kurihara_has_no_such_procedure(adopted):
    notices = sent(adopted)
    actor = adopted.actor(Applicant.objects.get(name="架空次点社").account)
    with pytest.raises(NotPossible) as refused:
        explaining.ask_explanation(actor=actor, notice=notices["架空次点社"], text="なぜ。")
    assert refused.value.code == "no_window"


def test_kurihara_publishes_the_result_and_the_adopted_name_after_the_notices(adopted):
    with pytest.raises(NotPossible) as refused:
        publishing.publish_result(actor=adopted.decides, call=adopted.call)
    assert refused.value.code == "notices_first"
    assert award_of(adopted.call) is None
    sent(adopted)
    row = publishing.publish_result(actor=adopted.decides, call=adopted.call)
    assert row.content["adopted"] == "架空優勝社"
    assert "架空次点社" not in str(row.content)
    award = award_of(adopted.call)
    assert (award["status"], award["suppliers"][0]["name"]) == ("active", "架空優勝社")


def test_a_correction_of_what_is_published_is_another_row_with_its_reason(adopted):
    sent(adopted)
    first = publishing.publish_result(actor=adopted.decides, call=adopted.call)
    Applicant.objects.filter(name="架空優勝社").update(name="架空優勝株式会社")
    with pytest.raises(NotPossible):
        publishing.publish_result(actor=adopted.decides, call=adopted.call)
    publishing.publish_result(actor=adopted.decides, call=adopted.call, reason="事業者名の誤り")
    first.refresh_from_db()
    assert first.content["adopted"] == "架空優勝社"
    assert [row.content["adopted"] for row in past_results()] == ["架空優勝株式会社"]


def test_sanda_publishes_nothing(told):
    with pytest.raises(NotPossible) as refused:
        publishing.publish_result(actor=told.decides, call=told.call)
    assert refused.value.code == "not_published"
    assert not Publication.objects.exists()


SECRET = """#set page(width: 200pt, height: 200pt, margin: 20pt)
#set document(title: "PLANTEDSECRET", author: "PLANTEDSECRET")
#text(size: 12pt)[PLANTEDSECRET]
#v(60pt)
#text(size: 12pt)[open words]"""


def inflated(data):
    """The raw bytes, and every stream of them unpacked."""
    found, at = [data], data.find(b"stream")
    while at >= 0:
        body = data[at + 6 :].lstrip(b"\r\n")
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(body))
        at = data.find(b"stream", at + 6)
    return b"\n".join(found)


def test_what_is_black_has_nothing_below_it():
    source = pdf(SECRET, {})
    assert PLANTED.encode("utf-16-be") in inflated(source) or PLANTED.encode() in inflated(source)
    made = redacting.blackened(pdf("[front]", {}), [(source, {1: [[50, 50, 950, 250]]})])
    raw = inflated(made)
    assert PLANTED.encode() not in raw
    assert PLANTED.encode("utf-16-be") not in raw
    assert PLANTED.encode("utf-16-be").hex().encode() not in raw.lower()
    document = pypdfium2.PdfDocument(made)
    try:
        assert len(document) == 2
        assert document[1].get_textpage().get_text_range() == ""
        assert PLANTED not in str(document.get_metadata_dict())
        dots = document[1].render(scale=2, grayscale=True)
        row = memoryview(dots.buffer).cast("B")[50 * dots.stride : 50 * dots.stride + dots.width]
        assert set(row[30:370]) == {0}
        below = bytes(memoryview(dots.buffer).cast("B")[120 * dots.stride :])
        assert min(below) < 128 < max(below)
    finally:
        document.close()


@pytest.mark.parametrize("area", [[0, 0, 0, 10], [10, 0, 5, 10], [0, 0, 1001, 10], [-1, 0, 5, 10], [0, 0, 5]])
def test_an_area_that_is_none_is_refused(area):
    assert redacting.fault_of(area)


def score(town):
    seat = member(town, "seat")
    sheet = ScoreSheet.objects.create(authority=town.authority, member=seat, stage="proposal", state="closed")
    Score.objects.create(
        authority=town.authority, sheet=sheet, applicant=Applicant.objects.get(name="架空次点社"), criterion="b1", points=4,
        comment="体制がうすい", saved_at=clock.now(),
    )  # fmt: skip


def record(town, **given):
    base = {
        "number": "第1号",
        "requester": "",
        "received_on": clock.today(),
        "about": "採点",
        "papers": [],
        "records": [],
    }
    return disclosing.record_disclosure(actor=town.decides, call=town.call, **{**base, **given})


def test_a_record_is_given_out_with_its_withheld_fields_black_and_an_index_of_grounds(told):
    score(told)
    asked = record(told, records=["sheets", "selection"])
    with pytest.raises(NotPossible):
        disclosing.decide_disclosure(actor=told.decides, asked=asked, decision="part")
    with pytest.raises(NotPossible):
        disclosing.withhold(actor=told.decides, asked=asked, field="sheets.member", ground=" ")
    disclosing.withhold(actor=told.decides, asked=asked, field="sheets.member", ground="条例第7条第2号")
    with pytest.raises(NotPossible):
        disclosing.decide_disclosure(actor=told.decides, asked=asked, decision="whole")
    asked = disclosing.decide_disclosure(actor=told.decides, asked=asked, decision="part")
    document = pypdfium2.PdfDocument(bytes_of(asked.result))
    pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    assert "条例第7条第2号" in pages[0].replace(" ", "")
    assert "例示" not in "".join(pages)
    assert set(pages[1:]) == {""}
    assert [one["ground"] for one in asked.index if one["kind"] == "mark"] == ["条例第7条第2号"]
    assert "例示 seat" not in str(asked.index) + str(list(Redaction.objects.values()))
    with pytest.raises(NotPossible):
        disclosing.withhold(actor=told.decides, asked=asked, field="sheets.comment", ground="条例第7条")


def test_what_is_sealed_is_not_given_out_and_the_attempt_is_recorded(told):
    with pytest.raises(NotPossible):
        record(told, papers=["nothing-opened"])
    assert AuditEvent.objects.filter(act="peek.refused", details__code="disclosure_of_sealed").exists()


def test_scores_are_not_given_out_before_scoring_is_closed(sanda):
    with pytest.raises(NotPossible):
        record(sanda, records=["sheets"])


def test_only_who_decides_reads_and_marks_requests(told):
    with pytest.raises(Refused):
        disclosing.record_disclosure(
            actor=told.actor(told.auditor), call=told.call, number="1", requester="", received_on=clock.today(), about="x",
            papers=[], records=["selection"],
        )  # fmt: skip
