"""The matching question of a town: who is there, what is open, by which rules. Read with a constant number of queries.

The answer is the published JSON of ``recommend`` (see docs/algorithms/recommend.md), so that what a human saw can be
computed again by anybody from the same file. Ids are public ids; names, contacts and addresses are not read at all.
Hidden and erased persons, and persons whose registration ended, are absent altogether.
"""

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from yui.activities.models import Application, Opportunity, OpportunityChoice
from yui.activities.states import LIVE, TAKES_A_PLACE, OpportunityState
from yui.base.clock import TOKYO
from yui.base.definitions import current
from yui.base.tenancy.models import Authority, District
from yui.introductions.models import Exposure, Introduction
from yui.introductions.states import OPEN, State
from yui.introductions.vocabulary import Slots, Vocabulary, months_before
from yui.people.models import Consent, Pause, Person, PersonChoice, Registration, StageChange

INTRODUCE = "introduce"
"""The purpose of consent without which nobody is a candidate: a key that every town's definition has."""
FRESH_DAYS = 30
"""Days for which an 出番 counts as new."""
CHOSEN, LED_TO = 2, 1
"""Points of a theme that one chose oneself, and of one that a skill or interest leads to (people.yaml)."""

Json = dict[str, Any]
Ids = Iterable[int] | QuerySet[Person, dict[str, Any]]
"""Primary keys, or the query that gives them."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A question with what was left out before it was asked. ``already``: pairs that are under way or joined."""

    question: Json
    already: int

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON: equal facts, equal digest."""
        text = json.dumps(self.question, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Known(NamedTuple):
    """What a question needs of a person and her profile; names and contacts are not read."""

    pk: int
    public_id: str
    birth_year: int | None
    latitude: Decimal | None
    longitude: Decimal | None
    about: str | None
    reach_km: int | None
    motivation: int | None


COLUMNS = (
    "pk",
    "public_id",
    "birth_year",
    "district__latitude",
    "district__longitude",
    "profile__about",
    "profile__reach_km",
    "profile__motivation",
)
"""Where the fields of ``Known`` stand, as a query on persons names them."""


def visible_persons() -> QuerySet[Person]:
    """Who may be thought of at all: registered today, neither hidden nor erased."""
    registered = Registration.objects.filter(ended_on=None).values("person_id")
    return Person.objects.filter(hidden=False, erased_at=None, pk__in=registered)


def open_opportunities(today: dt.date) -> QuerySet[Opportunity]:
    """The 出番 one can join today, with or without a free place."""
    lasting = Q(closes_on=None) | Q(closes_on__gte=today)
    return Opportunity.objects.filter(lasting, state=OpportunityState.OPEN, ended_on=None, activity__ended_on=None)


def for_opportunity(authority: Authority, opportunity: Opportunity, today: dt.date) -> Gathered:
    """Persons for one 出番."""
    return _gather(authority, today, visible_persons(), Opportunity.objects.filter(pk=opportunity.pk), "opportunity")


def for_person(authority: Authority, person: Person, today: dt.date, *, own: bool = False) -> Gathered:
    """出番 for one person. ``own``: the person itself looks, so nothing that keeps others from asking stands in the way
    (rest, load, the consent to be considered)."""
    found = _gather(authority, today, visible_persons().filter(pk=person.pk), open_opportunities(today), "person")
    if own:
        for row in found.question["persons"].values():
            row.update(resting=False, load=0)
        for row in found.question["opportunities"].values():
            row["needs_consents"] = [purpose for purpose in row["needs_consents"] if purpose != INTRODUCE]
    return found


def for_pair(authority: Authority, person: Person, opportunity: Opportunity, today: dt.date) -> Gathered:
    """One person and one 出番: what a coordinator asks before proposing."""
    one = Opportunity.objects.filter(pk=opportunity.pk)
    return _gather(authority, today, visible_persons().filter(pk=person.pk), one, "opportunity")


def seed_of(authority: Authority, today: dt.date) -> str:
    """The published seed of the month."""
    template = current(authority).introductions.lottery_seed.value
    return str(template.format(year=today.year, month=f"{today.month:02d}", key=authority.key))


def ticket(seed: str, public_id: str) -> str:
    """The lottery's place of somebody outside of a list: SHA-256 of ``seed|id``."""
    return hashlib.sha256(f"{seed}|{public_id}".encode()).hexdigest()


