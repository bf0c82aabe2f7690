"""The activities of the demonstration town: 40 企画, 120 出番, a year of dates, who came and who met whom."""

import datetime as dt
import itertools

from yui.activities.domain.opportunities import APPROVAL_KIND
from yui.activities.models import (
    Activity,
    Application,
    Bookmark,
    FirstMeeting,
    Opportunity,
    OpportunityChange,
    OpportunityChoice,
    Participation,
    Session,
    Tie,
)
from yui.base.approvals.models import Approval, ApprovalStep
from yui.base.tenancy.addresses import town_url
from yui.people.models import Person
from yui.site.demo import words
from yui.site.demo.people import Town

ACTIVITIES = 40
SLOTS = {5: "saturday", 6: "sunday"}


def build_activities(town: Town) -> None:
    """40 activities by groups and a few people; each with three opportunities and dates from a year ago to soon."""
    for number in range(ACTIVITIES):
        _build_one(town, number)


def _build_one(town: Town, number: int) -> None:
    chance = town.chance
    title, about, opportunities = words.ACTIVITIES[number % len(words.ACTIVITIES)]
    group = town.groups[number] if number < len(words.GROUPS) else chance.choice(town.groups)
    host: dict[str, object] = {"host_organization": group}
    if number % 13 == 12:
        actors = [p for p in town.people if town.stage[p.pk] in ("actor", "coordinator")]
        host = {"host_person": chance.choice(actors)}
    since = town.ago(chance.randint(60, 360))
    place = group.district.name if number >= len(words.ACTIVITIES) else ""
    activity = Activity.objects.create(
        authority=town.authority, title=f"{title}（{place}）" if place else title, about=about,
        district=group.district, effective_on=since, recorded_at=town.at(since),
        commission_key=f"{town.authority.key}-r8", **host,
        initiated_by=chance.choices(["residents", "contractor", "authority"], [7, 2, 1])[0],
    )  # fmt: skip
    sessions = _sessions(town, activity, since, number)
    for order, row in enumerate(opportunities):
        _opportunity(town, activity, sessions, row, number, order)
    for session in sessions:
        if session.starts_at.date() < town.today:
            _what_happened(town, activity, session)


def _sessions(town: Town, activity: Activity, since: dt.date, number: int) -> list[Session]:
    weekday = (5, 6, 2, 5)[number % 4]
    day = since + dt.timedelta(days=(weekday - since.weekday()) % 7)
    step, rows = (14, 28, 21)[number % 3], []
    hour = (10, 13, 18, 9)[number % 4]
    while day <= town.today + dt.timedelta(days=45):
        rows.append(Session(
            authority=town.authority, activity=activity, starts_at=town.at(day, hour), ends_at=town.at(day, hour + 2),
            place=words.PLACES[number % len(words.PLACES)], code=f"{town.chance.randint(0, 999999):06d}",
        ))  # fmt: skip
        day += dt.timedelta(days=step)
    return Session.objects.bulk_create(rows)


def _opportunity(town: Town, activity: Activity, sessions: list[Session], row: tuple, number: int, order: int) -> None:
    title, kind, minutes, themes = row
    if number >= len(words.ACTIVITIES):
        title = f"{title}（{activity.district.name}）"
    chance = town.chance
    coming = [s for s in sessions if s.starts_at.date() > town.today]
    state = "open"
    if (number * 3 + order) % 8 == 5:
        state = "ended"
    if (number, order) in ((4, 1), (6, 2)):
        state = "submitted"
    session = coming[order % len(coming)] if coming and order < 2 and state != "ended" else None
    hour = session.starts_at.hour if session else (10, 13, 18)[order]
    opened = max(activity.effective_on, town.ago((number * 13 + order * 47) % 170 + 1))
    opportunity = Opportunity.objects.create(
        authority=town.authority, activity=activity, session=session, kind=kind, title=title,
        about=f"{activity.about}はじめての方も、途中まででもかまいません。", state=state,
        when_text="" if session else ("毎週水曜 13時30分〜15時" if order == 1 else ""), any_time=session is None,
        place=sessions[0].place if sessions else words.PLACES[0], district=activity.district,
        online="オンライン" in title, smallest_minutes=minutes, capacity=chance.choice([2, 3, 4, 6, 10]),
        age_from=18 if "車" in title or "運" in title else None, first_timers=order != 1 or number % 3 != 0,
        opened_on=None if state == "submitted" else opened,
        ended_on=town.ago(chance.randint(5, 60)) if state == "ended" else None, recorded_at=town.at(opened),
    )  # fmt: skip
    day = session.starts_at.weekday() if session else 2
    part = "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"
    picked = {("theme", key) for key in themes}
    if session is not None:  # without a session one comes when one can
        picked |= {("slot", f"{SLOTS.get(day, 'weekday')}_{part}")}
    definition = town.definition.people
    picked |= {("skill", s.key) for s in definition.skills if set(s.themes) & set(themes)}
    picked |= {("interest", i.key) for i in definition.interests if set(i.themes) & set(themes)}
    picked |= {("consent", "introduce")}
    OpportunityChoice.objects.bulk_create(
        OpportunityChoice(authority=town.authority, opportunity=opportunity, kind=k, key=v) for k, v in sorted(picked)
    )
    if state == "submitted":
        _ask_approval(town, opportunity)
    before = ""
    for reached in {"submitted": ["submitted"], "ended": ["submitted", "open", "ended"]}.get(
        state, ["submitted", "open"]
    ):
        OpportunityChange.objects.create(
            authority=town.authority, opportunity=opportunity, before=before, state=reached, effective_on=opened,
            recorded_at=town.at(opened),
        )  # fmt: skip
        before = reached
    _applications(town, opportunity)


