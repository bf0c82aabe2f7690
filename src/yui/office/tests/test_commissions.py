"""Beginning a commission, engaging a contractor, handing in and accepting, meeting."""

import datetime as dt
from fractions import Fraction

import pytest

from yui.base import clock
from yui.base.access.actor import actor_for
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.approvals.queries import waiting_for
from yui.base.audit.models import AuditEvent
from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.base.definitions.schema import exact
from yui.base.files.models import Attachment
from yui.base.measures.desk_items import Kind, collect
from yui.base.measures.registry import rows
from yui.base.tenancy.scope import authority_scope
from yui.office.commissions import domain
from yui.office.commissions.models import Deliverable, Meeting, OwedChange, Paper
from yui.office.commissions.queries import due_lines, owed_lines, present_commission
from yui.office.indicators.models import Indicator
from yui.office.tests.cast import definition, part

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


def moment(day, hour=14):
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), tzinfo=clock.TOKYO)


def paper(town, key="paper_1"):
    return Paper.objects.get(commission=town.commission, key=key)


def test_a_commission_owes_what_its_definition_says(sora):
    commission = sora.commission
    assert (commission.title, commission.starts_on, commission.ends_on, commission.definition_version) == (
        "令和8年度 見本業務", dt.date(2026, 7, 1), dt.date(2027, 3, 19), 2,
    )  # fmt: skip
    start = Deliverable.objects.filter(commission=commission, phase="start")
    end = list(Deliverable.objects.filter(commission=commission, phase="end"))
    assert [one.number for one in start] == list("①②③④⑤⑥⑦⑧")
    assert {one.due_on for one in start} == {dt.date(2026, 7, 31)}
    assert [one.quantity for one in end] == ["", "", "", "", "A4サイズ　2,000部程度", "1本"]
    assert {one.due_on for one in end} == {dt.date(2027, 3, 19)}
    due = {one.key: (one.due_on, one.repeats, one.due_note) for one in Paper.objects.filter(commission=commission)}
    assert len(due) == 8
    assert due["paper_1"] == (dt.date(2026, 7, 8), False, "契約日から7日以内")
    assert due["minutes"] == (None, True, "会議の日から7日以内")
    assert due["done"] == (dt.date(2027, 3, 19), False, "業務期間の最終日まで")
    assert [one.key for one in Indicator.objects.filter(commission=commission)] == ["people", "meetings", "unknown"]
    assert [(p["number"], p["contracted"]) for p in commission.plan["phases"]] == [(1, True), (2, False), (3, False)]


@pytest.mark.parametrize("town", ["kurihara", "sanda", "unnan", "yamaguchi"])
def test_the_commission_of_every_shipped_town_can_begin(sora, town):
    shipped = read_folder(folder_of(town)).definition
    commission = domain.start_commission(actor=sora.actor(sora.officer), definition=shipped)
    assert (commission.ends_on, commission.title) == (
        shipped.commission.term.last.value,
        shipped.commission.title_corrected.value,
    )
    kept = {one.key: one.target for one in Indicator.objects.filter(commission=commission)}
    assert list(kept) == [one.key for one in shipped.commission.indicators]
    assert {key: Fraction(target) for key, target in kept.items()} == {
        one.key: exact(one.target.value) for one in shipped.commission.indicators
    }


def test_a_commission_begins_once(sora):
    with pytest.raises(NotPossible) as error:
        domain.start_commission(actor=sora.actor(sora.officer), definition=definition())
    assert error.value.code == "already_started"


def test_the_contractor_cannot_open_the_door_to_others(sora):
    lead = sora.actor(sora.lead)
    for act in (
        lambda: domain.start_commission(actor=lead, definition=definition(part("r9"))),
        lambda: domain.start_engagement(actor=lead, commission=sora.commission, organization=sora.organization),
        lambda: domain.end_engagement(actor=lead, engagement=sora.engagement),
        lambda: domain.appoint_staff(actor=lead, engagement=sora.engagement, account=sora.lead, role="coordinator"),
    ):
        with pytest.raises(Refused):
            act()


def test_only_roles_of_a_contractor_are_given_through_an_engagement(sora):
    with pytest.raises(NotPossible) as error:
        domain.appoint_staff(
            actor=sora.actor(sora.officer), engagement=sora.engagement, account=sora.lead, role="officer"
        )
    assert error.value.code == "not_a_contractor_role"


