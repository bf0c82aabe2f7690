"""One full 出番 of the demonstration town: 8 places, 14 who asked, one offer running, the others waiting in order."""

import datetime as dt

from yui.activities.domain.next_things import choose_next_things
from yui.activities.models import (
    Activity,
    Application,
    Opportunity,
    OpportunityChange,
    OpportunityChoice,
    Session,
)
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.people.models import Organization
from yui.site.demo.people import Town

PLACES, KEPT = 8, 1
RESIDENT, NEWCOMER = 0, 6
"""Numbers of the people of the buttons: the first is offered the free place, the other waits as the second."""
TITLE = "もちつき大会で、もちを丸める"


def build_places(town: Town) -> None:
    """The 企画 of the first group, a fortnight ahead; last year's stands in its past, to be copied."""
    group = town.groups[0]
    activity = _activity(town, group, town.ago(20))
    day = town.today + dt.timedelta(days=(5 - town.today.weekday()) % 7 + 14)
    _last_year(town, group, day - dt.timedelta(days=364))
    session = _session(town, activity, day)
    opportunity = _opportunity(town, session, "open", town.ago(15))
    OpportunityChoice.objects.bulk_create(
        OpportunityChoice(authority=town.authority, opportunity=opportunity, kind=kind, key=key)
        for kind, key in (("theme", "kosodate"), ("slot", "saturday_morning"), ("consideration", "seated"))
    )
    for before, state in (("", "submitted"), ("submitted", "open")):
        OpportunityChange.objects.create(
            authority=town.authority, opportunity=opportunity, before=before, state=state,
            effective_on=town.ago(15), recorded_at=town.at(town.ago(15)),
        )  # fmt: skip
    _line(town, opportunity)


def _activity(town: Town, group: Organization, since: dt.date) -> Activity:
    return Activity.objects.create(
        authority=town.authority, title="年の瀬のもちつき大会", about="近所のみんなで、もちをつきます。",
        host_organization=group, district=group.district,
        initiated_by="residents", effective_on=since, recorded_at=town.at(since),
        commission_key=f"{town.authority.key}-r8",
    )  # fmt: skip


def _last_year(town: Town, group: Organization, day: dt.date) -> None:
    """The same a year before, ended."""
    activity = _activity(town, group, day - dt.timedelta(days=30))
    opportunity = _opportunity(town, _session(town, activity, day), "ended", day - dt.timedelta(days=25))
    for row in (opportunity, activity):
        row.ended_on = day + dt.timedelta(days=7)
        row.save(update_fields=["ended_on"])


def _opportunity(town: Town, session: Session, state: str, opened: dt.date) -> Opportunity:
    return Opportunity.objects.create(
        authority=town.authority, activity=session.activity, session=session, kind="help", title=TITLE,
        about="つきたてのもちを、小さく丸めます。すわってできます。", state=state, place=session.place,
        district=session.activity.district, smallest_minutes=30, capacity=PLACES, kept_places=KEPT, opened_on=opened,
        recorded_at=town.at(opened),
    )  # fmt: skip


def _session(town: Town, activity: Activity, day: dt.date) -> Session:
    return Session.objects.create(
        authority=town.authority, activity=activity, starts_at=town.at(day, 10), ends_at=town.at(day, 12),
        place="見本まちづくりセンター", code=f"m{day:%y%m%d}"[:6],
    )  # fmt: skip


def _line(town: Town, opportunity: Opportunity) -> None:
    """Seven hold a place, the eighth place is offered since this morning, six wait."""
    people = town.people
    first, behind = people[20:27], people[30:35]
    line = [*first, people[RESIDENT], behind[0], people[NEWCOMER], *behind[1:]]
    until = dt.datetime.combine(clock.today() + dt.timedelta(days=2), dt.time(12), clock.TOKYO)
    house = system_actor(town.authority, "demonstration")
    rows = [
        Application.objects.create(
            authority=town.authority, person=person, opportunity=opportunity, effective_on=town.ago(12),
            recorded_at=town.at(town.ago(12), 9, number), state=_state(number), first_timer=number == 3,
            offered_at=clock.now() if number == len(first) else None,
            answer_until=until if number == len(first) else None,
        )
        for number, person in enumerate(line)
    ]  # fmt: skip
    for row in rows[len(first) + 1 :]:
        choose_next_things(actor=house, application=row)


def _state(number: int) -> str:
    if number < PLACES - 1:
        return "placed"
    return "offered" if number == PLACES - 1 else "waiting"
