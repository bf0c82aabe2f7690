"""Who is it? Found by a name as heard, read or misread, by a district and a first name, by the digits of a number.

Names stand in the index of the search, numbers in ``PersonKey``; contact data is not read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.search.queries import MOST as COUNTED
from yui.base.search.queries import find
from yui.engine.text import digits, fold, rounds
from yui.people.keys import NUMBER, TAIL, TAIL_LENGTH
from yui.people.models import Organization, Person, PersonKey
from yui.people.queries import visible
from yui.people.searching import ORGANIZATION, PERSON

MOST = 10
LEAST = 2
LOOKED_AT = 50
WHY = {
    "number": "電話番号が同じ",
    "tail": "電話の下4けたが同じ",
    "digits": "電話番号の一部が同じ",
    "name": "名前・よみが同じ",
    "beginning": "名前・よみのはじめが同じ",
    "sound": "よみの音が近い",
    "reading": "ちがう読み方・同じ読みの字",
    "near": "よみが1字ちがい",
    "place": "地区が同じ",
}
CERTAIN = ("number", "tail", "digits", "name", "beginning")
_NUMBER = re.compile(r"[\s\-‐‑‒–—―−ーｰ－()（）+＋.．]*(?:[0-9０-９][\s\-‐‑‒–—―−ーｰ－()（）+＋.．]*){2,}")


@dataclass(frozen=True, slots=True)
class Caller:
    """A person who may be meant. ``by``: a key of ``WHY``."""

    person: Person
    by: str

    @property
    def certain(self) -> bool:
        """Whether what was typed is really there, so that a single find may be taken without asking."""
        return self.by in CERTAIN

    @property
    def why(self) -> str:
        """Why this person was found, in words."""
        return WHY[self.by]


@dataclass(slots=True)
class Callers:
    """Those found, the best first. ``more``: there are others."""

    people: list[Caller] = field(default_factory=list)
    more: bool = False


def find_caller(*, actor: Actor, typed: str) -> list[Caller]:
    """At most ten persons, the best first. See ``find_people``."""
    return find_people(actor=actor, typed=typed, most=MOST).people


def find_people(*, actor: Actor, typed: str, most: int) -> Callers:
    """Persons who fit what was typed: exactly, then by beginning, by sound, by another reading, with one slip.

    Hidden and erased persons are never among them. Fewer than two letters or digits find nobody, except a name of one
    kanji. Digits alone are a number or a part of one; beside a name they narrow it down (花子 1234).
    """
    require(actor, Permission.PERSON_SEARCH, actor.authority)
    if _NUMBER.fullmatch(typed):
        return _by_number(digits(typed), most)
    numbers = [digits(word) for word in typed.split() if _NUMBER.fullmatch(word)]
    words = " ".join(word for word in typed.split() if not _NUMBER.fullmatch(word))
    key = fold(words) if len(words.split()) == 1 else ""
    found = find(PERSON, rounds(words), key=key, most=COUNTED if numbers else most)
    if numbers:
        owners = _owners(numbers, found.by)
        found.by = {pk: by for pk, by in found.by.items() if pk in owners}
    rows = visible().select_related("district").in_bulk(list(found.by)[:most])
    return Callers([Caller(rows[pk], by) for pk, by in found.by.items() if pk in rows], found.more)


def find_organizations(*, actor: Actor, typed: str, most: int = 1000) -> list[Organization]:
    """Organisations that stand, by any part of their name or reading."""
    require(actor, Permission.PERSON_SEARCH, actor.authority)
    found = find(ORGANIZATION, rounds(typed), key=fold(typed), most=most, alike=False)
    rows = Organization.objects.filter(ended_on=None).select_related("district").in_bulk(list(found.by))
    return [rows[pk] for pk in found.by if pk in rows]


def _by_number(number: str, most: int) -> Callers:
    best: dict[int, Caller] = {}
    for by, wanted in _tries(number):
        if len(best) > most:
            break
        keys = PersonKey.objects.filter(wanted, person__erased_at=None, person__hidden=False, person__merged_into=None)
        rows = keys.select_related("person__district").order_by("key", "person_id")[: max(LOOKED_AT, most + 1)]
        for row in sorted(rows, key=lambda row: (row.person.kana, row.person_id)):
            best.setdefault(row.person_id, Caller(row.person, by))
    people = list(best.values())
    return Callers(people[:most], len(people) > most)


def _tries(number: str) -> list[tuple[str, Q]]:
    """The whole number, its last four digits, its beginning; each a range of the key's index."""
    tries = [("number", Q(kind=NUMBER, key=number))] if len(number) > TAIL_LENGTH else []
    if len(number) <= TAIL_LENGTH:
        by = "tail" if len(number) == TAIL_LENGTH else "digits"
        tries.append((by, Q(kind=TAIL) & _begins(number)))
    tries.append(("digits", Q(kind=NUMBER) & _begins(number)))
    if len(number) > TAIL_LENGTH:
        same_tail = PersonKey.objects.filter(kind=TAIL, key=number[-TAIL_LENGTH:]).values("person_id")
        tries.append(("digits", Q(kind=NUMBER, person__in=same_tail, key__endswith=number)))
    return tries


def _begins(number: str) -> Q:
    """Keys of digits that begin so, as a range: it holds in whatever order the database sorts letters."""
    above = str(int(number) + 1).zfill(len(number))
    return Q(key__gte=number) & (Q(key__lt=above) if len(above) == len(number) else Q())


def _owners(numbers: list[str], people: Iterable[int]) -> set[int]:
    """Whose number begins or ends so, among these people."""
    wanted = Q()
    for number in numbers:
        wanted |= _begins(number)
    keys = PersonKey.objects.filter(wanted, kind__in=(NUMBER, TAIL), person__in=list(people))
    return set(keys.values_list("person_id", flat=True))
