"""The matching question of a town: who is there, what is open, by which rules. Read with a constant number of queries.

The answer is the published JSON of ``recommend`` (see docs/algorithms/recommend.md), so that what a human saw can be
computed again by anybody from the same file. Ids are public ids; names, contacts and addresses are not read at all.
Hidden and erased persons, and persons whose registration ended, are absent altogether.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from yui.activities.models import Opportunity, OpportunityChoice
from yui.activities.states import TAKES_A_PLACE, OpportunityState
from yui.base.clock import TOKYO
from yui.base.definitions import current
from yui.base.tenancy.models import Authority, District
from yui.engine.matching import Entry, Result, read_instance, recommend
from yui.introductions.models import Exposure
from yui.introductions.rows import (
    COLUMNS,
    DAILY,
    Ids,
    Json,
    Known,
    Today,
    by_owner,
    chips,
    digest_of_question,
    digest_of_row,
    place,
    today_of,
    told,
)
from yui.introductions.rules import InForce, asked_by, in_force
from yui.introductions.vocabulary import Vocabulary
from yui.people.models import Person, Registration

INTRODUCE = "introduce"
"""The purpose of consent without which nobody is a candidate: a key that every town's definition has."""
FRESH_DAYS = 30
"""Days for which an 出番 counts as new."""
FEW = 500
"""Persons that a query names by key."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A question with what was left out before it was asked. ``already``: pairs that are under way or joined."""

    question: Json
    already: int

    @property
    def head(self) -> Json:
        """The question without its persons."""
        return {name: value for name, value in self.question.items() if name != "persons"}

    @property
    def digest(self) -> str:
        """Equal facts, equal digest, however they were gathered."""
        persons = self.question["persons"]
        return digest_of_question(
            self.head,
            {key: found for key, row in persons.items() if (found := {name: row[name] for name in DAILY if row[name]})},
            b"".join(digest_of_row(key, persons[key]) for key in sorted(persons)),
        )

    def ask_for(self, size: int) -> None:
        """At most so many entries."""
        self.question["k"] = size

    def under(self, rules: Json) -> None:
        """Ask by other rules: parts of a question such as ``weights``."""
        self.question.update(rules)

    def answer(self) -> "Listed":
        """Ask the engine."""
        result = recommend(read_instance(self.question))
        to_person = self.question["direction"] == "person"
        considered = len(self.question["opportunities" if to_person else "persons"])
        return Listed(next(iter(result.lists.values()), ()), result.excluded_by, considered, Names(result))


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its entries, how many each limit left out, of how many; and who is behind the numbers."""

    entries: tuple[Entry, ...]
    excluded_by: Mapping[str, int]
    considered: int
    names: "WhoIs"


class WhoIs(Protocol):
    """Ids of persons behind the numbers of a list for an 出番."""

    def fitting(self) -> list[str]:
        """Whom no limit excludes, shown or not."""
        ...

    def left_out(self, limit: str) -> list[str]:
        """Whom this limit excludes."""
        ...


@dataclass(frozen=True, slots=True)
class Names:
    """The same from the engine's own account."""

    result: Result

    def fitting(self) -> list[str]:
        """Whom no limit excludes, shown or not."""
        return [name for name, why in (self.result.excluded or {}).items() if not why]

    def left_out(self, limit: str) -> list[str]:
        """Whom this limit excludes."""
        return [name for name, why in (self.result.excluded or {}).items() if limit in why.values()]


def visible_persons() -> QuerySet[Person]:
    """Who may be thought of at all: registered today, neither hidden nor erased."""
    registered = Registration.objects.filter(ended_on=None, person_id=OuterRef("pk"))
    return Person.objects.filter(Exists(registered), hidden=False, erased_at=None)


def to_think_of() -> QuerySet[Person]:
    """The same, with all that a question needs of their rows."""
    return visible_persons().select_related("district", "profile").annotate(visible=Value(True))


