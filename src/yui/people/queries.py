"""Asking about people. Contact data is read here and nowhere else."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yui.base.access.actor import Actor, Subject
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import CONTACT_READ, REASON_LABELS, Reason, record_reading
from yui.base.ui.templatetags.yui import listed
from yui.people.models import (
    Contact,
    ContactNote,
    Membership,
    Organization,
    Pause,
    Person,
    Proxy,
    Registration,
    Residence,
    StageChange,
)

ACTING = "acting_person"
"""Session key: the public id of the person for whom an account acts now."""


def subjects_of(account: Account, today: dt.date) -> Iterator[Subject]:
    """For whom an account may speak today: its persons, and the organisations in which they are members."""
    proxies = Proxy.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), account=account, starts_on__lte=today)
    persons = (
        proxies.filter(person__erased_at=None, person__merged_into=None)
        .order_by()
        .values_list(Value("person"), "person_id")
    )
    own = proxies.filter(relation=Proxy.Relation.SELF).values("person_id")
    members = Membership.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=today), person_id__in=own, effective_on__lte=today
    ).exclude(role=Membership.Role.MEMBER)
    groups = members.order_by().values_list(Value("organization"), "organization_id")
    yield from persons.union(groups)


def read_contacts(*, actor: Actor, person: Person, reason: Reason) -> list[Contact]:
    """The present contacts of a person. The reading is written into the audit first."""
    require(actor, Permission.CONTACT_READ, person)
    record_reading(actor, person_id=person.public_id, fields=["contact.value", "contact.note"], reason=reason)
    return list(Contact.objects.filter(person=person, ended_on=None))


def read_address(*, actor: Actor, person: Person, reason: Reason) -> Residence | None:
    """The present postal address of a person. The reading is written into the audit first."""
    require(actor, Permission.CONTACT_READ, person)
    record_reading(actor, person_id=person.public_id, fields=["residence.address"], reason=reason)
    return Residence.objects.filter(person=person, ended_on=None).order_by("-id").first()


def read_reach(*, actor: Actor, person: Person, reason: Reason) -> tuple[list[Contact], Residence | None]:
    """Contacts and postal address together, as one reading in the audit."""
    require(actor, Permission.CONTACT_READ, person)
    fields = ["contact.value", "contact.note", "residence.address"]
    record_reading(actor, person_id=person.public_id, fields=fields, reason=reason)
    home = Residence.objects.filter(person=person, ended_on=None).order_by("-id").first()
    return list(Contact.objects.filter(person=person, ended_on=None)), home


# Who acts for whom


def persons_of(actor: Actor) -> list[Person]:
    """The persons an actor may speak for; the own one first."""
    if actor.account is None:
        return []
    own = Proxy.objects.filter(account=actor.account, person=OuterRef("pk"), relation=Proxy.Relation.SELF)
    rows = Person.objects.filter(pk__in=actor.person_ids, erased_at=None, merged_into=None).annotate(is_own=Exists(own))
    return list(rows.order_by("-is_own", "id"))


def acting_person(request: HttpRequest) -> Person | None:
    """For whom a resident acts in this session: the person chosen, or their own. ``None`` without any."""
    persons = persons_of(request.actor)  # type: ignore[attr-defined]
    chosen = request.session.get(ACTING, "")
    return next((person for person in persons if person.public_id == chosen), persons[0] if persons else None)


# What holds on a day


def visible() -> QuerySet[Person]:
    """The persons of lists, searches and candidates: neither erased nor hidden nor merged into another row."""
    return Person.objects.filter(erased_at=None, hidden=False, merged_into=None)


def rows_of(person: Person) -> QuerySet[Person]:
    """The rows that were merged into a person, and those merged into them before."""
    found, newest = set[int](), {person.pk}
    while newest:
        newest = set(Person.objects.filter(merged_into__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return Person.objects.filter(pk__in=found)


def registered(day: dt.date) -> QuerySet[Person]:
    """The visible persons whose registration runs on a day."""
    running = Registration.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day), person=OuterRef("pk"), effective_on__lte=day
    )
    return visible().filter(Exists(running))


def current_stage(person: Person, day: dt.date) -> str:
    """The key of the stage on a day; empty before the first."""
    return effective_changes(day).filter(person=person).values_list("stage", flat=True).last() or ""


def effective_changes(day: dt.date) -> QuerySet[StageChange]:
    """The moves that count on a day, oldest first: agreed, and in effect."""
    return StageChange.objects.filter(effective_on__lte=day).exclude(agreed_on=None)


def with_stage(people: QuerySet[Person], day: dt.date) -> QuerySet[Person]:
    """Each person with ``stage_key`` on a day, in one query."""
    changes = effective_changes(day).filter(person=OuterRef("pk")).order_by("-effective_on", "-id")
    return people.annotate(stage_key=Subquery(changes.values("stage")[:1]))


def waiting_change(person: Person) -> StageChange | None:
    """The proposal of a stage that awaits the person's answer."""
    return StageChange.objects.filter(person=person, agreed_on=None, declined_on=None).order_by("-id").first()


