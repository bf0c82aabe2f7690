"""What everybody reads: the calls of a town, one call whole, its rules in words, and the same as open data."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from yui.base.access.gates import public
from yui.office.calls.domain.versions import in_force
from yui.office.calls.models import Call
from yui.office.calls.ocds import release_package
from yui.office.calls.queries.announcing import TONES, public_calls
from yui.office.calls.queries.public import call_context, list_rows
from yui.office.calls.states import CALLS, PUBLIC, CallState
from yui.office.calls.views.rules import told


@public
def calls(request: HttpRequest) -> HttpResponse:
    """Every call that was announced, the newest first."""
    rows = list_rows(public_calls()[:50], request.LANGUAGE_CODE)
    return render(request, "calls/calls.html", {"rows": rows})


@public
def call(request: HttpRequest, public_id: str) -> HttpResponse:
    """A call whole: when, what, how, by which points, with the questions that were answered and every change."""
    found = _public(public_id)
    state = CALLS[found.state]
    context = {
        "call": found, "state": state, "tone": TONES[CallState(found.state)],
        "foreign": not request.LANGUAGE_CODE.startswith("ja"),
    }  # fmt: skip
    return render(request, "calls/call.html", context | call_context(found, request.LANGUAGE_CODE))


@public
def rules(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every rule in words, each value with its source, the versions and the examples."""
    found = _public(public_id)
    version = in_force(found)
    if version is None:
        raise Http404
    foreign = not request.LANGUAGE_CODE.startswith("ja")
    context = told(found, version, unfolded="unfolded" in request.GET) | {"foreign": foreign}
    return render(request, "calls/rules.html", context)


@public
def ocds(request: HttpRequest, public_id: str) -> HttpResponse:
    """The call as an OCDS release package."""
    answer = JsonResponse(release_package(_public(public_id)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _public(public_id: str) -> Call:
    found = Call.objects.select_related("authority", "earlier").filter(public_id=public_id, state__in=PUBLIC).first()
    if found is None:
        raise Http404
    return found
