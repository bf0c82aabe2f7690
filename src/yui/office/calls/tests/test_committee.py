"""Seats, conflicts, sheets, closing and corrections; and that nobody learns another's points before the closing."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.accounts.models import Account
from yui.base.audit.models import AuditEvent
from yui.base.messages.models import Message
from yui.office.calls.desk_items import scoring_items
from yui.office.calls.domain import closing, correcting, scoring, seating
from yui.office.calls.domain.scoring import Given
from yui.office.calls.models import Call, CommitteeMember, MemberOrder, Score, ScoreCorrection, SealOpening
from yui.office.calls.tests.cast import applicant, member
from yui.office.calls.tests.committee_cast import begin, browser, committee, hand_in


@pytest.fixture
def scored(kurihara):
    """Three firms and three members, the scoring open."""
    made = committee(kurihara)
    hand_in(made)
    begin(made)
    kurihara.call.refresh_from_db()
    return made


def test_a_seat_brings_the_role_and_a_mail(kurihara):
    made = seating.appoint_member(
        actor=kurihara.decides, call=kurihara.call, mail="Iin@Example.jp", name="例示 委員", post="大学教授", chair=True
    )
    account = Account.objects.get(email="iin@example.jp")
    assert kurihara.actor(account).roles == {"evaluator"} and made.chair
    assert "審査委員" in Message.objects.get(kind="committee_invited").subject
    for faulty in ({"mail": "iin@example.jp", "name": "二度"}, {"mail": "b@example.jp", "name": "別", "chair": True}):
        with pytest.raises(NotPossible):
            seating.appoint_member(actor=kurihara.decides, call=kurihara.call, **faulty)


def test_nobody_is_seated_after_the_opening_nor_an_applicant(kurihara):
    firm = applicant(kurihara, "応募")
    with pytest.raises(NotPossible, match="応募している人"):
        seating.appoint_member(actor=kurihara.decides, call=kurihara.call, mail=firm.account.email, name="応募")
    SealOpening.objects.create(
        authority=kurihara.authority, call=kurihara.call, stage="proposal", opened_at=clock.now()
    )
    with pytest.raises(NotPossible, match="開封"):
        seating.appoint_member(actor=kurihara.decides, call=kurihara.call, mail="c@example.jp", name="あと")
    with pytest.raises(Refused):
        seating.appoint_member(
            actor=kurihara.actor(kurihara.auditor), call=kurihara.call, mail="d@example.jp", name="監査"
        )


def test_scoring_waits_for_opening_declarations_chair_and_recusal(kurihara):
    made = committee(kurihara)
    hand_in(made)
    with pytest.raises(NotPossible, match="開封"):
        seating.open_scoring(actor=kurihara.decides, call=kurihara.call, stage="proposal")
    SealOpening.objects.create(
        authority=kurihara.authority, call=kurihara.call, stage="proposal", opened_at=clock.now()
    )
    with pytest.raises(NotPossible, match="申告"):
        seating.open_scoring(actor=kurihara.decides, call=kurihara.call, stage="proposal")
    for seat in made.members:
        answers = {firm: (seat is made.members[2] and firm is made.firms[0], "元の勤め先") for firm in made.firms}
        seating.declare_conflicts(actor=made.actor(seat), member=seat, answers=answers)
    with pytest.raises(NotPossible, match="回避"):
        seating.open_scoring(actor=kurihara.decides, call=kurihara.call, stage="proposal")
    seating.recuse_member(actor=made.actor(made.chair), member=made.members[2], reason="元の勤め先のため")
    assert made.actor(made.members[2]).roles == frozenset()  # the whole call is closed to who was recused
    seating.open_scoring(actor=kurihara.decides, call=kurihara.call, stage="proposal")
    assert Call.objects.get().state == "scoring"
    assert not made.members[2].sheets.exists()


def test_blanks_are_no_zeros_and_points_stay_in_range(scored):
    seat, firm = scored.members[1], scored.firms[0]
    sheet = scored.sheet(seat)
    for points in ("10.01", "-1", "0.001", "NaN"):
        with pytest.raises(NotPossible):
            scoring.save_scores(
                actor=scored.actor(seat), sheet=sheet, applicant=firm, given={"i1": Given(Decimal(points), "", 0)}
            )
    scoring.save_scores(
        actor=scored.actor(seat), sheet=sheet, applicant=firm, given={"i1": Given(Decimal("7.5"), "よい", 0)}
    )
    with pytest.raises(NotPossible, match="まだ点の入っていない項目が29"):
        scoring.close_sheet(actor=scored.actor(seat), sheet=sheet)
    assert Score.objects.get().points == Decimal("7.5")


def test_two_tabs_show_both_texts(scored):
    seat, firm = scored.members[1], scored.firms[0]
    actor, sheet = scored.actor(seat), scored.sheet(seat)
    scoring.save_scores(actor=actor, sheet=sheet, applicant=firm, given={"i1": Given(Decimal(7), "", 0)})
    with pytest.raises(Stale) as stale:
        scoring.save_scores(actor=actor, sheet=sheet, applicant=firm, given={"i1": Given(Decimal(9), "", 0)})
    assert stale.value.theirs == {"業務執行能力": "7点"} and stale.value.mine == {"業務執行能力": "9点"}
    page = f"/kurihara/committee/sheets/{sheet.public_id}/of/{firm.public_id}/"
    answer = browser(seat.account).post(page, {"version_i1": "0", "points_i1": "9", "comment_i1": ""})
    assert answer.status_code == 409 and "7点" in answer.content.decode() and 'value="9"' in answer.content.decode()
    assert Score.objects.get().points == 7


def test_equal_totals_need_the_members_own_order(scored):
    seat = scored.members[0]
    actor, sheet = scored.actor(seat), scored.sheet(seat)
    for firm, total in zip(scored.firms, (80, 80, 59), strict=True):
        scored.give(seat, firm, total)
    with pytest.raises(NotPossible, match="順を付けて"):
        scoring.close_sheet(actor=actor, sheet=sheet)
    with pytest.raises(NotPossible):
        scoring.order_equals(actor=actor, sheet=sheet, best_first=[scored.firms[0], scored.firms[2]])
    first, second = (f"place_{firm.public_id}" for firm in scored.firms[:2])
    page = f"/kurihara/committee/sheets/{sheet.public_id}/"
    client = browser(seat.account)
    assert client.post(f"{page}order/", {first: "1", second: "1"}).status_code == 409
    assert client.post(f"{page}order/", {first: "2", second: "1"}).status_code == 302
    assert [row.applicant for row in MemberOrder.objects.filter(sheet=sheet)] == [scored.firms[1], scored.firms[0]]
    assert scoring.close_sheet(actor=actor, sheet=sheet).state == "closed"
    with pytest.raises(NotPossible):
        scored.give(seat, scored.firms[0], 90)
    scoring.open_again(actor=actor, sheet=sheet)
    scored.give(seat, scored.firms[0], 90)
    assert MemberOrder.objects.filter(sheet=sheet).count() == 1  # an order given to other totals says nothing


def test_the_chair_closes_when_all_closed_or_abstain(scored):
    scored.score({0: (90, 80, 70), 1: (70, 80, 90)})
    for seat in scored.members[:2]:
        scoring.close_sheet(actor=scored.actor(seat), sheet=scored.sheet(seat))
    chair = scored.chair
    with pytest.raises(NotPossible, match="閉じていない"):
        closing.close_scoring(actor=scored.actor(chair), chair=chair, stage="proposal")
    with pytest.raises(NotPossible, match="委員長"):
        closing.close_scoring(actor=scored.actor(scored.members[1]), chair=scored.members[1], stage="proposal")
    with pytest.raises(Refused):
        closing.close_scoring(actor=scored.town.decides, chair=chair, stage="proposal")
    closing.abstain_member(actor=scored.actor(chair), chair=chair, member=scored.members[2], reason="欠席")
    closing.close_scoring(actor=scored.actor(chair), chair=chair, stage="proposal")
    assert Call.objects.get().state == "scored"
    assert CommitteeMember.objects.get(pk=scored.members[2].pk).state == "abstained"
    with pytest.raises(NotPossible, match="締め切られて"):
        scoring.open_again(actor=scored.actor(chair), sheet=scored.sheet(chair))


def test_a_correction_needs_a_reason_and_the_chair_and_keeps_the_old_points(scored):
    scored.score({0: (90, 80, 70), 1: (70, 80, 90), 2: (90, 80, 70)})
    score = Score.objects.filter(sheet__member=scored.members[1], applicant=scored.firms[0], criterion="i1").get()
    with pytest.raises(NotPossible, match="そのまま直せます"):
        correcting.ask_correction(
            actor=scored.actor(scored.members[1]), score=score, after=Decimal(1), reason="書きまちがい"
        )
    scored.close()
    with pytest.raises(Refused):
        correcting.ask_correction(actor=scored.actor(scored.chair), score=score, after=Decimal(1), reason="人の点")
    asked = correcting.ask_correction(
        actor=scored.actor(scored.members[1]), score=score, after=Decimal(1), reason="書きまちがい"
    )
    with pytest.raises(NotPossible, match="委員長"):
        correcting.decide_correction(
            actor=scored.actor(scored.members[1]), chair=scored.members[1], correction=asked, approve=True
        )
    client = browser(scored.chair.account)
    page = f"/kurihara/committee/{scored.chair.public_id}/"
    assert "書きまちがい" in client.get(page).content.decode()
    client.post(f"{page}corrections/", {"correction": asked.public_id, "answer": "approve"})
    score.refresh_from_db()
    kept = ScoreCorrection.objects.get()
    assert (score.points, kept.before, kept.after, kept.state) == (1, 10, 1, "approved")


def test_levels_are_chosen_by_their_points(sanda):
    made = committee(sanda)
    hand_in(made, "participation")
    begin(made, "participation")
    seat, firm = made.members[0], made.firms[0]
    sheet = made.sheet(seat, "participation")
    page = f"/sanda/committee/sheets/{sheet.public_id}/of/{firm.public_id}/"
    client = browser(seat.account)
    assert "同種の実績が複数（5点）" in client.get(page).content.decode()
    wrong = client.post(page, {"version_s1": "0", "points_s1": "1", "comment_s1": ""})
    assert wrong.status_code == 422 and "決められた段階" in wrong.content.decode()
    assert client.post(page, {"version_s1": "0", "points_s1": "4", "comment_s1": ""}).status_code == 302
    assert Score.objects.get().points == 4


def test_another_members_sheet_is_refused_and_recorded(scored):
    scored.score({1: (70, 80, 90)})
    theirs = scored.sheet(scored.members[1])
    client = browser(scored.members[0].account)
    base = f"/kurihara/committee/sheets/{theirs.public_id}/"
    for path in (base, f"{base}of/{scored.firms[0].public_id}/", f"{base}paper/", f"{base}correct/"):
        assert client.get(path).status_code == 404
    for path in ("close/", "open/", "order/"):
        assert client.post(base + path).status_code == 404
    peeks = AuditEvent.objects.filter(act="peek.refused")
    assert peeks.count() == 7 and {row.details["code"] for row in peeks} == {"others_sheet"}
    assert not re.search("70|80|90", " ".join(str(row.details) for row in peeks))
    assert client.get(f"/kurihara/committee/{scored.members[1].public_id}/").status_code == 404


def test_the_office_sees_completion_but_no_number_before_the_closing(scored):
    officer = browser(scored.town.officer)
    desk = f"/kurihara/desk/calls/{scored.town.call.public_id}/"
    before = [officer.get(f"{desk}{page}").content for page in ("committee/", "selection/", "")]
    scored.score({0: (61, 72, 83), 1: (99, 98, 97)})
    scoring.close_sheet(actor=scored.actor(scored.chair), sheet=scored.sheet(scored.chair))
    pages = [officer.get(f"{desk}{page}").content.decode() for page in ("committee/", "selection/", "")]
    for page in pages:
        assert not re.search(r"\b(61|72|83|99|98|97)\b", re.sub(r"<[^>]*>", " ", page))
    assert "1／3" in pages[0] and len(before) == 3
    paper = officer.get(f"/kurihara/desk/calls/sheets/{scored.sheet(scored.chair).public_id}/paper/")
    assert paper.status_code == 409
    assert officer.post(f"{desk}selection/compute/").status_code == 302
    assert "締めてから" in officer.get(f"{desk}selection/").content.decode()
    assert AuditEvent.objects.get(act="peek.refused").details == {"code": "sheet_before_closing"}
    assert officer.get(f"/kurihara/committee/sheets/{scored.sheet(scored.chair).public_id}/").status_code == 403


def test_a_members_pages_ask_the_same_whatever_the_others_did(scored):
    seat = scored.members[2]
    client, sheet = browser(seat.account), scored.sheet(seat)
    paths = [
        f"/kurihara/committee/{seat.public_id}/",
        f"/kurihara/committee/sheets/{sheet.public_id}/",
        f"/kurihara/committee/sheets/{sheet.public_id}/of/{scored.firms[0].public_id}/",
    ]

    def asked():
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as caught:
                text = client.get(path).content.decode()
                found.append((len(caught), re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce-\S+', "", text)))
        return found

    before = asked()
    scored.score({0: (90, 80, 70), 1: (70, 70, 90)})
    scoring.close_sheet(actor=scored.actor(scored.chair), sheet=scored.sheet(scored.chair))
    assert asked() == before


def test_saved_item_by_item_by_a_script(scored):
    seat, firm = scored.members[1], scored.firms[0]
    page = f"/kurihara/committee/sheets/{scored.sheet(seat).public_id}/of/{firm.public_id}/"
    client = browser(seat.account)
    answer = client.post(page, {"item": "i2", "version_i2": "0", "points_i2": "８．５", "comment_i2": "具体的"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in text and 'name="version_i2" value="1"' in text
    assert "8.5" in text and "残り 9項目" in text
    wrong = client.post(page, {"item": "i3", "version_i3": "0", "points_i3": "十", "comment_i3": ""})
    assert wrong.status_code == 422 and "数字で" in wrong.content.decode() and Score.objects.count() == 1


def test_the_form_on_paper_filled_and_empty(scored):
    scored.score({1: (70, 80, 90)})
    sheet = scored.sheet(scored.members[1])
    client = browser(scored.members[1].account)
    filled = client.get(f"/kurihara/committee/sheets/{sheet.public_id}/paper/").content.decode()
    empty = client.get(f"/kurihara/committee/sheets/{sheet.public_id}/paper/?empty").content.decode()
    assert filled.count("<article") == empty.count("<article") == 3
    assert '<td class="num">70</td>' in filled and '<td class="num">70</td>' not in empty


def test_a_member_of_another_call_has_no_say(scored, kurihara):
    stranger = member(kurihara, "別の委員")
    with pytest.raises(Refused):
        seating.recuse_member(actor=kurihara.actor(stranger.account), member=scored.members[1], reason="追い出す")


def test_the_officers_home_tells_of_missing_sheets_and_of_a_closed_scoring(scored):
    officer, today = scored.town.decides, clock.today()
    (line,) = scoring_items(officer, today)
    assert "3人分" in line.sentence and line.due_on.isoformat() == "2024-06-26"
    scored.score({0: (90, 80, 70), 1: (70, 80, 90), 2: (90, 80, 70)})
    scored.close()
    (line,) = scoring_items(officer, today)
    assert "選定を計算します" in line.sentence
    assert not list(scoring_items(scored.actor(scored.chair), today))
