"""What else there is for somebody who got no place: the same question as a person's own suggestions, without a list.

Every limit that the person set holds. Nobody is shown or passed over in the ledger by this: who is sent on to another
出番 was not chosen for it, the applicant is told what has room.
"""

from yui.activities.models import Opportunity
from yui.base import clock
from yui.base.tenancy.models import Authority
from yui.engine.matching import read_instance, recommend
from yui.introductions import facts
from yui.people.models import Person

HOW_MANY = 30
"""Enough to pass by what is full of others who were sent there."""


def what_fits(authority: Authority, person: Person) -> list[Opportunity]:
    """Open, with room, within the person's hard limits; best first."""
    gathered = facts.for_person(authority, person, clock.today(), own=True)
    if not gathered.question["persons"] or not gathered.question["opportunities"]:
        return []
    gathered.question.update(k=HOW_MANY, why_not=False)
    result = recommend(read_instance(gathered.question))
    names = [entry.id for entries in result.lists.values() for entry in entries]
    rows = {row.public_id: row for row in Opportunity.objects.filter(public_id__in=names).select_related("session")}
    return [rows[name] for name in names]
