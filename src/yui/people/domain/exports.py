"""The list of people as a file: for the eye, for machines, as CSV. Recorded with its reason; hidden people are not in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import CONTACT_READ, Reason, record_each
from yui.base.definitions import by_key, current
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.leaving import record_leaving
from yui.base.exchange.losses import Loss, cp932_bytes, find_losses
from yui.base.exchange.sheets import for_machines, for_the_eye
from yui.people.models import Consent, Contact, ExternalNumber, Person, Registration, Residence
from yui.people.queries import people_on

EYE, MACHINE, CSV, CP932 = "eye", "machine", "csv", "cp932"
ENDINGS = {EYE: "xlsx", MACHINE: "xlsx", CSV: "csv", CP932: "csv"}
FIELDS = ("contact.value", "residence.address")
EYE_HEADER = ("外部番号", "氏名", "よみ", "生まれた年", "活動したい地区", "層", "登録した日", "いま", "同意")
EYE_CONTACTS = ("電話番号", "メールアドレス", "郵便番号", "住所", "連絡してほしい方法")
MACHINE_HEADER = (
    "id", "external_number", "display_name", "kana", "birth_year", "district", "stage", "registered_on", "resting", "consents",
)  # fmt: skip
MACHINE_CONTACTS = ("phones", "mails", "postal_code", "address", "contact_way")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be in the file. ``contacts``: telephone, mail and address too; each person can then see who read them."""

    kind: str
    reason: Reason
    contacts: bool = False
    district: str = ""
    stage: str = ""
    losses_accepted: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes, or what CP932 would lose: then there are no bytes yet and nothing has left."""

    content: bytes | None
    losses: tuple[Loss, ...] = ()


def export_people(*, actor: Actor, wanted: Wanted) -> Exported:
    """Make the file of the registered people of today. Recorded before the bytes are handed over."""
    require(actor, Permission.PERSON_EXPORT, actor.authority)
    with transaction.atomic():
        people = list(people_on(clock.today(), district=wanted.district, stage=wanted.stage))
        machine = wanted.kind == MACHINE
        header, rows = _table(actor, people, machine=machine, contacts=wanted.contacts)
        if wanted.kind == CP932 and not wanted.losses_accepted:
            losses = find_losses(header, rows, only_signs=EYE_CONTACTS)  # no reading is recorded yet
            if losses:
                return Exported(None, tuple(losses))
        record_leaving(
            actor=actor, what=f"people.{wanted.kind}", count=len(people), permission=Permission.PERSON_EXPORT,
            fields=FIELDS if wanted.contacts else (), reason=wanted.reason,
        )  # fmt: skip
        if wanted.contacts:
            rows_read = ((person, person.public_id, FIELDS) for person in people)
            record_each(actor, CONTACT_READ, rows_read, reason=wanted.reason)
        return Exported(_bytes(wanted, header, rows))


def _bytes(wanted: Wanted, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    if wanted.kind == EYE:
        return for_the_eye("人財", header, rows, made_at=clock.now())
    if wanted.kind == MACHINE:
        return for_machines("people", header, rows)
    if wanted.kind == CP932:
        return cp932_bytes(header, rows, losses_accepted=True)
    return csv_bytes(header, rows)


def _table(
    actor: Actor, people: Sequence[Person], *, machine: bool, contacts: bool
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Header and rows, read in a handful of queries whatever the number of people."""
    definition = current(town_of(actor)).people
    stages, purposes, ways = by_key(definition.stages), by_key(definition.purposes), by_key(definition.contact_ways)
    ids = [person.pk for person in people]
    numbers = dict(ExternalNumber.objects.filter(person__in=ids).values_list("person_id", "number"))
    since = dict(Registration.objects.filter(person__in=ids, ended_on=None).values_list("person_id", "effective_on"))
    consents = _grouped(Consent.objects.filter(person__in=ids, withdrawn_on=None).values_list("person_id", "purpose"))
    reach = _reach(ids) if contacts else {}
    rows: list[tuple[Any, ...]] = []
    for person in people:
        agreed, stage = sorted(consents[person.pk]), person.stage_key or ""  # type: ignore[attr-defined]
        number, resting = numbers.get(person.pk, ""), bool(person.rests)  # type: ignore[attr-defined]
        if machine:
            district = person.district.key if person.district else ""
            row: tuple[Any, ...] = (
                person.public_id, number, person.display_name, person.kana, person.birth_year, district, stage,
                since.get(person.pk), resting, "|".join(agreed),
            )  # fmt: skip
        else:
            row = (
                number, person.display_name, person.kana, str(person.birth_year or ""),
                person.district.name if person.district else "", str(stages[stage].label) if stage in stages else "",
                since.get(person.pk), "お休み中" if resting else "",
                "／".join(str(purpose.label) for key, purpose in purposes.items() if key in agreed),
            )  # fmt: skip
        rows.append((*row, *_told(reach.get(person.pk), ways, machine=machine)) if contacts else row)
    header = MACHINE_HEADER if machine else EYE_HEADER
    return (*header, *(MACHINE_CONTACTS if machine else EYE_CONTACTS)) if contacts else header, rows


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, value in pairs:
        found[pk].append(value)
    return found


@dataclass(slots=True)
class _Reach:
    phones: list[str]
    mails: list[str]
    postal_code: str = ""
    address: str = ""
    way: str = ""


def _reach(ids: Sequence[int]) -> dict[int, _Reach]:
    """How each person is reached; the caller records the reading."""
    found = {pk: _Reach([], []) for pk in ids}
    for pk, kind, value in Contact.objects.filter(person__in=ids, ended_on=None).values_list(
        "person_id", "kind", "value"
    ):
        if kind in (Contact.Kind.PHONE, Contact.Kind.MAIL):
            (found[pk].phones if kind == Contact.Kind.PHONE else found[pk].mails).append(value)
    homes = Residence.objects.filter(person__in=ids, ended_on=None).order_by("id")
    for pk, code, address in homes.values_list("person_id", "postal_code", "address"):
        found[pk].postal_code, found[pk].address = code, address
    for pk, way in Person.objects.filter(pk__in=ids).values_list("pk", "profile__contact_way"):
        found[pk].way = way or ""
    return found


def _told(reach: _Reach | None, ways: Any, *, machine: bool) -> tuple[str, ...]:
    if reach is None:
        return ("",) * len(EYE_CONTACTS)
    between = "|" if machine else "、"
    way = reach.way if machine or reach.way not in ways else str(ways[reach.way].label)
    return between.join(reach.phones), between.join(reach.mails), reach.postal_code, reach.address, way
