"""The keys a caller is found by: kept by the verbs, compared and never shown. Numbers here, names in the search's index."""

from collections.abc import Iterable

from yui.base.search.domain import index
from yui.base.tenancy.inserting import insert_many
from yui.engine.likeness import home_key
from yui.engine.text import digits, fold
from yui.people.models import Contact, Person, PersonKey, Residence

NAME, READING, NUMBER, TAIL = "name", "reading", "number", "tail"
HOME, MAIL = "home", "mail"
"""Doubles are found by these, callers are not."""
TAIL_LENGTH = 4


def number_keys(values: Iterable[str]) -> set[tuple[str, str]]:
    """The whole digits and the last four of each telephone number."""
    found = set()
    for value in values:
        number = digits(value)
        if len(number) >= TAIL_LENGTH:
            found |= {(NUMBER, number), (TAIL, number[-TAIL_LENGTH:])}
    return found


def keep_name_keys(person: Person) -> None:
    """Write the keys of name and reading anew. A name without a reading is found by its letters."""
    _replace([person], (NAME, READING), {person.pk: _of_name(person)})
    index(person.authority_id, "person", [person.pk])


def keep_number_keys(person: Person, given: Iterable[tuple[str, str]]) -> None:
    """Write the keys of the telephone numbers and mail addresses among ``given`` (kind, value) anew."""
    _replace([person], (NUMBER, TAIL, MAIL), {person.pk: _of_contacts(given)})


def keep_home_key(person: Person, address: str) -> None:
    """Write the key of the postal address anew."""
    _replace([person], (HOME,), {person.pk: {(HOME, home_key(address))}})


def keep_keys_of_many(found: Iterable[tuple[Person, Iterable[tuple[str, str]]]]) -> None:
    """Write all keys of many persons of one town anew, each with the contacts (kind, value) it has now."""
    rows = [(person, list(given)) for person, given in found]
    people = [person for person, _ in rows]
    homes = dict(
        Residence.objects.filter(person__in=[p.pk for p in people], ended_on=None).values_list("person_id", "address")
    )
    wanted = {
        person.pk: _of_name(person) | _of_contacts(given) | {(HOME, home_key(homes.get(person.pk, "")))}
        for person, given in rows
    }
    _replace(people, (NAME, READING, NUMBER, TAIL, MAIL, HOME), wanted)
    if people:
        index(people[0].authority_id, "person", [person.pk for person in people])


def _of_name(person: Person) -> set[tuple[str, str]]:
    return {(NAME, fold(person.display_name)), (READING, fold(person.kana or person.display_name))}


def _of_contacts(given: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    pairs = list(given)
    wanted = number_keys(value for kind, value in pairs if kind == Contact.Kind.PHONE)
    return wanted | {(MAIL, value.strip().casefold()) for kind, value in pairs if kind == Contact.Kind.MAIL}


def _replace(people: list[Person], kinds: tuple[str, ...], wanted: dict[int, set[tuple[str, str]]]) -> None:
    PersonKey.objects.filter(person__in=[person.pk for person in people], kind__in=kinds).delete()
    insert_many(
        PersonKey,
        (
            {"authority_id": person.authority_id, "person_id": person.pk, "kind": kind, "key": key[:200]}
            for person in people
            for kind, key in sorted(wanted[person.pk])
            if key
        ),
    )
