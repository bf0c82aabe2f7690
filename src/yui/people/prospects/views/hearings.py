"""ヒアリング: list, new, one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.definitions import by_key, current
from yui.base.tenancy.addresses import town_url
from yui.people.prospects import domain
from yui.people.prospects.forms import BenefitForm, HearingForm, today_in
from yui.people.prospects.models import Hearing
from yui.people.prospects.queries import called, hearings_due
from yui.people.prospects.views.prospects import stale_form

PAGE = 50
FIELDS = ("organization", "place", "kind", "held_on", "who", "heard", "next_step", "next_on", "version")


@needs(P.PROSPECT_READ)
def hearings(request: HttpRequest) -> HttpResponse:
    """The talks, the latest first; ``due``: only whose step has come."""
    due = request.GET.get("due", "")
    rows = hearings_due(clock.today()) if due else Hearing.objects.order_by("-held_on", "-id")
    page = Paginator(rows.annotate(heard_of=Count("prospects")), PAGE).get_page(request.GET.get("page"))
    kinds = by_key(current(request.authority).people.prospects.hearing_kinds)
    lines = [{"row": row, "kind": kinds[row.kind].label} for row in page]
    context = {"page": page, "lines": lines, "due": due, "waiting": hearings_due(clock.today()).count()}
    return render(request, "prospects/hearings.html", context)


@needs(P.PROSPECT_WRITE)
def hearing_new(request: HttpRequest) -> HttpResponse:
    """Write a talk down."""
    form = HearingForm(request.POST or None, authority=request.authority, initial=today_in("held_on"))
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.hold_hearing(actor=request.actor, **form.values())
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "ヒアリングを記録しました。")
            return _to(request, made)
    return render(request, "prospects/hearing_form.html", {"form": form, "hearing": None})


@needs(P.PROSPECT_READ)
def hearing(request: HttpRequest, public_id: str) -> HttpResponse:
    """One talk, with whom one heard of there and the benefits explained."""
    found = get_visible(request, Hearing.objects.select_related("organization", "account"), public_id=public_id)
    definition = current(request.authority)
    benefits = by_key(definition.activities.benefits)
    context: dict[str, Any] = {
        "hearing": found,
        "kind": by_key(definition.people.prospects.hearing_kinds)[found.kind].label,
        "people": [{"row": row, "name": called(row)} for row in found.prospects.select_related("person")],
        "benefits": [{"row": row, "label": benefits[row.benefit].label.ja} for row in found.benefits.all()],
    }
    return render(request, "prospects/hearing.html", context)


@needs(P.PROSPECT_WRITE)
def hearing_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a talk."""
    found = get_visible(request, Hearing, public_id=public_id)
    initial = {name: getattr(found, name) for name in FIELDS}
    form = HearingForm(request.POST or None, authority=request.authority, initial=initial)
    error: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            domain.change_hearing(actor=request.actor, hearing=found, version=version, **form.values())
        except Stale as stale:
            form, error = stale_form(form, stale, found.version)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "ヒアリングの記録を変えました。")
            return _to(request, found)
    context = {"form": form, "hearing": found, "error": error}
    return render(request, "prospects/hearing_form.html", context, status=409 if error else 200)


@needs(P.PROSPECT_WRITE)
def hearing_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """The agreed step is done."""
    found = get_visible(request, Hearing, public_id=public_id)
    if request.method == "POST":
        domain.finish_step(actor=request.actor, hearing=found)
        messages.success(request, "次の一歩を済みにしました。")
    return _to(request, found)


@needs(P.PROSPECT_WRITE)
def hearing_benefits(request: HttpRequest, public_id: str) -> HttpResponse:
    """Benefits were explained at the talk."""
    found = get_visible(request, Hearing, public_id=public_id)
    form = BenefitForm(request.POST or None, authority=request.authority, initial={"shown_on": found.held_on})
    if request.method == "POST" and form.is_valid():
        domain.show_benefits(actor=request.actor, to=found, **form.cleaned_data)
        messages.success(request, "説明したことを記録しました。")
        return _to(request, found)
    return render(request, "prospects/hearing_benefits.html", {"form": form, "hearing": found})


def _to(request: HttpRequest, hearing: Hearing) -> HttpResponse:
    return redirect(town_url(request.authority, "prospects:hearing", public_id=hearing.public_id))
