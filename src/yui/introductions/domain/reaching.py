"""By what way each side is reached. Every reading of a contact is written into the audit with its reason."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop

from yui.activities.models import Opportunity
from yui.base.access.actor import Actor
from yui.base.audit.record import Reason, record_reading
from yui.introductions.models import Answer
from yui.people.models import Organization, Person, Residence
from yui.people.queries import read_contacts

MAIL, PHONE, LETTER, IN_PERSON = "mail", "phone", "letter", "in_person"
WAY_LABELS = {MAIL: "メール", PHONE: "電話", LETTER: "手紙", IN_PERSON: gettext_noop("会ったときに")}


@dataclass(frozen=True, slots=True)
class Way:
    """A channel and its address. ``in_person`` has none: it waits until somebody meets."""

    channel: str
    address: str = ""

    @property
    def label(self) -> str:
        """The word for staff."""
        return WAY_LABELS[self.channel]


@dataclass(frozen=True, slots=True)
class Receiving:
    """One side of an introduction as somebody to write to."""

    side: str
    kind: str
    public_id: str
    name: str
    language: str
    chosen: str
    person: Person | None
    organization: Organization | None


def receiving(opportunity: Opportunity, person: Person, side: str) -> Receiving:
    """Who stands on a side: the person, or the host (an organisation or a person)."""
    organization = opportunity.activity.host_organization if side == Answer.Side.HOST else None
    if organization is not None:
        name, chosen = organization.name, organization.contact_way
        return Receiving(side, "organization", organization.public_id, name, "ja", chosen, None, organization)
    who = person if side == Answer.Side.PERSON else opportunity.activity.host_person
    if who is None:
        raise LookupError("an activity has a host")
    profile = getattr(who, "profile", None)
    chosen = profile.contact_way if profile else ""
    return Receiving(side, "person", who.public_id, who.display_name, who.language, chosen, who, None)


def ways_of(actor: Actor, to: Receiving, reason: Reason) -> list[Way]:
    """Every way to reach a side, the chosen one first. The verb that calls has asked for the right."""
    if to.organization is not None:
        given = {MAIL: to.organization.mail, PHONE: to.organization.phone, LETTER: to.organization.address}
    else:
        given = _of_person(actor, to.person, reason)
    order = [to.chosen, PHONE, MAIL, LETTER]
    found = [Way(channel, given[channel]) for channel in dict.fromkeys(order) if given.get(channel)]
    if to.chosen == IN_PERSON:
        return [Way(IN_PERSON), *found]
    return found or [Way(IN_PERSON)]


def way_to(actor: Actor, to: Receiving, reason: Reason, channel: str = "") -> Way:
    """The chosen way, or the wanted ``channel`` where there is an address for it."""
    ways = ways_of(actor, to, reason)
    return next((way for way in ways if way.channel == channel), ways[0])


def _of_person(actor: Actor, person: Person, reason: Reason) -> dict[str, str]:
    by_house = replace(actor, system=actor.system or "introductions")  # the verb asked; the audit keeps who acts
    given: dict[str, str] = {}
    for contact in read_contacts(actor=by_house, person=person, reason=reason):
        given.setdefault(contact.kind, contact.value)
    home = Residence.objects.filter(person=person, ended_on=None).first()
    if home is not None and home.address:
        record_reading(actor, person_id=person.public_id, fields=["residence.address"], reason=reason)
        given[LETTER] = f"〒{home.postal_code}\n{home.address}" if home.postal_code else home.address
    return given
