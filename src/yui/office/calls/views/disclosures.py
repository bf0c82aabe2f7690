"""Disclosure requests on the desk: entering one, marking what is withheld, deciding, the paper that is given out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.files.serve import serve
from yui.base.tenancy.addresses import town_url
from yui.office.calls.disclosed import FIELDS, RECORDS
from yui.office.calls.domain import disclosing
from yui.office.calls.forms.notices import DecideForm, DisclosureForm, MarkForm, WithholdForm
from yui.office.calls.models import Call, DisclosureRequest, Redaction
from yui.office.calls.queries.disclosing import paper_names, requests_of


def asked_here(request: HttpRequest, public_id: str) -> DisclosureRequest:
    """The request of the address."""
    return get_visible(
        request, DisclosureRequest.objects.select_related("call__authority", "result"), public_id=public_id
    )


def asked_path(request: HttpRequest, asked: DisclosureRequest) -> str:
    """Its page."""
    return town_url(request.authority, "calls:disclosure", public_id=asked.public_id)  # type: ignore[attr-defined]


@needs(Permission.CALL_DECIDE)
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """The requests about a call, and entering one."""
    call = get_visible(request, Call, public_id=public_id)
    form = DisclosureForm(request.POST or None, call=call)
    if form.is_valid():
        given = {"papers": [], "records": []} | form.cleaned_data
        try:
            asked = disclosing.record_disclosure(actor=request.actor, call=call, **given)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "開示請求を記録しました。")
            return redirect(asked_path(request, asked))
    context = {
        "call": call,
        "rows": [(one, disclosing.DECISIONS.get(one.decision, "決定していない")) for one in requests_of(call)],
        "form": form,
        "choices": {"papers", "records"} & set(form.fields),
    }
    return render(request, "calls/desk/disclosures.html", context, status=422 if form.is_bound else 200)


@needs(Permission.CALL_DECIDE)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One request with its papers, its marks, and the decision."""
    return show(request, asked_here(request, public_id))


def show(request: HttpRequest, asked: DisclosureRequest, **forms: object) -> HttpResponse:
    """The page, with a form that failed or with fresh ones."""
    names = paper_names(asked)
    context = {
        "asked": asked,
        "names": names.items(),
        "records": [RECORDS[key] for key in asked.records],
        "marks": [(one, names.get(one.paper) or FIELDS[one.paper]) for one in asked.redactions.all()],
        "decision": disclosing.DECISIONS.get(asked.decision, ""),
        "withhold": WithholdForm(asked=asked) if asked.records else None,
        "decide": DecideForm(),
    }
    return render(request, "calls/desk/disclosure.html", context | forms, status=422 if forms else 200)


@require_POST
@needs(Permission.CALL_DECIDE)
def withhold(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withhold a field of the records."""
    asked = asked_here(request, public_id)
    form = WithholdForm(request.POST, asked=asked)
    if form.is_valid():
        try:
            disclosing.withhold(actor=request.actor, asked=asked, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "隠す項目を加えました。")
            return redirect(asked_path(request, asked))
    return show(request, asked, withhold=form)


@require_POST
@needs(Permission.CALL_DECIDE)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide, and make what is given out."""
    asked, form = asked_here(request, public_id), DecideForm(request.POST)
    if form.is_valid():
        try:
            disclosing.decide_disclosure(actor=request.actor, asked=asked, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "決定を記録しました。")
            return redirect(asked_path(request, asked))
    return show(request, asked, decide=form)


@needs(Permission.CALL_DECIDE)
def mark(request: HttpRequest, public_id: str, paper: str, page: int) -> HttpResponse:
    """A page of a paper as a picture with a grid, and the form for an area on it."""
    asked = asked_here(request, public_id)
    if paper not in asked.papers:
        raise Http404
    form = MarkForm(request.POST or None)
    if form.is_valid():
        ground = form.cleaned_data["ground"]
        try:
            disclosing.redact(
                actor=request.actor, asked=asked, paper=paper, page=page, area=form.area, ground=ground,  # type: ignore[attr-defined]
            )  # fmt: skip
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "隠すところを加えました。")
            return redirect(request.path)
    pages = disclosing.find_page_count(actor=request.actor, asked=asked, paper=paper)  # type: ignore[attr-defined]
    marks = asked.redactions.filter(paper=paper, page=page)
    context = {"asked": asked, "paper": paper, "name": paper_names(asked)[paper], "page": page, "pages": pages}
    context |= {"form": form, "marks": marks, "before": page - 1, "after": page + 1 if page < pages else 0}
    return render(request, "calls/desk/disclosure_page.html", context, status=422 if form.is_bound else 200)


@needs(Permission.CALL_DECIDE)
def picture(request: HttpRequest, public_id: str, paper: str, page: int) -> HttpResponse:
    """The picture of a page."""
    asked = asked_here(request, public_id)
    try:
        data = disclosing.find_page(actor=request.actor, asked=asked, paper=paper, page=page)  # type: ignore[attr-defined]
    except (LookupError, NotPossible) as problem:
        raise Http404 from problem
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="image/png", headers=headers)


@require_POST
@needs(Permission.CALL_DECIDE)
def unmark(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a mark back."""
    redaction = get_visible(request, Redaction.objects.select_related("request"), public_id=public_id)
    asked = redaction.request
    try:
        disclosing.unmark(actor=request.actor, redaction=redaction)  # type: ignore[attr-defined]
    except NotPossible as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, "隠すところを取り消しました。")
    return redirect(asked_path(request, asked))


@needs(Permission.CALL_DECIDE)
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is given out."""
    asked = asked_here(request, public_id)
    if asked.result is None:
        raise Http404
    return serve(request, asked.result)
