"""The calls of the desk, and the page of one call from which every room is reached."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.office.calls import domain
from yui.office.calls.forms.values import ReasonForm
from yui.office.calls.queries.announcing import STEPS, TONES, desk_calls, present_step, undrafted
from yui.office.calls.queries.cards import cards_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CALLS, CallState
from yui.office.calls.views.here import call_here, path_of


@needs(Permission.CALL_READ)
def listing(request: HttpRequest) -> HttpResponse:
    """Every call, newest first, and those of the definition that can be drafted."""
    may_write = may(request.actor, Permission.CALL_WRITE)  # type: ignore[attr-defined]
    new = undrafted(request.authority) if may_write else []  # type: ignore[attr-defined]
    return render(request, "calls/desk/calls.html", {"rows": desk_calls(), "new": new})


@needs(Permission.CALL_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where a call stands, with a card for each room."""
    call = call_here(request, public_id)
    state, announced = CallState(call.state), rules_of(call)
    context = {
        "call": call, "cards": cards_of(call, announced, request.actor),
        "steps": STEPS, "current": present_step(call, announced),  # type: ignore[attr-defined]
        "state": CALLS[state], "tone": TONES[state], "later": call.later.first(),
    }  # fmt: skip
    return render(request, "calls/desk/call.html", context)


@require_POST
@needs(Permission.CALL_WRITE)
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Draft a call of the definition."""
    call = domain.draft_call(actor=request.actor, key=key)  # type: ignore[attr-defined]
    messages.success(request, "公募の下書きを作りました。")
    return redirect(path_of(call))


@needs(Permission.CALL_WRITE)
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Draft the same call once more, with why."""
    earlier = call_here(request, public_id)
    if CALLS.is_final(earlier.state) is False:
        messages.error(request, "この公募は、まだ終わっていません。再募集は、終わったあとにできます。")
        return redirect(path_of(earlier))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        call = domain.draft_call(
            actor=request.actor,
            key=earlier.key,
            earlier=earlier,
            reason=form.cleaned_data["reason"],  # type: ignore[attr-defined]
        )
        messages.success(request, "再募集の下書きを作りました。公告すると、前に登録した人みんなに伝わります。")
        return redirect(path_of(call))
    context = {"call": earlier, "form": form, "title": "もう一度募集する", "submit": "再募集の下書きを作る",
               "lead": "同じ公募を、新しい日程でもう一度公告します。"}  # fmt: skip
    return render(request, "calls/desk/act.html", context, status=422 if form.is_bound else 200)
