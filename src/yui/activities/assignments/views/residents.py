"""A resident's wishes and own result."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.activities.assignments import domain
from yui.activities.assignments.domain.publishing import reason_words
from yui.activities.assignments.forms import WishForm
from yui.activities.assignments.models import Round, WishSheet
from yui.activities.assignments.queries import public_rounds, sheet_of, takes_wishes
from yui.activities.assignments.reasons import MANUAL
from yui.activities.assignments.states import RoundState
from yui.activities.views.own_lines import own_lines
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.tenancy.addresses import town_url
from yui.people.views.own import own_person


@needs(P.APPLICATION_WRITE)
def wish(request: HttpRequest, public_id: str) -> HttpResponse:
    """The wishes in their order; written anew until the deadline, or taken back."""
    found, person = _round(public_id), own_person(request)
    sheet = sheet_of(found, person)
    form = WishForm(request.POST or None, round=found, sheet=sheet)
    problem = ""
    if request.method == "POST":
        try:
            if request.POST.get("withdraw") and sheet is not None:
                domain.withdraw_wishes(actor=request.actor, sheet=sheet)
                messages.success(request, _("希望を取りさげました。"))
                return _to(request, found)
            if form.is_valid():
                domain.save_wishes(
                    actor=request.actor, round=found, person=person, wishes=form.wishes(), groups=form.chosen_groups()
                )
                messages.success(request, _("希望を受け付けました。締め切りまで、何度でも書きなおせます。"))
                return _to(request, found)
        except NotPossible as refusal:
            problem = refusal.sentence
    context = {"form": form, "round": found, "person": person, "sheet": sheet, "problem": problem,
               "open": takes_wishes(found)}  # fmt: skip
    return render(request, "assignments/wish.html", context, status=409 if problem else 200)


@needs(P.APPLICATION_WRITE)
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """What came of it: the place, or the true reason and two other things; the wishes and the number in the files."""
    rows = WishSheet.objects.filter(withdrawn_at=None, round__state=RoundState.PUBLISHED)
    rows = rows.select_related("round", "person", "programme__opportunity__session", "application__opportunity")
    sheet = get_visible(request, rows, public_id=public_id)
    lines = own_lines(request.authority, [sheet.application] if sheet.application else [], request.LANGUAGE_CODE)
    context = {
        "sheet": sheet,
        "reason": reason_words(sheet),
        "by_hand": sheet.reason == MANUAL,
        "changed": sheet.manual_changes.exists(),
        "wishes": sheet.wishes.select_related("programme__opportunity").order_by("rank"),
        "things": lines[0]["things"] if lines else [],
    }
    return render(request, "assignments/my_result.html", context)


def _round(public_id: str) -> Round:
    found = public_rounds().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _to(request: HttpRequest, found: Round) -> HttpResponse:
    return redirect(town_url(request.authority, "assignments:round", public_id=found.public_id))
