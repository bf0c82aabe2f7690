"""Announcing: what is missing blocks it; what is announced is frozen; every change is a version that everybody learns of."""

import json

import pytest

from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.audit.models import AuditEvent
from yui.base.definitions.reading import Sheet
from yui.base.messages.models import Message
from yui.base.tenancy.scope import authority_scope
from yui.office.calls.domain import (
    FaultyRules,
    Incomplete,
    amend_call,
    announce_call,
    begin_amendment,
    cancel_call,
    change_values,
    choose_paper_screening,
    draft_call,
    drop_amendment,
    end_without_candidate,
    postpone_call,
    resume_call,
    write_rules,
)
from yui.office.calls.models import CallVersion
from yui.office.calls.ocds import release_package
from yui.office.calls.queries.announcing import present_step
from yui.office.calls.queries.wordings import amendments_of, examples_of
from yui.office.calls.rules import rules_of
from yui.office.calls.tests.cast import applicant, call_town, fill_open_levels


@pytest.fixture
def draft(db, settings, tmp_path):
    """Sanda before its announcement: the document leaves points open."""
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2025-05-28"
    town = call_town("sanda", announced=False)
    with authority_scope(town.authority):
        yield town


def moment(town, key):
    """The place of an entry's end in the rules."""
    keys = [one.key for one in rules_of(town.call).rules.schedule]
    return ("schedule", keys.index(key), "closes")


def write(town, values, source=""):
    town.call.refresh_from_db()
    return change_values(actor=town.decides, call=town.call, version=town.call.version, values=values, source=source)


def reload(town):
    town.call.refresh_from_db()
    return town.call


def told(what):
    """The receivers of a message about the call, and what it says."""
    return sorted((one.to_address, what in one.body) for one in Message.objects.filter(kind="call_told"))


def two_applicants(town):
    for name, mail, postal in (("one", "one@example.jp", ""), ("two", "", "見本県見本市1-1")):
        found = applicant(town, name)
        found.mail, found.postal = mail, postal
        found.save()
    gone = applicant(town, "gone")
    gone.mail, gone.state = "gone@example.jp", "withdrawn"
    gone.save()


def test_open_points_must_be_entered_before_the_announcement(draft):
    with pytest.raises(Incomplete) as refused:
        announce_call(actor=draft.decides, call=draft.call)
    assert [(need.name, len(need.missing), need.anchor) for need in refused.value.missing] == [
        ("評価項目と配点", 2, "levels")
    ]
    fill_open_levels(draft.decides, draft.call)
    assert announce_call(actor=draft.decides, call=draft.call).state == "announced"


def test_a_cut_off_without_a_time_blocks_the_announcement_and_is_given_none(draft):
    fill_open_levels(draft.decides, draft.call)
    write(draft, {moment(draft, "proposals"): "2025-07-08（火）"})
    with pytest.raises(Incomplete) as refused:
        announce_call(actor=draft.decides, call=draft.call)
    assert [need.missing for need in refused.value.missing] == [
        ("「企画提案書の審査」の書類の締切の時刻がありません。何時までかを入れてください。",)
    ]
    assert rules_of(draft.call).deadline("proposal") is None


def test_a_deadline_that_is_over_is_not_announced(draft, settings):
    fill_open_levels(draft.decides, draft.call)
    settings.YUI_TODAY = "2025-06-04"
    with pytest.raises(Incomplete) as refused:
        announce_call(actor=draft.decides, call=draft.call)
    assert [need.missing for need in refused.value.missing] == [("質問の締切が、もう過ぎています。",)]


def test_a_schedule_out_of_order_is_not_announced(draft):
    fill_open_levels(draft.decides, draft.call)
    write(draft, {moment(draft, "presentation"): "2025-07-07（月）"})
    with pytest.raises(Incomplete) as refused:
        announce_call(actor=draft.decides, call=draft.call)
    assert [need.missing for need in refused.value.missing] == [
        ("「プレゼンテーション審査」が、「企画提案書の提出」より前の日です。",)
    ]


def test_a_changed_value_says_whether_the_towns_document_has_it(draft):
    write(draft, {("contact",): "見本係"}, source="令和7年度 要領 14")
    write(draft, {("mail",): "koubo@example.jp"})
    version = CallVersion.objects.get(call=draft.call)
    assert version.rules["contact"] == {"value": "見本係", "source": "令和7年度 要領 14"}
    assert version.rules["mail"] == {"default": "koubo@example.jp", "note": "町が画面で書き入れた値。"}
    assert version.rules["cap"]["source"] == "令和7年度 実施要領 2"


