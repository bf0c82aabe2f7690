"""Drafting a call from the definition and announcing it."""

from django.db import IntegrityError, transaction

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions.queries import stored_data
from yui.office.calls.models import Call, CallVersion
from yui.office.calls.states import CALLS, CallState
from yui.office.profiles import profile_of


def draft_call(*, actor: Actor, key: str, earlier: Call | None = None) -> Call:
    """A draft with everything the definition's ``call-*.yaml`` says. ``earlier``: the call that it repeats (再募集).

    Raises ``NotPossible`` where the definition has no such call or it is drafted already.
    """
    require(actor, Permission.CALL_WRITE, earlier)
    town = town_of(actor)
    definition = definitions.current(town)
    part = next((one for one in definition.calls if one.key == key), None)
    if part is None:
        raise NotPossible("この公募は、定義（call-*.yaml）にありません。", "not_defined")
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
                recorded_at=clock.now(),
                made_by=actor.account,
            )
            record(actor, "call.drafted", call)
    except IntegrityError as error:
        raise NotPossible("この公募は、もう下書きがあります。", "already_drafted") from error
    return call


def announce_call(*, actor: Actor, call: Call) -> Call:
    """公告: the draft's rules are frozen from now on."""
    require(actor, Permission.CALL_DECIDE, call)
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        if not CALLS.allows(call.state, CallState.ANNOUNCED):
            raise NotPossible("下書きだけが公告できます。", "wrong_state")
        now = clock.now()
        call.state, call.announced_at, call.version = CallState.ANNOUNCED, now, call.version + 1
        call.save(update_fields=["state", "announced_at", "version"])
        CallVersion.objects.filter(call=call, effective_at=None).update(effective_at=now)
        record(actor, "call.announced", call)
    return call
