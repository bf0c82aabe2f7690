"""What can be done with the rules of lists: draft a change, look at it beforehand, lay it before those who approve.

On approval a dated version comes into force and the one before stays. A definition that is loaded changes nothing of them
(decision 41). No snapshot has to be made anew: it holds what persons told, not how much it counts.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.access.rules import require, town_of
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import request_approval, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import LABELS, State
from yui.base.audit.record import record
from yui.base.tenancy.addresses import town_url
from yui.introductions.definition import Introductions
from yui.introductions.models import RuleChange, RuleVersion
from yui.introductions.rules import FIRST, Values, began_on, differences, in_force, of_definition, of_row
from yui.introductions.runs import ask_run, run_of

KIND = "rules"
EDITABLE = (State.DRAFT, State.RETURNED)


def draft_rules(*, actor: Actor, values: Values, reason: str) -> RuleChange:
    """起案: nothing changes by it. Raises ``NotPossible`` where it is the same as what is in force."""
    require(actor, Permission.APPROVAL_REQUEST)
    town, now = town_of(actor), clock.now()
    with transaction.atomic():
        base = in_force(town)
        _something_changes(base.values, values)
        change = RuleChange.objects.create(
            authority=town, **values.stored(), reason=reason.strip(), base=base.number, made_by=actor.account,
            made_at=now, edited_at=now,
        )  # fmt: skip
        record(actor, "rules.drafted", change, details={"base": base.number})
    return change


def edit_rules(*, actor: Actor, change: RuleChange, values: Values, reason: str, version: int) -> RuleChange:
    """Write a draft or a returned change anew; it is drafted against what is in force now. ``Stale``, ``NotPossible``."""
    require(actor, Permission.APPROVAL_REQUEST, change)
    with transaction.atomic():
        change = _lock(change, *EDITABLE)
        base, given = in_force(town_of(actor)), {**values.stored(), "reason": reason.strip()}
        if change.version != version:
            raise Stale({name: getattr(change, name) for name in given}, given)
        _something_changes(base.values, values)
        for name, value in given.items():
            setattr(change, name, value)
        change.base, change.edited_at, change.made_by = base.number, clock.now(), actor.account
        change.version += 1
        change.save()
        record(actor, "rules.edited", change, details={"base": base.number})
    return change


def preview_rules(*, actor: Actor, change: RuleChange) -> None:
    """Queue the calculation that says what would change."""
    require(actor, Permission.APPROVAL_REQUEST, change)
    with transaction.atomic():
        change = _lock(change, *EDITABLE)
        ask_run(actor=actor, change=change)


def request_rules(*, actor: Actor, change: RuleChange) -> RuleChange:
    """確認を求める. Raises ``NotPossible`` before it was looked at beforehand as it stands."""
    require(actor, Permission.APPROVAL_REQUEST, change)
    with transaction.atomic():
        change = _lock(change, *EDITABLE)
        _still_based(change)
        run = run_of(change)
        if run is None or run.done_at is None:
            raise NotPossible(
                "先に「変わることを計算する」を押して、結果を見てから、承認を求めてください。", "no_preview"
            )
        change.state = State.REVIEW
        change.save(update_fields=["state"])
        told = differences(in_force(town_of(actor)).values, of_row(change))
        request_approval(
            actor=actor, kind=KIND, object_id=change.public_id, title="候補を出すきまりの変更",
            url=town_url(town_of(actor), "introductions:rule_change", public_id=change.public_id),
            comment="、".join(f"{label} {before}→{after}" for label, before, after in told)[:1000],
        )  # fmt: skip
        record(actor, "rules.requested", change)
    return change


def withdraw_rules(*, actor: Actor, change: RuleChange) -> RuleChange:
    """取下げ."""
    require(actor, Permission.APPROVAL_REQUEST, change)
    with transaction.atomic():
        change = _lock(change, *EDITABLE, State.REVIEW)
        approval = approval_of(KIND, change.public_id)
        if approval is not None:
            withdraw(actor=actor, approval=approval)  # and ``_react`` ends the change
        else:
            _reach(actor, change, State.WITHDRAWN)
    change.refresh_from_db()
    return change


@decides(KIND)
def _react(*, actor: Actor, approval: Approval, state: State, comment: str) -> None:
    change = RuleChange.objects.select_for_update().get(public_id=approval.object_id)
    if state == State.APPROVED:
        if actor.account is not None and change.made_by_id == actor.account.pk:
            raise Refused("自分で起案したものは、自分では承認できません。", "own_request")
        _still_based(change)
        _come_into_force(actor, change)
    if state in (State.APPROVED, State.RETURNED, State.WITHDRAWN):
        _reach(actor, change, state)


def keep_rules(*, actor: Actor, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """At a load: the first version is written down once; afterwards a definition says, and changes, nothing of them."""
    town = town_of(actor)
    if "introductions" not in after:
        return []
    now = of_definition(Introductions.model_validate(after["introductions"]))
    if not RuleVersion.objects.exists():
        first = before.get("introductions")
        values = of_definition(Introductions.model_validate(first)) if first else now
        version = RuleVersion.objects.create(
            authority=town, **values.stored(), number=FIRST, basis=RuleVersion.Basis.DEFINITION,
            effective_on=began_on() or clock.today(), recorded_at=clock.now(),
        )  # fmt: skip
        record(actor, "rules.in_force", version, details={"number": FIRST})
    return told_of_load(now, town)


def told_of_load(values: Values, town: Any) -> list[str]:
    """What a definition with these rules would not change, in a sentence; empty where it says what is in force."""
    base = in_force(town)
    told = differences(base.values, values)
    if not told:
        return []
    listed = "、".join(f"{label}は{before}（定義では{after}）" for label, before, after in told)
    return [
        f"候補を出すきまりは、読み込んでも変わりません。いま動いているのは第{base.number}版です：{listed}。"
        "変えるには「候補を出すきまり」で起案し、承認を受けてください。"
    ]


def _come_into_force(actor: Actor, change: RuleChange) -> None:
    town = town_of(actor)
    before = in_force(town)
    if before.row is None:  # a town that never loaded a definition since: what held until now is written down first
        RuleVersion.objects.create(
            authority=town, **before.values.stored(), number=FIRST, basis=RuleVersion.Basis.DEFINITION,
            effective_on=began_on() or clock.today(), recorded_at=clock.now(),
        )  # fmt: skip
    try:
        with transaction.atomic():
            version = RuleVersion.objects.create(
                authority=town, **of_row(change).stored(), reason=change.reason, number=before.number + 1,
                basis=RuleVersion.Basis.APPROVAL, change_id=change.public_id, effective_on=clock.today(),
                recorded_at=clock.now(), decided_by=actor.account, role=_role(actor),
            )  # fmt: skip
    except IntegrityError as error:
        raise NotPossible(
            "ほかの変更が、先に承認されました。差し戻して、起案しなおしてください。", "changed"
        ) from error
    record(actor, "rules.in_force", version, details={"number": version.number, "change": change.public_id})
    ask_run(actor=actor)


def _role(actor: Actor) -> str:
    """The role by which one decides."""
    return next(
        (key for key in ROLES if key in actor.roles and Permission.APPROVAL_DECIDE in ROLES[key].everywhere), ""
    )


def _something_changes(base: Values, values: Values) -> None:
    if not differences(base, values):
        raise NotPossible("いまのきまりと同じです。変えたいところを書きかえてください。", "same")


def _still_based(change: RuleChange) -> None:
    if in_force(change.authority).number != change.base:
        raise NotPossible(
            "起案のあとに、ほかの変更が承認されました。内容を書きなおして、もう一度計算してください。", "changed"
        )


def _lock(change: RuleChange, *states: State) -> RuleChange:
    found = RuleChange.objects.select_for_update().get(pk=change.pk)
    if found.state not in states:
        raise NotPossible(f"いまは「{LABELS[State(found.state)]}」なので、この操作はできません。", "wrong_state")
    return found


def _reach(actor: Actor, change: RuleChange, state: State) -> None:
    change.state = state
    change.save(update_fields=["state"])
    record(actor, f"rules.{state}", change)
