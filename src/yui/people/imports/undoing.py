"""Taking an import of people back. What nobody has touched since is as it was; the rest is left alone and told.

An added person goes for good, with keys, registration and contacts, unless somebody has worked with them since (a call,
a consent, a candidate list, a locked month …). Of an updated person each part goes back that still is what was written.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import CONTACT_READ, record_each
from yui.base.exchange.models import Import, ImportRow
from yui.base.measures.models import LockedFigure
from yui.base.search.domain import forget
from yui.people.imports.standing import PERSON_VALUES, Standing, save_values, sealed, standing_of
from yui.people.keys import keep_keys_of_many
from yui.people.models import (
    Consent,
    Contact,
    ExternalNumber,
    LikePair,
    Person,
    PersonChoice,
    PersonKey,
    Profile,
    Registration,
    Residence,
    StageChange,
)

AT_ONCE = 500
OWN_TABLES = {
    Consent, Contact, ExternalNumber, LikePair, PersonChoice, PersonKey, Profile, Registration, Residence, StageChange,
}  # fmt: skip
"""What an import writes for a new person, and what is found by itself (pairs that look alike)."""
OWN_ACTS = ("person.imported", CONTACT_READ)
TOUCHED, USED, LOCKED, GONE = "touched", "used", "locked", "gone"
LEFT_LABELS = {
    TOUCHED: "取り込んだあとに、だれかが変えたか、連絡を記録した方です",
    USED: "取り込んだあとに、候補・応募・団体などに出てきた方です",
    LOCKED: "締めた月の数字に入っている方です",
    GONE: "もう消されている方です",
}


def undo(actor: Actor, batch: Import, rows: Sequence[ImportRow]) -> None:
    """Undo inside the caller's transaction; ``outcome`` and ``left`` of each row say what became of it."""
    require(actor, Permission.PERSON_IMPORT, batch)
    ids = [row.subject_id for row in rows]
    persons = {row.public_id: row for row in Person.objects.select_for_update().filter(public_id__in=ids)}
    _take_back_updates(actor, [row for row in rows if row.action == "update"], persons)
    _take_back_added(actor, batch, [row for row in rows if row.action == "add"], persons)


# Added


def _take_back_added(actor: Actor, batch: Import, rows: Sequence[ImportRow], persons: dict[str, Person]) -> None:
    there = {public_id: person for public_id, person in persons.items() if person.erased_at is None}
    added = [there[row.subject_id] for row in rows if row.subject_id in there]
    reasons = _reasons(batch, added)
    going = []
    for row in rows:
        person = there.get(row.subject_id)
        why = GONE if person is None else reasons.get(person.pk, "")
        row.outcome, row.left = ("left", [why]) if why else ("undone", [])
        if person is not None and not why:
            going.append(person)
    record_each(actor, "person.import_undone", ((person, person.public_id, ()) for person in going))
    ids = [person.pk for person in going]
    for start in range(0, len(ids), AT_ONCE):
        Person.objects.filter(pk__in=ids[start : start + AT_ONCE]).delete()
    if ids:
        forget(batch.authority_id, "person", ids)


def _reasons(batch: Import, persons: Collection[Person]) -> dict[int, str]:
    """Why a person stays, by key; the persons that may go are not in it."""
    by_public = {person.public_id: person.pk for person in persons}
    found: dict[int, str] = {}
    locked = _locked_keys(batch)
    if locked:
        for model in (Registration, StageChange):
            for pk, public_id in model.objects.filter(person__in=persons).values_list("person_id", "public_id"):
                if public_id in locked:
                    found[pk] = LOCKED
    for relation in Person._meta.related_objects:
        if relation.related_model in OWN_TABLES:
            continue
        name = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": persons})
        found |= dict.fromkeys(rows.order_by().values_list(name, flat=True).distinct(), USED)
    touched = AuditEvent.objects.filter(person_id__in=by_public).exclude(act__in=OWN_ACTS)
    found |= {by_public[public_id]: TOUCHED for public_id in touched.values_list("person_id", flat=True).distinct()}
    return found


def _locked_keys(batch: Import) -> set[str]:
    """Public ids of rows behind the figures of months that were locked after the import."""
    figures = LockedFigure.objects.filter(lock__locked_at__gte=batch.imported_at, measure__startswith="people.")
    return {row["key"] for rows in figures.values_list("rows", flat=True) for row in rows}


# Updated


def _take_back_updates(actor: Actor, rows: Sequence[ImportRow], persons: dict[str, Person]) -> None:
    standing = standing_of([person for person in persons.values() if person.erased_at is None])
    back: list[tuple[Standing, list[str]]] = []
    for row in rows:
        person = persons.get(row.subject_id)
        there = standing.get(person.pk) if person else None
        if there is None:
            row.outcome, row.left = "left", [GONE]
            continue
        done, left = _take_back(row, there)
        row.left = sorted(left)
        row.outcome = "undone" if not left else ("partly" if done else "left")
        if done:
            there.person.version += 1
            back.append((there, done))
    people = [there.person for there, _ in back]
    save_values([there for there, _ in back])
    fresh = standing_of(people)
    keep_keys_of_many((there.person, [(c.kind, c.value) for c in there.contacts]) for there in fresh.values())
    record_each(
        actor, "person.import_update_undone", ((there.person, there.person.public_id, done) for there, done in back)
    )  # fmt: skip


def _take_back(row: ImportRow, there: Standing) -> tuple[list[str], list[str]]:
    """Put back the parts that still are what was written. Returns what went back and what was left."""
    result: Counter[tuple[bool, str]] = Counter()
    for name, value in row.earlier.get("values", {}).items():
        same = sealed(there.value(name)) == row.written["values"][name]
        if same:
            setattr(there.person if name in PERSON_VALUES else there.profile, name, value)
        result[same, name] += 1
    present: dict[str, list[Any]] = {
        "phone": there.open_contacts("phone"), "mail": there.open_contacts("mail"), "home": there.homes,
    }  # fmt: skip
    for part, rows in present.items():
        if f"open_{part}" in row.written:
            result[_rows_back(row.written, part, rows), part] += 1
    for kind, keys in row.earlier.get("choices", {}).items():
        same = sealed(there.chosen(kind)) == row.written["choices"][kind]
        if same:
            _chips_back(there, kind, keys)
        result[same, kind] += 1
    made = row.written.get("made_consents", [])
    if made:
        standing = {consent.pk for consent in there.consents if consent.withdrawn_on is None}
        same = set(made) <= standing
        if same:
            Consent.objects.filter(pk__in=made).delete()
        result[same, "consents"] += 1
    return [name for same, name in result if same], [name for same, name in result if not same]


def _rows_back(written: dict[str, Any], part: str, present: Sequence[Any]) -> bool:
    """Delete the rows that were made and open those that were ended, if the same ones stand as after the import."""
    if sorted(row.pk for row in present) != written[f"open_{part}"]:
        return False
    model = Residence if part == "home" else Contact
    model.objects.filter(pk__in=written.get(f"made_{part}", [])).delete()  # type: ignore[attr-defined]
    model.objects.filter(pk__in=written.get(f"ended_{part}", [])).update(ended_on=None)  # type: ignore[attr-defined]
    return True


def _chips_back(there: Standing, kind: str, keys: Sequence[str]) -> None:
    person = there.person
    PersonChoice.objects.filter(person=person, kind=kind).exclude(key__in=keys).delete()
    PersonChoice.objects.bulk_create(
        PersonChoice(authority_id=person.authority_id, person=person, kind=kind, key=key)
        for key in keys
        if key not in there.chosen(kind)
    )
