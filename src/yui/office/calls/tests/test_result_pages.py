"""The pages of notices, explanations, results and disclosure: who opens which, and what another applicant is refused."""

import pypdfium2
import pytest
from django.test import Client

from yui.base.audit.models import AuditEvent
from yui.base.files import store
from yui.base.measures.desk_items import collect_for_office as collect
from yui.office.calls import domain
from yui.office.calls.domain import disclosing, explaining, noticing
from yui.office.calls.models import Applicant, Call, DisclosureRequest, ExplanationRequest, NoticeBatch, SubmittedPaper
from yui.office.calls.tests.papers import at, hand_in, register, with_web
from yui.office.calls.tests.result_cast import LOSER, LOW, WINNER, approved, decide, firms, sent
from yui.office.calls.tests.test_pages import client_of, opened


@pytest.fixture
def told(sanda, settings):
    """Sanda: the result is notified."""
    made = firms(sanda)
    settings.YUI_TODAY = "2025-07-18"
    decide(sanda, made, {WINNER: 80, LOSER: 70, LOW: 40})
    sanda.notices = sent(sanda)
    sanda.loser, sanda.low = (Applicant.objects.get(name=f"架空{name}社") for name in (LOSER, LOW))
    return sanda


@pytest.fixture
def opened_papers(kurihara, monkeypatch):
    """Kurihara: one applicant handed in by the portal, and the seals are opened."""
    with_web(kurihara)
    at(monkeypatch, "2024-06-11 09:00:00")
    firm, actor = register(kurihara, "firm")
    hand_in(firm, actor)
    at(monkeypatch, "2024-06-21 09:00:00")
    kurihara.paper = SubmittedPaper.objects.filter(proposal__applicant=firm).order_by("id").first()
    return kurihara


def test_the_desk_prepares_sends_and_corrects_by_its_pages(sanda, settings):
    made = firms(sanda)
    settings.YUI_TODAY = "2025-07-18"
    decide(sanda, made, {WINNER: 80, LOSER: 70, LOW: 40})
    desk, here = client_of(sanda.officer), f"/sanda/desk/calls/{sanda.call.public_id}"
    assert "選定審査結果の通知" in opened(desk, f"{here}/notices/")
    assert desk.post(f"{here}/notices/draft/", {"kind": "result"}).status_code == 302
    batch = NoticeBatch.objects.get()
    page = f"/sanda/desk/calls/notice-batches/{batch.public_id}/"
    said = opened(desk, page)
    assert "令和7年7月25日（金）" in said
    assert "令和7年8月4日（月）" in said
    given = {"dated_on": "令和7年7月19日", "channels": ["post", "mail"], "version": batch.version}
    assert desk.post(f"{page}settings/", given).status_code == 302
    said = opened(desk, page)
    assert "説明を求められる最後の日が、休みの日です。令和7年7月26日（土）" in said
    assert (
        desk.post(
            f"{page}settings/", given | {"version": batch.version + 1, "dated_on": "7月18日", "contact": "見本課"}
        ).status_code
        == 302
    )
    notice = batch.notices.get(applicant__name="架空次点社")
    one = f"/sanda/desk/calls/notices/{notice.public_id}/"
    refused = desk.post(one, {"reasons": "架空優勝社が上でした。"})
    assert refused.status_code == 422
    assert "架空優勝社が上でした。" in refused.content.decode()
    assert desk.get(f"{one}word/").status_code == 200
    assert desk.get(f"{one}pdf/").content.startswith(b"%PDF")
    assert desk.post(f"{page}ask/").status_code == 302
    batch.refresh_from_db()
    assert batch.state == "asked"


def test_the_other_pages_open(told):
    desk, here = client_of(told.officer), f"/sanda/desk/calls/{told.call.public_id}"
    asked = explaining.ask_explanation(
        actor=told.actor(told.loser.account), notice=told.notices["架空次点社"], text="なぜ。"
    )
    row = disclosing.record_disclosure(
        actor=told.decides, call=told.call, number="第1号", requester="見本 太郎", received_on=told.notices["架空次点社"].dated_on,
        about="すべて", papers=[], records=["selection"],
    )  # fmt: skip
    assert "通知・公表" in opened(desk, f"{here}/")
    assert "あと17日" in opened(desk, f"{here}/explanations/")
    assert "なぜ。" in opened(desk, f"/sanda/desk/calls/explanations/{asked.public_id}/")
    assert "結果の公表の定めがありません" in opened(desk, f"{here}/result/")
    assert "第1号" in opened(desk, f"{here}/disclosures/")
    assert "計算の手順" in opened(desk, f"/sanda/desk/calls/disclosures/{row.public_id}/")
    assert "公表しません" in opened(Client(), f"/sanda/calls/{told.call.public_id}/result/")
    auditor = client_of(told.auditor)
    assert auditor.get(f"{here}/notices/").status_code == 200
    assert auditor.get(f"{here}/disclosures/").status_code == 403
    assert auditor.get(f"/sanda/desk/calls/notices/{told.notices['架空次点社'].public_id}/").status_code == 403


