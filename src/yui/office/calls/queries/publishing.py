"""Reading results: what would be published, what was, and the award as plain data for open contracting."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from yui.base import clock
from yui.office.calls.models import Applicant, Call, Publication
from yui.office.calls.queries.noticing import decided_selection
from yui.office.calls.rules import Announced
from yui.office.calls.states import ApplicantState, CallState

JUDGED = (ApplicantState.SELECTED, ApplicantState.NOT_SELECTED)
STATUS = {"selected": "active", "no_candidate": "unsuccessful", "cancelled": "cancelled"}


def content_of(call: Call, announced: Announced) -> dict[str, Any]:
    """Exactly what is published: the result and the name of the adopted firm; the others' names only where the call says so.

    ``outcome``: selected, no_candidate or cancelled. ``proposals``: how many were judged.
    """
    adopted = Applicant.objects.filter(call=call, state=ApplicantState.SELECTED).order_by("id").first()
    judged = Applicant.objects.filter(call=call, state__in=JUDGED)
    record = decided_selection(call)
    outcome = "cancelled" if call.state == CallState.CANCELLED else "selected" if adopted else "no_candidate"
    made: dict[str, Any] = {
        "title": call.title,
        "number": call.number,
        "method": announced.rules.method.value,
        "outcome": outcome,
        "adopted": adopted.name if adopted is not None and outcome == "selected" else "",
        "proposals": judged.count(),
        "decided_on": _day(record.decided_at or record.made_at) if record is not None else "",
        "why": call.ended_for if outcome == "cancelled" else "",
    }
    names = announced.rules.publication.all_names
    if names is not None and names.value:
        made["others"] = list(
            judged.exclude(state=ApplicantState.SELECTED).order_by("name").values_list("name", flat=True)
        )
    return made


def _day(moment: dt.datetime) -> str:
    return moment.astimezone(clock.TOKYO).date().isoformat()


def publications_of(call: Call) -> QuerySet[Publication]:
    """Everything published of a call, newest first."""
    return Publication.objects.filter(call=call).order_by("-id")


def past_results() -> list[Publication]:
    """The newest publication of each call, newest first."""
    seen, found = set[int](), []
    for row in Publication.objects.select_related("call").order_by("-published_at", "-id"):
        if row.call_id not in seen:
            seen.add(row.call_id)
            found.append(row)
    return found


def award_of(call: Call) -> dict[str, Any] | None:
    """The award part of the call's open-contracting record, from what was published and nothing else; None before.

    ``id``, ``title``, ``status`` (active, unsuccessful, cancelled), ``date``, ``suppliers``.
    """
    row = publications_of(call).first()
    if row is None:
        return None
    content = row.content
    return {
        "id": f"{call.public_id}-award",
        "title": content["title"],
        "status": STATUS[content["outcome"]],
        "date": row.published_at.astimezone(clock.TOKYO).isoformat(),
        "suppliers": [{"id": "supplier-1", "name": content["adopted"]}] if content["adopted"] else [],
    }
