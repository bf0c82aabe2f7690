"""The keys a caller is found by: kept by the verbs, compared and never shown."""

from collections.abc import Iterable

from yui.base.tenancy.inserting import insert_many
from yui.engine.text import digits, fold
from yui.people.models import Contact, Person, PersonKey

NAME, READING, NUMBER, TAIL = "name", "reading", "number", "tail"
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


def keep_number_keys(person: Person, given: Iterable[tuple[str, str]]) -> None:
    """Write the keys of the telephone numbers among ``given`` (kind, value) anew."""
    _replace(person, (NUMBER, TAIL), number_keys(value for kind, value in given if kind == Contact.Kind.PHONE))


def keep_keys_of_many(found: Iterable[tuple[Person, Iterable[tuple[str, str]]]]) -> None:
    """Write all keys of many persons anew, each with the contacts (kind, value) it has now."""
    rows = [(person, list(given)) for person, given in found]
    kinds = (NAME, READING, NUMBER, TAIL)
    PersonKey.objects.filter(person__in=[person.pk for person, _ in rows], kind__in=kinds).delete()
    insert_many(
        PersonKey,
        (
            {"authority_id": person.authority_id, "person_id": person.pk, "kind": kind, "key": key[:200]}
            for person, given in rows
            for kind, key in sorted(
                {(NAME, fold(person.display_name)), (READING, fold(person.kana or person.display_name))}
                | number_keys(value for kind, value in given if kind == Contact.Kind.PHONE)
            )
            if key
        ),
    )


def _replace(person: Person, kinds: tuple[str, ...], wanted: set[tuple[str, str]]) -> None:
    PersonKey.objects.filter(person=person, kind__in=kinds).delete()
    PersonKey.objects.bulk_create(
        PersonKey(authority_id=person.authority_id, person=person, kind=kind, key=key[:200])
        for kind, key in sorted(wanted)
        if key
    )
