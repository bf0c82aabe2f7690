"""Lines of applications: for whoever applied (where they stand, until when to answer, what else there is) and the host."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from yui.activities.catalogue import Entry
from yui.activities.models import Application, Opportunity
from yui.activities.queries import live_applications, next_things_of, waiting_positions
from yui.activities.states import APPLICATIONS, LIVE, WITHOUT_A_PLACE, ApplicationState
from yui.activities.wording import name_for, when_of
from yui.base.access.actor import Actor
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority

TONES = {
    ApplicationState.PLACED: "ok",
    ApplicationState.DONE: "ok",
    ApplicationState.WAITING: "info",
    ApplicationState.OFFERED: "warn",
}
RECENT = 3
"""Only so many of the ended ones still tell what else there is: the rest is long past."""


def own_lines(authority: Authority, rows: Sequence[Application], language: str) -> list[dict[str, Any]]:
    """One line for each application, in a constant number of queries."""
    positions, things = waiting_positions(rows), next_things_of(rows)
    ended = [row.pk for row in rows if row.state in WITHOUT_A_PLACE and row.state != ApplicationState.WAITING][:RECENT]
    return [
        {
            "application": row,
            "state": APPLICATIONS[row.state],
            "tone": TONES.get(ApplicationState(row.state), ""),
            "live": row.state in LIVE and row.ended_at is None,
            "offered": row.state == ApplicationState.OFFERED and row.ended_at is None,
            "position": positions.get(row.pk, 0),
            "without": row.state in WITHOUT_A_PLACE and (row.pk in positions or row.pk in ended),
            "things": [_thing(authority, entry, language) for entry in things.get(row.pk, [])],
        }
        for row in rows
    ]


def applicant_lines(actor: Actor, opportunity: Opportunity) -> list[dict[str, Any]]:
    """For the host and staff: who has a place, who is asked until when, who waits at which position."""
    rows = list(live_applications(opportunity))
    positions = waiting_positions(rows)
    return [
        {
            "row": one,
            "name": name_for(actor, one.person),
            "state": APPLICATIONS[one.state],
            "tone": TONES[ApplicationState(one.state)],
            "position": positions.get(one.pk, 0),
        }
        for one in rows
    ]


def tally_of(lines: list[dict[str, Any]]) -> str:
    """受付 7人・返事待ち 1人・空き待ち 6人: the applicants of those lines, in the order in which the states come."""
    counted = Counter(line["state"].staff_label for line in lines)
    return "・".join(f"{label} {count}人" for label, count in counted.items())


def _thing(authority: Authority, entry: Entry, language: str) -> dict[str, str]:
    return {
        "title": entry.opportunity.title,
        "when": when_of(entry, language),
        "url": town_url(authority, "activities:opportunity", public_id=entry.opportunity.public_id),
    }
