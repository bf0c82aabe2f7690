"""Notices on the desk: what waits, a batch with its day and its reasons, the papers, the steps to the post."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.approvals.queries import approval_of
from yui.base.files.kinds import DOCX
from yui.base.files.serve import serve
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import dispatching, noticing
from yui.office.calls.forms.notices import BatchForm, ReasonsForm, WhyForm
from yui.office.calls.models import Call, Notice, NoticeBatch
from yui.office.calls.notice_kinds import LABELS
from yui.office.calls.queries.notice_lists import batch_lines, clocks_of, kinds_waiting, shown_batches
from yui.office.calls.queries.noticing import name_of, needs_reasons
from yui.office.calls.rules import rules_of

STEPS = {
    "ask": (noticing.ask_for_notices, "承認を求めました。もうひとりの担当職員が決めます。"),
    "reopen": (noticing.reopen_notices, "下書きに戻しました。"),
    "send": (noticing.send_notices, "送りはじめました。応募者のページにも出ます。"),
    "posted": (noticing.mark_posted, "郵送したことを記録しました。"),
}


def batch_path(request: HttpRequest, batch: NoticeBatch) -> str:
    """The page of a batch."""
    return town_url(request.authority, "calls:notice_batch", public_id=batch.public_id)  # type: ignore[attr-defined]


def batch_here(request: HttpRequest, public_id: str) -> NoticeBatch:
    """The batch of the address."""
    return get_visible(request, NoticeBatch.objects.select_related("call", "authority"), public_id=public_id)


def notice_here(request: HttpRequest, public_id: str) -> Notice:
    """The notice of the address, with what its papers need."""
    rows = Notice.objects.select_related("applicant__call__authority", "batch__call", "corrects", "word", "pdf")
    return get_visible(request, rows, public_id=public_id)


@needs(Permission.CALL_READ)
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which kinds wait for whom, and what was prepared and sent."""
    call = get_visible(request, Call, public_id=public_id)
    announced = rules_of(call)
    context = {
        "call": call,
        "waiting": kinds_waiting(call, announced),
        "batches": shown_batches(call, announced),
        "may_write": may(request.actor, Permission.CALL_WRITE),  # type: ignore[attr-defined]
    }
    return render(request, "calls/desk/notices.html", context)


@require_POST
@needs(Permission.CALL_WRITE)
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """Prepare one kind for all who wait for it."""
    call = get_visible(request, Call, public_id=public_id)
    kind = request.POST.get("kind", "")[:60]
    try:
        batch = noticing.draft_notices(actor=request.actor, call=call, kind=kind)  # type: ignore[attr-defined]
    except NotPossible as problem:
        messages.error(request, problem.sentence)
        return redirect(town_url(request.authority, "calls:call_notices", public_id=public_id))  # type: ignore[attr-defined]
    messages.success(request, "下書きを作りました。理由と通知日をたしかめてください。")
    return redirect(batch_path(request, batch))


@needs(Permission.CALL_READ)
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """A batch: everybody in it with outcome, reasons and clocks; its settings; its next step."""
    return show_batch(request, batch_here(request, public_id))


def show_batch(request: HttpRequest, here: NoticeBatch, form: BatchForm | None = None) -> HttpResponse:
    """The page, with a form that failed or a fresh one."""
    announced, actor = rules_of(here.call), request.actor  # type: ignore[attr-defined]
    lines = batch_lines(here, announced)
    initial = {name: getattr(here, name) for name in BatchForm.base_fields}
    may_write = bool(may(actor, Permission.CALL_WRITE))
    context = {
        "batch": here,
        "name": name_of(announced, here.kind),
        "lines": lines,
        "clocks": clocks_of(announced, here.kind, here.dated_on, lines),
        "approval": approval_of(noticing.APPROVAL, here.public_id),
        "form": form or (BatchForm(initial=initial) if may_write and here.state == "draft" else None),
        "may_write": may_write,
        "may_decide": may(actor, Permission.CALL_DECIDE),
        "to_post": any(line.to_post for line in lines),
    }
    return render(request, "calls/desk/notice_batch.html", context, status=422 if form else 200)


