"""How the views of this wing fetch: the desk for whoever may for everything, own pages for one's own side."""

from typing import Any

from django.http import Http404, HttpRequest

from yui.activities.models import Opportunity
from yui.base.access.gates import get_visible
from yui.base.access.rules import holds_everywhere
from yui.introductions.models import Answer, Introduction
from yui.introductions.queries import introductions
from yui.introductions.states import State


def at_desk(request: HttpRequest) -> None:
    """404 for somebody who holds the view's permission for their own things only: the desk is not theirs."""
    if not holds_everywhere(request.actor, request.permission):  # type: ignore[attr-defined]
        raise Http404


def desk_introduction(request: HttpRequest, public_id: str) -> Introduction:
    """An introduction with both sides, for the desk."""
    at_desk(request)
    return get_visible(request, introductions(), public_id=public_id)


def own_introduction(request: HttpRequest, public_id: str, side: str) -> Introduction:
    """An introduction about which this side was asked, for that side only."""
    row = get_visible(request, introductions(), public_id=public_id)
    actor: Any = request.actor  # type: ignore[attr-defined]
    owners = {("person", row.person_id)} if side == Answer.Side.PERSON else set(row.opportunity.owner_subjects())
    if not owners & actor.subjects or row.state == State.PROPOSED or row.answer_due_on is None:
        raise Http404
    return row


def own_host_opportunity(request: HttpRequest, thing: Opportunity) -> None:
    """404 for staff: the host's page shows what the host may see, and the desk has its own."""
    if not thing.owner_subjects() & request.actor.subjects or holds_everywhere(  # type: ignore[attr-defined]
        request.actor,  # type: ignore[attr-defined]
        request.permission,  # type: ignore[attr-defined]
    ):
        raise Http404
