"""The desk: notes of contacts, promises, and concerns."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible
from yui.base.tenancy.addresses import town_url
from yui.people.domain import choose_for_report, keep_promise, log_contact, raise_concern, solve_concern
from yui.people.forms import ConcernForm, ContactNoteForm, ReportForm, SolutionForm
from yui.people.models import Concern, ContactNote
from yui.people.queries import named, open_promises
from yui.people.views.search import found_anybody

PAGE = 50


def notes(request: HttpRequest) -> HttpResponse:
    """What was said lately, and the promises that are open."""
    rows = ContactNote.objects.select_related("person", "organization", "account").order_by("-spoken_at", "-id")
    if request.GET.get("chosen"):
        rows = rows.exclude(report_heading="")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [{"note": row, "name": named(row)} for row in page],
        "promises": [{"note": row, "name": named(row)} for row in open_promises()[:PAGE]],
        "chosen": request.GET.get("chosen", ""),
    }
    return render(request, "people/notes.html", context)


def log_contact_view(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Write a contact down; with ``public_id`` the one that keeps an earlier promise."""
    answers = get_visible(request, ContactNote, public_id=public_id) if public_id else None
    initial = {"about": _about(answers), "next": request.GET.get("next", "")} if answers or request.GET else {}
    form = ContactNoteForm(request.POST or None, authority=request.authority, initial=initial)
    lines: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        about, lines = found_anybody(request, form)
        if about is not None:
            return _logged(request, form, about, answers)
    context = {"form": form, "lines": lines, "answers": answers}
    return render(request, "people/log_contact.html", context)


def _logged(request: HttpRequest, form: ContactNoteForm, about: Any, answers: ContactNote | None) -> HttpResponse:
    given = form.cleaned_data
    promised = given["promised_for"]
    log_contact(
        actor=request.actor, about=about, content=given["content"], way=given["way"], promise=given["promise"],
        promised_for=promised.day if promised else None, promised_time=promised.time if promised else "",
        answers=answers,
    )  # fmt: skip
    messages.success(request, "連絡を記録しました。")
    following = given["next"]
    if following and url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        return redirect(following)
    return redirect(town_url(request.authority, "people:notes"))


def _about(note: ContactNote | None) -> str:
    if note is None:
        return ""
    if note.person is not None:
        return f"person:{note.person.public_id}"
    return f"organization:{note.organization.public_id}" if note.organization else ""


def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """The promise was kept; nothing more to write."""
    note = get_visible(request, ContactNote, public_id=public_id)
    if request.method != "POST":
        return redirect(town_url(request.authority, "people:answer_promise", public_id=public_id))
    keep_promise(actor=request.actor, note=note)
    messages.success(request, "約束を済みにしました。")
    return redirect(town_url(request.authority, "people:notes"))


def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """One note, and whether the report quotes it."""
    found = get_visible(
        request, ContactNote.objects.select_related("person", "organization", "account"), public_id=public_id
    )
    initial = {"heading": found.report_heading, "text": found.report_text}
    form = ReportForm(request.POST or None, authority=request.authority, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            choose_for_report(actor=request.actor, note=found, heading=given["heading"], text=given["text"])
        except NotPossible as error:
            form.add_error("text", error.sentence)
        else:
            messages.success(request, "月次報告への記載を変えました。")
            return redirect(town_url(request.authority, "people:notes"))
    return render(request, "people/note.html", {"note": found, "form": form})


def concerns(request: HttpRequest) -> HttpResponse:
    """Problems: those that are open first."""
    open_ones = Concern.objects.filter(solved_on=None).order_by("-urgent", "-raised_on", "-id")
    solved = Concern.objects.exclude(solved_on=None).order_by("-solved_on", "-id")
    page = Paginator(solved, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/concerns.html", {"open": list(open_ones), "page": page})


def concern_new(request: HttpRequest) -> HttpResponse:
    """Write a problem down."""
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        raise_concern(actor=request.actor, **form.cleaned_data)
        messages.success(request, "困りごとを書きました。")
        return redirect(town_url(request.authority, "people:concerns"))
    return render(request, "people/concern_new.html", {"form": form})


def concern(request: HttpRequest, public_id: str) -> HttpResponse:
    """One problem, and how it was solved."""
    found = get_visible(request, Concern, public_id=public_id)
    form = SolutionForm(request.POST or None, initial={"solution": found.solution})
    if request.method == "POST" and form.is_valid():
        solve_concern(actor=request.actor, concern=found, solution=form.cleaned_data["solution"])
        messages.success(request, "解決を書きました。")
        return redirect(town_url(request.authority, "people:concerns"))
    return render(request, "people/concern.html", {"concern": found, "form": form, "now": clock.today()})
