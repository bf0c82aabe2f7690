"""The tables of the people wing, one file for each subject."""

from yui.people.models.contacts import Contact, PersonKey, Residence
from yui.people.models.merges import LikePair, Merge
from yui.people.models.notes import Concern, ContactNote
from yui.people.models.organizations import Membership, Organization, OrganizationChoice
from yui.people.models.persons import Card, ExternalNumber, Person, PersonChoice, Profile, Proxy
from yui.people.models.registrations import Consent, Draft, Pause, Registration, StageChange

__all__ = [
    "Card",
    "Concern",
    "Consent",
    "Contact",
    "ContactNote",
    "Draft",
    "ExternalNumber",
    "LikePair",
    "Membership",
    "Merge",
    "Organization",
    "OrganizationChoice",
    "Pause",
    "Person",
    "PersonChoice",
    "PersonKey",
    "Profile",
    "Proxy",
    "Registration",
    "Residence",
    "StageChange",
]
