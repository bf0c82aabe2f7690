"""Announcing a call, and what may happen to it afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.office.calls import domain
from yui.office.calls.forms.values import ReasonForm
from yui.office.calls.models import Call
from yui.office.calls.readiness import needs as needed
from yui.office.calls.rules import rules_of
from yui.office.calls.schedule import day_of
from yui.office.calls.states import CallState
from yui.office.calls.views.here import call_here, path_of


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may happen to an announced call: its words, and the verb."""

    title: str
    lead: str
    submit: str
    done: str
    verb: Callable[..., Call]


ACTS = {
    "postpone": Act("延期する", "新しい日程は、このあと「変更」で決めます。", "延期する", "延期しました。", domain.postpone_call),
    "resume": Act("再開する", "延期していた公募を、いまの日程で再開します。", "再開する", "再開しました。", domain.resume_call),
    "cancel": Act("取りやめる", "取りやめた公募は、もとにもどせません。", "取りやめる", "取りやめました。", domain.cancel_call),
    "paper": Act(
        "書面審査にする", "応募が多いときなど、プレゼンテーションを行わず、書類だけで審査します。", "書面審査にする",
        "書面審査にしました。", domain.choose_paper_screening,
    ),
    "end": Act(
        "候補者なしにする", "応募がなかったとき、または、選べる人がいなかったときです。", "候補者なしにする",
        "候補者なしとしました。", domain.end_without_candidate,
    ),
}  # fmt: skip


@needs(Permission.CALL_DECIDE)
def announce(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an announcement states, with what is missing; announcing."""
    call = call_here(request, public_id)
    if call.state != CallState.DRAFT:
        return redirect(path_of(call))
    announced = rules_of(call)
    if request.method == "POST":
        try:
            domain.announce_call(actor=request.actor, call=call)  # type: ignore[attr-defined]
        except domain.Incomplete as refused:
            messages.warning(request, refused.sentence)
        else:
            messages.success(request, "公告しました。公募のページは、だれでも読めます。")
            return redirect(path_of(call))
    found = needed(announced.rules, clock.now())
    day = next((day_of(one.closes.value) for one in announced.rules.schedule if one.key == "announced"), None)
    context = {
        "call": call, "needs": found, "ready": not any(one.missing for one in found),
        "other_day": day if day is not None and day != clock.today() else None,
    }  # fmt: skip
    return render(request, "calls/desk/announce.html", context)


@needs(Permission.CALL_DECIDE)
def act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Postpone, resume, cancel, papers alone, or no candidate: with why, told to everybody who registered."""
    call, chosen = call_here(request, public_id), ACTS.get(act)
    if chosen is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            chosen.verb(actor=request.actor, call=call, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except NotPossible as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{chosen.done}登録した人みんなに知らせています。")
            return redirect(path_of(call))
    context = {"call": call, "form": form, "title": chosen.title, "lead": chosen.lead, "submit": chosen.submit}
    return render(request, "calls/desk/act.html", context, status=422 if form.is_bound else 200)