def load_of(person_ids: Ids, today: dt.date) -> Counter[int]:
    """How often each person was asked in the calendar month of ``today``."""
    rows = Exposure.objects.filter(
        act=Exposure.Act.ASKED,
        person_id__in=person_ids,
        effective_on__gte=today.replace(day=1),
        effective_on__lte=today,
    )
    return Counter(rows.values_list("person_id", flat=True))


def _gather(
    authority: Authority,
    today: dt.date,
    persons: QuerySet[Person],
    opportunities: QuerySet[Opportunity],
    direction: str,
) -> Gathered:
    definition = current(authority)
    rules, words = definition.introductions, Vocabulary(definition)
    people = [Known(*row) for row in persons.values_list(*COLUMNS)]
    things = list(
        opportunities.select_related("activity", "session", "district", "activity__host_organization").annotate(
            joined=Count("applications", filter=Q(applications__state__in=TAKES_A_PLACE))
        )
    )
    taken = _taken(things, [person.pk for person in people] if direction == "person" else None)
    one_to_one = direction == "opportunity" and len(things) == 1
    already = 0
    if one_to_one:
        kept = [person for person in people if (person.pk, things[0].pk) not in taken]
        already, people = len(people) - len(kept), kept
    elif len(people) == 1:
        kept_things = [thing for thing in things if (people[0].pk, thing.pk) not in taken]
        already, things = len(things) - len(kept_things), kept_things
    question: Json = {
        "k": rules.list_size.value,
        "direction": direction,
        "why_not": True,
        "weights": rules.weights.as_mapping(),
        "tables": {"distance": rules.distance_bands()},
        "fairness": _fairness(rules),
        "lottery": {"seed": seed_of(authority, today)},
        "persons": _persons(people, persons, things, words, rules, today),
        "opportunities": _opportunities(things, words, today),
    }
    return Gathered(question, already)


def _fairness(rules: Any) -> Json:
    rule = rules.fairness.rule.value
    if rule == "newcomer_share":
        return {"rule": rule, "one_in": rules.fairness.one_in.value}
    return {"rule": rule}


def _taken(things: list[Opportunity], person_ids: list[int] | None) -> set[tuple[int, int]]:
    """(person, opportunity) pairs that need no candidate: under way, joined, or the host's own."""
    ids = [thing.pk for thing in things]
    going = Introduction.objects.filter(opportunity_id__in=ids, state__in=OPEN)
    joined = Application.objects.filter(opportunity_id__in=ids, state__in=LIVE | TAKES_A_PLACE)
    if person_ids is not None:
        going, joined = going.filter(person_id__in=person_ids), joined.filter(person_id__in=person_ids)
    pairs = set(going.values_list("person_id", "opportunity_id")) | set(
        joined.values_list("person_id", "opportunity_id")
    )
    hosts = {(thing.activity.host_person_id, thing.pk) for thing in things if thing.activity.host_person_id}
    return pairs | {(person, thing) for person, thing in hosts if person is not None}


