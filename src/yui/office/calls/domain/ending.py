"""What may happen to an announced call: postponed, taken up again, cancelled, judged by papers alone, without result.

Each as the rules of the call allow, with a reason, and told to everybody who registered.
"""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.calls.domain.telling import tell_applicants
from yui.office.calls.domain.versions import locked
from yui.office.calls.models import Call
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CALLS, CallState


def postpone_call(*, actor: Actor, call: Call, reason: str) -> Call:
    """延期, where the rules say that it may happen. Its new days come with an amendment."""
    if not rules_of(call).rules.may_be_postponed.value:
        raise NotPossible("この公募のきまりには、延期の定めがありません。", "not_in_rules")
    return _move(actor, call, CallState.POSTPONED, "postponed", reason)


def resume_call(*, actor: Actor, call: Call, reason: str) -> Call:
    """Take a postponed call up again; its deadline must lie ahead, so the new days are amended first."""
    announced = rules_of(call)
    deadline = announced.deadline(announced.last_stage.key)
    if deadline is None or deadline <= clock.now():
        raise NotPossible("先に、新しい日程を「変更」で決めてください。提出の締切が過ぎています。", "deadline_over")
    return _move(actor, call, CallState.ANNOUNCED, "resumed", reason)


def cancel_call(*, actor: Actor, call: Call, reason: str) -> Call:
    """取りやめ, where the rules say that it may happen."""
    if not rules_of(call).rules.may_be_cancelled.value:
        raise NotPossible(
            "この公募のきまりには、取りやめの定めがありません。必要なときは、先に定めを「変更」で加えます。",
            "not_in_rules",
        )
    return _move(actor, call, CallState.CANCELLED, "cancelled", reason)


def end_without_candidate(*, actor: Actor, call: Call, reason: str) -> Call:
    """候補者なし: nobody applied, or nobody may be chosen. Before the deadline of the papers nobody can know."""
    announced = rules_of(call)
    deadline = announced.deadline(announced.rules.stages[0].key)
    if call.state == CallState.ANNOUNCED and (deadline is None or clock.now() <= deadline):
        raise NotPossible("提出の締切までは、候補者なしにできません。", "too_early")
    return _move(actor, call, CallState.NO_CANDIDATE, "no_candidate", reason)


def choose_paper_screening(*, actor: Actor, call: Call, reason: str) -> Call:
    """書面審査: screening by papers alone, where the rules allow it; before the scoring begins."""
    require(actor, Permission.CALL_DECIDE, call)
    if not rules_of(call).rules.selection.paper_only.value:
        raise NotPossible("この公募のきまりには、書面審査の定めがありません。", "not_in_rules")
    with transaction.atomic():
        call = locked(call)
        if call.state != CallState.ANNOUNCED or call.paper_only:
            raise NotPossible("書面審査にできるのは、公告してから採点を始めるまで、1回だけです。", "wrong_state")
        call.paper_only, call.version = _worded(reason), call.version + 1
        call.save(update_fields=["paper_only", "version"])
        record(actor, "call.paper_only", call)
        tell_applicants(actor=actor, call=call, what="paper_only", context={"reason": call.paper_only})
    return call


def _move(actor: Actor, call: Call, to: CallState, what: str, reason: str) -> Call:
    require(actor, Permission.CALL_DECIDE, call)
    with transaction.atomic():
        call = locked(call)
        if not CALLS.allows(call.state, to):
            raise NotPossible(f"いまは「{CALLS[call.state].staff_label}」なので、できません。", "wrong_state")
        call.state, call.version = to, call.version + 1
        call.ended_for = "" if to == CallState.ANNOUNCED else _worded(reason)
        call.ended_at = None if to == CallState.ANNOUNCED else clock.now()
        call.save(update_fields=["state", "version", "ended_for", "ended_at"])
        record(actor, f"call.{what}", call)
        tell_applicants(actor=actor, call=call, what=what, context={"reason": _worded(reason)})
    return call


def _worded(reason: str) -> str:
    if not reason.strip():
        raise NotPossible("わけを書いてください。登録した人みんなに伝えます。", "reason_needed")
    return reason.strip()