def open_opportunities(today: dt.date) -> QuerySet[Opportunity]:
    """The 出番 one can join today, with or without a free place."""
    lasting = Q(closes_on=None) | Q(closes_on__gte=today)
    return Opportunity.objects.filter(lasting, state=OpportunityState.OPEN, ended_on=None, activity__ended_on=None)


def for_opportunity(
    authority: Authority, opportunity: Opportunity, today: dt.date, held: InForce | None = None
) -> Gathered:
    """Persons for one 出番. ``held``: the rules in force, where they are known already."""
    persons = visible_persons()
    people = known(persons)
    ids: Ids = [person.pk for person in people]
    if len(people) > FEW:  # a town of many is not named one by one
        ids = persons.order_by().values("pk")
    return _gather(authority, today, people, ids, [fetched(opportunity)], "opportunity", held)


def for_person(authority: Authority, person: Person, today: dt.date, *, own: bool = False) -> Gathered:
    """出番 for one person. ``own``: the person itself looks, so nothing that keeps others from asking stands in the way
    (rest, load, the consent to be considered)."""
    things = list(to_ask(open_opportunities(today)))
    fetched_so = hasattr(person, "visible")
    people = [known_of(person)] if fetched_so else known(visible_persons().filter(pk=person.pk))
    found = _gather(authority, today, people, [one.pk for one in people], things, "person")
    if own:
        for row in found.question["persons"].values():
            row.update(resting=False, load=0)
        for row in found.question["opportunities"].values():
            row["needs_consents"] = [purpose for purpose in row["needs_consents"] if purpose != INTRODUCE]
    return found


def for_pair(authority: Authority, person: Person, opportunity: Opportunity, today: dt.date) -> Gathered:
    """One person and one 出番: what a coordinator asks before proposing."""
    people = known(visible_persons().filter(pk=person.pk))
    return _gather(authority, today, people, [one.pk for one in people], [fetched(opportunity)], "opportunity")


def seed_of(authority: Authority, today: dt.date) -> str:
    """The published seed of the month."""
    template = current(authority).introductions.lottery_seed.value
    return str(template.format(year=today.year, month=f"{today.month:02d}", key=authority.key))


def ticket(seed: str, public_id: str) -> str:
    """The lottery's place of somebody outside of a list: SHA-256 of ``seed|id``."""
    return hashlib.sha256(f"{seed}|{public_id}".encode()).hexdigest()


def load_of(person_ids: Ids, today: dt.date) -> Counter[int]:
    """How often each person was asked in the calendar month of ``today``."""
    return Counter(asked_in_month(today).filter(person_id__in=person_ids).values_list("person_id", flat=True))


def asked_in_month(today: dt.date) -> QuerySet[Exposure]:
    """Every asking in the calendar month of ``today`` so far."""
    days = {"effective_on__gte": today.replace(day=1), "effective_on__lte": today}
    return Exposure.objects.filter(act=Exposure.Act.ASKED, **days)


