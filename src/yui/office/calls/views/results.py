"""The result: publishing it from the desk; the public page of a call's result, and the past results."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs, public
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import publishing
from yui.office.calls.forms.notices import WhyForm
from yui.office.calls.models import Call
from yui.office.calls.queries.publishing import content_of, past_results, publications_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import PUBLIC


@needs(Permission.CALL_READ)
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """What would be published, what was, and the button."""
    call, actor = get_visible(request, Call, public_id=public_id), request.actor  # type: ignore[attr-defined]
    announced, rows = rules_of(call), list(publications_of(call))
    may_decide = bool(may(actor, Permission.CALL_DECIDE)) and announced.rules.publication.published.value
    form = WhyForm(request.POST or None) if rows else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            publishing.publish_result(actor=actor, call=call, reason=form.cleaned_data["reason"] if form else "")
        except NotPossible as problem:
            messages.error(request, problem.sentence)
        else:
            messages.success(request, "結果を公表しました。")
        return redirect(town_url(request.authority, "calls:publish_result", public_id=public_id))  # type: ignore[attr-defined]
    context = {
        "call": call,
        "rule": announced.rules.publication,
        "ready": call.state in publishing.ENDED,
        "content": content_of(call, announced),
        "rows": rows,
        "form": form,
        "may_decide": may_decide,
    }
    return render(request, "calls/desk/result.html", context, status=422 if form is not None and form.is_bound else 200)


@public
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result of a call as it was published."""
    call = Call.objects.filter(public_id=public_id, state__in=PUBLIC).first()
    if call is None:
        raise Http404
    rows = list(publications_of(call))
    publishes = rules_of(call).rules.publication.published.value
    return render(request, "calls/result.html", {"call": call, "rows": rows, "publishes": publishes})


@public
def past(request: HttpRequest) -> HttpResponse:
    """The published results of the town, newest first."""
    return render(request, "calls/past_results.html", {"rows": past_results()})
