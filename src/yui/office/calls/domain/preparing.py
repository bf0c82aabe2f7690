"""Preparing what a call says: values through the form, the rest as YAML; judged by the checks of the definition."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions.checks import judge_file, plain
from yui.base.definitions.reading import Fault, Sheet
from yui.office.calls.definition import Call as Rules
from yui.office.calls.domain.versions import FaultyRules, draft_of, in_force, locked, profile_for
from yui.office.calls.models import Call, CallVersion
from yui.office.calls.states import CallState

CHANGEABLE = frozenset({CallState.ANNOUNCED, CallState.POSTPONED})
"""An announced call is amended until its papers are scored."""


def write_rules(*, actor: Actor, call: Call, version: int, sheet: Sheet) -> CallVersion:
    """Keep a whole call as the draft's rules. ``version`` is that of the call when it was read.

    Raises ``FaultyRules`` with every place to mend, ``Stale`` where somebody wrote in between, and ``NotPossible``
    where nothing is in preparation.
    """
    require(actor, Permission.CALL_WRITE, call)
    with transaction.atomic():
        call = locked(call)
        if call.version != version:
            raise Stale({}, {})
        draft = draft_of(call)
        if draft is None:
            raise NotPossible("公告したあとに変えるときは、先に「変更の用意」を始めてください。", "frozen")
        data = _judged(actor, call, sheet)
        draft.rules = data
        draft.profile = profile_for(town_of(actor), Rules.model_validate(data))
        draft.made_by, draft.recorded_at = actor.account, clock.now()
        draft.save(update_fields=["rules", "profile", "made_by", "recorded_at"])
        call.version += 1
        if call.state == CallState.DRAFT:
            call.title = _value(data["title"])
        call.save(update_fields=["version", "title"])
        record(actor, "call.written", call, details={"version": draft.number})
    return draft


def change_values(
    *, actor: Actor, call: Call, version: int, values: Mapping[tuple[str | int, ...], Any], source: str
) -> CallVersion:
    """Change single settings of the draft, by their place in the rules; what stays the same keeps its source.

    ``source``: the place in the town's own document; without one a value is told as the town's own default.
    """
    require(actor, Permission.CALL_WRITE, call)
    draft = draft_of(call)
    if draft is None:
        raise NotPossible("公告したあとに変えるときは、先に「変更の用意」を始めてください。", "frozen")
    data = deepcopy(draft.rules)
    for place, value in values.items():
        _set(data, place, value, source.strip())
    return write_rules(actor=actor, call=call, version=version, sheet=Sheet(f"call-{call.key}.yaml", data))


def begin_amendment(*, actor: Actor, call: Call) -> CallVersion:
    """Begin the next version of an announced call: a copy of what holds, changed before it comes into force."""
    require(actor, Permission.CALL_WRITE, call)
    with transaction.atomic():
        call = locked(call)
        if call.state not in CHANGEABLE:
            raise NotPossible("変えられるのは、公告してから採点を始めるまでです。", "wrong_state")
        if draft_of(call) is not None:
            raise NotPossible("変更の用意は、もう始まっています。", "already_begun")
        before = in_force(call)
        assert before is not None
        draft = CallVersion.objects.create(
            authority=call.authority, call=call, number=before.number + 1, rules=before.rules, profile=before.profile,
            recorded_at=clock.now(), made_by=actor.account,
        )  # fmt: skip
        record(actor, "call.amendment_begun", call, details={"version": draft.number})
    return draft


def drop_amendment(*, actor: Actor, call: Call) -> None:
    """Leave an amendment that is not in force."""
    require(actor, Permission.CALL_WRITE, call)
    with transaction.atomic():
        call = locked(call)
        draft = draft_of(call)
        if draft is None or call.state == CallState.DRAFT:
            raise NotPossible("用意している変更はありません。", "nothing_begun")
        record(actor, "call.amendment_dropped", call, details={"version": draft.number})
        draft.delete()


def _judged(actor: Actor, call: Call, sheet: Sheet) -> dict[str, Any]:
    before = in_force(call)
    model, faults = judge_file(sheet, definitions.current(town_of(actor)), before.rules if before else None)
    data: dict[str, Any] = plain(sheet.data)
    if model is not None and (data["key"], data["commission"]) != (call.key, call.commission_key):
        faults = [
            Fault(sheet.file, 1, "key", f"key は {call.key}、commission は {call.commission_key} のままにします。")
        ]
    if faults:
        raise FaultyRules(faults)
    return data


def _value(setting: Mapping[str, Any]) -> Any:
    return setting.get("value", setting.get("default"))


def _set(data: Any, place: tuple[str | int, ...], value: Any, source: str) -> None:
    for step in place[:-1]:
        data = data[step]
    held = data.get(place[-1])
    if (held is None and not value) or (held is not None and _value(held) == value):
        return
    data[place[-1]] = (
        {"value": value, "source": source} if source else {"default": value, "note": "町が画面で書き入れた値。"}
    )