def test_the_old_contractor_has_nothing_from_the_day_after(sora, on_day):
    officer = sora.actor(sora.officer)
    domain.end_engagement(actor=officer, engagement=sora.engagement, on=dt.date(2026, 11, 30))
    on_day("2026-11-30")
    assert may(sora.actor(sora.lead), Permission.PERSON_READ)
    on_day("2026-12-01")
    gone = sora.actor(sora.lead)
    assert gone.roles == frozenset()
    assert not may(gone, Permission.COMMISSION_READ)


def test_next_years_commission_stands_beside_the_old_one(sora, on_day):
    officer = sora.actor(sora.officer)
    following = domain.start_commission(
        actor=officer, definition=definition(part("r9", dt.date(2027, 4, 1), dt.date(2028, 3, 17)))
    )
    assert present_commission(dt.date(2027, 3, 19)) == sora.commission
    assert present_commission(dt.date(2027, 3, 25)) == sora.commission
    assert present_commission(dt.date(2027, 4, 1)) == following


def test_a_paper_goes_from_owed_to_accepted_with_a_dated_row_for_each_step(sora, on_day):
    officer, lead = sora.actor(sora.officer), sora.actor(sora.lead)
    one = domain.submit_owed(actor=lead, owed=paper(sora), upload=PDF, name="着手届.pdf", comment="出します")
    assert (one.state, one.submitted_on) == ("submitted", dt.date(2026, 11, 20))
    assert [approval.title for approval in waiting_for(officer)] == ["書類：書類 1"]
    domain.return_owed(actor=officer, owed=one, reason="日付がちがいます")
    on_day("2026-11-24")
    domain.submit_owed(actor=lead, owed=one, upload=PDF + b"2", name="着手届.pdf")
    domain.accept_owed(actor=officer, owed=one)
    one.refresh_from_db()
    assert (one.state, one.accepted_on) == ("accepted", dt.date(2026, 11, 24))
    assert [(c.before, c.state, c.effective_on, c.comment) for c in OwedChange.objects.all()] == [
        ("owed", "submitted", dt.date(2026, 11, 20), "出します"),
        ("submitted", "returned", dt.date(2026, 11, 20), "日付がちがいます"),
        ("returned", "submitted", dt.date(2026, 11, 24), ""),
        ("submitted", "accepted", dt.date(2026, 11, 24), ""),
    ]
    assert Attachment.objects.filter(related_id=one.public_id).count() == 2
    acts = list(AuditEvent.objects.filter(object_id=one.public_id).values_list("act", flat=True))
    assert acts == ["paper.submitted", "paper.returned", "paper.submitted", "paper.accepted"]
    counted = rows(
        "office.papers_accepted", authority=sora.authority, start=dt.date(2026, 11, 1), end=dt.date(2026, 11, 30)
    )
    assert [(row.key, row.effective_on) for row in counted] == [(one.public_id, dt.date(2026, 11, 24))]


def test_a_return_says_why_and_nobody_accepts_their_own(sora):
    officer = sora.actor(sora.officer)
    one = domain.submit_owed(actor=officer, owed=paper(sora), upload=PDF, name="着手届.pdf")
    with pytest.raises(NotPossible):
        domain.return_owed(actor=sora.actor(sora.second_officer), owed=one, reason=" ")
    with pytest.raises(Refused):
        domain.accept_owed(actor=officer, owed=one)
    with pytest.raises(Refused):
        domain.accept_owed(actor=sora.actor(sora.lead), owed=one)
    assert domain.accept_owed(actor=sora.actor(sora.second_officer), owed=one).state == "accepted"


def test_what_was_accepted_is_not_handed_in_again(sora):
    lead = sora.actor(sora.lead)
    one = domain.submit_owed(actor=lead, owed=paper(sora), upload=PDF, name="a.pdf")
    domain.accept_owed(actor=sora.actor(sora.officer), owed=one)
    with pytest.raises(NotPossible) as error:
        domain.submit_owed(actor=lead, owed=one, upload=PDF, name="a.pdf")
    assert error.value.code == "wrong_state"


def test_a_file_that_cannot_be_kept_leaves_nothing(sora):
    with pytest.raises(NotPossible) as error:
        domain.submit_owed(actor=sora.actor(sora.lead), owed=paper(sora), upload=b"MZ\x00\x01", name="a.exe")
    assert error.value.code == "not_allowed"
    assert paper(sora).state == "owed"
    assert not OwedChange.objects.exists()