def to_ask(opportunities: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """出番 with all that a question needs of their rows."""
    return opportunities.select_related(
        "activity__host_organization", "activity__district", "session", "district"
    ).annotate(joined=Count("applications", filter=Q(applications__state__in=TAKES_A_PLACE)))


def fetched(opportunity: Opportunity) -> Opportunity:
    """The 出番 as ``to_ask`` fetches it; no second query where it was fetched so."""
    return opportunity if hasattr(opportunity, "joined") else to_ask(Opportunity.objects).get(pk=opportunity.pk)


def head_of(
    authority: Authority,
    direction: str,
    things: list[Opportunity],
    words: Vocabulary,
    today: dt.date,
    held: InForce | None = None,
) -> Json:
    """The question without its persons. ``held``: the rules in force, where they are known already."""
    return {
        "k": current(authority).introductions.list_size.value,
        "direction": direction,
        "why_not": True,
        **asked_by(held or in_force(authority)),
        "lottery": {"seed": seed_of(authority, today)},
        "opportunities": _opportunities(things, words, today),
    }


def rows_of(
    people: list[Known],
    ids: Ids,
    standing: Today,
    things: list[Opportunity],
    words: Vocabulary,
    rules: Any,
    today: dt.date,
) -> dict[str, Json]:
    """Rows of persons by public id: what they told, and how they stand."""
    found = told(people, ids, words, rules, today)
    blocked = standing.blocked(things)
    for person in people:
        found[person.public_id].update(
            blocked=sorted(blocked.get(person.pk, ())),
            resting=person.pk in standing.resting,
            asked=standing.asked[person.pk],
            load=standing.load[person.pk],
        )
    return found


def known(persons: QuerySet[Person]) -> list[Known]:
    """What a question needs of the rows of persons."""
    return [Known(*row) for row in persons.order_by().values_list(*COLUMNS)]


def known_of(person: Person) -> Known:
    """The same of one person that ``to_think_of`` fetched."""
    place, own = person.district, getattr(person, "profile", None)
    return Known(
        person.pk, person.public_id, person.birth_year, place and place.latitude, place and place.longitude,
        own and own.about, own and own.reach_km, own and own.motivation,
    )  # fmt: skip


def _gather(
    authority: Authority,
    today: dt.date,
    people: list[Known],
    ids: Ids,
    things: list[Opportunity],
    direction: str,
    held: InForce | None = None,
) -> Gathered:
    definition = current(authority)
    rules, words = definition.introductions, Vocabulary(definition)
    standing = today_of(things, rules, today, ids)
    already = 0
    if direction == "opportunity" and len(things) == 1:
        kept = [person for person in people if (person.pk, things[0].pk) not in standing.taken]
        already, people = len(people) - len(kept), kept
    elif len(people) == 1:
        free = [thing for thing in things if (people[0].pk, thing.pk) not in standing.taken]
        already, things = len(things) - len(free), free
    head = head_of(authority, direction, things, words, today, held)
    return Gathered({**head, "persons": rows_of(people, ids, standing, things, words, rules, today)}, already)


def _opportunities(things: list[Opportunity], words: Vocabulary, today: dt.date) -> dict[str, Json]:
    ids = [thing.pk for thing in things]
    chosen = by_owner(
        OpportunityChoice.objects.filter(opportunity_id__in=ids).values_list("opportunity_id", "kind", "key")
    )
    found = {}
    for thing in things:
        own = chosen[thing.pk]
        row: Json = {
            **chips(own, words),
            "text": words.tokens_of_public(f"{thing.title}\n{thing.about}"),
            "languages": sorted(own["language"]),
            "needs_consents": sorted({INTRODUCE, *own["consent"]}),
            "organization": _host_id(thing),
            "online": thing.online,
            "open": _joinable(thing, today),
            "motivation": {Opportunity.Kind.ROLE: 2, Opportunity.Kind.HELP: 1}.get(Opportunity.Kind(thing.kind), 0),
            "freshness": int(thing.opened_on is not None and (today - thing.opened_on).days <= FRESH_DAYS),
            **_place_of(thing.district or thing.activity.district),
        }
        if not row["slots"] and thing.session is not None and not thing.any_time:
            row["slots"] = words.slots_at(thing.session.starts_at.astimezone(TOKYO))
        if thing.age_from is not None or thing.age_to is not None:
            row["age"] = [thing.age_from or 0, thing.age_to if thing.age_to is not None else 150]
        if thing.stage:
            row["stage"] = words.stage_order(thing.stage)
        found[thing.public_id] = row
    return found


def _joinable(thing: Opportunity, today: dt.date) -> bool:
    """Open, within its days, with a place left."""
    lasting = thing.ended_on is None and (thing.closes_on is None or thing.closes_on >= today)
    return thing.state == OpportunityState.OPEN and lasting and thing.joined < thing.capacity


def _host_id(thing: Opportunity) -> str:
    activity = thing.activity
    if activity.host_organization is not None:
        return activity.host_organization.public_id
    return f"person-{activity.public_id}"


def _place_of(district: District | None) -> Json:
    """The centre of the district where one acts: approximate on purpose."""
    return {} if district is None else place(district.latitude, district.longitude)
