"""Loading a definition folder."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.definitions.changes import differences
from yui.base.definitions.checks import plain, read_folder
from yui.base.definitions.examples import EXAMPLES_FILE
from yui.base.definitions.loads import tell_loaded
from yui.base.definitions.models import COMMISSION, SCHEME, DefinitionVersion
from yui.base.definitions.queries import loaded_anew, stored_data
from yui.base.definitions.reading import Fault
from yui.base.definitions.scheme import Scheme
from yui.base.tenancy.models import Authority, District


class FaultyDefinition(NotPossible):
    """The folder has faults; nothing was loaded. ``faults`` names each with its file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"定義に直すところが{len(faults)}か所あります。何も読み込んでいません。", "faulty_definition")
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: the versions it made (none when nothing had changed), and what wings have to say of it."""

    versions: tuple[DefinitionVersion, ...]
    notes: tuple[str, ...] = ()


def load(*, actor: Actor, folder: FilePath) -> Loaded:
    """Check a folder and store a new version of each part that changed; the town runs from it at once.

    The authority's colours, contact and districts follow. Raises ``FaultyDefinition`` with every fault, and
    ``NotPossible`` when the folder is another town's.
    """
    require(actor, Permission.DEFINITION_LOAD, actor.authority)
    assert actor.authority is not None
    with transaction.atomic():
        authority = Authority.objects.select_for_update().get(pk=actor.authority.pk)
        before = stored_data(authority)
        reading = read_folder(folder, before if folder.resolve().name == authority.key else None)
        if reading.faults or reading.definition is None:
            raise FaultyDefinition(reading.faults)
        scheme: Scheme = reading.definition.scheme
        if scheme.authority.key != authority.key:
            raise NotPossible(
                f"この定義は「{scheme.authority.key}」のもので、「{authority.key}」のものではありません。", "other_town"
            )
        after = plain(reading.data())
        made = tuple(_store_changed(actor, after, before))
        if made:
            _follow(authority, scheme)
        loaded_anew()
        notes = tell_loaded(actor=actor, before=before, after=after)
    return Loaded(made, notes)


def parts_of(data: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """A folder's data, split into what is versioned by itself: the scheme, and each commission with its calls."""
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    scheme_key = data["scheme"]["authority"]["key"]
    for stem, content in data.items():
        if f"{stem}.yaml" == EXAMPLES_FILE:
            continue
        name = (SCHEME, scheme_key)
        if stem.startswith("commission-"):
            name = (COMMISSION, content["key"])
        elif stem.startswith("call-"):
            name = (COMMISSION, content["commission"])
        parts.setdefault(name, {})[stem] = content
    return parts


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the content, whatever the order of its keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _store_changed(actor: Actor, data: dict[str, Any], before: dict[str, Any]) -> list[DefinitionVersion]:
    made = []
    for (kind, key), content in parts_of(data).items():
        newest = DefinitionVersion.objects.filter(kind=kind, key=key).order_by("-version").first()
        digest = digest_of(content)
        if newest is not None and newest.digest == digest:
            continue
        version = DefinitionVersion.objects.create(
            authority=actor.authority,
            kind=kind,
            key=key,
            version=newest.version + 1 if newest else 1,
            loaded_at=clock.now(),
            loaded_by=actor.account,
            data=content,
            digest=digest,
            changes=differences({stem: before[stem] for stem in content if stem in before}, content) if newest else [],
        )
        record(actor, "definition.loaded", version, details={"kind": kind, "key": key, "version": version.version})
        made.append(version)
    return made


def _follow(authority: Authority, scheme: Scheme) -> None:
    """Carry over what pages need without reading the definition: name, colours, contact, districts."""
    colours, contact = scheme.authority.colours, scheme.contact
    authority.name = scheme.authority.name
    authority.accent = {name: getattr(colours, name) for name in ("accent", "strong", "soft", "line")}
    authority.contact = {
        "brand": scheme.product.ja,
        "brand_sub": scheme.title.ja,
        "office": contact.office.text,
        "desk": contact.desk.text,
        "phone": contact.tel.text,
        "fax": contact.fax.text,
        "mail": contact.mail.text,
        "hours": contact.hours.ja,
        "hours_in": {code: contact.hours.in_language(code) for code in scheme.languages},
    }
    authority.save(update_fields=["name", "accent", "contact"])
    kept: dict[str, District] = {}
    for place in scheme.districts:
        kept[place.key], _ = District.objects.update_or_create(
            authority=authority,
            key=place.key,
            defaults={
                "name": place.name,
                "latitude": Decimal(str(place.centre[0])),
                "longitude": Decimal(str(place.centre[1])),
                "approximate": place.approximate,
                "retired_on": place.retired,
            },
        )
    for place in scheme.districts:
        parent = kept[place.parent] if place.parent else None
        if kept[place.key].parent_id != (parent.pk if parent else None):
            kept[place.key].parent = parent
            kept[place.key].save(update_fields=["parent"])
