"""The call of an address."""

from django.http import HttpRequest

from yui.base.access.gates import get_visible
from yui.base.tenancy.addresses import town_url
from yui.office.calls.models import Call, Question


def call_here(request: HttpRequest, public_id: str) -> Call:
    """The call; 404 where there is none."""
    return get_visible(request, Call.objects.select_related("authority", "earlier"), public_id=public_id)


def question_here(request: HttpRequest, public_id: str) -> Question:
    """The question; 404 where there is none."""
    found = Question.objects.select_related("authority", "call__authority", "applicant", "recorded_by")
    return get_visible(request, found, public_id=public_id)


def path_of(call: Call, name: str = "desk_call") -> str:
    """The path of one of its pages."""
    return town_url(call.authority, f"calls:{name}", public_id=call.public_id)
