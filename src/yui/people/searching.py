"""What of people and organisations is found by a search: names and readings, and where a person is active. No contacts."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from yui.base.search.registry import Text, searchable
from yui.base.tenancy.models import District
from yui.engine.text import fold, name_tokens
from yui.people.models import Organization, Person
from yui.people.queries import visible

PERSON, ORGANIZATION = "person", "organization"


def _people() -> QuerySet[Person]:
    return visible().select_related("district__parent")


def _organizations() -> QuerySet[Organization]:
    return Organization.objects.filter(ended_on=None)


def _of_people(people: Iterable[Person]) -> Iterator[Text]:
    for person in people:
        tokens = name_tokens(person.display_name, person.kana, _places(person.district))
        yield Text(person.pk, fold(person.kana or person.display_name), tokens)


def _of_organizations(organizations: Iterable[Organization]) -> Iterator[Text]:
    for row in organizations:
        yield Text(row.pk, fold(row.kana or row.name), name_tokens(row.name, row.kana))


def _places(district: District | None) -> list[str]:
    above = district.parent if district is not None else None
    return [place.name for place in (district, above) if place is not None and (place is district or place.parent_id)]


searchable(PERSON, rows=_people, texts=_of_people)
searchable(ORGANIZATION, rows=_organizations, texts=_of_organizations)
