"""What the wing tells people: by the way each person chose, in their language, with no more than they need.

Written as rows in the transaction of the act; the sender takes them after the commit. The house itself reads the
address, not whoever acted: a host who calls a session off never sees where the applicants live.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from yui.activities.models import Application, Opportunity, Session
from yui.base.access.actor import Actor, system_actor
from yui.base.access.errors import NotPossible
from yui.base.access.rules import town_of
from yui.base.audit.record import Reason
from yui.base.messages.domain import Receiver, send
from yui.base.messages.models import Message
from yui.base.tenancy.addresses import full_url, town_url
from yui.people.models import Contact, Organization, Person, Profile
from yui.people.queries import read_address, read_contacts

NAME = "notices"


def application_received(
    actor: Actor, application: Application, *, position: int = 0, things: Sequence[Opportunity] = ()
) -> None:
    """To the applicant: received, with a place or waiting as number ``position``, and what else there is meanwhile; to
    the host: somebody applied (no name in the message)."""
    _tell_applicant(actor, "application_received", application, position=position, things=things)
    opportunity = application.opportunity
    activity = opportunity.activity
    place = "group" if activity.host_organization_id else "my"
    page = town_url(opportunity.authority, f"activities:{place}_opportunity", public_id=opportunity.public_id)
    context = {"opportunity_title": opportunity.title, "page": full_url(page)}
    related = ("application", application.public_id)
    if activity.host_organization is not None:
        _tell_organization(actor, activity.host_organization, "application_to_host", context, related)
    elif activity.host_person is not None:
        tell_person(actor, activity.host_person, "application_to_host", context, related)


def application_refused(actor: Actor, application: Application, things: Sequence[Opportunity]) -> None:
    """To the applicant, without a reason, with what else there is."""
    _tell_applicant(actor, "application_refused", application, things=things)


def offered(actor: Actor, application: Application, token: str) -> None:
    """To somebody who waited: a place is kept until an instant; the link gives the answer without signing in."""
    link = full_url(town_url(application.opportunity.authority, "activities:offer_link", token=token))
    _tell_applicant(actor, "application_offered", application, link=link, answer_until=application.answer_until)


def place_taken(actor: Actor, application: Application) -> None:
    """To somebody who said yes to an offer."""
    _tell_applicant(actor, "application_moved_up", application)


def lapsed(actor: Actor, application: Application, things: Sequence[Opportunity]) -> None:
    """To somebody who did not answer an offer in time; they may apply again."""
    _tell_applicant(actor, "application_lapsed", application, things=things)


def no_place(
    actor: Actor, application: Application, *, reason: str, position: int, things: Sequence[Opportunity]
) -> None:
    """To somebody who waited to the end: the true reason, their number in the line, and what else there is."""
    _tell_applicant(actor, "application_no_place", application, reason=reason, position=position, things=things)


def session_cancelled(actor: Actor, application: Application, session: Session) -> None:
    """To somebody who wanted to come."""
    _tell_applicant(actor, "session_cancelled", application, session=session)


def first_channel(actor: Actor, person: Person) -> str:
    """By which way a message to the person will go; empty where there is none."""
    return next((channel for channel, _address in _ways(system_actor(town_of(actor), NAME), person)), "")


def tell_person(
    actor: Actor, person: Person, kind: str, context: dict[str, Any], related: tuple[str, str]
) -> Message | None:
    """Write one message by the first way that works, the person's own choice first; nothing for the unreachable."""
    if person.erased_at is not None or person.authority_id != town_of(actor).pk:
        return None
    house = system_actor(town_of(actor), NAME)
    for channel, address in _ways(house, person):
        try:
            return send(
                actor=house,
                authority=town_of(actor),
                channel=channel,
                kind=kind,
                to=Receiver("person", person.public_id, address),
                context=context,
                language=person.language or "ja",
                related=related,
            )
        except NotPossible:  # an address that can not be used; the next way may do
            continue
    return None


def _tell_applicant(
    actor: Actor,
    kind: str,
    application: Application,
    session: Session | None = None,
    things: Sequence[Opportunity] = (),
    **more: Any,
) -> None:
    opportunity = application.opportunity
    page = town_url(opportunity.authority, "activities:opportunity", public_id=opportunity.public_id)
    context = {
        "opportunity_title": opportunity.title,
        "application": application,
        "session": session or opportunity.session,
        "when_text": opportunity.when_text,
        "page": full_url(page),
        "next_things": [told_thing(row) for row in things],
        **more,
    }
    tell_person(actor, application.person, kind, context, ("application", application.public_id))


def told_thing(row: Opportunity) -> dict[str, Any]:
    """What a message says of something else one may join."""
    page = town_url(row.authority, "activities:opportunity", public_id=row.public_id)
    return {"title": row.title, "session": row.session, "when_text": row.when_text, "page": full_url(page)}


def _ways(house: Actor, person: Person) -> Iterator[tuple[str, str]]:
    profile = Profile.objects.filter(person=person).first()
    chosen = profile.contact_way if profile else ""
    channels = sorted(("mail", "phone", "letter"), key=lambda channel: channel != chosen)
    contacts: list[Contact] | None = None
    for channel in channels:
        if channel == "letter":
            address = _address(house, person)
            if address:
                yield "letter", address
            continue
        if contacts is None:
            contacts = read_contacts(actor=house, person=person, reason=Reason.NOTICE)
        for contact in contacts:
            if contact.kind == channel:
                yield channel, contact.value


def _address(house: Actor, person: Person) -> str:
    home = read_address(actor=house, person=person, reason=Reason.NOTICE)
    if home is None or not home.address:
        return ""
    post = f"〒{home.postal_code}\n" if home.postal_code else ""
    return f"{post}{home.address}\n{person.display_name} 様"


def _tell_organization(
    actor: Actor, organization: Organization, kind: str, context: dict[str, Any], related: tuple[str, str]
) -> None:
    ways = {"mail": organization.mail, "phone": organization.phone}
    for channel in sorted(ways, key=lambda channel: channel != organization.contact_way):
        if not ways[channel]:
            continue
        try:
            send(
                actor=system_actor(town_of(actor), NAME),
                authority=town_of(actor),
                channel=channel,
                kind=kind,
                to=Receiver("organization", organization.public_id, ways[channel]),
                context=context,
                related=related,
            )
        except NotPossible:
            continue
        return
