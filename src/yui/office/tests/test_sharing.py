"""A prefecture sees what its towns agreed to share: numbers of whole months, never a person, never a way in."""

import datetime as dt
import functools
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from yui.base import clock
from yui.base.access.actor import actor_for
from yui.base.access.errors import NotPossible, Refused
from yui.base.accounts.models import Account
from yui.base.approvals.domain import approve, return_for_change
from yui.base.approvals.models import Approval
from yui.base.audit.models import AuditEvent
from yui.base.definitions.checks import plain, read_folder
from yui.base.definitions.domain import digest_of, parts_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.measures.registry import figure, rows
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose
from yui.config.cli.rows import lines
from yui.office.sharing.domain import add_member_town, end_member_town, propose_sharing, withdraw_sharing
from yui.office.sharing.figures import months_over
from yui.office.sharing.models import MemberTown, Share, SharedFigure
from yui.office.sharing.queries import receiver_parts, shared_measures, town_table
from yui.office.sharing.tasks import share_figures
from yui.office.tests.cast import account, person

MEASURE, OTHER = "test.registrations", "people.registrations_new"
JULY, OCTOBER = dt.date(2026, 7, 1), dt.date(2026, 10, 1)
PLANTED = "植込 分子"
TODAY = dt.date(2026, 11, 20)


@functools.cache
def wide_parts():
    return parts_of(plain(read_folder(Path(settings.DEFINITIONS_DIR) / "yamaguchi").data()))


@pytest.fixture
def ken(db, on_day):
    """A council with the definition of Yamaguchi and an officer."""
    authority = Authority.objects.create(key="mihonken", name="見本県", created_at=clock.now())
    with authority_scope(authority):
        for (kind, key), data in wide_parts().items():
            DefinitionVersion.objects.create(
                authority=authority, kind=kind, key=key, version=1, loaded_at=clock.now(), data=data,
                digest=digest_of(data), changes=[],
            )  # fmt: skip
        account(authority, "ken", "officer")
    return authority


def officer_of(ken):
    with authority_scope(ken):
        return actor_for(account_of("ken@mihonken.example.jp"), ken)


def account_of(mail):
    return Account.objects.get(email=mail)


@pytest.fixture
def member(sora, ken):
    """Sora, counted by the prefecture: seven registered in October, two in September, nobody in August."""
    with authority_scope(ken):
        add_member_town(actor=officer_of(ken), town=sora.authority)
    for number in range(7):
        person(sora.authority, f"{PLANTED}{number}", dt.date(2026, 10, 3 + number))
    for number in range(2):
        person(sora.authority, f"{PLANTED}九{number}", dt.date(2026, 9, 3 + number))
    return sora


def agree(town, ken, *measures, from_month=JULY):
    """Proposed by one officer, approved by the other."""
    shares = propose_sharing(actor=town.actor(town.officer), receiver=ken, measures=measures, from_month=from_month)
    approve(actor=town.actor(town.second_officer), approval=Approval.objects.get(object_id=shares[0].proposal))
    return shares


def figures(ken):
    with authority_scope(ken):
        return {(row.measure, row.month): row.value for row in SharedFigure.objects.all()}


def test_what_is_agreed_crosses_month_by_month_and_small_numbers_stay(member, ken):
    assert figures(ken) == {}
    shares = propose_sharing(actor=member.actor(member.officer), receiver=ken, measures=[MEASURE], from_month=JULY)
    assert figures(ken) == {}, "asking is not agreeing"
    approval = Approval.objects.get(object_id=shares[0].proposal)
    with pytest.raises(Refused):
        approve(actor=member.actor(member.officer), approval=approval)
    assert figures(ken) == {}
    approve(actor=member.actor(member.second_officer), approval=approval)
    assert figures(ken) == {
        (MEASURE, JULY): 0, (MEASURE, dt.date(2026, 8, 1)): 0, (MEASURE, dt.date(2026, 9, 1)): None,
        (MEASURE, OCTOBER): 7,
    }  # fmt: skip
    with every_town_on_purpose():
        stored = "".join(lines(SharedFigure))
    counted = rows(MEASURE, authority=member.authority, start=JULY, end=dt.date(2026, 10, 31))
    assert len(counted) == 9
    assert not any(row.key in stored for row in counted)
    assert PLANTED not in stored
    assert figure(MEASURE, authority=member.authority, start=OCTOBER, end=dt.date(2026, 10, 31)) == 7
    acts = list(AuditEvent.objects.filter(act__startswith="sharing.").values_list("act", flat=True))
    assert acts == ["sharing.asked", "sharing.agreed"]


