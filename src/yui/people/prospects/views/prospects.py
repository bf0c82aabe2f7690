"""The prospects: list, one, new, edit, next step, contact, registered, ended."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.definitions import by_key, current
from yui.base.tenancy.addresses import town_url
from yui.people.prospects import domain
from yui.people.prospects.forms import (
    BenefitForm,
    EndForm,
    InviteForm,
    JoinForm,
    NewProspectForm,
    NextStepForm,
    ProspectForm,
    today_in,
)
from yui.people.prospects.models import Prospect
from yui.people.prospects.queries import called, ended_prospects, open_prospects, prospects_due, read_contact
from yui.people.views.search import found_person
from yui.people.views.stale import stale_form

PAGE = 50


@needs(P.PROSPECT_READ)
def prospects(request: HttpRequest) -> HttpResponse:
    """Who is a prospect now; ``due``: only whose step has come; ``ended``: rows that are done."""
    today, shown = clock.today(), request.GET
    rows = prospects_due(today).select_related("district") if shown.get("due") else open_prospects()
    if shown.get("ended"):
        rows = ended_prospects()
    page = Paginator(rows, PAGE).get_page(shown.get("page"))
    sources = by_key(current(request.authority).people.prospects.sources)
    lines = [{"row": row, "name": called(row), "source": sources[row.source].label} for row in page]
    context = {
        "page": page, "lines": lines, "due": shown.get("due", ""), "ended": shown.get("ended", ""), "today": today,
        "waiting": prospects_due(today).count(),
        "kept_days": current(request.authority).people.prospects.kept_days.value,
    }  # fmt: skip
    return render(request, "prospects/prospects.html", context)


@needs(P.PROSPECT_WRITE)
def prospect_new(request: HttpRequest) -> HttpResponse:
    """Write down somebody heard of."""
    hearing = request.GET.get("hearing", "")
    form = NewProspectForm(request.POST or None, authority=request.authority)
    if hearing and request.method != "POST":
        rows = form.fields["hearing"].queryset.filter(public_id=hearing)  # type: ignore[attr-defined]
        form.initial |= {"hearing": rows.first(), "source": "hearing"}
    if request.method == "POST" and form.is_valid():
        made = domain.add_prospect(actor=request.actor, values=form.values(), **form.step())
        messages.success(request, "潜在候補を登録しました。")
        return to_prospect(request, made)
    return render(request, "prospects/prospect_form.html", {"form": form, "prospect": None})


@needs(P.PROSPECT_READ)
def prospect(request: HttpRequest, public_id: str) -> HttpResponse:
    """One prospect. The contact stands on the page only after it was asked for, which is written down."""
    found = one(request, public_id)
    contact = read_contact(actor=request.actor, prospect=found) if request.method == "POST" else ""
    return render(request, "prospects/prospect.html", {**_told(request, found), "contact": contact})


@needs(P.PROSPECT_WRITE)
def prospect_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct what is known."""
    found = one(request, public_id)
    initial = {name: getattr(found, name) for name in (*domain.prospects.FIELDS, "version")}
    if found.contact:  # the form shows it, so it counts as read
        initial["contact"] = read_contact(actor=request.actor, prospect=found)
    form = ProspectForm(request.POST or None, authority=request.authority, initial=initial)
    error: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            domain.change_prospect(actor=request.actor, prospect=found, version=version, values=form.values())
        except Stale as stale:
            form, error = stale_form(form, stale, found.version)
        else:
            messages.success(request, "登録内容を変えました。")
            return to_prospect(request, found)
    context = {"form": form, "prospect": found, "error": error}
    return render(request, "prospects/prospect_form.html", context, status=409 if error else 200)


@needs(P.PROSPECT_WRITE)
def prospect_step(request: HttpRequest, public_id: str) -> HttpResponse:
    """There was contact: what was said, and the next step."""
    found = one(request, public_id)
    initial = {"agreed": found.agreed, "next_step": found.next_step, "next_on": found.next_on}
    form = NextStepForm(request.POST or None, authority=request.authority, initial=initial)
    if request.method == "POST" and form.is_valid():
        domain.touch(actor=request.actor, prospect=found, **form.step())
        messages.success(request, "連絡したことと、次の一歩を書きました。")
        return to_prospect(request, found)
    return form_page(request, form, found, "連絡したこと・次の一歩", "この内容で保存する")


