"""What a question says of persons: what they told of themselves, and how they stand today. One query each.

A row of the question (docs/algorithms/recommend.md) has both. They are read apart, because what persons tell changes
with their own acts, and how they stand with every act of the desk and with the day.
"""

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, Count, F, Q, QuerySet, Value

from yui.activities.models import Application, Opportunity
from yui.activities.states import LIVE, TAKES_A_PLACE
from yui.introductions.models import Exposure, Introduction
from yui.introductions.states import OPEN, State
from yui.introductions.vocabulary import Slots, Vocabulary, months_before
from yui.people.models import Consent, Pause, Person, PersonChoice, StageChange

Json = dict[str, Any]
Ids = Iterable[int] | QuerySet[Person, dict[str, Any]]
"""Primary keys, or the query that gives them."""
CHOSEN, LED_TO = 2, 1
"""Points of a theme that one chose oneself, and of one that a skill or interest leads to (people.yaml)."""
DAILY = ("blocked", "resting", "asked", "load")
"""Fields of a row that change from day to day."""
CONSENT, STAGE = "consent", "stage"
TAKEN, RESTING, ASKED, DECLINED = range(4)


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


def told(people: Iterable[Known], ids: Ids, words: Vocabulary, rules: Any, today: dt.date) -> dict[str, Json]:
    """What persons told of themselves, by public id. ``ids``: the same persons, as a query or as keys."""
    chosen: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    moves: dict[int, tuple[dt.date, int, str]] = {}
    for kind, person_id, key, day, number in _told_rows(ids, today):
        if kind == STAGE:
            moves[person_id] = max(moves.get(person_id, (day, number, key)), (day, number, key))
        else:
            chosen[person_id][kind].add(key)
    cap = rules.load_cap_per_month.value
    found = {}
    for person in people:
        own = chosen[person.pk]
        row: Json = {
            **chips(own, words),
            "text": words.tokens(person.about or ""),
            "stage": words.stage_order(moves[person.pk][2] if person.pk in moves else ""),
            "consents": sorted(own[CONSENT]),
            "load_cap": cap,
            "reach_km": person.reach_km or rules.reach_km.value,
            "motivation": person.motivation or 0,
            "languages": sorted(own["language"]),
            **place(person.latitude, person.longitude),
        }
        if person.birth_year:
            oldest = today.year - person.birth_year
            row["age"] = [max(0, oldest - 1), oldest]
        found[person.public_id] = row
    return found


def _told_rows(ids: Ids, today: dt.date) -> Iterable[tuple[str, int, str, dt.date, int]]:
    """Kind, person, key, day and number: chips, consents and stages reached. Chips and consents have no day."""
    stages = StageChange.objects.filter(person_id__in=ids, declined_on=None, effective_on__lte=today)
    agreed = stages.exclude(agreed_on=None).annotate(
        told_kind=Value(STAGE, CharField()), told_key=F("stage"), told_day=F("effective_on"), number=F("id")
    )
    timeless = {"told_day": Value(today), "number": Value(0, BigIntegerField())}
    chosen = PersonChoice.objects.filter(person_id__in=ids).annotate(told_kind=F("kind"), told_key=F("key"), **timeless)
    given = Consent.objects.filter(person_id__in=ids, withdrawn_on=None).annotate(
        told_kind=Value(CONSENT, CharField()), told_key=F("purpose"), **timeless
    )
    columns = ("told_kind", "person_id", "told_key", "told_day", "number")
    first, *others = (query.order_by().values_list(*columns) for query in (chosen, given, agreed))
    return first.union(*others, all=True).iterator(5000)


@dataclass(slots=True)
class Today:
    """How persons stand: who is under way or joined with what, who rests, how often asked, who turned whom down."""

    taken: set[tuple[int, int]] = field(default_factory=set)
    resting: set[int] = field(default_factory=set)
    asked: Counter[int] = field(default_factory=Counter)
    load: Counter[int] = field(default_factory=Counter)
    declined: set[tuple[int, int | None, int | None]] = field(default_factory=set)

    def blocked(self, things: Iterable[Opportunity]) -> dict[int, set[str]]:
        """Public ids of 出番 whose host and this person turned each other down not long ago. The side is not told."""
        by_host: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
        for thing in things:
            by_host[thing.activity.host_organization_id, thing.activity.host_person_id].append(thing.public_id)
        found: dict[int, set[str]] = defaultdict(set)
        for person_id, organization_id, host_id in self.declined:
            found[person_id].update(by_host.get((organization_id, host_id), ()))
        return found


