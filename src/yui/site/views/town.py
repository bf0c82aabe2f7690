"""The town's front door and its pages of explanation. Nothing personal stands here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yui.activities.queries import catalogue, theme_counts
from yui.base import clock, definitions
from yui.base.access.roles import ROLES
from yui.site.entrances import entrances_of

THIS_WEEK = 3


def front(request: HttpRequest) -> HttpResponse:
    """What this is in three sentences, this week's 出番, an entrance for each layer, two ways to register."""
    found = definitions.current(request.authority)
    today = clock.today()
    page = catalogue(authority=request.authority, today=today)
    context = {
        "site": found.site,
        "week": page[:THIS_WEEK],
        "open_count": page.count(),
        "entrances": entrances_of(request.authority, found),
        "themes": theme_counts(authority=request.authority, today=today),
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
    rules = definitions.current(request.authority).introductions
    return render(request, "site/fairness_rule.html", {"rules": rules})


def guide(request: HttpRequest, role: str) -> HttpResponse:
    """How one works with Yui in this role, on one A4 page."""
    if role not in ROLES:
        raise Http404
    return render(request, [f"site/guides/{role}.html", "site/guides/none.html"], {"role": ROLES[role]})
