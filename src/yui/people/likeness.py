"""Who may already be registered: looked up and compared by keys, scored by ``engine.likeness``; contact data is not read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.engine.likeness import Known, Likeness, Ready, compare, describe, home_key, ready
from yui.engine.text import digits, fold
from yui.people.answers import Answers
from yui.people.keys import HOME, MAIL, NAME, NUMBER, READING
from yui.people.models import Contact, LikePair, Person, PersonKey
from yui.people.queries import visible

T = TypeVar("T")
TOLD = (NUMBER, MAIL, HOME)
"""The keys that stand for telephone, mail and home, in the order of ``Known``."""
KINDS = (NAME, READING, *TOLD)
AT_ONCE = 1000
"""Keys or persons in one query."""
CROWD = 50
"""A key that more persons share (the telephone of a home for the aged) joins nobody by itself."""


@dataclass(frozen=True, slots=True)
class Like:
    """Somebody who may be the one that was described, with the reasons as codes and in words."""

    person: Person
    points: int
    reasons: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """What fits and what does not; no value of the registration is told."""
        return describe(self.reasons)


def known_from(answers: Answers) -> Known:
    """What the answers of a registration tell of a person."""
    return Known(
        answers.display_name, answers.kana, answers.birth_year,
        tuple(value for kind, value in answers.contacts if kind == Contact.Kind.PHONE),
        tuple(value for kind, value in answers.contacts if kind == Contact.Kind.MAIL),
        (answers.address,) if answers.address else (),
    )  # fmt: skip


def known_given(given: Mapping[str, Any]) -> Known:
    """What the fields of a form tell, as far as they are filled in and could be read."""
    phone, mail, address = (str(given.get(name) or "") for name in ("phone", "mail", "address"))
    return Known(
        str(given.get("display_name") or ""), str(given.get("kana") or ""), given.get("birth_year"),
        (phone,) if phone else (), (mail,) if mail else (), (address,) if address else (),
    )  # fmt: skip


def find_like(*, actor: Actor, known: Known, but: Person | None = None) -> list[Like]:
    """Who is likely the person described, the likeliest first; ``but`` is left out."""
    found = find_like_many(actor=actor, known=[known])[0]
    return [like for like in found if but is None or like.person.pk != but.pk]


def find_like_many(*, actor: Actor, known: Sequence[Known]) -> list[list[Like]]:
    """The same for many at once, in their order: the number of queries grows with thousands, not with each."""
    require(actor, Permission.PERSON_SEARCH, actor.authority)
    by_key = _holders({key for one in known for key in _keys(one)})
    wanted = [{pk for key in _keys(one) for pk in by_key.get(key, ())} for one in known]
    facts = known_of(set().union(*wanted))
    people = _persons(facts)
    folded = {pk: ready(one) for pk, one in facts.items()}
    return [_likely(one, pks, folded, people) for one, pks in zip(known, wanted, strict=True)]


def known_of(pks: Iterable[int]) -> dict[int, Known]:
    """What is known of registrations, for comparing."""
    found: dict[int, Known] = {}
    for part in _parts(sorted(pks)):
        keys = defaultdict[int, dict[str, list[str]]](lambda: {kind: [] for kind in TOLD})
        rows = PersonKey.objects.filter(person__in=part, kind__in=TOLD).order_by("key")
        for pk, kind, key in rows.values_list("person_id", "kind", "key"):
            keys[pk][kind].append(key)
        for person in visible().filter(pk__in=part).values("pk", "display_name", "kana", "birth_year"):
            own = (tuple(keys[person["pk"]][kind]) for kind in TOLD)
            found[person["pk"]] = Known(person["display_name"], person["kana"], person["birth_year"], *own)
    return found


def open_pairs() -> QuerySet[LikePair]:
    """The pairs that await a human: both still there, in lists, and not told apart. The likeliest first."""
    rows = LikePair.objects.filter(apart_on=None)
    for side in ("person", "other"):
        rows = rows.filter(Q(**{f"{side}__erased_at": None, f"{side}__hidden": False, f"{side}__merged_into": None}))
    return rows.order_by("-points", "id")


def pairs_of(person: Person) -> QuerySet[LikePair]:
    """The pairs of one person that await a human."""
    return open_pairs().filter(Q(person=person) | Q(other=person)).select_related("person", "other")


def keep_likeness(person: Person) -> None:
    """Write anew whom a registration is like. Decided pairs, and pairs that staff named, stay. Called by the verbs."""
    facts = known_of([person.pk])
    if person.pk not in facts:
        return
    pks = {pk for found in _holders(set(_keys(facts[person.pk]))).values() for pk in found} - {person.pk}
    others = known_of(pks)
    _keep({_ordered(person.pk, pk): compare(facts[person.pk], other) for pk, other in others.items()}, person)


def keep_all_likeness() -> int:
    """The same for the whole town, by its keys; for what came in by other ways. Returns how many pairs are likely."""
    shared = PersonKey.objects.filter(kind__in=KINDS, person__in=visible()).order_by()
    groups = shared.values("kind", "key").annotate(many=Count("person", distinct=True)).filter(many__range=(2, CROWD))
    pairs = set[tuple[int, int]]()
    for part in _parts(list(groups.values_list("kind", "key"))):
        for members in _holders(set(part)).values():
            pairs |= set(combinations(sorted(members), 2))
    facts = {pk: ready(one) for pk, one in known_of({pk for pair in pairs for pk in pair}).items()}
    found = {(a, b): compare(facts[a], facts[b]) for a, b in pairs if a in facts and b in facts}
    return _keep(found, None)


def _keep(found: dict[tuple[int, int], Likeness], of: Person | None) -> int:
    """Make the open pairs exactly the likely ones; of one person, or of the town."""
    likely = {pair: like for pair, like in found.items() if like.likely}
    rows = LikePair.objects.filter(person__merged_into=None, other__merged_into=None)
    rows = rows if of is None else rows.filter(Q(person=of) | Q(other=of))
    present = {(row.person_id, row.other_id): row for row in rows}
    gone = [r.pk for pair, r in present.items() if pair not in likely and r.apart_on is None and r.asked_by_id is None]
    for part in _parts(gone):
        LikePair.objects.filter(pk__in=part).delete()
    changed = []
    for pair, like in likely.items():
        row = present.get(pair)
        if row is not None and (row.points, row.reasons) != (like.points, list(like.reasons)):
            row.points, row.reasons = like.points, list(like.reasons)
            changed.append(row)
    LikePair.objects.bulk_update(changed, ["points", "reasons"], batch_size=AT_ONCE)
    today, new = clock.today(), sorted(set(likely) - set(present))
    authorities = dict(Person.objects.filter(pk__in={a for a, _ in new}).values_list("pk", "authority_id"))
    LikePair.objects.bulk_create(
        (LikePair(authority_id=authorities[a], person_id=a, other_id=b, points=likely[a, b].points,
                  reasons=list(likely[a, b].reasons), found_on=today) for a, b in new),
        batch_size=AT_ONCE,
    )  # fmt: skip
    return len(likely)


def _parts(things: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """Tuples of as many as one query may name."""
    rest = iter(things)
    while part := tuple(islice(rest, AT_ONCE)):
        yield part


def _keys(known: Known) -> Iterator[tuple[str, str]]:
    """The stored keys under which somebody like this would stand."""
    found = {(NAME, fold(known.name)), (READING, fold(known.reading or known.name))}
    found |= {(NUMBER, digits(phone)) for phone in known.phones} | {(HOME, home_key(home)) for home in known.homes}
    found |= {(MAIL, mail.strip().casefold()) for mail in known.mails}
    yield from sorted((kind, key[:200]) for kind, key in found if key)


def _holders(keys: set[tuple[str, str]]) -> dict[tuple[str, str], set[int]]:
    """Who stands under each of the keys."""
    found = defaultdict[tuple[str, str], set[int]](set)
    for kind in KINDS:
        for part in _parts(sorted(key for known, key in keys if known == kind)):
            rows = PersonKey.objects.filter(kind=kind, key__in=part).order_by()
            for key, pk in rows.values_list("key", "person_id"):
                found[kind, key].add(pk)
    return found


def _persons(pks: Iterable[int]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    for part in _parts(sorted(pks)):
        found |= {p.pk: p for p in Person.objects.filter(pk__in=part).select_related("district")}
    return found


def _likely(known: Known, pks: set[int], facts: dict[int, Ready], people: dict[int, Person]) -> list[Like]:
    asked = ready(known)
    scored = [(pk, compare(asked, facts[pk])) for pk in pks if pk in facts]
    found = [Like(people[pk], like.points, like.reasons) for pk, like in scored if like.likely]
    return sorted(found, key=lambda like: (-like.points, like.person.kana, like.person.pk))


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
