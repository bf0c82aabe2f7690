"""The calls of the desk, and the page of one call from which every room is reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.office.calls.models import Call
from yui.office.calls.queries.cards import cards_of


@needs(Permission.CALL_READ)
def listing(request: HttpRequest) -> HttpResponse:
    """Every call, newest first."""
    return render(request, "calls/desk/calls.html", {"calls": list(Call.objects.all())})


@needs(Permission.CALL_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where a call stands, with a card for each room."""
    call = get_visible(request, Call, public_id=public_id)
    context = {"call": call, "cards": cards_of(call, request.actor)}  # type: ignore[attr-defined]
    return render(request, "calls/desk/call.html", context)
