"""Reading the committee: its card, its desk page without numbers, and a member's own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.office.calls.models import (
    Call,
    CommitteeMember,
    ConflictDeclaration,
    ScoreCorrection,
    ScoreSheet,
    ScoringStage,
    SealOpening,
    SelectionRecord,
)
from yui.office.calls.queries.judged import judged, seats
from yui.office.calls.rules import Announced
from yui.office.calls.states import CallState

STATES = {
    "appointed": ("審査する", "ok"), "recused": ("回避した", "warn"), "abstained": ("棄権した", "warn"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat as the office and the chair see it: who, declared or not, closed or not. Never a number of points."""

    member: CommitteeMember
    label: str
    tone: str
    declared: str
    conflict: bool
    sheets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StageLine:
    """The scoring of a stage: ``step`` is sealed, ready, open or closed."""

    key: str
    name: str
    step: str
    label: str
    closed: int
    asked: int


SHEET = {"open": "記入中", "closed": "閉じた"}
STEPS = {"sealed": "開封前", "ready": "開封ずみ", "open": "採点中", "closed": "締めた"}


def stage_lines(call: Call, announced: Announced) -> list[StageLine]:
    """Each stage with how many sheets are closed."""
    opened = set(SealOpening.objects.filter(call=call).values_list("stage", flat=True))
    scoring = {one.stage: one for one in ScoringStage.objects.filter(call=call)}
    sheets = list(ScoreSheet.objects.filter(member__call=call, member__state="appointed").values_list("stage", "state"))
    made = []
    for stage in announced.rules.stages:
        if not announced.criteria(stage.key):
            continue
        one = scoring.get(stage.key)
        step = "ready" if stage.key in opened else "sealed"
        if one is not None:
            step = "open" if one.closed_at is None else "closed"
        mine = [state for key, state in sheets if key == stage.key]
        made.append(StageLine(stage.key, stage.name, step, STEPS[step], mine.count("closed"), len(mine)))
    return made


def seat_lines(call: Call, announced: Announced) -> list[SeatLine]:
    """Every seat, without any number of points. As many queries whatever anybody did."""
    wanted = {one.pk for stage in announced.rules.stages for one in judged(call, stage.key)}
    declared: dict[int, set[int]] = {}
    conflicts: set[int] = set()
    rows = ConflictDeclaration.objects.filter(member__call=call)
    for member, applicant, conflict in rows.values_list("member_id", "applicant_id", "conflict"):
        declared.setdefault(member, set()).add(applicant)
        if conflict:
            conflicts.add(member)
    sheets: dict[int, list[tuple[str, str]]] = {}
    for member, stage, state in ScoreSheet.objects.filter(member__call=call).values_list("member_id", "stage", "state"):
        sheets.setdefault(member, []).append((announced.stage(stage).name, SHEET[state]))
    return [
        SeatLine(
            one, *STATES[one.state], _declared(declared.get(one.pk, set()), wanted), one.pk in conflicts,
            tuple(sheets.get(one.pk, ())),
        )
        for one in seats(call)
    ]  # fmt: skip


def _declared(given: set[int], wanted: set[int]) -> str:
    if not wanted:
        return "応募者を待つ"
    return "申告ずみ" if wanted <= given else "まだ"


def committee_card(call: Call, announced: Announced, actor: Actor) -> dict[str, Any]:
    """What the card of the committee shows on the page of a call."""
    present = [one for one in seats(call) if one.state == "appointed"]
    return {
        "call": call,
        "members": len(present),
        "chair": next((one.name for one in present if one.chair), ""),
        "stages": stage_lines(call, announced),
        "scored": call.state not in (CallState.DRAFT, CallState.ANNOUNCED, CallState.SCORING, CallState.POSTPONED),
        "shortlist": announced.profile.shortlist is not None,
        "record": SelectionRecord.objects.filter(call=call, kind="select").defer("asked").order_by("-id").first(),
        "may_write": holds_everywhere(actor, Permission.CALL_WRITE),
        "may_read": holds_everywhere(actor, Permission.SCORES_READ),
    }


def corrections_of(call: Call, *, asked_only: bool = False) -> list[ScoreCorrection]:
    """Corrections of a call, newest first, with whose they are."""
    rows = ScoreCorrection.objects.filter(score__sheet__member__call=call)
    if asked_only:
        rows = rows.filter(state="asked")
    return list(rows.select_related("score__sheet__member", "score__applicant").order_by("-id"))


def undeclared(member: CommitteeMember, announced: Announced) -> int:
    """For how many applicants a member has not declared yet."""
    wanted = {one.pk for stage in announced.rules.stages for one in judged(member.call, stage.key)}
    given = ConflictDeclaration.objects.filter(member=member, applicant__in=wanted).count()
    return len(wanted) - given


def papers_of(call: Call, closed: Mapping[str, str]) -> list[tuple[ScoreSheet, str]]:
    """The closed sheets of stages whose scoring is over, with the stage's name. ``closed``: name by key."""
    rows = ScoreSheet.objects.filter(member__call=call, stage__in=closed, state="closed").select_related("member")
    return [(sheet, closed[sheet.stage]) for sheet in rows.order_by("stage", "member__order", "member_id")]
