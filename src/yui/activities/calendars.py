"""Calendar feeds (RFC 5545). Public things only: no name of a person is ever in one."""

from collections.abc import Iterable

from icalendar import Calendar, Event

from yui.activities.catalogue import Entry
from yui.activities.wording import host_of, where_of
from yui.base import clock
from yui.base.tenancy.addresses import full_url, town_url
from yui.base.tenancy.models import Authority


def calendar_of(authority: Authority, rows: Iterable[Entry]) -> bytes:
    """Every coming date of the opportunities, one event each. Ids are stable, so that a later fetch replaces them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yui//opportunities//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{authority.name} 出番")
    calendar.add("refresh-interval;value=duration", "PT6H")
    for entry in rows:
        page = full_url(town_url(authority, "activities:opportunity", public_id=entry.opportunity.public_id))
        for session in entry.sessions:
            event = Event()
            event.add("uid", f"{entry.opportunity.public_id}-{session.public_id}@yui.{authority.key}")
            event.add("dtstamp", clock.now())
            event.add("dtstart", session.starts_at.astimezone(clock.TOKYO))
            event.add("dtend", session.ends_at.astimezone(clock.TOKYO))
            event.add("summary", entry.opportunity.title)
            event.add("location", session.place or where_of(entry.opportunity))
            event.add("description", f"{host_of(entry.opportunity.activity)}\n{page}")
            event.add("url", page)
            calendar.add_component(event)
    return calendar.to_ical()