def test_what_does_not_fit_is_told_with_its_place_and_changes_nothing(draft):
    data = CallVersion.objects.get(call=draft.call).rules | {"selection": {}}
    with pytest.raises(FaultyRules) as refused:
        write_rules(actor=draft.decides, call=draft.call, version=1, sheet=Sheet("call-r7.yaml", data))
    assert "selection.aggregation" in [fault.path for fault in refused.value.faults]
    with pytest.raises(FaultyRules) as refused:
        write(draft, {("cap",): 1})
    assert [fault.path for fault in refused.value.faults] == ["cap"]
    assert rules_of(draft.call).rules.cap.value == 41_640_000


def test_a_stale_save_and_an_auditor_change_nothing(draft):
    values = {("contact",): "見本係"}
    with pytest.raises(Stale):
        change_values(actor=draft.decides, call=draft.call, version=99, values=values, source="")
    with pytest.raises(Refused):
        change_values(actor=draft.actor(draft.auditor), call=draft.call, version=1, values=values, source="")


def test_an_announced_call_is_changed_only_by_an_amendment_told_to_everybody(kurihara):
    two_applicants(kurihara)
    with pytest.raises(NotPossible):
        write(kurihara, {moment(kurihara, "proposals"): "2024-06-24（月） 17:00"})
    begin_amendment(actor=kurihara.decides, call=kurihara.call)
    with pytest.raises(NotPossible):
        amend_call(actor=kurihara.decides, call=kurihara.call, reason="まだ何も変えていない")
    write(kurihara, {moment(kurihara, "proposals"): "2024-06-24（月） 17:00"})
    assert rules_of(kurihara.call).deadline("proposal").day == 20
    with pytest.raises(NotPossible):
        amend_call(actor=kurihara.decides, call=kurihara.call, reason=" ")
    amend_call(actor=kurihara.decides, call=kurihara.call, reason="会場の都合のため")
    assert (rules_of(kurihara.call).number, rules_of(kurihara.call).deadline("proposal").day) == (2, 24)
    assert told("会場の都合のため") == [("one@example.jp", True), ("見本県見本市1-1", True)]
    assert told("令和6年6月24日（月）17時") == told("会場の都合のため")
    (amendment,) = amendments_of(reload(kurihara))
    assert [(one.before.text, one.after.text) for one in amendment.changes] == [
        ("令和6年6月20日（木）17時", "令和6年6月24日（月）17時")
    ]


def test_a_cut_off_that_is_over_stays_and_keys_do_not_vanish(kurihara, settings):
    settings.YUI_TODAY = "2024-06-11"
    begin_amendment(actor=kurihara.decides, call=kurihara.call)
    write(kurihara, {moment(kurihara, "questions"): "2024-06-12（水） 17:00"})
    with pytest.raises(NotPossible, match="もう過ぎている"):
        amend_call(actor=kurihara.decides, call=reload(kurihara), reason="質問を受け直す")
    data = CallVersion.objects.get(call=kurihara.call, number=1).rules
    fewer = data | {"papers": [one for one in data["papers"] if one["key"] != "officers"]}
    with pytest.raises(FaultyRules) as refused:
        write_rules(
            actor=kurihara.decides, call=kurihara.call, version=kurihara.call.version,
            sheet=Sheet("call-r6.yaml", fewer),
        )  # fmt: skip
    assert [fault.path for fault in refused.value.faults] == ["papers.officers"]
    drop_amendment(actor=kurihara.decides, call=kurihara.call)
    assert CallVersion.objects.filter(call=kurihara.call).count() == 1


def test_a_call_is_postponed_and_taken_up_again_with_new_days(kurihara, settings):
    two_applicants(kurihara)
    postpone_call(actor=kurihara.decides, call=kurihara.call, reason="大雨のため")
    assert told("大雨のため") == [("one@example.jp", True), ("見本県見本市1-1", True)]
    settings.YUI_TODAY = "2024-06-21"
    with pytest.raises(NotPossible, match="提出の締切が過ぎています"):
        resume_call(actor=kurihara.decides, call=reload(kurihara), reason="晴れたため")
    settings.YUI_TODAY = "2024-06-10"
    resume_call(actor=kurihara.decides, call=reload(kurihara), reason="晴れたため")
    assert (reload(kurihara).state, kurihara.call.ended_for) == ("announced", "")


