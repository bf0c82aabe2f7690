"""The town's own Word forms: upload with its check, the tags, a trial, the versions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.documents.domain import TemplateRefused, filled, upload_template
from yui.base.documents.models import DocumentTemplate
from yui.base.documents.queries import active_template, active_templates
from yui.base.documents.registry import Form, all_forms, get_form
from yui.base.files.kinds import DOCX
from yui.base.files.serve import serve
from yui.base.tenancy.addresses import town_url
from yui.office.reports.forms import TemplateForm


def form_here(kind: str) -> Form:
    """The form of the address; 404 when no wing declares it."""
    if kind not in {form.kind for form in all_forms()}:
        raise Http404
    return get_form(kind)


@needs(Permission.TEMPLATE_WRITE)
def listing(request: HttpRequest) -> HttpResponse:
    """Every kind of document, and whether the town's own form is used."""
    active = active_templates(clock.today())
    forms = [{"form": form, "active": active.get(form.kind)} for form in all_forms()]
    return render(request, "office/templates.html", {"forms": forms})


@needs(Permission.TEMPLATE_WRITE)
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: upload, tags, versions. A refused upload names each fault and its tag."""
    known = form_here(kind)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            upload_template(
                actor=request.actor,  # type: ignore[attr-defined]
                kind=kind,
                upload=upload,
                name=upload.name,
                active_from=form.cleaned_data["active_from"],
            )
        except TemplateRefused as problem:
            form.add_error("file", [fault.sentence for fault in problem.faults])
        except NotPossible as problem:
            form.add_error("file", problem.sentence)
        else:
            messages.success(request, "様式を保存しました。見本を入れて、たしかめられます。")
            return redirect(town_url(request.authority, "office:template", kind=kind))  # type: ignore[attr-defined]
    versions = DocumentTemplate.objects.filter(kind=kind).select_related("uploaded_by", "attachment")
    active = active_template(kind, clock.today())
    context = {"known": known, "form": form, "versions": versions, "active": active, "tags": known.tags.items()}
    context["first_tag"] = next(iter(known.tags), "")
    return render(request, "office/template.html", context, status=422 if form.is_bound else 200)


@needs(Permission.TEMPLATE_WRITE)
def trial(request: HttpRequest, kind: str) -> HttpResponse:
    """The present form filled with invented data."""
    known = form_here(kind)
    data, _ = filled(kind=kind, context=known.sample)
    headers = {"Content-Disposition": f'attachment; filename="{kind}-trial.docx"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=DOCX, headers=headers)


@needs(Permission.TEMPLATE_WRITE)
def download(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """A version as it was uploaded."""
    template = get_visible(request, DocumentTemplate.objects.select_related("attachment"), kind=kind, version=version)
    return serve(request, template.attachment)