def _persons(
    people: list[Known],
    everyone: QuerySet[Person],
    things: list[Opportunity],
    words: Vocabulary,
    rules: Any,
    today: dt.date,
) -> dict[str, Json]:
    """``everyone``: the persons as a query, so that a town of many is not named one by one in each question."""
    ids = everyone.order_by().values("pk")
    chosen = _chosen(PersonChoice.objects.filter(person_id__in=ids).values_list("person_id", "kind", "key"))
    consents = defaultdict(list)
    for person_id, purpose in Consent.objects.filter(person_id__in=ids, withdrawn_on=None).values_list(
        "person_id", "purpose"
    ):
        consents[person_id].append(purpose)
    resting = set(
        Pause.objects.filter(
            Q(until=None) | Q(until__gte=today), person_id__in=ids, starts_on__lte=today, lifted_on=None
        ).values_list("person_id", flat=True)
    )
    stages = dict(
        StageChange.objects.filter(person_id__in=ids, declined_on=None, effective_on__lte=today)
        .exclude(agreed_on=None)
        .order_by("effective_on", "id")
        .values_list("person_id", "stage")
    )
    asked = _asked(ids, today, rules.fairness.never_asked_days.value)
    load = load_of(ids, today)
    blocked = _blocked(ids, things, today, rules.decline_again_after_months.value)
    cap = rules.load_cap_per_month.value
    found = {}
    for person in people:
        row: Json = {
            **_chips(chosen[person.pk], words),
            "text": words.tokens(person.about or ""),
            "stage": words.stage_order(stages.get(person.pk, "")),
            "consents": sorted(consents[person.pk]),
            "blocked": sorted(blocked[person.pk]),
            "resting": person.pk in resting,
            "asked": asked[person.pk],
            "load": load[person.pk],
            "load_cap": cap,
            "reach_km": person.reach_km or rules.reach_km.value,
            "motivation": person.motivation or 0,
            "languages": sorted(chosen[person.pk]["language"]),
            **_place(person.latitude, person.longitude),
        }
        if person.birth_year:
            oldest = today.year - person.birth_year
            row["age"] = [max(0, oldest - 1), oldest]
        found[person.public_id] = row
    return found


def _asked(ids: Ids, today: dt.date, days: int) -> Counter[int]:
    """How often asked within the days after which one counts as 声のかからない人 again."""
    since = today - dt.timedelta(days=days)
    rows = Exposure.objects.filter(act=Exposure.Act.ASKED, person_id__in=ids, effective_on__gt=since)
    return Counter(rows.values_list("person_id", flat=True))


def _blocked(ids: Ids, things: list[Opportunity], today: dt.date, months: int) -> dict[int, set[str]]:
    """Public ids of 出番 whose host and this person turned each other down not long ago. The side is not told."""
    since = months_before(today, months)
    declined = Introduction.objects.filter(
        person_id__in=ids, state=State.DECLINED, changes__state=State.DECLINED, changes__effective_on__gt=since
    ).values_list("person_id", "opportunity__activity__host_organization_id", "opportunity__activity__host_person_id")
    by_host: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
    for thing in things:
        by_host[thing.activity.host_organization_id, thing.activity.host_person_id].append(thing.public_id)
    found: dict[int, set[str]] = defaultdict(set)
    for person_id, organization_id, host_id in declined:
        found[person_id].update(by_host.get((organization_id, host_id), ()))
    return found


def _opportunities(things: list[Opportunity], words: Vocabulary, today: dt.date) -> dict[str, Json]:
    ids = [thing.pk for thing in things]
    chosen = _chosen(
        OpportunityChoice.objects.filter(opportunity_id__in=ids).values_list("opportunity_id", "kind", "key")
    )
    found = {}
    for thing in things:
        chips = chosen[thing.pk]
        row: Json = {
            **_chips(chips, words),
            "text": words.tokens(f"{thing.title}\n{thing.about}"),
            "languages": sorted(chips["language"]),
            "needs_consents": sorted({INTRODUCE, *chips["consent"]}),
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


def _chosen(rows: Iterable[tuple[int, str, str]]) -> Mapping[int, Mapping[str, set[str]]]:
    """owner → kind → keys."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for owner, kind, key in rows:
        found[owner][kind].add(key)
    return found


def _chips(chosen: Mapping[str, set[str]], words: Vocabulary) -> Json:
    tags = dict.fromkeys(words.themes_of(chosen["skill"], chosen["interest"]), LED_TO)
    tags |= dict.fromkeys(chosen["theme"], CHOSEN)
    slots: Slots = words.slots_of(chosen["slot"])
    return {
        "tags": dict(sorted(tags.items())),
        "skills": dict.fromkeys(sorted(chosen["skill"]), 1),
        "interests": dict.fromkeys(sorted(chosen["interest"]), 1),
        "slots": slots,
    }


def _place_of(district: District | None) -> Json:
    """The centre of the district where one acts: approximate on purpose."""
    return {} if district is None else _place(district.latitude, district.longitude)


def _place(latitude: Decimal | None, longitude: Decimal | None) -> Json:
    return {} if latitude is None or longitude is None else {"place": [float(latitude), float(longitude)]}