def test_a_meeting_owes_its_minutes_and_moves_their_day(sora):
    officer = sora.actor(sora.officer)
    meeting = domain.plan_meeting(
        actor=officer, commission=sora.commission, kind="monthly", held_at=moment("2026-11-18"), agenda="数字"
    )
    owed = Paper.objects.get(occasion_id=meeting.public_id)
    assert (owed.title, owed.due_on) == ("打合せ記録簿（11月18日分）", dt.date(2026, 11, 25))
    held = domain.record_minutes(
        actor=officer, meeting=meeting, version=1, held_at=moment("2026-11-19"), decisions="ふやす"
    )
    owed.refresh_from_db()
    assert (owed.title, owed.due_on) == ("打合せ記録簿（11月19日分）", dt.date(2026, 11, 26))
    november = {"start": dt.date(2026, 11, 1), "end": dt.date(2026, 11, 30)}
    counted = rows("office.meetings_held", authority=sora.authority, **november)
    assert [(row.key, row.effective_on) for row in counted] == [(held.public_id, dt.date(2026, 11, 19))]
    with pytest.raises(NotPossible):
        domain.submit_owed(actor=officer, owed=paper(sora, "other"), upload=PDF, name="a.pdf")


def test_a_stale_save_of_minutes_shows_both_texts(sora):
    officer = sora.actor(sora.officer)
    meeting = domain.plan_meeting(
        actor=officer, commission=sora.commission, kind="monthly", held_at=moment("2026-11-18")
    )
    domain.record_minutes(actor=officer, meeting=meeting, version=1, decisions="先の文")
    with pytest.raises(Stale) as error:
        domain.record_minutes(actor=officer, meeting=meeting, version=1, decisions="後の文")
    assert (error.value.theirs, error.value.mine) == ({"decisions": "先の文"}, {"decisions": "後の文"})


def test_minutes_are_not_written_before_the_day_and_a_meeting_called_off_owes_none(sora):
    officer = sora.actor(sora.officer)
    meeting = domain.plan_meeting(
        actor=officer, commission=sora.commission, kind="monthly", held_at=moment("2026-11-30")
    )
    with pytest.raises(NotPossible) as error:
        domain.record_minutes(actor=officer, meeting=meeting, version=1, decisions="早い")
    assert error.value.code == "not_held_yet"
    domain.call_off_meeting(actor=officer, meeting=meeting)
    assert not Paper.objects.filter(occasion_id=meeting.public_id).exists()
    assert Meeting.objects.get().minutes_at is None


def test_the_desk_names_what_is_late_and_what_is_due_soon(sora, on_day):
    for one in (*Deliverable.objects.filter(phase="start"), *Paper.objects.filter(due_on__lt=dt.date(2026, 8, 1))):
        type(one).objects.filter(pk=one.pk).update(state="accepted")
    Paper.objects.filter(key="paper_1").update(state="owed", due_on=dt.date(2026, 11, 17))
    Paper.objects.filter(key="paper_2").update(state="owed", due_on=dt.date(2026, 12, 1))
    lines = due_lines(sora.commission, dt.date(2026, 11, 20))
    assert [(line.owed.key, line.due, line.due_chip) for line in lines] == [
        ("paper_1", "3日すぎ", "danger"),
        ("paper_2", "あと11日", "warn"),
    ]
    found = collect(sora.actor(sora.officer), dt.date(2026, 11, 20))
    assert [(item.kind, item.who) for item in found if item.key.startswith("paper:")] == [
        (Kind.LATE, "書類 1"),
        (Kind.WAITING, "書類 2"),
    ]
    assert collect(sora.actor(sora.auditor), dt.date(2026, 11, 20)) == []


def test_another_town_sees_and_changes_nothing(sora, hinata):
    stranger = actor_for(hinata.officer, hinata.authority)
    with authority_scope(hinata.authority):
        stranger = hinata.actor(hinata.officer)
    with pytest.raises(Refused):
        domain.submit_owed(actor=stranger, owed=paper(sora), upload=PDF, name="a.pdf")
    with pytest.raises(Refused):
        domain.end_engagement(actor=stranger, engagement=sora.engagement)
    assert {line.owed.authority_id for line in owed_lines(sora.commission, "paper", dt.date(2026, 11, 20))} == {
        sora.authority.pk
    }
