"""The town's front door and its pages of explanation. Nothing personal stands here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yui.activities.catalogue import catalogue
from yui.activities.views.cards import cards_for
from yui.base import definitions
from yui.base.access.roles import ROLES
from yui.base.tenancy.addresses import full_url, town_url
from yui.introductions.rule_words import decided_by, public_sentence, version_lines, weight_lines
from yui.introductions.rules import in_force
from yui.office.calls.queries.announcing import open_calls
from yui.site.entrances import entrances_of, theme_doors

THIS_WEEK = 3


def front(request: HttpRequest) -> HttpResponse:
    """What this is in three sentences, this week's 出番, an entrance for each layer, two ways to register."""
    found = definitions.current(request.authority)
    page = catalogue(request.authority, size=THIS_WEEK)
    context = {
        "site": found.site,
        "cards": cards_for(request, page.entries),
        "open_count": page.total,
        "entrances": entrances_of(request.authority, found, registered=bool(request.actor.person_ids)),
        "themes": theme_doors(found),
        "calls": open_calls(),
    }
    return render(request, "site/town.html", context)


def about(request: HttpRequest, key: str) -> HttpResponse:
    """A page of explanation from the definition."""
    pages = definitions.current(request.authority).site.pages
    page = next((p for p in pages if p.key == key), None)
    if page is None:
        raise Http404
    return render(request, "site/about.html", {"page": page})


def fairness_rule(request: HttpRequest) -> HttpResponse:
    """公平のきまり: the rule in force, the weights and the order of the limits, for everybody to read."""
    definition, held = definitions.current(request.authority), in_force(request.authority)
    context = {
        "rules": definition.introductions, "held": held, "values": held.values, "weights": weight_lines(held.values),
        "by": decided_by(held.row), "versions": version_lines(held),
        "sentence": public_sentence(definition, held.values, request.LANGUAGE_CODE),
    }  # fmt: skip
    return render(request, "site/fairness_rule.html", context)


def guide(request: HttpRequest, role: str) -> HttpResponse:
    """How one works with Yui in this role, on one A4 page."""
    if role not in ROLES:
        raise Http404
    known = ROLES[role]
    path = reverse("account_login") if known.staff else town_url(request.authority, "site:my")
    context = {"role": known, "start": full_url(path)}
    return render(request, [f"site/guides/{role}.html", "site/guides/none.html"], context)
