"""The result made public: exactly what the call says, kept word for word; a correction is a new row."""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.calls.models import Call, Publication
from yui.office.calls.queries.noticing import recipients
from yui.office.calls.queries.publishing import content_of, publications_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CallState

ENDED = frozenset({CallState.DECIDED, CallState.CONTRACTED, CallState.NO_CANDIDATE, CallState.CANCELLED})


def publish_result(*, actor: Actor, call: Call, reason: str = "") -> Publication:
    """Publish what the call says, no more. From the second time on ``reason`` says what is corrected.

    Raises ``NotPossible`` where the call publishes nothing, has no result, or an applicant was not told yet.
    """
    require(actor, Permission.CALL_DECIDE, call)
    announced = rules_of(call)
    if not announced.rules.publication.published.value:
        raise NotPossible("この公募には、結果の公表の定めがありません。", "not_published")
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call.pk)
        if call.state not in ENDED:
            raise NotPossible("結果が決まってから、公表できます。", "wrong_state")
        last = announced.rules.notices[-1].key
        if call.state != CallState.CANCELLED and recipients(call, announced, last):
            raise NotPossible("先に、応募者に結果を通知してください。", "notices_first")
        newest, content = publications_of(call).first(), content_of(call, announced)
        if newest is not None and not reason.strip():
            raise NotPossible("公表しなおすわけを書いてください。", "reason_needed")
        if newest is not None and newest.content == content:
            raise NotPossible("公表している内容と同じです。", "same")
        row = Publication.objects.create(
            authority=call.authority,
            call=call,
            content=content,
            reason=reason.strip(),
            published_at=clock.now(),
            made_by=actor.account,
        )
        record(actor, "result.published", row, details={"call": call.public_id})
    return row