def today_of(things: Iterable[Opportunity], rules: Any, today: dt.date, ids: Ids | None = None) -> Today:
    """How persons stand with some 出番 today; ``ids``: of these alone, else of everybody of whom there is anything."""
    found = Today()
    ids_of_things = [thing.pk for thing in things]
    queries = _daily(ids_of_things, rules, today)
    if ids is not None:
        queries = [query.filter(person_id__in=ids) for query in queries]
    columns = ("daily_kind", "person_id", "one", "two")
    first, *others = (query.order_by().values_list(*columns) for query in queries)
    for kind, person_id, one, two in first.union(*others, all=True):
        if kind == TAKEN:
            found.taken.add((person_id, one))
        elif kind == RESTING:
            found.resting.add(person_id)
        elif kind == ASKED:
            found.asked[person_id], found.load[person_id] = one, two
        else:
            found.declined.add((person_id, one, two))
    for thing in things:
        if thing.activity.host_person_id is not None:
            found.taken.add((thing.activity.host_person_id, thing.pk))
    return found


def _daily(things: list[int], rules: Any, today: dt.date) -> list[QuerySet[Any, Any]]:
    """The queries behind ``today_of``, each with a kind and two numbers a person."""
    nothing = Value(0, BigIntegerField())
    going = Introduction.objects.filter(opportunity_id__in=things, state__in=OPEN)
    joined = Application.objects.filter(opportunity_id__in=things, state__in=LIVE | TAKES_A_PLACE)
    resting = Pause.objects.filter(Q(until=None) | Q(until__gte=today), starts_on__lte=today, lifted_on=None)
    counted_from = today - dt.timedelta(days=rules.fairness.never_asked_days.value - 1)
    counted = Q(effective_on__gte=counted_from)
    month = Q(effective_on__gte=today.replace(day=1), effective_on__lte=today)
    since = min(counted_from, today.replace(day=1))
    asked = Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__gte=since).order_by().values("person_id")
    declined = Introduction.objects.filter(
        state=State.DECLINED, changes__state=State.DECLINED,
        changes__effective_on__gt=months_before(today, rules.decline_again_after_months.value),
    )  # fmt: skip
    return [
        going.annotate(daily_kind=_kind(TAKEN), one=F("opportunity_id"), two=nothing),
        joined.annotate(daily_kind=_kind(TAKEN), one=F("opportunity_id"), two=nothing),
        resting.annotate(daily_kind=_kind(RESTING), one=nothing, two=nothing),
        asked.annotate(
            one=Count("id", filter=counted), two=Count("id", filter=month), daily_kind=_kind(ASKED)
        ),
        declined.annotate(
            daily_kind=_kind(DECLINED), one=F("opportunity__activity__host_organization_id"),
            two=F("opportunity__activity__host_person_id"),
        ),
    ]  # fmt: skip


def _kind(number: int) -> Value:
    return Value(number, BigIntegerField())


def digest_of_row(public_id: str, row: Mapping[str, Any]) -> bytes:
    """SHA-256 of what a person told, with the id; equal facts, equal digest."""
    lasting = {name: value for name, value in row.items() if name not in DAILY}
    return hashlib.sha256(f"{public_id}|{canonical(lasting)}".encode()).digest()


def digest_of_question(head: Mapping[str, Any], standing: Mapping[str, Json], rows: bytes) -> str:
    """SHA-256 of a question: its canonical JSON without persons, how persons stand (by id, what is not 0, false or empty), and the
    digests of their rows in the order of ids."""
    return hashlib.sha256(f"{canonical(head)}\n{canonical(standing)}\n".encode() + rows).hexdigest()


def canonical(value: object) -> str:
    """JSON in one spelling."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def by_owner(rows: Iterable[tuple[int, str, str]]) -> Mapping[int, Mapping[str, set[str]]]:
    """owner → kind → keys."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for owner, kind, key in rows:
        found[owner][kind].add(key)
    return found


def chips(chosen: Mapping[str, set[str]], words: Vocabulary) -> Json:
    """What the chosen keys of a person or an 出番 say in a question."""
    tags = dict.fromkeys(words.themes_of(chosen["skill"], chosen["interest"]), LED_TO)
    tags |= dict.fromkeys(chosen["theme"], CHOSEN)
    slots: Slots = words.slots_of(chosen["slot"])
    return {
        "tags": dict(sorted(tags.items())),
        "skills": dict.fromkeys(sorted(chosen["skill"]), 1),
        "interests": dict.fromkeys(sorted(chosen["interest"]), 1),
        "slots": slots,
    }


def place(latitude: Decimal | None, longitude: Decimal | None) -> Json:
    """The field of a known place, or none."""
    return {} if latitude is None or longitude is None else {"place": [float(latitude), float(longitude)]}