def test_only_what_the_rules_allow_happens_to_a_call(sanda):
    for verb, code in (
        (postpone_call, "not_in_rules"), (cancel_call, "not_in_rules"), (choose_paper_screening, "not_in_rules"),
        (end_without_candidate, "too_early"),
    ):  # fmt: skip
        with pytest.raises(NotPossible) as refused:
            verb(actor=sanda.decides, call=sanda.call, reason="見本")
        assert refused.value.code == code


def test_a_cancelled_call_is_told_with_its_reason_and_may_be_called_again(kurihara):
    two_applicants(kurihara)
    with pytest.raises(NotPossible):
        cancel_call(actor=kurihara.decides, call=kurihara.call, reason="")
    cancel_call(actor=kurihara.decides, call=kurihara.call, reason="予算が変わったため")
    assert (reload(kurihara).state, kurihara.call.ended_for) == ("cancelled", "予算が変わったため")
    assert told("予算が変わったため") == [("one@example.jp", True), ("見本県見本市1-1", True)]
    second = draft_call(actor=kurihara.decides, key="r6", earlier=kurihara.call, reason="予算が決まったため")
    announce_call(actor=kurihara.decides, call=second)
    assert (second.number, Message.objects.filter(body__contains="予算が決まったため").count()) == (2, 2)
    assert AuditEvent.objects.filter(act="call.told").count() == 2


def test_no_candidate_leads_to_another_call_only_where_the_rules_say_so(kurihara, sanda, settings):
    for town, day, again in ((kurihara, "2024-06-21", True), (sanda, "2025-07-09", False)):
        settings.YUI_TODAY = day
        with authority_scope(town.authority):
            end_without_candidate(actor=town.decides, call=town.call, reason="応募がなかったため")
            if again:
                assert (
                    draft_call(actor=town.decides, key=town.call.key, earlier=reload(town), reason="もう一度").number
                    == 2
                )
            else:
                with pytest.raises(NotPossible, match="再募集の定めがありません"):
                    draft_call(actor=town.decides, key=town.call.key, earlier=reload(town), reason="もう一度")


def test_papers_alone_are_chosen_once_with_a_reason(kurihara):
    two_applicants(kurihara)
    choose_paper_screening(actor=kurihara.decides, call=kurihara.call, reason="応募が多いため")
    assert told("応募が多いため") == [("one@example.jp", True), ("見本県見本市1-1", True)]
    with pytest.raises(NotPossible):
        choose_paper_screening(actor=kurihara.decides, call=reload(kurihara), reason="もう一度")


def test_where_a_call_stands_follows_its_days(kurihara, settings):
    steps = []
    for day in ("2024-05-29", "2024-06-11", "2024-06-21"):
        settings.YUI_TODAY = day
        steps.append(present_step(kurihara.call, rules_of(kurihara.call)))
    assert steps == [2, 3, 4]


@pytest.mark.parametrize("key", ["kurihara", "sanda"])
def test_the_examples_of_the_definition_hold_for_the_announced_call(key, request):
    town = request.getfixturevalue(key)
    found = examples_of(CallVersion.objects.get(call=town.call), town.authority)
    assert [one.why for one in found if not one.holds] == []
    assert len(found) >= 55


def test_open_data_has_one_release_a_version_and_no_made_up_time(kurihara):
    begin_amendment(actor=kurihara.decides, call=kurihara.call)
    write(kurihara, {("contact",): "見本係"})
    amend_call(actor=kurihara.decides, call=reload(kurihara), reason="係が変わったため")
    cancel_call(actor=kurihara.decides, call=reload(kurihara), reason="取りやめるため")
    package = release_package(reload(kurihara))
    tender = package["releases"][0]["tender"]
    assert [one["tag"] for one in package["releases"]] == [["tender"], ["tenderAmendment"], ["tenderCancellation"]]
    assert [one["tender"]["status"] for one in package["releases"]] == ["active", "active", "cancelled"]
    assert len({one["id"] for one in package["releases"]}) == 3
    assert {one["ocid"] for one in package["releases"]} == {f"ocds-unregistered-kurihara-{kurihara.call.public_id}"}
    assert tender["value"] == {"amount": 3_465_000, "currency": "JPY"}
    assert tender["tenderPeriod"] == {"endDate": "2024-06-20T17:00:00+09:00"}
    milestones = {one["id"]: (one.get("dueDate"), one["description"]) for one in tender["milestones"]}
    assert milestones["presentation"] == (None, "令和6年6月26日（水）（予定）")
    assert milestones["result"] == (None, "令和6年7月上旬（予定）")
    assert json.loads(json.dumps(package)) == package
