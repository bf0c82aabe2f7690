"""Explanations on the desk: the requests with their days, entering one that came on paper, the answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.files.serve import serve
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import explaining
from yui.office.calls.forms.notices import AnswerForm, EnterForm
from yui.office.calls.models import Call, ExplanationRequest
from yui.office.calls.queries.explaining import explanations_of, has_windows, with_days
from yui.office.calls.queries.noticing import name_of
from yui.office.calls.rules import rules_of


@needs(Permission.CALL_READ)
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """The requests of a call, and entering one; a call without such a window has no form."""
    call, actor = get_visible(request, Call, public_id=public_id), request.actor  # type: ignore[attr-defined]
    windows = has_windows(rules_of(call))
    form = EnterForm(request.POST or None, call=call) if windows and may(actor, Permission.CALL_WRITE) else None
    if form is not None and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("notice", "channel", "text")}
        try:
            explaining.record_explanation(actor=actor, received_at=form.received_at, **given)
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "説明の求めを記録しました。")
            return redirect(town_url(request.authority, "calls:call_explanations", public_id=public_id))  # type: ignore[attr-defined]
    lines = with_days(explanations_of(call), clock.today())
    context = {"call": call, "windows": windows, "lines": lines, "form": form}
    return render(
        request, "calls/desk/explanations.html", context, status=422 if form is not None and form.is_bound else 200
    )


def asked_here(request: HttpRequest, public_id: str) -> ExplanationRequest:
    """The request of the address."""
    rows = ExplanationRequest.objects.select_related(
        "notice__applicant__call__authority", "notice__batch", "word", "pdf"
    )
    return get_visible(request, rows, public_id=public_id)


@needs(Permission.CALL_DECIDE)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One request: what is asked, until when it is answered, the answer."""
    asked = asked_here(request, public_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            explaining.answer_explanation(actor=request.actor, asked=asked, answer=form.cleaned_data["answer"])  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "回答の書面を作りました。応募者のページに出ます。")
            return redirect(town_url(request.authority, "calls:explanation", public_id=public_id))  # type: ignore[attr-defined]
    context = {
        "asked": with_days([asked], clock.today())[0],  # type: ignore[arg-type]
        "notice": asked.notice,
        "name": name_of(rules_of(asked.notice.applicant.call), asked.notice.kind),
        "form": form,
    }
    return render(request, "calls/desk/explanation.html", context, status=422 if form.is_bound else 200)


@needs(Permission.CALL_DECIDE)
def paper(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The answer as Word or PDF."""
    asked = asked_here(request, public_id)
    kept = asked.word if form == "word" else asked.pdf
    if kept is None:
        raise Http404
    return serve(request, kept)