def test_a_town_that_hides_more_on_its_own_pages_hides_as_much_from_the_prefecture(member, ken):
    before = DefinitionVersion.objects.get(authority=member.authority, kind="scheme")
    data = json.loads(json.dumps(before.data))
    data["introductions"]["fairness"]["smallest_cell"] = {"default": 8, "note": "このまちの決まり"}
    DefinitionVersion.objects.create(
        authority=member.authority, kind=before.kind, key=before.key, version=2, loaded_at=clock.now(), data=data,
        digest=digest_of(data), changes=[],
    )  # fmt: skip
    agree(member, ken, MEASURE)
    assert figures(ken)[MEASURE, OCTOBER] is None


def test_the_table_says_who_shares_and_sums_only_what_is_seen(member, hinata, ken):
    with authority_scope(ken):
        add_member_town(actor=officer_of(ken), town=hinata.authority)
    agree(member, ken, MEASURE)
    with authority_scope(ken):
        table = town_table(MEASURE, TODAY)
        assert shared_measures() == [(MEASURE, "登録した人", 1)]
        assert town_table(OTHER, TODAY) is None
        assert town_table("nothing", TODAY) is None
    assert [(row.name, row.word, [cell for _, cell in row.cells][-3:]) for row in table.rows] == [
        ("日向市", "共有していない", ["—", "—", "—"]),
        ("空市", "", ["0", "少数", "7"]),
    ]
    assert [text for _, text in table.sums][-3:] == ["0", "0", "7"], "what is hidden is in no sum"


def test_a_withdrawn_measure_is_gone_at_once_and_the_other_stays(member, ken):
    first, _ = agree(member, ken, MEASURE, OTHER)
    assert {measure for measure, _ in figures(ken)} == {MEASURE, OTHER}
    ended = withdraw_sharing(actor=member.actor(member.officer), share=first)
    assert (ended.state, ended.ended_on) == ("ended", TODAY)
    assert {measure for measure, _ in figures(ken)} == {OTHER}
    share_figures(member.authority, TODAY)
    assert {measure for measure, _ in figures(ken)} == {OTHER}
    with pytest.raises(NotPossible):
        withdraw_sharing(actor=member.actor(member.officer), share=first)
    agree(member, ken, MEASURE)
    assert {measure for measure, _ in figures(ken)} == {MEASURE, OTHER}


def test_what_was_returned_never_crosses(member, ken):
    shares = propose_sharing(actor=member.actor(member.officer), receiver=ken, measures=[MEASURE], from_month=JULY)
    approval = Approval.objects.get(object_id=shares[0].proposal)
    return_for_change(actor=member.actor(member.second_officer), approval=approval, comment="議会のあとで")
    share_figures(member.authority, TODAY)
    assert (figures(ken), Share.objects.get().state) == ({}, "declined")


def test_the_day_brings_corrections_and_the_new_month(member, ken, on_day):
    agree(member, ken, MEASURE, from_month=OCTOBER)
    person(member.authority, f"{PLANTED}遅", dt.date(2026, 10, 30))
    assert share_figures(member.authority, TODAY) == 1
    assert figures(ken)[MEASURE, OCTOBER] == 8
    assert share_figures(member.authority, TODAY) == 0
    on_day("2026-12-01")
    share_figures(member.authority, dt.date(2026, 12, 1))
    assert figures(ken)[MEASURE, dt.date(2026, 11, 1)] == 0


def test_only_towns_of_the_list_share_and_leaving_it_ends_everything(member, hinata, ken):
    with authority_scope(hinata.authority):
        with pytest.raises(NotPossible, match="分けあえません"):
            propose_sharing(actor=hinata.actor(hinata.officer), receiver=ken, measures=[MEASURE], from_month=JULY)
        assert receiver_parts(hinata.authority) == []
    agree(member, ken, MEASURE)
    with authority_scope(ken):
        listed = MemberTown.objects.get()
        end_member_town(actor=officer_of(ken), member=listed)
        with pytest.raises(NotPossible):
            end_member_town(actor=officer_of(ken), member=listed)
    assert (figures(ken), Share.objects.get().state) == ({}, "ended")
    with authority_scope(ken):
        add_member_town(actor=officer_of(ken), town=member.authority)
    share_figures(member.authority, TODAY)
    assert figures(ken) == {}, "coming back is no consent"


def test_a_city_has_no_towns_and_a_prefecture_is_not_its_own(member, hinata, ken):
    with pytest.raises(NotPossible, match="県や県民会議"):
        add_member_town(actor=member.actor(member.officer), town=hinata.authority)
    with authority_scope(ken):
        with pytest.raises(NotPossible):
            add_member_town(actor=officer_of(ken), town=ken)
        with pytest.raises(NotPossible, match="もう一覧"):
            add_member_town(actor=officer_of(ken), town=member.authority)


