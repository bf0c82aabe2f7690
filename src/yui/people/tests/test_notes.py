"""Notes, promises, concerns, organisations; the desk's lines and the figures."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.definitions import current
from yui.base.measures.desk_items import collect
from yui.base.measures.registry import rows
from yui.people.domain import (
    add_member,
    change_role,
    choose_for_report,
    end_member,
    keep_promise,
    log_contact,
    raise_concern,
    register_by_proxy,
    register_organization,
    solve_concern,
    update_organization,
    withdraw_consent,
)
from yui.people.form_codes import NoSuchForm, day_of, form_code
from yui.people.models import ContactNote, Membership, Organization, Registration
from yui.people.models.registrations import Received
from yui.people.promises import NoSuchPromise, read_promise

FRIDAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("11/27", dt.date(2026, 11, 27), ""),
        ("１１／２７", dt.date(2026, 11, 27), ""),
        ("来週金曜", dt.date(2026, 11, 27), ""),
        ("来週の金曜日 10時", dt.date(2026, 11, 27), "10時"),
        ("金曜", dt.date(2026, 11, 27), ""),
        ("土曜", dt.date(2026, 11, 21), ""),
        ("3日後", dt.date(2026, 11, 23), ""),
        ("三日後", dt.date(2026, 11, 23), ""),
        ("一週間後", dt.date(2026, 11, 27), ""),
        ("あす午後", dt.date(2026, 11, 21), "午後"),
        ("27日", dt.date(2026, 11, 27), ""),
        ("5日", dt.date(2026, 12, 5), ""),
        ("R8.12.1", dt.date(2026, 12, 1), ""),
        ("令和8年12月1日", dt.date(2026, 12, 1), ""),
        ("1/5", dt.date(2027, 1, 5), ""),
        ("3か月後", dt.date(2027, 2, 20), ""),
        ("午後3時", FRIDAY, "午後3時"),
    ],
)
def test_promises_are_read_as_they_are_said(typed, day, time):
    promised = read_promise(typed, FRIDAY)
    assert (promised.day, promised.time) == (day, time)


@pytest.mark.parametrize("typed", ["", "そのうち", "R8.2.30", "13/1", "32日", "来月"])
def test_what_is_no_day_gets_a_sentence(typed):
    with pytest.raises(NoSuchPromise) as refused:
        read_promise(typed, FRIDAY)
    assert "11/27" in str(refused.value)


def test_the_code_of_a_form_tells_its_day_and_a_slip_is_noticed():
    for number in range(0, 4000, 37):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        assert day_of(form_code(day)) == day
    code = form_code(FRIDAY)
    assert day_of(f"　{code.lower()} ") == FRIDAY
    wrong = ("B" if code[0] != "B" else "C") + code[1:]
    for text in (wrong, "", "ABCD", "0000-0"):
        with pytest.raises(NoSuchForm):
            day_of(text)


def test_a_contact_is_written_down_and_its_promise_stands_on_the_desk(sora):
    person, actor, today = sora.register(), sora.staff("coordinator"), clock.today()
    note = log_contact(
        actor=actor, about=person, content="電話で話した", promise="見学の日を決める", promised_for=today
    )
    lines = [(item.kind, item.who, item.chip_tone) for item in collect(actor, today) if item.key.startswith("note:")]
    assert lines == [("promised", "見本 太郎", "info")]
    late = collect(actor, today + dt.timedelta(days=2))
    assert [(item.kind, item.chip_tone) for item in late if item.key.startswith("note:")] == [("late", "late")]
    assert [item for item in collect(actor, today - dt.timedelta(days=1)) if item.key.startswith("note:")] == []
    log_contact(actor=actor, about=person, content="決めた", answers=note)
    note.refresh_from_db()
    assert note.kept_on == today
    assert [item for item in collect(actor, today) if item.key.startswith("note:")] == []
    with pytest.raises(NotPossible):
        keep_promise(actor=actor, note=note)


def test_notes_are_the_desks_and_what_is_wrong_is_said(sora):
    person, actor = sora.register(), sora.staff("coordinator")
    for stranger in (sora.resident(person), sora.staff("auditor"), sora.anonymous()):
        with pytest.raises(Refused):
            log_contact(actor=stranger, about=person, content="x")
    for given, code in (
        ({"content": " "}, "content_missing"),
        ({"content": "x", "promised_for": clock.today() - dt.timedelta(days=1)}, "promise_past"),
    ):
        with pytest.raises(NotPossible) as refused:
            log_contact(actor=actor, about=person, **given)
        assert refused.value.code == code
    assert ContactNote.objects.count() == 0


def test_what_the_report_quotes_holds_no_name(sora):
    person, actor = sora.register(), sora.staff("coordinator")
    note = log_contact(actor=actor, about=person, content="見本さんが友達をさそった")
    heading = current(sora.authority).commission.monthly_meeting.monitored[0].key
    for text, code in (
        ("見本 太郎さんが来た", "name_in_text"),
        ("見本さんが来た", "name_in_text"),
        ("", "text_missing"),
    ):
        with pytest.raises(NotPossible) as refused:
            choose_for_report(actor=actor, note=note, heading=heading, text=text)
        assert refused.value.code == code
    with pytest.raises(NotPossible):
        choose_for_report(actor=actor, note=note, heading="nothing", text="70代の方が友達をさそった")
    chosen = choose_for_report(actor=actor, note=note, heading=heading, text="70代の方が友達をさそった")
    assert (chosen.report_heading, chosen.report_text) == (heading, "70代の方が友達をさそった")
    assert choose_for_report(actor=actor, note=chosen, heading="", text="").report_text == ""


def test_an_urgent_concern_stands_on_the_desk_until_it_is_solved(sora):
    actor = sora.staff("coordinator")
    concern = raise_concern(actor=actor, heading="会場", problem="会場が使えない", urgent=True)
    assert [i.who for i in collect(actor, clock.today()) if i.key.startswith("concern:")] == ["会場"]
    solve_concern(actor=actor, concern=concern, solution="別の会場にした")
    assert [i for i in collect(actor, clock.today()) if i.key.startswith("concern:")] == []
    with pytest.raises(NotPossible):
        solve_concern(actor=actor, concern=concern, solution="もう一度")
    with pytest.raises(Refused):
        raise_concern(actor=sora.resident(sora.register()), heading="x", problem="y")


def test_a_resident_founds_a_group_and_represents_it(sora):
    person = sora.register()
    actor = sora.resident(person)
    group = register_organization(
        actor=actor, founder=person, values={"name": "見本の会", "themes": ("nou",), "council": True}
    )
    assert (group.name, group.council) == ("見本の会", False)
    actor = sora.resident(person)
    assert actor.organization_ids == {group.pk}
    other = sora.register("例示 花子")
    with pytest.raises(Refused):
        add_member(actor=actor, organization=group, person=other)
    member = add_member(actor=sora.staff("coordinator"), organization=group, person=other)
    with pytest.raises(NotPossible):
        add_member(actor=sora.staff("coordinator"), organization=group, person=other)
    changed = change_role(actor=actor, membership=member, role=Membership.Role.CONTACT)
    end_member(actor=sora.resident(other), membership=changed)
    assert list(Membership.objects.filter(person=other).values_list("role", "ended_on")) == [
        ("member", clock.today()), ("contact", clock.today()),
    ]  # fmt: skip


def test_nobody_founds_for_another_and_nobody_edits_a_strangers_group(sora):
    person, other = sora.register(), sora.register("例示 花子")
    with pytest.raises(Refused):
        register_organization(actor=sora.resident(person), founder=other, values={"name": "x"})
    with pytest.raises(NotPossible):
        register_organization(actor=sora.resident(person), values={"name": "x"})
    group = register_organization(actor=sora.staff("coordinator"), values={"name": "見本の会"})
    with pytest.raises(Refused):
        update_organization(actor=sora.resident(person), organization=group, version=1, values={"name": "y"})
    update_organization(actor=sora.staff("officer"), organization=group, version=1, values={"about": "新しい文"})
    with pytest.raises(Stale) as stale:
        update_organization(actor=sora.staff("coordinator"), organization=group, version=1, values={"about": "私の文"})
    assert (stale.value.theirs, stale.value.mine) == ({"about": "新しい文"}, {"about": "私の文"})
    assert Organization.objects.get().name == "見本の会"


def test_a_row_recorded_later_does_not_count_for_an_earlier_moment(sora):
    today = clock.today()
    earlier = clock.now()
    person = register_by_proxy(
        actor=sora.staff("coordinator"), answers=sora.answers(), received=Received.PAPER,
        received_on=today - dt.timedelta(days=10),
    )  # fmt: skip
    later = clock.now()
    withdraw_consent(actor=sora.resident(person), person=person, purpose="register")

    def keys(name, as_of, start=today - dt.timedelta(days=30)):
        return [row.key for row in rows(name, authority=sora.authority, start=start, end=today, as_of=as_of)]

    own = [Registration.objects.get().public_id]
    assert keys("people.registrations_new", earlier) == []
    assert keys("people.registrations_new", later) == own
    assert keys("people.registered", later) == own
    assert keys("people.registered", clock.now()) == []
    assert keys("people.registrations_ended", later) == []
    assert keys("people.registrations_ended", clock.now()) == own
    assert keys("people.registrations_new", clock.now(), start=today) == []
    assert len(keys("people.in_stages", later)) == 1
    assert keys("people.in_stages", clock.now()) == []
