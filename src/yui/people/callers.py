"""Who is calling? Found by two keystrokes: the reading, the name, or the digits of a number; contact data is not read."""

from dataclasses import dataclass

from django.db.models import Q

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.engine.text import digits, fold
from yui.people.keys import NAME, NUMBER, READING, TAIL, TAIL_LENGTH
from yui.people.models import Person, PersonKey

MOST = 10
LEAST = 2
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """A person who may be calling. ``by`` tells what fitted: ``number`` or ``name``."""

    person: Person
    by: str


def find_caller(*, actor: Actor, typed: str) -> list[Caller]:
    """At most ten persons, the best first: whole number, last digits, beginning of the reading, then of the name.

    Hidden and erased persons are never among them. Fewer than two letters or digits find nobody.
    """
    require(actor, Permission.PERSON_SEARCH, actor.authority)
    number = digits(typed) if not fold(typed).strip("0123456789+") else ""
    wanted = _by_number(number) if number else _by_name(typed)
    if wanted is None:
        return []
    keys = (
        PersonKey.objects.filter(wanted, person__erased_at=None, person__hidden=False)
        .select_related("person__district")
        .order_by("key", "person_id")[:LOOKED_AT]
    )
    best: dict[int, tuple[int, PersonKey]] = {}
    for row in keys:
        rank = _rank(row, number)
        if row.person_id not in best or rank < best[row.person_id][0]:
            best[row.person_id] = (rank, row)
    ordered = sorted(best.values(), key=lambda found: (found[0], found[1].person.kana, found[1].person_id))
    return [Caller(row.person, "number" if row.kind in (NUMBER, TAIL) else "name") for _, row in ordered[:MOST]]


def _by_number(number: str) -> Q | None:
    if len(number) < LEAST:
        return None
    whole = Q(kind=NUMBER, key__startswith=number)
    if len(number) <= TAIL_LENGTH:
        return whole | Q(kind=TAIL, key__startswith=number)
    return whole | Q(kind=NUMBER, key__endswith=number)


def _by_name(typed: str) -> Q | None:
    folded = fold(typed)
    return Q(kind__in=(READING, NAME), key__startswith=folded) if len(folded) >= LEAST else None


def _rank(row: PersonKey, number: str) -> int:
    if row.kind == NUMBER:
        return 0 if row.key == number else 3
    if row.kind == TAIL:
        return 1 if row.key == number else 2
    return 4 if row.kind == READING else 5
