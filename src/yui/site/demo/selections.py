"""Two calls of the demonstration beside Konan's: in Kurihara the committee is scoring, in Sanda the candidate is decided."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor, actor_for, system_actor
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.approvals.domain import approve
from yui.base.approvals.models import Approval
from yui.base.definitions.founding import load_as_command
from yui.base.staff.domain import end_of_fiscal_year
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.office.calls.domain import draft_call
from yui.office.calls.domain.closing import close_scoring
from yui.office.calls.domain.scoring import Given, close_sheet, save_scores
from yui.office.calls.domain.seating import declare_conflicts, open_scoring, recuse_member
from yui.office.calls.domain.selecting import compute, lay_before
from yui.office.calls.models import (
    Applicant,
    Call,
    CallVersion,
    CommitteeMember,
    Proposal,
    ScoreSheet,
    SealOpening,
    SelectionRecord,
    Withdrawal,
)
from yui.office.calls.rules import rules_of
from yui.office.calls.schedule import cut_off, day_of, written
from yui.site.demo.roles import CALL_ROLES, KURIHARA_ROLES, DemoRole

AGO = 30
"""Days since both calls were announced."""
MEMBERS = ("例示 ひさし", "例示 まもる", "仮名 とも", "標本 あきら", "試作 りえ")
POSTS = ("見本大学 教授", "商工の団体（架空）", "地域の団体（架空）", "庁内の委員", "庁内の委員")
FIRMS = ("架空くらし計画", "例示まちの舎", "見本ちいき工房", "試案ふるさと研究所")
SANDA_FIRMS = ("試案福祉ネット", "架空つながり会", "例示ささえ隊")
NOTHING = "第1段階で同種の実績が多い。"


@dataclass
class Built:
    """A call with its people."""

    authority: Authority
    call: Call
    officer: Account
    members: list[CommitteeMember] = field(default_factory=list)
    firms: list[Applicant] = field(default_factory=list)

    def acts(self, account: Account | None) -> Actor:
        """Somebody, today."""
        return actor_for(account, self.authority)


def build_selections() -> bool:
    """Both calls. Returns whether anything was built."""
    if Account.objects.filter(email=CALL_ROLES["kurihara_member"].email).exists():
        return False
    _kurihara()
    _sanda()
    return True


def _kurihara() -> None:
    """Four applied, one withdrew; of five members one left for a conflict, two have closed, two are at it."""
    authority = Authority.objects.get(key="kurihara")
    with authority_scope(authority), transaction.atomic():
        officer = Account.objects.get(email=KURIHARA_ROLES["kurihara_officer"].email)
        built = _announced(authority, officer, "r6")
        roles = [CALL_ROLES["kurihara_chair"], CALL_ROLES["kurihara_member"]]
        _people(built, roles, None, FIRMS)
        _papers(built, "proposal", (3_460_000, 3_300_000, 3_460_000, 3_100_000))
        Withdrawal.objects.create(
            authority=authority, applicant=built.firms[3], channel="hand", words="体制がととのわないため",
            received_at=clock.now() - dt.timedelta(days=3), recorded_by=officer,
        )  # fmt: skip
        Applicant.objects.filter(pk=built.firms[3].pk).update(state="withdrawn")
        _declare(built, conflict=built.members[4])
        recuse_member(actor=built.acts(officer), member=built.members[4], reason="応募者の役員であったため")
        open_scoring(actor=built.acts(officer), call=built.call, stage="proposal")
        for number, totals in ((2, (82, 78, 55)), (3, (74, 80, 66)), (0, (80, 80, 61)), (1, (77,))):
            seat = built.members[number]
            for firm, total in zip(built.firms, totals, strict=False):
                _give(built, seat, firm, "proposal", total)
            if number > 1:
                close_sheet(actor=built.acts(seat.account), sheet=_sheet(seat, "proposal"))


def _sanda() -> None:
    """Three applied, all were invited; scored in both stages, decided by two officers."""
    load_as_command(settings.DEFINITIONS_DIR / "sanda")
    authority, today = Authority.objects.get(key="sanda"), clock.today()
    with authority_scope(authority), transaction.atomic():
        names = (
            (CALL_ROLES["sanda_officer"].email, CALL_ROLES["sanda_officer"].name),
            ("kakari@example.jp", "手本 つとむ"),
        )
        officer, second = (Account.objects.create_user(mail, name=name) for mail, name in names)
        for one in (officer, second):
            Grant.objects.create(
                authority=authority, account=one, role="officer", starts_on=today, ends_on=end_of_fiscal_year(today)
            )
        built = _announced(authority, officer, "r7")
        _people(built, [], CALL_ROLES["sanda_proposer"], SANDA_FIRMS)
        _papers(built, "participation", (None, None, None))
        _declare(built)
        _score_all(built, "participation", ((12, 11, 9), (12, 10, 9), (13, 11, 8), (12, 11, 8)))
        _decide(built, "shortlist", second)
        _papers(built, "proposal", (41_000_000, 39_800_000, 41_600_000))
        _score_all(built, "proposal", ((66, 61, 45), (70, 64, 41), (62, 66, 47), (68, 60, 44)))
        _decide(built, "select", second)


def _announced(authority: Authority, officer: Account, key: str) -> Built:
    """The call of the definition with its days shifted around today."""
    actor = system_actor(authority, "demo")
    call = draft_call(actor=actor, key=key)
    version = CallVersion.objects.get(call=call)
    first = next(one for one in version.rules["schedule"] if one["key"] == "announced")
    shift = clock.today() - dt.timedelta(days=AGO) - (day_of(_value(first["closes"])) or clock.today())
    version.rules["schedule"] = [_moved(one, shift) for one in version.rules["schedule"]]
    for group in version.rules["criteria"]:
        for one in group["criteria"]:
            for number, level in enumerate(one.get("levels", [])):
                level["points"] = {"default": 5 - number, "note": "見本の値です。"}
    began = clock.now() - dt.timedelta(days=AGO)
    version.effective_at = began
    version.save()
    call.state, call.announced_at = "announced", began
    call.save()
    return Built(authority, call, officer)


def _moved(entry: dict[str, Any], shift: dt.timedelta) -> dict[str, Any]:
    for key in ("opens", "closes"):
        when = _value(entry[key]) if key in entry else ""
        day, end = (day_of(when), cut_off(when)) if when else (None, None)
        if day is not None:
            entry[key] = {"default": written(day + shift, f"{end:%H:%M}" if end else ""), "note": "見本の日です。"}
    return entry


def _value(setting: dict[str, Any]) -> str:
    return str(setting["value"] if "value" in setting else setting["default"])


def _people(built: Built, roles: Sequence[DemoRole], proposer: DemoRole | None, firms: Sequence[str]) -> None:
    """Members and applicants; the first ones have the accounts of the buttons."""
    key = built.authority.key
    for number, (name, post) in enumerate(zip(MEMBERS, POSTS, strict=True)):
        mail = roles[number].email if number < len(roles) else f"iin{number}.{key}@example.jp"
        account = Account.objects.create_user(mail, name=name)
        built.members.append(
            CommitteeMember.objects.create(
                authority=built.authority,
                call=built.call,
                account=account,
                name=name,
                post=post,
                chair=number == 0,
                order=number + 1,
                recorded_at=clock.now(),
            )
        )
    if proposer is not None:  # four members are an even share of every total
        built.members.pop().delete()
    for number, name in enumerate(firms):
        taken = proposer is not None and number == 0
        mail = proposer.email if proposer is not None and taken else f"oubo{number}.{key}@example.jp"
        holder = proposer.name if proposer is not None and taken else f"架空 {name}"
        account = Account.objects.create_user(mail, name=holder)
        built.firms.append(
            Applicant.objects.create(
                authority=built.authority,
                call=built.call,
                account=account,
                name=name,
                representative="架空 代表",
                mail=mail,
                postal="見本町1番地（架空）",
                telephone="0748-00-3000",
                state="eligible",
                registered_at=clock.now() - dt.timedelta(days=20 - number),
            )
        )


def _papers(built: Built, stage: str, estimates: Sequence[int | None]) -> None:
    """Papers that came in time by hand, and their opening."""
    end = rules_of(built.call).deadline(stage) or clock.now()
    for number, (firm, estimate) in enumerate(zip(built.firms, estimates, strict=True), start=1):
        Proposal.objects.create(
            authority=built.authority, applicant=firm, stage=stage, state="received", channel="hand",
            receipt=f"{stage[:1].upper()}-{number:03d}", received_at=end - dt.timedelta(hours=number),
            received_by=built.officer, estimate=estimate,
        )  # fmt: skip
    SealOpening.objects.create(
        authority=built.authority, call=built.call, stage=stage, opened_at=end + dt.timedelta(hours=1),
        opened_by=built.officer, witness="見本 立会",
    )  # fmt: skip


def _declare(built: Built, conflict: CommitteeMember | None = None) -> None:
    for seat in built.members:
        answers = {firm: (seat == conflict and firm == built.firms[0], "") for firm in built.firms}
        declare_conflicts(actor=built.acts(seat.account), member=seat, answers=answers)


def _score_all(built: Built, stage: str, totals: Sequence[Sequence[int]]) -> None:
    open_scoring(actor=built.acts(built.officer), call=built.call, stage=stage)
    for seat, row in zip(built.members, totals, strict=True):
        for firm, total in zip(built.firms, row, strict=True):
            _give(built, seat, firm, stage, total)
        close_sheet(actor=built.acts(seat.account), sheet=_sheet(seat, stage))
    chair = built.members[0]
    close_scoring(actor=built.acts(chair.account), chair=chair, stage=stage)
    built.call.refresh_from_db()


def _decide(built: Built, kind: str, second: Account) -> None:
    record: SelectionRecord = compute(actor=built.acts(built.officer), call=built.call, kind=kind)
    lay_before(actor=built.acts(built.officer), selection=record, reason=NOTHING if kind == "shortlist" else "")
    approve(actor=built.acts(second), approval=Approval.objects.get(object_id=record.public_id))
    built.call.refresh_from_db()


def _give(built: Built, seat: CommitteeMember, firm: Applicant, stage: str, total: int) -> None:
    """A total spread evenly over the items, whole points, none above its full marks."""
    criteria = rules_of(built.call).criteria(stage)
    full = sum(one.points.value for one in criteria)
    given, left, weight = {}, total, full
    for one in criteria:
        points = one.points.value * left // weight if weight > one.points.value else left
        given[one.key] = Given(Decimal(points), "", 0)
        left, weight = left - points, weight - one.points.value
    save_scores(actor=built.acts(seat.account), sheet=_sheet(seat, stage), applicant=firm, given=given)


def _sheet(seat: CommitteeMember, stage: str) -> ScoreSheet:
    return ScoreSheet.objects.get(member=seat, stage=stage)
