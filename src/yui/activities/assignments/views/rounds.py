"""The desk's pages of rounds: every round, one round with what is to do next, its rules, its opportunities and regions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.activities.assignments import domain
from yui.activities.assignments.domain.rounds import RoundPlan
from yui.activities.assignments.forms import ProgrammeForm, RegionForm, RoundForm
from yui.activities.assignments.models import ManualChange, Round, RoundProgramme, RoundRegion
from yui.activities.assignments.queries import final_draw, is_over, lines_of, told_by, trial_draw
from yui.activities.assignments.reasons import CANCELLED, UNMATCHED
from yui.activities.assignments.states import ROUNDS, TONES, RoundState
from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.access.rules import holds_everywhere
from yui.base.tenancy.addresses import town_url

PAGE = 50


@needs(P.ASSIGNMENT_READ)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, the latest first."""
    standing = Q(sheets__withdrawn_at=None)
    rows = Round.objects.annotate(
        wish_count=Count("sheets", filter=standing, distinct=True), programme_count=Count("programmes", distinct=True)
    ).order_by("-closes_on", "-id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [{"row": row, "state": ROUNDS[row.state], "tone": TONES.get(RoundState(row.state), "")} for row in page]
    context = {"page": page, "lines": lines, "may_write": holds_everywhere(request.actor, P.ASSIGNMENT_WRITE)}
    return render(request, "assignments/desk_rounds.html", context)


@needs(P.ASSIGNMENT_READ)
def round_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One round: what is next, the opportunities with their numbers, the trial, the result."""
    found = get_visible(request, Round, public_id=public_id)
    draw, trial = final_draw(found), trial_draw(found)
    lines = lines_of(found)
    names = {line.programme.opportunity.public_id: line.programme.opportunity.title for line in lines}
    changes = ManualChange.objects.filter(round=found).select_related("before__opportunity", "after__opportunity")
    context = {
        "round": found, "state": ROUNDS[found.state], "tone": TONES.get(RoundState(found.state), ""), "lines": lines,
        "regions": list(found.regions.all()), "sheets": found.sheets.filter(withdrawn_at=None).count(),
        "draft": found.state == RoundState.DRAFT, "over": is_over(found), "today": clock.today(),
        "trial": _told(trial, names), "result": _told(draw, names), "changes": list(changes),
        "cancelled": {line.programme.pk: CANCELLED.get(line.programme.cancelled, "") for line in lines},
        "may_write": holds_everywhere(request.actor, P.ASSIGNMENT_WRITE),
        "may_publish": holds_everywhere(request.actor, P.ASSIGNMENT_PUBLISH),
        "may_wish": holds_everywhere(request.actor, P.APPLICATION_WRITE),
        "steps": [(ROUNDS[key].staff_label, key == found.state) for key in RoundState if key != RoundState.CALLED_OFF],
    }  # fmt: skip
    return render(request, "assignments/desk_round.html", context)


@needs(P.ASSIGNMENT_WRITE)
def round_new(request: HttpRequest) -> HttpResponse:
    """A draft."""
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.make_round(actor=request.actor, plan=form.plan())
        except NotPossible as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "下書きを作りました。出番を入れてください。")
            return to_round(request, made)
    context = {"form": form, "title": "席決めを作る", "submit": "下書きを作る", "round": None}
    return render(request, "assignments/desk_form.html", context)


@needs(P.ASSIGNMENT_WRITE)
def round_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a draft anew."""
    found = get_visible(request, Round, public_id=public_id)
    initial = {name: getattr(found, name) for name in (*RoundPlan.__slots__, "version")}
    form = RoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            domain.change_round(
                actor=request.actor, round=found, version=form.cleaned_data["version"] or 0, plan=form.plan()
            )
        except (NotPossible, Stale) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "内容を変えました。")
            return to_round(request, found)
    context = {"form": form, "title": "きまりと日にちを変える", "submit": "この内容で保存する", "round": found}
    return render(request, "assignments/desk_form.html", context)


@needs(P.ASSIGNMENT_WRITE)
def programme_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """An opportunity for a draft."""
    found = get_visible(request, Round, public_id=public_id)
    form = ProgrammeForm(request.POST or None, round=found)
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_programme(
                actor=request.actor, round=found, opportunity=form.cleaned_data["opportunity"], plan=form.plan()
            )
        except NotPossible as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "出番を入れました。")
            return to_round(request, found)
    context = {"form": form, "title": "出番を入れる", "submit": "この出番を入れる", "round": found}
    return render(request, "assignments/desk_form.html", context)


@needs(P.ASSIGNMENT_WRITE)
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change the places of an opportunity, or take it out."""
    row = get_visible(request, RoundProgramme.objects.select_related("round", "opportunity"), public_id=public_id)
    names = ("cap", "least", "region", "target", "reserve_group", "reserve_places", "version")
    form = ProgrammeForm(
        request.POST or None, round=row.round, programme=row, initial={name: getattr(row, name) for name in names}
    )
    try:
        if request.method == "POST" and request.POST.get("remove"):
            domain.remove_programme(actor=request.actor, programme=row)
            messages.success(request, "出番を外しました。")
            return to_round(request, row.round)
        if request.method == "POST" and form.is_valid():
            version = form.cleaned_data["version"] or 0
            domain.change_programme(actor=request.actor, programme=row, version=version, plan=form.plan())
            messages.success(request, "席の数ときまりを変えました。")
            return to_round(request, row.round)
    except (NotPossible, Stale) as refusal:
        add_refusal(form, refusal)
    context = {"form": form, "title": row.opportunity.title, "submit": "この内容で保存する", "round": row.round,
               "programme": row}  # fmt: skip
    return render(request, "assignments/desk_form.html", context)


@needs(P.ASSIGNMENT_WRITE)
def region(request: HttpRequest, public_id: str) -> HttpResponse:
    """A regional cap is set, or removed."""
    found = get_visible(request, Round, public_id=public_id)
    form = RegionForm(request.POST or None)
    try:
        if request.method == "POST" and request.POST.get("remove"):
            row = get_visible(request, RoundRegion, round=found, public_id=request.POST["remove"])
            domain.remove_region(actor=request.actor, region=row)
            return to_round(request, found)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            domain.set_region(actor=request.actor, round=found, name=given["name"], cap=given["region_cap"])
            messages.success(request, "地域の上限を決めました。出番のきまりで、この地域を選んでください。")
            return to_round(request, found)
    except NotPossible as refusal:
        add_refusal(form, refusal)
    context = {"form": form, "title": "地域の上限", "submit": "この上限にする", "round": found,
               "regions": found.regions.all()}  # fmt: skip
    return render(request, "assignments/desk_form.html", context)


def add_refusal(form: Any, refusal: NotPossible | Stale) -> None:
    """The sentence at the field it is about, else above the form."""
    form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)


def to_round(request: HttpRequest, found: Round) -> HttpResponse:
    """The round's page at the desk."""
    return redirect(town_url(request.authority, "assignments:desk_round", public_id=found.public_id))


def _told(draw: Any, names: dict[str, str]) -> dict[str, Any] | None:
    if draw is None:
        return None
    told = told_by(draw)
    return {
        "draw": draw,
        "told": told,
        "sizes": [(title, told.sizes.get(key, 0), key in told.cancelled) for key, title in names.items()],
        "reasons": [(UNMATCHED[code], n) for code, n in told.reasons.items()],
    }
