"""Everything that a call says, in words made from its data: the engine's sentences, each value with where it comes from,
what changed between versions, and the definition's examples put to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from yui.base import definitions
from yui.base.definitions.comparing import Change, compared
from yui.base.definitions.examples import EXAMPLES_FILE, Answered, ExamplesFile, answered
from yui.base.definitions.queries import stored_data
from yui.base.definitions.reading import read
from yui.base.definitions.sections import autodiscover
from yui.base.definitions.telling import Block, chapters
from yui.base.tenancy.models import Authority
from yui.engine.profile import sentences
from yui.office.calls.models import Call, CallVersion
from yui.office.calls.rules import rules_in

SECTIONS = ("call", "expenses", "commission")
"""The sections whose examples concern a call."""
_KEPT = 16
_run: dict[tuple[Any, ...], list[Answered]] = {}


@dataclass(frozen=True, slots=True)
class Amendment:
    """A version that came after the announcement, with what it changed."""

    version: CallVersion
    changes: list[Change]


def rule_sentences(version: CallVersion) -> list[str]:
    """The rules by which the engine decides, one Japanese sentence each; without the first, which names the profile."""
    return sentences(rules_in(version).profile)[1:]


def blocks_of(version: CallVersion, town: Authority) -> tuple[Block, ...]:
    """Every value of a version with its source, or the note that the document has none."""
    stem = f"call-{version.call.key}"
    stored = {name: data for name, data in stored_data(town).items() if name.startswith("commission-")}
    return next(one.blocks for one in chapters({**stored, stem: version.rules}) if one.stem == stem)


def amendments_of(call: Call) -> list[Amendment]:
    """Every amendment in force, oldest first."""
    versions = list(CallVersion.objects.filter(call=call).exclude(effective_at=None).order_by("number"))
    for one in versions:
        one.call = call
    return [Amendment(after, difference(before, after)) for before, after in pairwise(versions)]


def difference(before: CallVersion, after: CallVersion) -> list[Change]:
    """What differs between two versions, in words."""
    stem = f"call-{before.call.key}"
    found = compared({stem: before.rules}, {stem: after.rules})
    return [replace(one, where=one.where.partition(" › ")[2]) for one in found]


def examples_of(version: CallVersion, town: Authority) -> list[Answered]:
    """The examples of the town's definition about calls and expenses, put to this version; none where it has none."""
    definition = definitions.current(town)
    name = (version.public_id, tuple(sorted(definition.versions.items())))
    if version.effective_at is not None and name in _run:
        return _run[name]
    path = Path(settings.DEFINITIONS_DIR) / town.key / EXAMPLES_FILE
    data: Mapping[str, Any] = read(path).data if path.exists() else {}
    if not data:
        return []
    sections = [one for one in autodiscover() if one.name in SECTIONS]
    kinds = {kind for one in sections for kind in one.examples}
    model = ExamplesFile.model_validate(data)
    cases = [case for case in model.examples if case.kind in kinds]
    if not cases:
        return []
    rules = rules_in(version).rules
    calls = tuple(rules if one.key == rules.key else one for one in definition.calls)
    found = list(answered(ExamplesFile(examples=cases), replace(definition, calls=calls), sections))
    if version.effective_at is not None:
        if len(_run) >= _KEPT:
            _run.clear()
        _run[name] = found
    return found
