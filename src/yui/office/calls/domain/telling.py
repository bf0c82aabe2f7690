"""Telling everybody who has registered for a call: by mail, or by letter or telephone where there is no address.

In Japanese: the language of a call is Japanese, and what is told are the words of its rules.
"""

from typing import Any

from yui.base.access.actor import Actor
from yui.base.audit.record import record
from yui.base.messages.domain import Receiver, send
from yui.base.tenancy.addresses import full_url, town_url
from yui.office.calls.models import Applicant, Call
from yui.office.calls.states import ApplicantState

LEFT = (ApplicantState.WITHDRAWN, ApplicantState.DISQUALIFIED)
WAYS = (("mail", "mail"), ("postal", "letter"), ("telephone", "phone"))
"""Field of an address and the channel that takes it, the first that is there."""


def tell_applicants(*, actor: Actor, call: Call, what: str, context: dict[str, Any]) -> int:
    """Write to each applicant that is still in the call; how many could be told. Inside the transaction of the cause.

    ``what``: amended, postponed, resumed, cancelled, paper_only, no_candidate or again. An applicant that left no way
    is named in the record of the act, by its public id.
    """
    told, beyond = 0, []
    page = full_url(town_url(call.authority, "calls:call", public_id=call.public_id))
    for applicant in Applicant.objects.filter(call=call).exclude(state__in=LEFT):
        way = next(((getattr(applicant, field), channel) for field, channel in WAYS if getattr(applicant, field)), None)
        if way is None:
            beyond.append(applicant.public_id)
            continue
        send(
            actor=actor, authority=call.authority, channel=way[1], kind="call_told",
            to=Receiver("applicant", applicant.public_id, way[0]),
            context={**context, "what": what, "name": applicant.name, "title_of_call": call.title, "page": page},
            template=f"calls/letters/call_told.{way[1]}.txt", related=("call", call.public_id),
        )  # fmt: skip
        told += 1
    record(actor, "call.told", call, details={"what": what, "told": told, "beyond": beyond})
    return told
