"""What can be done with shared figures: propose, agree by approval, withdraw; and whom a prefecture counts as its own."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import request_approval
from yui.base.approvals.models import Approval
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.definitions.queries import NoDefinition
from yui.base.measures.registry import all_measures
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority, random_id
from yui.office.sharing.bridge import end_shares_of, hand_over, receivers_of
from yui.office.sharing.figures import months_over, numbers_of
from yui.office.sharing.models import MemberTown, Share
from yui.office.sharing.states import LABELS, OPEN, State, can_move

KIND = "sharing"
WIDE = ("prefecture", "council")
"""Kinds of authority that have towns."""


def propose_sharing(*, actor: Actor, receiver: Authority, measures: Sequence[str], from_month: dt.date) -> list[Share]:
    """Ask for the town's consent to share some measures; another officer approves them together. ``NotPossible``."""
    require(actor, Permission.SHARING_WRITE)
    town, first = town_of(actor), from_month.replace(day=1)
    if receiver not in receivers_of(town):
        raise NotPossible("この相手とは、分けあえません。", "not_receiver")
    labels = {measure.key: measure.label for measure in all_measures()}
    if not measures or not set(measures) <= labels.keys():
        raise NotPossible("分けあう数字を選んでください。", "no_measure")
    if not months_over(first, clock.today()):
        raise NotPossible("はじめの月は、もう終わった月にしてください。", "from_month")
    proposal = random_id()
    try:
        with transaction.atomic():
            shares = [
                Share.objects.create(
                    authority=town, receiver=receiver, measure=measure, proposal=proposal, from_month=first,
                    asked_by=actor.account, asked_at=clock.now(),
                )
                for measure in dict.fromkeys(measures)
            ]  # fmt: skip
            for share in shares:
                record(actor, "sharing.asked", share, details={"measure": share.measure, "to": receiver.key})
            request_approval(
                actor=actor, kind=KIND, object_id=proposal, title=f"{receiver.name}と{len(shares)}つの数字を分けあう",
                url=town_url(town, "office:sharing"), comment="、".join(labels[share.measure] for share in shares)[:1000],
                permission=Permission.SHARING_WRITE,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotPossible("もう分けあっているか、承認を待っている数字があります。", "already") from error
    return shares


@decides(KIND)
def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    reached = {
        ApprovalState.APPROVED: State.AGREED,
        ApprovalState.RETURNED: State.DECLINED,
        ApprovalState.WITHDRAWN: State.DECLINED,
    }.get(state)
    if reached is None:
        return
    shares = list(Share.objects.select_for_update().filter(proposal=approval.object_id, state=State.ASKED))
    for share in shares:
        _move(actor, share, reached)
    for receiver in {share.receiver for share in shares if reached == State.AGREED}:
        _bring_up_to_date(town_of(actor), receiver, clock.today())


def withdraw_sharing(*, actor: Actor, share: Share) -> Share:
    """Take a consent back: at once, without approval; the numbers of that measure are gone from the receiver's table."""
    require(actor, Permission.SHARING_WRITE, share)
    with transaction.atomic():
        share = Share.objects.select_for_update().select_related("receiver").get(pk=share.pk)
        _move(actor, share, State.ENDED)
        _bring_up_to_date(town_of(actor), share.receiver, clock.today())
    return share


def bring_shared_up_to_date(*, actor: Actor, today: dt.date) -> int:
    """Count anew for every receiver; run each day. Returns how many numbers changed."""
    require(actor, Permission.SHARING_WRITE)
    town, changed = town_of(actor), 0
    receivers = {share.receiver for share in Share.objects.filter(state=State.AGREED).select_related("receiver")}
    for receiver in sorted(receivers, key=lambda one: one.key):
        with transaction.atomic():
            changed += _bring_up_to_date(town, receiver, today)
    return changed


def add_member_town(*, actor: Actor, town: Authority) -> MemberTown:
    """Count a town as one's own. It sees that it was asked; nothing is shared by this. ``NotPossible``."""
    require(actor, Permission.TOWNS_WRITE)
    here = town_of(actor)
    if not has_towns(here):
        raise NotPossible("市町をまとめられるのは、県や県民会議などだけです。", "not_wide")
    if town == here or town.closed_on is not None:
        raise NotPossible("このまちは、加えられません。", "not_a_town")
    try:
        with transaction.atomic():
            member = MemberTown.objects.create(authority=here, town=town, added_on=clock.today())
            record(actor, "member_town.added", member, details={"town": town.key})
    except IntegrityError as error:
        raise NotPossible("このまちは、もう一覧にあります。", "already") from error
    return member


def end_member_town(*, actor: Actor, member: MemberTown) -> MemberTown:
    """Take a town out of the list: its consents end and its numbers are gone."""
    require(actor, Permission.TOWNS_WRITE, member)
    with transaction.atomic():
        member = MemberTown.objects.select_for_update().select_related("town").get(pk=member.pk)
        if member.ended_on is not None:
            raise NotPossible("このまちは、もう一覧にありません。", "ended")
        member.ended_on = clock.today()
        member.save(update_fields=["ended_on"])
        hand_over(town=member.town, receiver=town_of(actor), numbers={})
        end_shares_of(town=member.town, receiver=town_of(actor))
        record(actor, "member_town.ended", member, details={"town": member.town.key})
    return member


def has_towns(authority: Authority) -> bool:
    """Whether this authority is one that has towns: a prefecture, a council."""
    try:
        return definitions.current(authority).scheme.authority.kind in WIDE
    except NoDefinition:
        return False


def _move(actor: Actor, share: Share, to: State) -> None:
    if not can_move(share.state, to):
        raise NotPossible(f"いまは「{LABELS[State(share.state)]}」なので、この操作はできません。", "wrong_state")
    share.state = to
    if to == State.AGREED:
        share.agreed_on = clock.today()
    elif to == State.ENDED:
        share.ended_on = clock.today()
    share.save(update_fields=["state", "agreed_on", "ended_on"])
    record(actor, f"sharing.{to}", share, details={"measure": share.measure, "to": share.receiver.key})


def _bring_up_to_date(town: Authority, receiver: Authority, today: dt.date) -> int:
    """Only while the receiver still counts the town as its own, and only what is agreed now."""
    agreed = Share.objects.filter(receiver=receiver, state=State.AGREED) if receiver in receivers_of(town) else ()
    return hand_over(town=town, receiver=receiver, numbers=numbers_of(town, agreed, today))


__all__ = [
    "OPEN",
    "add_member_town",
    "bring_shared_up_to_date",
    "end_member_town",
    "has_towns",
    "propose_sharing",
    "withdraw_sharing",
]