def test_an_applicant_reads_its_own_notices_and_asks(told):
    mine, notice = client_of(told.loser.account), told.notices["架空次点社"]
    assert notice.public_id in opened(mine, f"/sanda/my/calls/{told.loser.public_id}/notices/")
    page = f"/sanda/my/calls/notices/{notice.public_id}/"
    assert "令和7年7月25日（金）まで" in opened(mine, page)
    assert b"".join(mine.get(f"{page}pdf/").streaming_content).startswith(b"%PDF")
    assert mine.get(f"{page}word/").status_code == 200
    assert mine.post(page, {"text": ""}).status_code == 422
    assert mine.post(page, {"text": "配点の内わけ"}).status_code == 302
    asked = ExplanationRequest.objects.get()
    assert (asked.channel, asked.verdict) == ("web", "")
    explaining.answer_explanation(actor=told.decides, asked=asked, answer="実施体制の評価が低くなりました。")
    assert "実施体制の評価" in opened(mine, page)
    assert mine.get(f"/sanda/my/calls/explanations/{asked.public_id}/pdf/").status_code == 200


def test_another_applicant_s_notices_and_answers_are_not_found_and_the_attempts_are_recorded(told):
    rival, notice = client_of(told.low.account), told.notices["架空次点社"]
    asked = explaining.ask_explanation(actor=told.actor(told.loser.account), notice=notice, text="なぜ。")
    explaining.answer_explanation(actor=told.decides, asked=asked, answer="回答")
    paths = [
        f"my/calls/notices/{notice.public_id}/", f"my/calls/notices/{notice.public_id}/pdf/",
        f"my/calls/notices/{notice.public_id}/word/", f"my/calls/explanations/{asked.public_id}/pdf/",
        f"my/calls/{told.loser.public_id}/notices/", "my/calls/notices/guessed/",
    ]  # fmt: skip
    for path in paths:
        assert rival.get(f"/sanda/{path}").status_code == 404, path
    assert AuditEvent.objects.filter(act="peek.refused").count() == len(paths)
    assert rival.post(f"/sanda/my/calls/notices/{notice.public_id}/", {"text": "なぜ"}).status_code == 404
    for path in (f"calls/notices/{notice.public_id}/", f"calls/{told.call.public_id}/notices/"):
        assert rival.get(f"/sanda/desk/{path}").status_code == 404


def test_a_draft_is_not_the_applicant_s_to_see(sanda, settings):
    made = firms(sanda)
    settings.YUI_TODAY = "2025-07-18"
    decide(sanda, made, {WINNER: 80, LOSER: 70, LOW: 40})
    batch = noticing.draft_notices(actor=sanda.decides, call=sanda.call, kind="result")
    notice = batch.notices.get(applicant__name="架空次点社")
    mine = client_of(notice.applicant.account)
    assert mine.get(f"/sanda/my/calls/notices/{notice.public_id}/").status_code == 404
    assert AuditEvent.objects.filter(act="peek.refused", details__code="not_sent").exists()


def test_the_public_reads_the_result_and_no_loser(kurihara, settings):
    made = firms(kurihara)
    settings.YUI_TODAY = "2024-07-05"
    decide(kurihara, made, {WINNER: 90, LOSER: 80, LOW: 50})
    page = f"/kurihara/calls/{kurihara.call.public_id}/result/"
    assert "まだ出ていません" in opened(Client(), page)
    sent(kurihara)
    data = f"/kurihara/calls/{kurihara.call.public_id}/ocds.json"
    assert "awards" not in opened(Client(), data)
    desk = client_of(kurihara.officer)
    assert desk.post(f"/kurihara/desk/calls/{kurihara.call.public_id}/result/").status_code == 302
    for path in (page, "/kurihara/calls/past/results/"):
        said = opened(Client(), path)
        assert "架空優勝社" in said
        assert "架空次点社" not in said
    award = Client().get(data).json()["releases"][-1]
    assert (award["tag"], award["awards"][0]["suppliers"][0]["name"]) == (["award"], "架空優勝社")
    assert "架空次点社" not in str(award)
    assert desk.post(f"/kurihara/desk/calls/{kurihara.call.public_id}/result/", {"reason": ""}).status_code == 422


