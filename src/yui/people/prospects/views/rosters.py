"""候補者リスト: lists, one list with its candidates, and the files for the deliverable."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.definitions import current
from yui.base.files.serve import serve
from yui.base.tenancy.addresses import town_url
from yui.people.prospects import domain
from yui.people.prospects.forms import EntryForm, NewEntryForm, RosterForm
from yui.people.prospects.models import Roster, RosterEntry
from yui.people.prospects.queries import called, lines_of
from yui.people.prospects.views.prospects import stale_form
from yui.people.views.search import found_anybody

PAGE = 50
WRITERS = {"word": domain.make_roster_word, "excel": domain.make_roster_excel}


@needs(P.PROSPECT_READ)
def rosters(request: HttpRequest) -> HttpResponse:
    """Every list, and a new one."""
    running = Q(entries__ended_on=None)
    rows = Roster.objects.annotate(count=Count("entries", filter=running)).order_by("-made_on", "-id")
    form = RosterForm(request.POST or None, authority=request.authority)
    if request.method == "POST" and form.is_valid():
        made = domain.make_roster(actor=request.actor, **form.titled())
        messages.success(request, "リストを作りました。候補を入れてください。")
        return _to(request, made)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "prospects/rosters.html", {"page": page, "form": form})


@needs(P.PROSPECT_READ)
def roster(request: HttpRequest, public_id: str) -> HttpResponse:
    """One list."""
    found = get_visible(request, Roster, public_id=public_id)
    lines = lines_of(found, current(request.authority), clock.today())
    unsure = sum(1 for line in lines if line.name != line.paper_name)
    return render(request, "prospects/roster.html", {"roster": found, "lines": lines, "unsure": unsure})


@needs(P.PROSPECT_WRITE)
def entry_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A candidate for a list."""
    found = get_visible(request, Roster, public_id=public_id)
    form = NewEntryForm(request.POST or None, authority=request.authority)
    lines: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        candidate: Any = form.cleaned_data["prospect"]
        if candidate is None:
            candidate, lines = found_anybody(request, form)
        if candidate is not None:
            try:
                domain.add_entry(actor=request.actor, roster=found, candidate=candidate, **form.values())
            except NotPossible as refusal:
                form.add_error("who", refusal.sentence)
            else:
                messages.success(request, "候補を入れました。")
                return _to(request, found)
    return render(request, "prospects/entry_new.html", {"form": form, "roster": found, "lines": lines})


@needs(P.PROSPECT_WRITE)
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write qualities and experience of a candidate, or take it out."""
    rows = RosterEntry.objects.filter(ended_on=None).exclude(person__hidden=True)
    found = get_visible(
        request, rows.select_related("roster", "person", "organization", "prospect"), public_id=public_id
    )
    initial = {name: getattr(found, name) for name in ("field", "qualities", "experience", "sources", "version")}
    form = EntryForm(request.POST or None, authority=request.authority, initial=initial)
    error: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("out"):
        domain.take_out(actor=request.actor, entry=found)
        messages.success(request, "リストから外しました。")
        return _to(request, found.roster)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            domain.change_entry(actor=request.actor, entry=found, version=version, **form.values())
        except Stale as stale:
            form, error = stale_form(form, stale, found.version)
        else:
            messages.success(request, "候補の内容を変えました。")
            return _to(request, found.roster)
    context = {"form": form, "entry": found, "name": _name(found), "error": error}
    return render(request, "prospects/entry.html", context, status=409 if error else 200)


@needs(P.PROSPECT_WRITE)
def roster_file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """Make the Word or Excel file, keep it as a document, and hand it over."""
    found = get_visible(request, Roster, public_id=public_id)
    if request.method != "POST" or form not in WRITERS:
        return _to(request, found)
    try:
        made = WRITERS[form](actor=request.actor, roster=found)
    except NotPossible as refusal:
        messages.error(request, refusal.sentence)
        return _to(request, found)
    return serve(request, made.attachment)


def _name(entry: RosterEntry) -> str:
    if entry.person is not None:
        return entry.person.display_name
    return entry.organization.name if entry.organization is not None else called(entry.prospect)


def _to(request: HttpRequest, roster: Roster) -> HttpResponse:
    return redirect(town_url(request.authority, "prospects:roster", public_id=roster.public_id))