def _applications(town: Town, opportunity: Opportunity) -> None:
    if opportunity.state != "open":
        return
    chance = town.chance
    people = chance.sample(town.people[6:], chance.randint(0, 5))
    Application.objects.bulk_create(
        Application(
            authority=town.authority, person=person, opportunity=opportunity, effective_on=town.ago(order + 1),
            state="placed" if order < opportunity.capacity else "waiting", recorded_at=town.at(town.ago(order + 1)),
        )
        for order, person in enumerate(people)
    )  # fmt: skip
    Bookmark.objects.bulk_create(
        Bookmark(authority=town.authority, person=p, opportunity=opportunity, effective_on=town.ago(2))
        for p in chance.sample(town.people, chance.randint(0, 3))
    )


def _what_happened(town: Town, activity: Activity, session: Session) -> None:
    """Who came, who helped, who met somebody for the first time."""
    chance, day = town.chance, session.starts_at.date()
    near = [p for n, p in enumerate(town.people) if town.registered[n] <= day and p.district_id == activity.district_id]
    others = [p for n, p in enumerate(town.people) if town.registered[n] <= day]
    if len(others) < 4:
        return
    came = set(chance.sample(near, min(len(near), chance.randint(0, 2))))
    came |= set(chance.sample(others, chance.randint(1, 2)))
    people = sorted(came, key=lambda p: p.pk)
    Participation.objects.bulk_create(
        Participation(
            authority=town.authority, person=person, session=session, minutes=120, effective_on=day,
            role="helped" if town.stage[person.pk] != "interest" else "attended",
            how=chance.choice(["list", "list", "qr", "code"]), recorded_at=town.at(day, 20),
        )
        for person in people
    )  # fmt: skip
    met = _first_meetings(town, people)
    FirstMeeting.objects.bulk_create(
        FirstMeeting(
            authority=town.authority, person=person, session=session, answer="yes" if person in met else "no",
            effective_on=day, recorded_at=town.at(day, 21),
        )
        for person in people if chance.random() < 0.7
    )  # fmt: skip
    Tie.objects.bulk_create(
        Tie(
            authority=town.authority, person=one, other_person=other, session=session, first_time=True,
            said_by="both", effective_on=day, recorded_at=town.at(day, 21),
        )
        for one, other in met.items()
    )  # fmt: skip


def _first_meetings(town: Town, people: list[Person]) -> dict[Person, Person]:
    """Pairs of people who came to the same date and had not met before."""
    pairs: dict[Person, Person] = {}
    for one, other in itertools.pairwise(people):
        known = Tie.objects.filter(person=one, other_person=other).exists()
        if not known and town.chance.random() < 0.3:
            pairs[one] = other
    return pairs


def _ask_approval(town: Town, opportunity: Opportunity) -> None:
    """What waits for the officer today."""
    at = town.at(town.ago(1), 16, 20)
    approval = Approval.objects.create(
        authority=town.authority, kind=APPROVAL_KIND, object_id=opportunity.public_id, title=f"出番：{opportunity.title}",
        url=town_url(town.authority, "activities:activity", public_id=opportunity.activity.public_id), state="review",
        requested_by=town.accounts["coordinator"], requested_at=at,
    )  # fmt: skip
    ApprovalStep.objects.create(
        authority=town.authority, approval=approval, step="request", by=town.accounts["coordinator"], at=at
    )