@require_POST
@needs(Permission.CALL_WRITE)
def settings(request: HttpRequest, public_id: str) -> HttpResponse:
    """Day, channels, number, sender."""
    here, form = batch_here(request, public_id), BatchForm(request.POST)
    if form.is_valid():
        try:
            noticing.set_notices(actor=request.actor, batch=here, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "保存しました。期間も数えなおしました。")
            return redirect(batch_path(request, here))
    return show_batch(request, here, form)


@require_POST
@needs(Permission.CALL_WRITE)
def step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Ask for approval, take back to a draft, send, mark as posted."""
    here = batch_here(request, public_id)
    verb, said = STEPS[step]
    try:
        verb(actor=request.actor, batch=here)  # type: ignore[attr-defined, operator]
    except NotPossible as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, said)
    return redirect(batch_path(request, here))


@needs(Permission.CALL_WRITE)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One notice: its reasons while it is a draft, its papers, and its correction once it is sent."""
    notice = notice_here(request, public_id)
    form = ReasonsForm(request.POST or None, initial={"reasons": notice.reasons})
    if form.is_valid():
        try:
            noticing.write_reasons(actor=request.actor, notice=notice, reasons=form.cleaned_data["reasons"])  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error("reasons", problem.sentence)
        else:
            messages.success(request, "理由を保存しました。")
            return redirect(batch_path(request, notice.batch))  # type: ignore[arg-type]
    return show_notice(request, notice, form=form)


def show_notice(request: HttpRequest, notice: Notice, **forms: Any) -> HttpResponse:
    """The page, with a form that failed or with fresh ones."""
    announced = rules_of(notice.applicant.call)
    context = {
        "notice": notice,
        "name": name_of(announced, notice.kind),
        "outcome": LABELS[notice.outcome],
        "needed": needs_reasons(announced, notice.kind, notice.outcome),
        "draft": notice.batch is not None and notice.batch.state == "draft",
        "correction": notice.corrections.first(),
        "why": WhyForm(),
        "form": ReasonsForm(initial={"reasons": notice.reasons}),
    }
    failed = any(form.is_bound for form in forms.values())
    return render(request, "calls/desk/notice.html", context | forms, status=422 if failed else 200)


@require_POST
@needs(Permission.CALL_WRITE)
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new notice that corrects one already sent."""
    notice, form = notice_here(request, public_id), WhyForm(request.POST)
    if form.is_valid():
        try:
            made = noticing.correct_notice(actor=request.actor, notice=notice, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "なおした通知の下書きを作りました。前の通知は、そのまま残ります。")
            return redirect(batch_path(request, made))
    return show_notice(request, notice, why=form)


@require_POST
@needs(Permission.CALL_WRITE)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one applicant out of a draft."""
    notice = notice_here(request, public_id)
    call = notice.applicant.call
    try:
        noticing.drop_notice(actor=request.actor, notice=notice)  # type: ignore[attr-defined]
    except NotPossible as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, "下書きからはずしました。")
    return redirect(town_url(request.authority, "calls:call_notices", public_id=call.public_id))  # type: ignore[attr-defined]


@needs(Permission.CALL_WRITE)
def paper(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """Word or PDF: as it went out, or as it would go out now."""
    notice = notice_here(request, public_id)
    kept = notice.word if form == "word" else notice.pdf
    if kept is not None:
        return serve(request, kept)
    try:
        word, pdf = dispatching.find_papers(notice)
    except NotPossible as problem:
        raise Http404 from problem
    data, kind, ending = (word, DOCX, "docx") if form == "word" else (pdf, "application/pdf", "pdf")
    headers = {"Content-Disposition": f'attachment; filename="notice.{ending}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)
