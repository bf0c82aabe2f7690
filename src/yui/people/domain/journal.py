"""The journal of a merge: carried out row by row, kept as plain data, and taken back in the opposite order."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model

from yui.people.merge_rules import Change, Plan
from yui.people.models import PersonKey

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an undo leaves as a human has made it since: table, field and how many rows."""

    table: str
    name: str
    count: int


@dataclass(slots=True)
class TakenBack:
    """How an undo went."""

    kept: list[Kept] = field(default_factory=list)
    keys_lost: bool = False
    """The search keys were written anew since; they are made again from what stands."""


def carry_out(plans: list[Plan]) -> list[Entry]:
    """Do what the plans say, endings before moves, and answer with the journal. Call inside a transaction."""
    changes = [change for plan in plans for change in plan.changes]
    moves = [change for change in changes if len(change.fields) == 1 and change.model is not None and _is_move(change)]
    endings = [change for change in changes if change not in moves]
    journal = [_write(change) for change in endings + moves]
    journal += [_make(model, values) for plan in plans for model, values in plan.made]
    return [entry for entry in journal if entry]


def take_back(journal: list[Entry], *, dry: bool = False) -> TakenBack:
    """Undo a journal. What is no longer as the merge left it stays as it is and is listed.

    ``dry``: only find out what would stay.
    """
    found = TakenBack()
    for entry in reversed(journal):
        model = apps.get_model(entry["t"])
        if entry.get("made"):
            if not dry:
                _remove(model, entry["pks"])
            continue
        for name, (before, after) in entry["f"].items():
            missing = _restore(model, entry["pks"], name, _read(model, name, before), _read(model, name, after), dry)
            if missing and model is PersonKey:
                found.keys_lost = True
            elif missing and name != "version":  # a later save has counted on; nobody's concern
                found.kept.append(Kept(entry["t"], name, missing))
    return found


def _is_move(change: Change) -> bool:
    (name,) = change.fields
    return name.endswith("_id") or name in ("owner_pk", "to_id")


def _write(change: Change) -> Entry:
    fields = {name: values for name, values in change.fields.items() if values[0] != values[1]}
    if not fields:
        return {}
    _rows(change.model).filter(pk__in=change.pks).update(**{name: after for name, (_before, after) in fields.items()})
    told = {name: [_plain(before), _plain(after)] for name, (before, after) in fields.items()}
    return {"t": change.model._meta.label, "pks": list(change.pks), "f": told}


def _make(model: type[Model], values: dict[str, Any]) -> Entry:
    row = _rows(model).create(**values)
    return {"t": model._meta.label, "pks": [row.pk], "made": True}


def _remove(model: type[Model], pks: list[int]) -> None:
    _rows(model).filter(pk__in=pks).delete()


def _restore(model: type[Model], pks: list[int], name: str, before: Any, after: Any, dry: bool) -> int:
    """Set a field back where it stands as the merge left it; how many rows do not."""
    rows = _rows(model).filter(pk__in=pks, **{name: after})
    if dry:
        return len(pks) - rows.count()
    try:
        with transaction.atomic():
            return len(pks) - rows.update(**{name: before})
    except IntegrityError:  # somebody entered since what may be there once only
        return len(pks)


def _rows(model: type[Model]) -> Any:
    return model.objects  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _read(model: type[Model], name: str, value: Any) -> Any:
    """A value of the journal as the field holds it."""
    known = next(f for f in model._meta.concrete_fields if name in (f.name, f.attname))
    return value if value is None or known.is_relation else known.to_python(value)
