"""Cards of opportunities for any page: the catalogue here, the front page and the own page in the site."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from yui.activities.catalogue import Entry
from yui.activities.queries import bookmarked_ids
from yui.activities.wording import card
from yui.base import definitions
from yui.base.tenancy.addresses import town_url


def cards_for(request: HttpRequest, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """What ``activities/cards.html`` draws. 気になる is offered to visitors (who sign in first) and to residents."""
    authority, actor = request.authority, request.actor  # type: ignore[attr-defined]
    definition = definitions.current(authority)
    marked = bookmarked_ids(actor)
    offers_mark = actor.account is None or bool(actor.person_ids)
    found = []
    for entry in entries:
        public_id = entry.opportunity.public_id
        values = card(entry, definition, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
        values["href"] = town_url(authority, "activities:opportunity", public_id=public_id)
        values["like_url"] = town_url(authority, "activities:bookmark", public_id=public_id) if offers_mark else ""
        values["liked"] = entry.opportunity.pk in marked
        found.append(values)
    return found
