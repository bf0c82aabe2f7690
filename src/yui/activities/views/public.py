"""What everyone may see without signing in: the catalogue, an opportunity, calendars, the paper for the 回覧板."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yui.activities.calendars import calendar_of
from yui.activities.catalogue import PAGE, Entry, catalogue, entries, open_opportunities
from yui.activities.choices import KINDS, words
from yui.activities.filling import kept_until
from yui.activities.forms.filters import FilterForm
from yui.activities.holds import hold_on
from yui.activities.models import Application, Opportunity
from yui.activities.queries import bookmarked_ids
from yui.activities.states import LIVE, OPPORTUNITIES, PUBLIC, WITHOUT_A_PLACE, OpportunityState
from yui.activities.views.cards import cards_for
from yui.activities.views.own_lines import own_lines
from yui.activities.wording import (
    card,
    host_of,
    left_of,
    session_day,
    session_hours,
)
from yui.base import clock, definitions
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import full_url, town_url
from yui.base.ui import days

SHEET = 6
"""Opportunities on one 回覧板."""


def catalogue_page(request: HttpRequest) -> HttpResponse:
    """出番をさがす."""
    definition = definitions.current(request.authority)
    form = FilterForm(request.GET or None, definition=definition, language=request.LANGUAGE_CODE)
    wanted = request.GET.get("page", "1")
    found = catalogue(request.authority, form.filters(), page=int(wanted) if wanted.isdecimal() else 1)
    pages = Paginator(range(found.total), PAGE)  # a length is enough: the catalogue has cut the page already
    context = {
        "form": form,
        "cards": cards_for(request, found.entries),
        "found": found,
        "pages": pages.page(found.number),
        "chosen": form.chosen(request.GET),
    }
    return render(request, "activities/catalogue.html", context)


def opportunity_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One 出番: open ones for everybody, a draft for its host and staff as it will look."""
    opportunity = _readable(request, public_id)
    own = Application.objects.filter(
        opportunity=opportunity, person_id__in=request.actor.person_ids, state__in=LIVE | WITHOUT_A_PLACE
    ).last()
    lines = own_lines(request.authority, [own] if own else [], request.LANGUAGE_CODE)
    context = {
        "opportunity": opportunity,
        **_told(request, entries([opportunity])[0]),
        "host": host_of(opportunity.activity),
        "open": open_opportunities().filter(pk=opportunity.pk).exists(),
        "state": OPPORTUNITIES[opportunity.state],
        "hold": hold_on(opportunity) if opportunity.state == OpportunityState.CLOSED else None,
        "own": lines[0] if lines else None,
        "kept": _kept(opportunity, request.LANGUAGE_CODE),
        "marked": opportunity.pk in bookmarked_ids(request.actor),
        "may_join": request.actor.account is None or bool(request.actor.person_ids),
        "address": full_url(town_url(request.authority, "activities:opportunity", public_id=public_id)),
    }
    return render(request, "activities/opportunity.html", context)


def town_calendar(request: HttpRequest) -> HttpResponse:
    """The calendar feed of the town: every coming date of what is open."""
    rows = entries(open_opportunities().order_by("id"))
    return _calendar(request, rows, "deban")


def opportunity_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """The coming dates of one opportunity."""
    opportunity = _readable(request, public_id)
    return _calendar(request, entries([opportunity]), public_id)


def kairanban(request: HttpRequest) -> HttpResponse:
    """The A4 paper that goes round the neighbourhood: the next opportunities of a district, with a code to scan."""
    definition = definitions.current(request.authority)
    form = FilterForm(request.GET or None, definition=definition, language=request.LANGUAGE_CODE)
    found = catalogue(request.authority, form.filters(), size=SHEET)
    names = dict(form.fields["district"].choices)
    address = town_url(request.authority, "activities:catalogue")
    context = {
        "form": form,
        "cards": cards_for(request, found.entries),
        "district": names.get(form.filters().district, "") if form.filters().district else "",
        "month": clock.today(),
        "address": full_url(address),
        "groups": [_("%(number)d班") % {"number": number} for number in range(1, 9)],
    }
    return render(request, "activities/kairanban.html", context)


def _readable(request: HttpRequest, public_id: str) -> Opportunity:
    rows = Opportunity.objects.select_related(
        "activity__host_organization", "activity__host_person", "session", "district"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if OpportunityState(found.state) not in PUBLIC and not may(request.actor, Permission.ACTIVITY_READ, found):
        raise Http404
    return found


def _told(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """What the page tells in the definition's words, in the reader's language."""
    definition, language = definitions.current(request.authority), request.LANGUAGE_CODE
    return {
        "card": card(entry, definition, language),
        "themes": [words(definition, "theme", key, language) for key in entry.keys.get("theme", [])],
        "left": left_of(entry.left, entry.left_known),
        "dates": [
            {"day": session_day(s, language), "hours": session_hours(s, language), "place": s.place, "session": s}
            for s in entry.sessions
        ],
        "considerations": _considerations(entry, definition, language),
        "lists": _chip_lists(entry, definition, language),
        "after_applying": [
            {
                "heading": saying.heading.in_language(language) if saying.heading else "",
                "text": saying.text.in_language(language),
            }
            for saying in definition.site.after_applying
        ],
    }


def _kept(opportunity: Opportunity, language: str) -> dict[str, Any]:
    """The places kept for first-timers, while they are: how many and until when."""
    until = kept_until(opportunity)
    if not opportunity.kept_places or (until is not None and until < clock.today()):
        return {}
    return {"number": opportunity.kept_places, "until": days.near(until, language) if until else ""}


def _calendar(request: HttpRequest, rows: list[Entry], name: str) -> HttpResponse:
    body = calendar_of(request.authority, rows)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def _considerations(entry: Entry, definition: definitions.Definition, language: str) -> list[dict[str, Any]]:
    """The considerations of the opportunity under the words of what they are about."""
    about = {
        "body": _("体のこと"),
        "language": _("ことば"),
        "money": _("お金"),
        "company": _("いっしょに"),
        "place": _("場所"),
        "insurance": _("保険"),
    }
    chosen = set(entry.keys.get("consideration", []))
    if entry.opportunity.first_timers:
        chosen.add("first_timers")
    rows: dict[str, list[str]] = {}
    for item in definition.activities.considerations:
        if item.key in chosen:
            rows.setdefault(item.about, []).append(item.label.in_language(language))
    return [{"about": key, "term": about[key], "texts": texts} for key, texts in rows.items()]


def _chip_lists(entry: Entry, definition: definitions.Definition, language: str) -> dict[str, list[str]]:
    shown = [kind for kind in KINDS if kind not in ("theme", "consideration", "consent")]
    return {kind: [words(definition, kind, key, language) for key in entry.keys.get(kind, [])] for kind in shown}