@pytest.mark.parametrize("role", ["auditor", "lead"])
def test_who_may_not_shares_nothing(member, ken, role):
    actor = member.actor(getattr(member, role))
    with pytest.raises(Refused):
        propose_sharing(actor=actor, receiver=ken, measures=[MEASURE], from_month=JULY)
    [share] = agree(member, ken, MEASURE)
    with pytest.raises(Refused):
        withdraw_sharing(actor=actor, share=share)
    assert figures(ken) != {}


def test_a_wish_that_makes_no_sense_is_refused(member, ken):
    officer = member.actor(member.officer)
    for measures, month in (([], JULY), (["nothing"], JULY), ([MEASURE], dt.date(2026, 11, 1))):
        with pytest.raises(NotPossible):
            propose_sharing(actor=officer, receiver=ken, measures=measures, from_month=month)
    agree(member, ken, MEASURE)
    with pytest.raises(NotPossible, match="もう分けあって"):
        propose_sharing(actor=officer, receiver=ken, measures=[OTHER, MEASURE], from_month=JULY)
    assert Share.objects.filter(measure=OTHER).count() == 0, "all or nothing"


def signed_in(mail):
    client = Client()
    client.force_login(account_of(mail), backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["enrolled"] = True  # a second factor was shown
    session.save()
    return client


def test_the_prefectures_pages_hold_no_person_and_no_way_into_a_town(member, ken):
    agree(member, ken, MEASURE)
    assert member.authority.key == "sora"
    client = signed_in("ken@mihonken.example.jp")
    for path in ("desk/towns/", f"desk/towns/?measure={MEASURE}", "desk/towns/members/", "desk/figures/"):
        answer = client.get(f"/mihonken/{path}")
        text = answer.content.decode()
        assert answer.status_code in (200, 404), path
        assert PLANTED not in text
        assert "/sora/" not in text
    text = client.get("/mihonken/desk/towns/").content.decode()
    assert "空市" in text
    assert "少数" in text
    assert ">7<" in text
    assert ">2<" not in text
    for path in ("desk/people/", "desk/figures/", f"desk/figures/{MEASURE}/", "desk/sharing/", "desk/audit/"):
        assert client.get(f"/sora/{path}").status_code == 404, path


def test_the_pages_lead_from_asking_to_agreeing_to_taking_back(member, ken):
    client = signed_in("official@sora.example.jp")
    assert "共有していない" in client.get("/sora/desk/sharing/").content.decode()
    page = client.get("/sora/desk/sharing/propose/?to=mihonken").content.decode()
    assert "登録した人" in page
    answer = client.post("/sora/desk/sharing/propose/?to=mihonken", {"from_month": "2026-07-01"})
    assert "分けあう数字を選んでください" in answer.content.decode()
    answer = client.post("/sora/desk/sharing/propose/?to=mihonken", {"from_month": "2026-07-01", "measures": [MEASURE]})
    assert answer.status_code == 302
    approval = Approval.objects.get(kind="sharing")
    assert "承認を待っています" in client.get("/sora/desk/sharing/").content.decode()
    other = signed_in("second@sora.example.jp")
    assert other.post(f"/sora/desk/approvals/{approval.public_id}/", {"decision": "approve"}).status_code == 302
    share = Share.objects.get()
    assert share.state == "agreed"
    path = f"/sora/desk/sharing/{share.public_id}/withdraw/"
    assert "もどる" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    assert figures(ken) == {}
    assert "もうおわっています" in client.get(path).content.decode()


def test_a_share_of_another_town_is_not_found(member, hinata, ken):
    [share] = agree(member, ken, MEASURE)
    client = signed_in("official@hinata.example.jp")
    assert client.get(f"/hinata/desk/sharing/{share.public_id}/withdraw/").status_code == 404
    assert client.post(f"/sora/desk/sharing/{share.public_id}/withdraw/").status_code == 404
    with authority_scope(ken):
        listed = MemberTown.objects.get()
    assert client.post(f"/hinata/desk/towns/members/{listed.public_id}/end/").status_code == 404
    assert figures(ken) != {}


def test_the_job_itself_acts_for_a_town_without_receivers(hinata):
    with authority_scope(hinata.authority):
        assert share_figures(hinata.authority, TODAY) == 0


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.dates(dt.date(2018, 1, 1), dt.date(2031, 12, 31)))
def test_only_whole_months_that_are_over_are_shared(today, begin):
    months = months_over(begin.replace(day=1), today)
    assert len(months) <= 24
    assert months == sorted(set(months))
    assert all(month.day == 1 and begin.replace(day=1) <= month < today.replace(day=1) for month in months)
