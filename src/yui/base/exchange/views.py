"""The desk's pages of an import: take a file in, choose, look, import, look again, undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.access.rules import holds_everywhere
from yui.base.exchange import domain, pages, queries, states
from yui.base.exchange.forms import ColumnsForm, FileForm, PolicyForm, TableForm
from yui.base.exchange.mapping import headings
from yui.base.exchange.models import Import
from yui.base.exchange.registry import importers
from yui.base.tenancy.addresses import town_url

PAGE = 50


def _batch(request: HttpRequest, public_id: str) -> Import:
    rows = queries.imports(request.actor).select_related("file", "authority")  # type: ignore[attr-defined]
    return get_visible(request, rows, public_id=public_id)


def _to(request: HttpRequest, name: str, batch: Import) -> HttpResponse:
    return redirect(town_url(request.authority, f"exchange:{name}", public_id=batch.public_id))  # type: ignore[attr-defined]


@needs(P.PERSON_IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    """Take a file in; what was taken in before."""
    kinds = [one for one in importers() if holds_everywhere(request.actor, one.permission)]
    form = FileForm(request.POST or None, request.FILES or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = domain.start_import(actor=request.actor, kind=form.kind, upload=upload, name=upload.name)
        except NotPossible as error:
            form.add_error("file", error.sentence)
        else:
            return _to(request, "table" if pages.asks_for_table(batch) else "columns", batch)
    page = Paginator(queries.imports(request.actor), PAGE).get_page(request.GET.get("page"))
    lines = [pages.line(batch) for batch in page]
    return render(request, "exchange/imports.html", {"form": form, "page": page, "lines": lines})


@needs(P.PERSON_IMPORT)
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where an import stands: on to the next step, the progress, or what came of it."""
    found = pages.seen_again(_batch(request, public_id), request.actor)
    step = {states.UPLOADED: "columns", states.MAPPED: "preview", states.PREVIEWED: "preview"}.get(found.state)
    if step is not None:
        return _to(request, step, found)
    page = Paginator(queries.left_rows(found), PAGE).get_page(request.GET.get("page"))
    context = {
        **pages.result(found, clock.today()), "page": page, "left": pages.left(found, page),
        "has_desk": holds_everywhere(request.actor, P.DESK_READ),
    }  # fmt: skip
    response = render(request, "exchange/batch.html", context)
    if found.state == states.RUNNING:
        response["Refresh"] = "2"
    return response


@needs(P.PERSON_IMPORT)
def table(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which sheet, which row of headings."""
    found = _batch(request, public_id)
    book = queries.book_of(found)
    shown = book.table(request.POST.get("sheet", "")) or queries.table_of(found, book)
    initial = {"sheet": found.sheet, "header_row": found.header_row}
    form = TableForm(request.POST or None, book=book, table=shown, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["sheet"] != found.sheet:  # its rows have not been seen yet
            domain.choose_table(actor=request.actor, batch=found, sheet=given["sheet"])
            return _to(request, "table", found)
        domain.choose_table(actor=request.actor, batch=found, sheet=given["sheet"], header_row=given["header_row"])
        return _to(request, "columns", found)
    context = {"batch": found, "form": form, **pages.sample(shown), **pages.file_words(found)}
    return render(request, "exchange/table.html", context)


@needs(P.PERSON_IMPORT)
def columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which column is what."""
    found = _batch(request, public_id)
    shown = queries.table_of(found)
    importer = queries.importer_of(found)
    form = ColumnsForm(
        request.POST or None, headings=headings(shown, found.header_row), table=shown, header_row=found.header_row,
        columns=importer.columns(request.authority),
        initial={f"column_{position}": key for position, key in found.columns.items()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            domain.choose_columns(actor=request.actor, batch=found, columns=form.chosen())
        except NotPossible as error:
            form.add_error(None, error.sentence)
        else:
            return _to(request, "preview", found)
    context = {"batch": found, "form": form, "source": pages.source_words(found), **pages.file_words(found)}
    return render(request, "exchange/columns.html", context)


@needs(P.PERSON_IMPORT)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every fault by its cell; what would be done; then the press that does it."""
    found = _batch(request, public_id)
    if found.state not in (states.MAPPED, states.PREVIEWED):
        return _to(request, "batch", found)
    plan = domain.look_through(actor=request.actor, batch=found)
    kinds = pages.kinds(plan)
    form = PolicyForm(request.POST or None, kinds=kinds, initial=pages.policy_initial(found))
    if request.method == "POST" and form.is_valid():
        return _act(request, found, form)
    page = Paginator(plan.to_mend, PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": found, "plan": plan, "kinds": kinds, "form": form, "page": page, "file_form": FileForm(),
        "remarks": plan.remarks, "suggests": any(fault.suggestion is not None for fault in page.object_list),
        "importer": queries.importer_of(found), **pages.file_words(found),
    }  # fmt: skip
    return render(request, "exchange/preview.html", context)


def _act(request: HttpRequest, found: Import, form: PolicyForm) -> HttpResponse:
    """Carry out what was pressed, if nothing was chosen anew since the preview."""
    policy, act = form.policy(), request.POST.get("act", "")
    changed = policy != queries.policy_of(found)
    if changed:
        domain.choose_policy(actor=request.actor, batch=found, policy=policy)
    if act not in ("import", "rehearse"):
        return _to(request, "preview", found)
    if changed:
        messages.warning(request, "選び方が変わったので、たしかめなおしました。よければ、もう一度押してください。")
        return _to(request, "preview", found)
    domain.ask_for_import(actor=request.actor, batch=found, rehearse=act == "rehearse")
    return _to(request, "batch", found)


@needs(P.PERSON_IMPORT)
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    """直したファイルをもう一度."""
    found = _batch(request, public_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = domain.replace_file(actor=request.actor, batch=found, upload=upload, name=upload.name)
        except NotPossible as error:
            form.add_error("file", error.sentence)
        else:
            messages.success(request, "直したファイルを読みました。")
            return _to(request, "batch", found)
    return render(request, "exchange/again.html", {"batch": found, "form": form})


@needs(P.PERSON_IMPORT)
def faults(request: HttpRequest, public_id: str) -> HttpResponse:
    """The list of faults as a file, to be worked through beside the list itself."""
    return pages.download(domain.faults_file(actor=request.actor, batch=_batch(request, public_id)), "naosu-tokoro")


@needs(P.PERSON_IMPORT)
def rest(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rows that stay out, in the layout of the file, with what is to be mended behind each."""
    return pages.download(domain.rest_file(actor=request.actor, batch=_batch(request, public_id)), "nokori")


@needs(P.PERSON_IMPORT)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop; the file goes."""
    found = _batch(request, public_id)
    if request.method == "POST":
        domain.drop_import(actor=request.actor, batch=found)
        messages.success(request, "取込をやめました。ファイルは消しました。")
        return redirect(town_url(request.authority, "exchange:imports"))
    return render(request, "exchange/drop.html", {"batch": found})


@needs(P.PERSON_IMPORT)
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it back, after a page that says what will happen."""
    found = _batch(request, public_id)
    if request.method == "POST":
        domain.undo_import(actor=request.actor, batch=found)
        messages.success(request, "取込を元に戻しました。")
        return _to(request, "batch", found)
    context: dict[str, Any] = {"batch": found, "importer": queries.importer_of(found)}
    return render(request, "exchange/undo.html", context)