def pauses_on(day: dt.date) -> QuerySet[Pause]:
    """The rests that run on a day."""
    return Pause.objects.filter(
        Q(until=None) | Q(until__gte=day), Q(lifted_on=None) | Q(lifted_on__gt=day), starts_on__lte=day
    )


def current_pause(person: Person, day: dt.date) -> Pause | None:
    """The rest of a person on a day."""
    return pauses_on(day).filter(person=person).order_by("-id").first()


def paused_ids(day: dt.date) -> set[int]:
    """The persons who rest on a day."""
    return set(pauses_on(day).values_list("person_id", flat=True))


def people_on(day: dt.date, *, district: str = "", stage: str = "", resting: bool | None = None) -> QuerySet[Person]:
    """The list of the desk: registered and visible, with ``stage_key`` and ``rests``."""
    rows = with_stage(registered(day), day).select_related("district")
    rows = rows.annotate(rests=Exists(pauses_on(day).filter(person=OuterRef("pk"))))
    if district:
        rows = rows.filter(district__key=district)
    if stage:
        rows = rows.filter(stage_key=stage)
    if resting is not None:
        rows = rows.filter(rests=resting)
    return rows.order_by("kana", "id")


def organizations_on(day: dt.date) -> QuerySet[Organization]:
    """The organisations that stand on a day."""
    return Organization.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day)).select_related("district")


def members_of(organization: Organization, day: dt.date) -> QuerySet[Membership]:
    """The present members, representatives first. Erased and hidden persons are in no list."""
    running = Q(ended_on=None) | Q(ended_on__gt=day)
    rows = Membership.objects.filter(running, organization=organization, person__erased_at=None, person__hidden=False)
    return rows.select_related("person").order_by("-role", "id")


def open_promises() -> QuerySet[ContactNote]:
    """The promises not yet kept, the nearest first."""
    rows = ContactNote.objects.filter(kept_on=None).exclude(promised_for=None)
    return rows.select_related("person", "organization").order_by("promised_for", "id")


def named(note: ContactNote) -> str:
    """Of whom a note is, as lists show it: a hidden or erased person has no name there."""
    if note.person is not None:
        if note.person.hidden:
            return "（一覧に出さない方）"
        return note.person.display_name or "（消去した方）"
    return note.organization.name if note.organization is not None else ""


# Who looked


@dataclass(frozen=True, slots=True)
class Look:
    """One reading of somebody's contact data, in words for that person: a role, never the name of an employee."""

    at: dt.datetime
    who: str
    reason: str
    what: str


WHAT_LABELS = {"contact": gettext_noop("連絡先"), "residence": gettext_noop("住所"), "address": gettext_noop("住所")}


def looks_at(person: Person, limit: int = 200) -> list[Look]:
    """Who looked at the contact data of a person and why, newest first. One's own looks are among them."""
    known_as = [person.public_id, *rows_of(person).values_list("public_id", flat=True)]
    events = list(AuditEvent.objects.filter(person_id__in=known_as, act=CONTACT_READ).order_by("-id")[:limit])
    own = set(Proxy.objects.filter(person=person).values_list("account__public_id", flat=True))
    return [
        Look(event.at, _who(event, own), _why(event), listed(dict.fromkeys(_what(event.fields)))) for event in events
    ]


def _who(event: AuditEvent, own: set[str]) -> str:
    if event.actor in own:
        return _("あなた")
    if event.actor.startswith("system:"):
        return _("自動の処理")
    labels = [_(ROLES[key].label) for key in event.roles.split(",") if key in ROLES and ROLES[key].staff]
    return listed(labels) or _("代理の人")


def _why(event: AuditEvent) -> str:
    return _(REASON_LABELS[Reason(event.reason)]) if event.reason in set(Reason) else ""


def _what(fields: Iterable[str]) -> list[str]:
    return [_(WHAT_LABELS.get(str(name).partition(".")[0], gettext_noop("登録の内容"))) for name in fields]


def staff_accounts(day: dt.date) -> list[Account]:
    """The accounts that hold a role of the desk on a day: who may have received a paper."""
    roles = [
        key for key, role in ROLES.items() if role.staff and Permission.PERSON_REGISTER_BY_PROXY in role.everywhere
    ]
    grants = Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), role__in=roles, starts_on__lte=day)
    return list(Account.objects.filter(pk__in=grants.values("account_id")).order_by("name", "id"))
