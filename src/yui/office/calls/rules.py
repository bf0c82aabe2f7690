"""The rules of a call as they were announced: typed again from the plain data of a version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yui.base.definitions.schema import ItemType
from yui.engine.profile import Profile, read_object
from yui.engine.reading import Log
from yui.office.calls.definition import Call as Rules
from yui.office.calls.definition import CallPaper, Criterion, Requirement, Stage
from yui.office.calls.models import Call, CallVersion
from yui.office.calls.schedule import Moment, cut_off

_KEPT = 32
_known: dict[str, "Announced"] = {}


@dataclass(frozen=True, slots=True)
class Announced:
    """What holds for a call: the version's number, its words and the engine's profile, both plain and typed."""

    number: int
    rules: Rules
    profile: Profile
    plain_profile: dict[str, Any]

    def moment(self, key: str) -> Moment:
        """An entry of the schedule. KeyError."""
        return _named(self.rules.schedule, key)

    def stage(self, key: str) -> Stage:
        """A stage. KeyError."""
        return _named(self.rules.stages, key)

    @property
    def last_stage(self) -> Stage:
        """The stage in which proposals are judged."""
        return self.rules.stages[-1]

    def deadline(self, stage: str) -> datetime | None:
        """The instant until which papers of a stage must have arrived; None where the document writes no time."""
        return cut_off(self.moment(self.stage(stage).due).closes.value)

    def papers(self, stage: str) -> list[CallPaper]:
        """The checklist of a stage, in the document's order."""
        return [one for one in self.rules.papers if one.stage == stage]

    def requirement(self, key: str) -> Requirement:
        """A requirement of eligibility. KeyError."""
        return _named(self.rules.eligibility, key)

    def criteria(self, stage: str) -> list[Criterion]:
        """The criteria of a stage, in the document's order."""
        return [one for group in self.rules.criteria if group.stage == stage for one in group.criteria]


def rules_of(call: Call) -> Announced:
    """What holds now: the newest version in force, or the draft while nothing is announced. One query.

    Raises LookupError where the call has no version.
    """
    versions = CallVersion.objects.filter(call=call).order_by("-number")
    version = versions.filter(effective_at__isnull=False).first() or versions.first()
    if version is None:
        raise LookupError(f"{call} has no version")
    return rules_in(version)


def rules_of_each(calls: Iterable[Call]) -> dict[int, Announced]:
    """What holds for each of several calls, by their key in the database. One query, however many they are."""
    wanted = {call.pk for call in calls}
    newest: dict[int, CallVersion] = {}
    for version in CallVersion.objects.filter(call__in=wanted).order_by("number"):
        held = newest.get(version.call_id)
        if held is None or version.effective_at is not None:
            newest[version.call_id] = version
    return {pk: rules_in(version) for pk, version in newest.items()}


def rules_in(version: CallVersion) -> Announced:
    """The rules of one version. What is in force never changes, so it is read once."""
    if version.effective_at is None:
        return _read(version)
    if version.public_id not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        _known[version.public_id] = _read(version)
    return _known[version.public_id]


def _read(version: CallVersion) -> Announced:
    log = Log()
    profile = read_object(version.profile, ("profile",), log)
    log.raise_if_any()
    assert profile is not None
    return Announced(version.number, Rules.model_validate(version.rules), profile, version.profile)


def _named(things: Sequence[ItemType], key: str) -> ItemType:
    for one in things:
        if one.key == key:
            return one
    raise KeyError(key)
