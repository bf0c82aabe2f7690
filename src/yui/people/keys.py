"""The keys a caller is found by: kept by the verbs, compared and never shown. Numbers here, names in the search's index."""

from collections.abc import Iterable

from yui.base.search.domain import index
from yui.engine.likeness import home_key
from yui.engine.text import digits, fold
from yui.people.models import Contact, Person, PersonKey

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
    wanted = {(NAME, fold(person.display_name)), (READING, fold(person.kana or person.display_name))}
    _replace(person, (NAME, READING), wanted)
    index(person.authority_id, "person", [person.pk])


def keep_number_keys(person: Person, given: Iterable[tuple[str, str]]) -> None:
    """Write the keys of the telephone numbers and mail addresses among ``given`` (kind, value) anew."""
    pairs = list(given)
    wanted = number_keys(value for kind, value in pairs if kind == Contact.Kind.PHONE)
    wanted |= {(MAIL, value.strip().casefold()) for kind, value in pairs if kind == Contact.Kind.MAIL}
    _replace(person, (NUMBER, TAIL, MAIL), wanted)


def keep_home_key(person: Person, address: str) -> None:
    """Write the key of the postal address anew."""
    _replace(person, (HOME,), {(HOME, home_key(address))})


def _replace(person: Person, kinds: tuple[str, ...], wanted: set[tuple[str, str]]) -> None:
    PersonKey.objects.filter(person=person, kind__in=kinds).delete()
    PersonKey.objects.bulk_create(
        PersonKey(authority_id=person.authority_id, person=person, kind=kind, key=key[:200])
        for kind, key in sorted(wanted)
        if key
    )
