"""The three places from which an activity is run: ``my`` (as a person), ``group`` (an organisation), ``desk`` (staff).

One page serves all three; the place decides the address, the layout and whose activities are there.
"""

import functools
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from yui.base.access.gates import View, get_visible
from yui.base.access.rules import holds_everywhere
from yui.base.tenancy.addresses import town_url

M = TypeVar("M", bound=Model)

PLACES = ("my", "group", "desk")
LAYOUTS = {"my": "layouts/resident.html", "group": "layouts/resident.html", "desk": "layouts/desk.html"}
TITLES = {"my": gettext_noop("わたしの企画"), "group": gettext_noop("団体の企画"), "desk": gettext_noop("企画・出番")}


def in_place(place: str, view: View) -> View:
    """The view in one of the places; 404 for whoever has nothing there. Stands inside ``needs``."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        here = {
            "my": bool(actor.person_ids),
            "group": bool(actor.organization_ids),
            "desk": holds_everywhere(actor, request.permission),  # type: ignore[attr-defined]
        }
        if not here[place]:
            raise Http404
        request.place = place  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return opened


def fetch(request: HttpRequest, source: type[M] | QuerySet[M], **lookup: Any) -> M:
    """The row, if it may be seen here: at ``my`` and ``group`` only one's own."""
    row = get_visible(request, source, **lookup)
    place, actor = request.place, request.actor  # type: ignore[attr-defined]
    kind = {"my": "person", "group": "organization"}.get(place)
    if kind and not {subject for subject in row.owner_subjects() if subject[0] == kind} & actor.subjects:  # type: ignore[attr-defined]
        raise Http404
    return row


def url_here(request: HttpRequest, name: str, **kwargs: Any) -> str:
    """The address of a page of this place, e.g. ``url_here(request, "activity", public_id=…)``."""
    place = request.place  # type: ignore[attr-defined]
    return town_url(request.authority, f"activities:{place}_{name}", **kwargs)  # type: ignore[attr-defined]


def go_here(request: HttpRequest, name: str, **kwargs: Any) -> HttpResponse:
    """Redirect to a page of this place."""
    return redirect(url_here(request, name, **kwargs))


def draw(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render with the layout of the place."""
    place = request.place  # type: ignore[attr-defined]
    found = {"place": place, "layout": LAYOUTS[place], "place_title": TITLES[place], **context}
    return render(request, f"activities/{template}", found, status=status)
