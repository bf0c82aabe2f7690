"""Organisations and their members. A resident may found one; it need not be incorporated."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.audit.record import record
from yui.base.definitions import by_key, current
from yui.base.search.domain import index
from yui.people.models import Membership, Organization, OrganizationChoice, Person

FIELDS = (
    "name", "kana", "sector", "corporate_number", "about", "district", "mail", "phone", "address", "contact_way",
)  # fmt: skip
STAFF_FIELDS = ("council",)
"""What only the desk may say of an organisation, because a stage may rest on it."""


def organization_values(organization: Organization) -> dict[str, Any]:
    """What ``update_organization`` can change, as it stands."""
    values: dict[str, Any] = {name: getattr(organization, name) for name in (*FIELDS, *STAFF_FIELDS)}
    keys = OrganizationChoice.objects.filter(organization=organization, kind="theme").values_list("key", flat=True)
    return values | {"themes": tuple(sorted(keys))}


def register_organization(*, actor: Actor, values: Mapping[str, Any], founder: Person | None = None) -> Organization:
    """Make an organisation. Whoever founds it for themselves (``founder``) becomes its representative."""
    require(actor, Permission.ORGANIZATION_WRITE)
    if founder is not None:
        require(actor, Permission.PERSON_WRITE, founder)
    elif not holds_everywhere(actor, Permission.ORGANIZATION_WRITE):
        raise NotPossible(_("だれが代表になるかを選んでください。"), "founder_missing")
    today, now = clock.today(), clock.now()
    with transaction.atomic():
        organization = Organization(authority=actor.authority, effective_on=today, recorded_at=now)
        _write(actor, organization, values)
        record(actor, "organization.registered", organization)
        if founder is not None:
            _join(actor, organization, founder, Membership.Role.REPRESENTATIVE)
    return organization


def update_organization(
    *, actor: Actor, organization: Organization, version: int, values: Mapping[str, Any]
) -> Organization:
    """Save what changed. Raises ``Stale`` with both texts when somebody else saved in between."""
    require(actor, Permission.ORGANIZATION_WRITE, organization)
    with transaction.atomic():
        organization = Organization.objects.select_for_update().get(pk=organization.pk)
        present = organization_values(organization)
        if organization.version != version:
            mine = {name: values[name] for name in present if name in values}
            raise Stale(theirs={name: present[name] for name in mine}, mine=mine)
        organization.version += 1
        _write(actor, organization, values)
        changed = sorted(name for name in present if name in values and values[name] != present[name])
        record(actor, "organization.changed", organization, fields=changed)
    return organization


def end_organization(*, actor: Actor, organization: Organization) -> Organization:
    """The organisation stops today; its memberships end with it."""
    require(actor, Permission.ORGANIZATION_WRITE, organization)
    today = clock.today()
    with transaction.atomic():
        organization.ended_on = today
        organization.save(update_fields=["ended_on"])
        index(organization.authority_id, "organization", [organization.pk])
        Membership.objects.filter(organization=organization, ended_on=None).update(ended_on=today)
        record(actor, "organization.ended", organization)
    return organization


def add_member(
    *, actor: Actor, organization: Organization, person: Person, role: str = Membership.Role.MEMBER
) -> Membership:
    """Add a person whom the actor may read: staff anybody, a representative the persons they speak for."""
    require(actor, Permission.ORGANIZATION_WRITE, organization)
    require(actor, Permission.PERSON_READ, person)
    if person.erased_at is not None:
        raise NotPossible(_("この登録は、もう消されています。"), "erased")
    with transaction.atomic():
        if Membership.objects.filter(organization=organization, person=person, ended_on=None).exists():
            raise NotPossible(_("もう構成員に入っています。"), "member_already")
        return _join(actor, organization, person, role)


def change_role(*, actor: Actor, membership: Membership, role: str) -> Membership:
    """Another role from today: the present membership ends and a new one begins."""
    require(actor, Permission.ORGANIZATION_WRITE, membership.organization)
    with transaction.atomic():
        _leave(actor, membership)
        return _join(actor, membership.organization, membership.person, role)


def end_member(*, actor: Actor, membership: Membership) -> None:
    """End a membership today. Everybody may end their own; the organisation may end any of its own."""
    require(actor, Permission.ORGANIZATION_WRITE, membership)
    with transaction.atomic():
        _leave(actor, membership)


def _write(actor: Actor, organization: Organization, values: Mapping[str, Any]) -> None:
    if "name" in values and not str(values["name"]).strip():
        raise NotPossible(_("団体の名前を書いてください。"), "name_missing")
    allowed = (*FIELDS, *STAFF_FIELDS) if holds_everywhere(actor, Permission.ORGANIZATION_WRITE) else FIELDS
    for name in allowed:
        if name in values:
            setattr(organization, name, values[name])
    organization.save()
    index(organization.authority_id, "organization", [organization.pk])
    if "themes" in values:
        _write_themes(actor, organization, values["themes"])


def _write_themes(actor: Actor, organization: Organization, keys: Sequence[str]) -> None:
    if set(keys) - set(by_key(current(actor.authority).people.themes)):  # type: ignore[arg-type]
        raise NotPossible(_("えらべない分野が入っています。もう一度えらんでください。"), "unknown_choice")
    OrganizationChoice.objects.filter(organization=organization, kind="theme").exclude(key__in=keys).delete()
    present = set(OrganizationChoice.objects.filter(organization=organization).values_list("key", flat=True))
    OrganizationChoice.objects.bulk_create(
        OrganizationChoice(authority_id=organization.authority_id, organization=organization, key=key)
        for key in sorted(set(keys) - present)
    )


def _join(actor: Actor, organization: Organization, person: Person, role: str) -> Membership:
    membership = Membership.objects.create(
        authority_id=organization.authority_id, organization=organization, person=person, role=role,
        effective_on=clock.today(), recorded_at=clock.now(),
    )  # fmt: skip
    details = {"organization": organization.public_id, "role": str(role)}
    record(actor, "membership.begun", membership, person_id=person.public_id, details=details)
    return membership


def _leave(actor: Actor, membership: Membership) -> None:
    if membership.ended_on is not None:
        raise NotPossible(_("もう終わっている構成員です。"), "ended")
    membership.ended_on = clock.today()
    membership.save(update_fields=["ended_on"])
    details = {"organization": membership.organization.public_id}
    record(actor, "membership.ended", membership, person_id=membership.person.public_id, details=details)
