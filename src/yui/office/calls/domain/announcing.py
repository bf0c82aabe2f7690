"""Drafting a call from the definition, announcing it, and changing it after the announcement."""

from datetime import datetime

from django.db import IntegrityError, transaction

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions.comparing import Change, compared
from yui.base.definitions.queries import stored_data
from yui.office.calls.definition import Call as Rules
from yui.office.calls.domain.preparing import CHANGEABLE
from yui.office.calls.domain.telling import tell_applicants
from yui.office.calls.domain.versions import draft_of, in_force, locked
from yui.office.calls.models import Call, CallVersion
from yui.office.calls.readiness import Need, missing
from yui.office.calls.schedule import cut_off
from yui.office.calls.states import CallState
from yui.office.profiles import profile_of

AGAIN = frozenset({CallState.NO_CANDIDATE, CallState.CANCELLED})
"""Whence a call may be repeated (再募集)."""


class Incomplete(NotPossible):
    """The call can not be announced yet; ``missing`` says what an announcement must state and this one does not."""

    def __init__(self, needs: list[Need]) -> None:
        super().__init__("まだ公告できません。足りないものを入れてください。", "incomplete")
        self.missing = needs


def draft_call(*, actor: Actor, key: str, earlier: Call | None = None, reason: str = "") -> Call:
    """A draft with everything the definition's ``call-*.yaml`` says. ``earlier``: the call that it repeats (再募集).

    Raises ``NotPossible`` where the definition has no such call, where it is drafted already, or where the rules of the
    earlier one do not lead to another.
    """
    require(actor, Permission.CALL_WRITE, earlier)
    town = town_of(actor)
    definition = definitions.current(town)
    part = next((one for one in definition.calls if one.key == key), None)
    if part is None:
        raise NotPossible("この公募は、定義（call-*.yaml）にありません。", "not_defined")
    if earlier is not None:
        _require_again(earlier, reason)
    try:
        with transaction.atomic():
            call = Call.objects.create(
                authority=town,
                key=key,
                commission_key=part.commission,
                title=part.title.value,
                number=1 if earlier is None else earlier.number + 1,
                earlier=earlier,
                recorded_at=clock.now(),
                made_by=actor.account,
            )
            CallVersion.objects.create(
                authority=town,
                call=call,
                number=1,
                rules=stored_data(town)[f"call-{key}"],
                profile=profile_of(definition, town.key, part),
                reason=reason.strip(),
                recorded_at=clock.now(),
                made_by=actor.account,
            )
            record(actor, "call.drafted", call, details={"earlier": earlier.public_id} if earlier else {})
    except IntegrityError as error:
        raise NotPossible("この公募は、もう下書きがあります。", "already_drafted") from error
    return call


def announce_call(*, actor: Actor, call: Call) -> Call:
    """公告: the draft's rules are frozen from now on. Whoever was in the call that it repeats is told.

    Raises ``Incomplete`` with everything that an announcement states and this draft does not.
    """
    require(actor, Permission.CALL_DECIDE, call)
    with transaction.atomic():
        call = locked(call)
        draft = draft_of(call)
        if call.state != CallState.DRAFT or draft is None:
            raise NotPossible("下書きだけが公告できます。", "wrong_state")
        now = clock.now()
        rules = Rules.model_validate(draft.rules)
        lacking = missing(rules, now)
        if lacking:
            raise Incomplete(lacking)
        call.state, call.announced_at, call.version = CallState.ANNOUNCED, now, call.version + 1
        call.title = rules.title.value
        call.save(update_fields=["state", "announced_at", "version", "title"])
        draft.effective_at = now
        draft.save(update_fields=["effective_at"])
        record(actor, "call.announced", call)
        if call.earlier is not None:
            tell_applicants(actor=actor, call=call.earlier, what="again", context={"reason": draft.reason})
    return call


def amend_call(*, actor: Actor, call: Call, reason: str) -> CallVersion:
    """Put the prepared version in force, with its reason; everybody who registered is told what changed.

    A cut-off that has passed stays, and a new one must still lie ahead.
    """
    require(actor, Permission.CALL_DECIDE, call)
    if not reason.strip():
        raise NotPossible("変えるわけを書いてください。", "reason_needed")
    with transaction.atomic():
        call = locked(call)
        draft, before = draft_of(call), in_force(call)
        if call.state not in CHANGEABLE or draft is None or before is None:
            raise NotPossible("用意している変更はありません。", "nothing_begun")
        changes = compared({"call": before.rules}, {"call": draft.rules})
        if not changes:
            raise NotPossible("変わったところがありません。", "nothing_changed")
        now = clock.now()
        rules, earlier = Rules.model_validate(draft.rules), Rules.model_validate(before.rules)
        _require_open(earlier, rules, now)
        lacking = [need for need in missing(rules, now) if need.anchor not in _over(earlier, now)]
        if lacking:
            raise Incomplete(lacking)
        draft.reason, draft.effective_at, draft.made_by = reason.strip(), now, actor.account
        draft.save(update_fields=["reason", "effective_at", "made_by"])
        call.title, call.version = rules.title.value, call.version + 1
        call.save(update_fields=["title", "version"])
        record(actor, "call.amended", call, details={"version": draft.number, "changes": len(changes)})
        told = [_told(one) for one in changes]
        tell_applicants(actor=actor, call=call, what="amended", context={"reason": draft.reason, "changes": told})
    return draft


def _require_again(earlier: Call, reason: str) -> None:
    held = in_force(earlier)
    if earlier.state not in AGAIN or held is None:
        raise NotPossible("もう一度募集できるのは、候補者がなかったときと、取りやめたときです。", "wrong_state")
    after = Rules.model_validate(held.rules).selection.no_candidate.value
    if earlier.state == CallState.NO_CANDIDATE and after != "call_again":
        raise NotPossible("この公募のきまりには、再募集の定めがありません。", "not_in_rules")
    if not reason.strip():
        raise NotPossible("もう一度募集するわけを書いてください。", "reason_needed")


def _over(rules: Rules, now: datetime) -> set[str]:
    """The fields of cut-offs that have passed."""
    return {f"closes_{one.key}" for one in rules.schedule if (end := cut_off(one.closes.value)) and end <= now}


def _require_open(before: Rules, after: Rules, now: datetime) -> None:
    then = {one.key: one.closes.value for one in before.schedule}
    for one in after.schedule:
        if f"closes_{one.key}" in _over(before, now) and then.get(one.key) != one.closes.value:
            raise NotPossible(f"「{one.name}」は、もう過ぎているので変えられません。", "cut_off_over")


def _told(change: Change) -> str:
    before, after = (side.text if side else "なし" for side in (change.before, change.after))
    return f"{change.what}：{before} → {after}"