def test_a_draft_call_has_no_public_result(kurihara):
    Call.objects.filter(pk=kurihara.call.pk).update(state="draft")
    assert Client().get(f"/kurihara/calls/{kurihara.call.public_id}/result/").status_code == 404


def test_a_paper_is_marked_on_its_page_and_given_out_without_what_is_black(opened_papers):
    town = opened_papers
    desk = client_of(town.officer)
    domain.open_seals(actor=town.decides, call=town.call, stage="proposal", witness="例示 花子")
    listing = f"/kurihara/desk/calls/{town.call.public_id}/disclosures/"
    given = {
        "number": "第3号",
        "received_on": "令和6年6月21日",
        "about": "企画提案書",
        "papers": [town.paper.public_id],
    }
    assert desk.post(listing, given).status_code == 302
    asked = DisclosureRequest.objects.get()
    page = f"/kurihara/desk/calls/disclosures/{asked.public_id}/papers/{town.paper.public_id}/1/"
    assert "隠すところを加える" in opened(desk, page)
    assert desk.get(f"{page}picture/").content.startswith(b"\x89PNG")
    assert desk.get(page.replace("/1/", "/99/") + "picture/").status_code == 404
    area = {"left": 0, "top": 100, "right": 1000, "bottom": 250, "ground": "条例第8条第1項第2号"}
    assert desk.post(page, area | {"right": 0}).status_code == 422
    assert desk.post(page, area).status_code == 302
    assert (
        desk.post(f"/kurihara/desk/calls/disclosures/{asked.public_id}/decide/", {"decision": "part"}).status_code
        == 302
    )
    asked.refresh_from_db()
    with store.open_path(asked.result.path) as handle:
        made = pypdfium2.PdfDocument(handle.read())
    pages = [made[n].get_textpage().get_text_range() for n in range(len(made))]
    made.close()
    assert set(pages[1:]) == {""}
    assert "条例第8条第1項第2号" in pages[0]
    assert desk.get(f"/kurihara/desk/calls/disclosures/{asked.public_id}/file/").status_code == 200


def test_a_sealed_paper_cannot_be_chosen(opened_papers):
    town = opened_papers
    desk = client_of(town.officer)
    listing = f"/kurihara/desk/calls/{town.call.public_id}/disclosures/"
    assert "開示できる書類や記録は、まだありません" in opened(desk, listing)
    given = {
        "number": "第3号",
        "received_on": "令和6年6月21日",
        "about": "企画提案書",
        "papers": [town.paper.public_id],
    }
    assert desk.post(listing, given).status_code == 422
    assert not DisclosureRequest.objects.exists()


def test_the_desk_reminds_of_answers_and_of_letters_to_post(told, settings):
    explaining.ask_explanation(actor=told.actor(told.loser.account), notice=told.notices["架空次点社"], text="なぜ。")
    settings.YUI_TODAY = "2025-08-05"
    items = {
        item.key.partition(":")[0]: item
        for item in collect(told.decides, told.notices["架空次点社"].answer_by.replace(day=5))
    }
    assert items["explanation"].kind == "late"
    assert items["notices_post"].who == "選定審査結果の通知"
    assert not list(collect(told.actor(told.loser.account), told.notices["架空次点社"].answer_by))


def test_the_desk_tells_of_notices_that_wait(kurihara, settings):
    made = firms(kurihara)
    settings.YUI_TODAY = "2024-07-05"
    decide(kurihara, made, {WINNER: 90, LOSER: 80, LOW: 50})
    keys = {item.key.partition(":")[0] for item in collect(kurihara.decides, made[WINNER].registered_at.date())}
    assert "notices_wait" in keys
    batch = noticing.draft_notices(actor=kurihara.decides, call=kurihara.call, kind="result")
    approved(kurihara, batch)
    keys = {item.key.partition(":")[0] for item in collect(kurihara.decides, made[WINNER].registered_at.date())}
    assert "notices_wait" not in keys
    assert "notices_send" in keys
