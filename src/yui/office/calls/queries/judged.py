"""Who is judged in a stage, who judges, and what stands on a member's own sheet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from yui.office.calls.definition import Criterion
from yui.office.calls.models import (
    Applicant,
    Call,
    CommitteeMember,
    MemberOrder,
    Notice,
    Score,
    ScoreSheet,
    ScoringStage,
    SubmittedPaper,
)
from yui.office.calls.rules import Announced
from yui.office.calls.states import ApplicantState

OUT = frozenset(
    {ApplicantState.WITHDRAWN, ApplicantState.DISQUALIFIED, ApplicantState.NOT_ELIGIBLE, ApplicantState.NOT_INVITED}
)
"""States in which nobody scores an applicant."""


def handed_in(call: Call, stage: str) -> list[Applicant]:
    """Who handed in papers of a stage that were accepted, in the order of registration; also who left afterwards."""
    rows = Applicant.objects.filter(call=call, proposals__stage=stage, proposals__state="received")
    return list(rows.distinct())


def judged(call: Call, stage: str) -> list[Applicant]:
    """Who is scored in a stage: who handed in and is still there."""
    return [one for one in handed_in(call, stage) if one.state not in OUT]


def scoring_of(call: Call, stage: str) -> ScoringStage | None:
    """The scoring of a stage, once it was opened."""
    return ScoringStage.objects.filter(call=call, stage=stage).first()


def seats(call: Call) -> list[CommitteeMember]:
    """Every seat, also of those who were recused."""
    return list(CommitteeMember.objects.filter(call=call).select_related("account"))


def result_sent_at(call: Call, announced: Announced) -> dt.datetime | None:
    """When the result was told first: what happens later no longer moves anybody's rank."""
    kinds = [one.key for one in announced.rules.notices if one.on == announced.last_stage.notice]
    sent = Notice.objects.filter(applicant__call=call, kind__in=kinds).exclude(sent_at=None).order_by("sent_at")
    return sent.values_list("sent_at", flat=True).first()


@dataclass(slots=True)
class Line:
    """One applicant on a member's sheet. ``total`` is the sum of what is filled in; ``left``: items still blank."""

    applicant: Applicant
    number: int
    filled: int
    left: int
    total: Decimal
    place: int | None = None
    within: int | None = None
    """Its place among those of the same total, from 1."""


@dataclass(slots=True)
class OwnSheet:
    """A member's own sheet of a stage, and nothing of anybody else."""

    sheet: ScoreSheet
    lines: list[Line]
    criteria: Sequence[Criterion]
    ties: list[list[Line]] = field(default_factory=list)

    @property
    def blanks(self) -> int:
        """Items that were not given yet."""
        return sum(line.left for line in self.lines)

    @property
    def unordered(self) -> bool:
        """Whether equal totals still wait for the member's own order."""
        return any(line.place is None for tie in self.ties for line in tie)

    @property
    def complete(self) -> bool:
        """Whether it may be closed."""
        return bool(self.lines) and not self.blanks and not self.unordered


def own_sheet(sheet: ScoreSheet, announced: Announced) -> OwnSheet:
    """One member's sheet with its totals and the ties that wait for an order. Two queries beside the applicants'."""
    call = sheet.member.call
    criteria = announced.criteria(sheet.stage)
    points: dict[int, list[Decimal]] = {}
    given = Score.objects.filter(sheet=sheet).exclude(points=None).values_list("applicant_id", "points")
    for applicant, value in given:
        points.setdefault(applicant, []).append(value)
    places = dict(MemberOrder.objects.filter(sheet=sheet).values_list("applicant_id", "place"))
    lines = [
        Line(
            one, number, len(points.get(one.pk, ())), len(criteria) - len(points.get(one.pk, ())),
            sum(points.get(one.pk, ()), Decimal(0)), places.get(one.pk),
        )
        for number, one in enumerate(judged(call, sheet.stage), start=1)
    ]  # fmt: skip
    made = OwnSheet(sheet, lines, criteria)
    made.ties = ties_of(lines, announced, sheet.stage)
    for tie in made.ties:
        placed = sorted((line for line in tie if line.place is not None), key=lambda line: line.place or 0)
        for within, line in enumerate(placed, start=1):
            line.within = within
    return made


def ties_of(lines: Sequence[Line], announced: Announced, stage: str) -> list[list[Line]]:
    """Groups of equal totals that need the member's own order: where ranks are distinct, from the floor on."""
    rules = announced.profile.selection
    if rules is None or not rules.distinct_ranks or stage != announced.last_stage.key:
        return []
    floor = rules.floor.points if rules.floor is not None and rules.floor.measured == "each_member" else 0
    groups: dict[Decimal, list[Line]] = {}
    for line in lines:
        if not line.left and line.total >= floor:
            groups.setdefault(line.total, []).append(line)
    return [tie for _, tie in sorted(groups.items(), reverse=True) if len(tie) > 1]


def scores_of(sheet: ScoreSheet, applicant: Applicant) -> Mapping[str, Score]:
    """The scores of one applicant on a sheet, by the code of the criterion."""
    return {one.criterion: one for one in Score.objects.filter(sheet=sheet, applicant=applicant)}


def papers_to_read(applicant: Applicant, stage: str, announced: Announced) -> list[tuple[str, str]]:
    """Public id and name of each file of an applicant that a member may open after the opening."""
    names = {one.key: one.name for one in announced.rules.papers}
    rows = SubmittedPaper.objects.filter(
        proposal__applicant=applicant, proposal__stage=stage, proposal__state="received", on_paper=False
    )
    return [(public_id, names.get(paper, paper)) for public_id, paper in rows.values_list("public_id", "paper")]
