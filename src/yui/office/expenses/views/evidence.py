"""Attaching, taking off and opening evidence; and the files of statements and binders."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.files.models import Attachment
from yui.base.files.serve import serve
from yui.office.expenses import domain
from yui.office.expenses.forms.office import EvidenceForm
from yui.office.expenses.queries import expense_path
from yui.office.expenses.views.here import binder_here, evidence_here, expense_here, statement_here
from yui.office.expenses.views.lines import show

KEEPERS = {"expense": expense_here, "expense_statement": statement_here, "binder": binder_here}
"""What a file belongs to, and how that is found for who asks."""


@require_POST
@needs(Permission.EXPENSE_WRITE)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a photo or PDF."""
    expense = expense_here(request, public_id)
    form = EvidenceForm(request.POST, request.FILES, category=expense.category)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            domain.add_evidence(
                actor=request.actor,  # type: ignore[attr-defined]
                expense=expense,
                kind=form.cleaned_data["kind"],
                upload=upload,
                name=upload.name,
            )
        except NotPossible as problem:
            form.add_error("file", problem.sentence)
        else:
            messages.success(request, "証拠を付けました。")
            return redirect(f"{expense_path(expense)}#evidence")
    return show(request, expense, evidence_form=form)


@require_POST
@needs(Permission.EXPENSE_WRITE)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a piece off; its bytes are deleted."""
    expense = domain.remove_evidence(
        actor=request.actor,  # type: ignore[attr-defined]
        evidence=evidence_here(request, public_id),
    )
    messages.success(request, "証拠を外しました。ファイルも消しました。")
    return redirect(f"{expense_path(expense)}#evidence")


@needs(Permission.EVIDENCE_READ)
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file of the ledger, for whom its line, statement or binder is within reach."""
    rows = Attachment.objects.filter(related_kind__in=KEEPERS)
    attachment = get_visible(request, rows, public_id=public_id)
    if attachment.related_kind not in KEEPERS:
        raise Http404
    KEEPERS[attachment.related_kind](request, attachment.related_id)
    return serve(request, attachment)
