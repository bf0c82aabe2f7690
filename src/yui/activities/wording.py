"""The sentences by which a page says when, where, how little and by whom an opportunity is."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yui.activities.catalogue import Entry
from yui.activities.choices import words
from yui.activities.models import Activity, Opportunity, Session
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.definitions import Definition
from yui.base.ui import days
from yui.people.models import Person

FEW = 2
"""From so few free places on a card says how many are left."""


def session_day(session: Session, language: str) -> str:
    """11月28日（土）; in other languages as they write a day."""
    return days.near(session.starts_at.astimezone(clock.TOKYO).date(), language)


def session_hours(session: Session, language: str) -> str:
    """10時〜10時30分; 10:00–10:30."""
    starts, ends = session.starts_at.astimezone(clock.TOKYO), session.ends_at.astimezone(clock.TOKYO)
    dash = "〜" if language.startswith("ja") else "–"
    return f"{days.time(starts.time(), language)}{dash}{days.time(ends.time(), language)}"


def session_text(session: Session, language: str) -> str:
    """The day and the hours of a date."""
    gap = "" if language.startswith("ja") else " "
    return f"{session_day(session, language)}{gap}{session_hours(session, language)}"


def when_of(entry: Entry, language: str) -> str:
    """When one joins: the words of the host, the next date, or any time."""
    opportunity = entry.opportunity
    if opportunity.session is not None:
        return session_text(opportunity.session, language)
    if opportunity.when_text:
        return opportunity.when_text
    if entry.next is not None:
        more = len(entry.sessions) - 1
        text = session_text(entry.next, language)
        return text + (_("　ほかに%(more)d回") % {"more": more} if more else "")
    return _("いつでも") if opportunity.any_time else _("日にちは相談して決めます")


def where_of(opportunity: Opportunity) -> str:
    """The place; online where it is online, and both where it is both."""
    place = opportunity.place or (opportunity.session.place if opportunity.session else "")
    if not place and opportunity.district is not None:
        place = opportunity.district.name
    if opportunity.online:
        return _("オンライン、または%(place)s") % {"place": place} if place else _("オンライン")
    return place


def piece_of(definition: Definition, minutes: int, language: str) -> str:
    """The smallest piece in the definition's words, else in minutes."""
    for piece in definition.activities.smallest_pieces:
        if piece.minutes == minutes:
            return str(piece.label.in_language(language))
    return _("%(minutes)d分から") % {"minutes": minutes}


def host_of(activity: Activity) -> str:
    """Who opens it, for everyone: an organisation by its name, a person never by theirs."""
    if activity.host_organization is not None:
        return activity.host_organization.name
    return _("住民の方")


def name_for(actor: Actor, person: Person) -> str:
    """The name of somebody who applied or came, for the host and staff. Hidden ones are named to nobody but staff."""
    if person.hidden and not holds_everywhere(actor, Permission.PERSON_READ):
        return _("お名前は窓口があずかっています")
    return person.display_name or _("（消去ずみ）")


def left_of(left: int, known: int | None = None) -> str:
    """How many places are free, in words. ``known``: how many of them are not only for first-timers."""
    if left and known == 0:
        return ngettext("はじめての人の席が、あと%(left)d人", "はじめての人の席が、あと%(left)d人", left) % {
            "left": left
        }
    return (
        ngettext("あと%(left)d人", "あと%(left)d人", left) % {"left": left} if left else _("いっぱい。空きを待てます")
    )


def card(entry: Entry, definition: Definition, language: str) -> dict[str, Any]:
    """What the card of an opportunity says."""
    opportunity = entry.opportunity
    themes = entry.keys.get("theme", [])
    chips: list[dict[str, str]] = []
    if opportunity.first_timers:
        chips.append({"label": words(definition, "consideration", "first_timers", language), "kind": "accent"})
    if opportunity.online:
        chips.append({"label": _("オンライン可"), "kind": ""})
    welcomes = [item for item in definition.activities.considerations if item.welcomes and item.key != "first_timers"]
    chips += [
        {"label": item.label.in_language(language), "kind": ""}
        for item in welcomes
        if item.key in entry.keys.get("consideration", [])
    ]
    if entry.left <= FEW:
        chips.append({"label": left_of(entry.left, entry.left_known) if entry.left else _("空き待ち"), "kind": "warn"})
    motifs = {theme.key: theme.motif for theme in definition.people.themes}
    return {
        "public_id": opportunity.public_id,
        "title": opportunity.title,
        "theme": "・".join(words(definition, "theme", key, language) for key in themes[:3]),
        "motif": motifs.get(themes[0], "") if themes else "",
        "when": when_of(entry, language),
        "where": where_of(opportunity),
        "piece": piece_of(definition, opportunity.smallest_minutes, language),
        "host": host_of(opportunity.activity),
        "chips": chips[:4],
    }
