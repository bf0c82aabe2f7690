"""Consents that a list tells of: each is a day on which somebody agreed on paper, in the words of that day."""

from yui.base import clock
from yui.base.access.actor import Actor
from yui.people.definition import People, wording_on
from yui.people.imports.rows import Entry
from yui.people.imports.standing import Standing
from yui.people.models import Consent, Person
from yui.people.models.registrations import Received


def lacking(entry: Entry, there: Standing) -> set[str]:
    """The purposes the row tells of that are not agreed to. Whoever has withdrawn since that day is left in peace."""
    return {
        purpose
        for purpose, day in entry.consents.items()
        if not any(
            row.purpose == purpose and (row.withdrawn_on is None or row.withdrawn_on >= day) for row in there.consents
        )
    }


def consents_of(actor: Actor, people: People, person: Person, entry: Entry) -> list[Consent]:
    """A consent on paper for each purpose whose day the list tells, in the words of that day."""
    now = clock.now()
    found = []
    for purpose in people.purposes:
        day = entry.consents.get(purpose.key)
        if day is None:
            continue
        wording = wording_on(purpose, day) or purpose.wordings[0]
        found.append(
            Consent(
                authority_id=person.authority_id,
                person=person,
                purpose=purpose.key,
                wording_version=wording.version,
                effective_on=day,
                recorded_at=now,
                received=Received.PAPER,
                received_by=actor.account,
                guardian=entry.guardian,
            )
        )
    return found
