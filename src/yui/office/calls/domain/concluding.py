"""契約: a call ends well when the contract with whom it selected is signed."""

from django.db import transaction

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.calls.models import Applicant, Call
from yui.office.calls.states import ApplicantState, CallState


def conclude_call(*, actor: Actor, applicant_id: str) -> Call | None:
    """The call that selected this applicant (a public id) is over. ``None`` where there is no such call or it is over."""
    found = Applicant.objects.filter(public_id=applicant_id, state=ApplicantState.SELECTED).first()
    if found is None:
        return None
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=found.call_id)
        require(actor, Permission.CALL_WRITE, call)
        if call.state != CallState.DECIDED:
            return None
        call.state, call.version = CallState.CONTRACTED, call.version + 1
        call.save(update_fields=["state", "version"])
        record(actor, "call.contracted", call, details={"applicant": found.public_id})
    return call
