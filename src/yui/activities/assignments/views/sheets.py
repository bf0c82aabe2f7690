"""The desk's pages of wishes: the list, wishes on paper and by telephone, how the host stands, changes by hand."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.activities.assignments import domain
from yui.activities.assignments.domain.publishing import reason_words
from yui.activities.assignments.forms import DeskWishForm, ManualChangeForm, StandingForm
from yui.activities.assignments.models import ManualChange, RankedWish, Round, WishSheet
from yui.activities.assignments.queries import takes_wishes
from yui.activities.assignments.states import REVEALED
from yui.activities.assignments.views.rounds import add_refusal, to_round
from yui.activities.wording import name_for
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.access.rules import holds_everywhere
from yui.base.tenancy.addresses import town_url
from yui.people.views.search import found_person

PAGE = 50


@needs(P.APPLICATION_READ)
def sheets(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every sheet of a round with its wishes and, after the draw, what came of it."""
    found = get_visible(request, Round, public_id=public_id)
    wishes = RankedWish.objects.select_related("programme__opportunity").order_by("rank")
    rows = (
        WishSheet.objects.filter(round=found, withdrawn_at=None)
        .select_related("person", "programme__opportunity")
        .prefetch_related(Prefetch("wishes", queryset=wishes))
        .annotate(change_count=Count("manual_changes"))
        .order_by("person__kana", "id")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [{"sheet": row, "name": name_for(request.actor, row.person)} for row in page]
    context = {"round": found, "page": page, "lines": lines, "revealed": found.state in REVEALED,
               "open": takes_wishes(found)}  # fmt: skip
    return render(request, "assignments/desk_sheets.html", context)


@needs(P.APPLICATION_WRITE)
def sheet_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Wishes on paper or by telephone."""
    found = get_visible(request, Round, public_id=public_id)
    form = DeskWishForm(request.POST or None, round=found)
    callers: list[Any] = []
    if request.method == "POST" and form.is_valid():
        person, callers = found_person(request, form)
        if person is not None:
            try:
                domain.save_wishes(
                    actor=request.actor, round=found, person=person, wishes=form.wishes(), groups=form.chosen_groups(),
                    way=form.cleaned_data["way"],
                )  # fmt: skip
            except NotPossible as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, "希望を書きました。")
                return redirect(town_url(request.authority, "assignments:desk_sheets", public_id=public_id))
    context = {"form": form, "round": found, "callers": callers, "open": takes_wishes(found)}
    return render(request, "assignments/desk_sheet_new.html", context)


@needs(P.APPLICATION_READ)
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """One sheet: its wishes, how the host stands to each, the result, what was changed by hand."""
    found = _sheet(request, public_id)
    wishes = list(found.wishes.select_related("programme__opportunity__activity", "sheet__round").order_by("rank"))
    form = StandingForm(request.POST or None, wishes=wishes, points=found.round.track == Round.Track.WELFARE)
    if request.method == "POST" and form.is_valid():
        try:
            for wish, standing, points in form.given():
                domain.set_standing(actor=request.actor, wish=wish, standing=standing, points=points)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "受け入れの順を書きました。")
            return redirect(town_url(request.authority, "assignments:desk_sheets", public_id=found.round.public_id))
    changes = ManualChange.objects.filter(sheet=found).select_related(
        "before__opportunity", "after__opportunity", "account"
    )
    context = {
        "sheet": found, "round": found.round, "name": name_for(request.actor, found.person), "wishes": wishes,
        "form": form, "open": takes_wishes(found.round), "revealed": found.round.state in REVEALED,
        "reason": reason_words(found), "changes": changes,
        "may_change": holds_everywhere(request.actor, P.ASSIGNMENT_WRITE),
    }  # fmt: skip
    return render(request, "assignments/desk_sheet.html", context)


@needs(P.ASSIGNMENT_WRITE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """A place given or taken by hand, with its reason."""
    found = _sheet(request, public_id)
    form = ManualChangeForm(request.POST or None, round=found.round, initial={"programme": found.programme})
    if request.method == "POST" and form.is_valid():
        try:
            domain.change_place(actor=request.actor, sheet=found, **form.cleaned_data)
        except NotPossible as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "手で変えました。公開のページの件数に、ずっと残ります。")
            return to_round(request, found.round)
    context = {"form": form, "title": f"{found.public_id} の席を手で変える", "submit": "手で変える", "round": found.round,
               "lead": "くじと計算の結果を、人の手で変えます。記録は消えず、公開のページに件数とわけの種類がのります。"}  # fmt: skip
    return render(request, "assignments/desk_form.html", context)


def _sheet(request: HttpRequest, public_id: str) -> WishSheet:
    rows = WishSheet.objects.filter(withdrawn_at=None).select_related("round", "person", "programme__opportunity")
    return get_visible(request, rows, public_id=public_id)