@needs(P.PROSPECT_WRITE)
def prospect_invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """An invitation was made."""
    found = one(request, public_id)
    form = InviteForm(request.POST or None, authority=request.authority, initial=today_in())
    if request.method == "POST" and form.is_valid():
        try:
            domain.invite(actor=request.actor, prospect=found, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error("channel", refusal.sentence)
        else:
            messages.success(request, "お誘いを記録しました。")
            return to_prospect(request, found)
    return form_page(request, form, found, "お誘いを記録する", "記録する")


@needs(P.PROSPECT_WRITE)
def prospect_benefits(request: HttpRequest, public_id: str) -> HttpResponse:
    """Benefits were explained."""
    found = one(request, public_id)
    form = BenefitForm(request.POST or None, authority=request.authority, initial=today_in("shown_on"))
    if request.method == "POST" and form.is_valid():
        domain.show_benefits(actor=request.actor, to=found, **form.cleaned_data)
        messages.success(request, "説明したことを記録しました。")
        return to_prospect(request, found)
    return form_page(request, form, found, "説明したメリットを記録する", "記録する")


@needs(P.PROSPECT_WRITE)
def prospect_join(request: HttpRequest, public_id: str) -> HttpResponse:
    """The prospect has registered: which person is it?"""
    found = one(request, public_id)
    form = JoinForm(request.POST or None)
    lines: list[Any] = []
    if request.method == "POST" and form.is_valid():
        person, lines = found_person(request, form)
        if person is not None:
            try:
                domain.join_registered(actor=request.actor, prospect=found, person=person)
            except NotPossible as refusal:
                form.add_error("who", refusal.sentence)
            else:
                messages.success(request, "登録につながりました。潜在候補の情報は消しました。")
                return redirect(town_url(request.authority, "people:person", public_id=person.public_id))
    return render(request, "prospects/prospect_join.html", {"form": form, "prospect": found, "lines": lines})


@needs(P.PROSPECT_WRITE)
def prospect_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget the prospect at once."""
    found = one(request, public_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        domain.end_prospect(actor=request.actor, prospect=found, how=form.cleaned_data["how"])
        messages.success(request, "お名前などを消しました。")
        return redirect(town_url(request.authority, "prospects:prospects"))
    return render(request, "prospects/prospect_end.html", {"form": form, "prospect": found})


def one(request: HttpRequest, public_id: str) -> Prospect:
    """A prospect that has not ended; an ended one has no page."""
    rows = Prospect.objects.filter(ended_on=None).select_related("district", "hearing", "invited_by")
    found: Prospect = get_visible(request, rows, public_id=public_id)
    return found


def to_prospect(request: HttpRequest, prospect: Prospect) -> HttpResponse:
    """Back to its page."""
    return redirect(town_url(request.authority, "prospects:prospect", public_id=prospect.public_id))


def form_page(request: HttpRequest, form: Any, prospect: Prospect, title: str, submit: str) -> HttpResponse:
    """A page with one form about a prospect."""
    context = {"form": form, "prospect": prospect, "heading": title, "submit": submit}
    return render(request, "prospects/step.html", context)


def _told(request: HttpRequest, found: Prospect) -> dict[str, Any]:
    definition = current(request.authority)
    channels, sources = by_key(definition.people.prospects.channels), by_key(definition.people.prospects.sources)
    benefits = by_key(definition.activities.benefits)
    shown = found.benefits.select_related("account")
    return {
        "prospect": found,
        "today": clock.today(),
        "source": sources[found.source].label,
        "invitations": [{"row": row, "channel": channels[row.channel].label} for row in found.invitations.all()],
        "benefits": [{"row": row, "label": benefits[row.benefit].label.ja} for row in shown],
        "rosters": list(found.roster_entries.filter(ended_on=None).select_related("roster")),
    }
