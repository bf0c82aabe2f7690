"""What an applicant sees of its own application: where it stands, its checklist, its files with their findings."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.files.sealing import BrokenSeal
from yui.office.calls.applicant_words import finding_words
from yui.office.calls.checklist import Asked, asks_estimate, missing_of
from yui.office.calls.deadlines import closed, closing, takes_web
from yui.office.calls.domain.standing import LATER_STAGES, OUT, asked_for
from yui.office.calls.models import Applicant, Proposal, SubmittedPaper
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.sealed import envelope_of, estimate_in
from yui.office.calls.states import ApplicantState, CallState


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file as its applicant sees it."""

    row: SubmittedPaper
    name: str
    findings: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the checklist with what is there for it."""

    asked: Asked
    files: list[OwnFile] = field(default_factory=list)

    @property
    def there(self) -> bool:
        """Whether anything is there."""
        return bool(self.files)


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage of a call for one applicant."""

    key: str
    name: str
    number: int
    until: dt.datetime
    over: bool
    reached: bool
    web: bool
    estimate_asked: bool
    draft: Proposal | None
    received: Proposal | None
    refused: list[Proposal]
    lines: list[Line]
    missing: list[Asked]
    estimate: int | None
    cap: int

    @property
    def open(self) -> bool:
        """Whether the portal takes something now."""
        return self.web and self.reached and not self.over


def stages_of(applicant: Applicant) -> list[StageView]:
    """Every stage of the call, in order."""
    announced = rules_of(applicant.call)
    return [stage_view(announced, applicant, stage.key) for stage in announced.rules.stages]


def stage_view(announced: Announced, applicant: Applicant, stage: str) -> StageView:
    """What the applicant sees of a stage. The draft's files where there is one, else those handed in."""
    told = announced.stage(stage)
    rows = list(Proposal.objects.filter(applicant=applicant, stage=stage).order_by("id"))
    draft = next((one for one in rows if one.state == "draft"), None)
    received = next((one for one in reversed(rows) if one.state == "received"), None)
    shown = draft or received
    asked = asked_for(announced, stage, applicant)
    files: dict[str, list[OwnFile]] = {}
    for row in shown.papers.all() if shown else ():
        files.setdefault(row.paper, []).append(own_file(row))
    gone = applicant.state in OUT or applicant.state == ApplicantState.NOT_ELIGIBLE
    taking = applicant.call.state == CallState.ANNOUNCED and not gone
    return StageView(
        key=stage, name=told.name, number=told.number, until=closing(announced, stage),
        over=closed(announced, stage, clock.now()), reached=taking and (told.number == 1 or applicant.state in LATER_STAGES),
        web=takes_web(announced), estimate_asked=asks_estimate(announced, stage), draft=draft, received=received,
        refused=[one for one in rows if one.state == "refused"],
        lines=[Line(one, files.get(one.key, [])) for one in asked], missing=missing_of(asked, files),
        estimate=own_estimate(shown) if shown else None, cap=announced.rules.cap.value,
    )  # fmt: skip


def own_file(row: SubmittedPaper) -> OwnFile:
    """Name and findings out of the envelope, for the applicant alone."""
    try:
        envelope = envelope_of(row.envelope) if row.envelope else None
    except BrokenSeal:
        return OwnFile(row, _("（この設置先では封を開けません）"), [])
    findings = envelope.findings if envelope else row.findings
    return OwnFile(row, envelope.name if envelope else row.name, [finding_words(one) for one in findings])


def own_estimate(proposal: Proposal) -> int | None:
    """The sum, for the applicant alone."""
    try:
        return proposal.estimate if proposal.estimate is not None else estimate_in(proposal.sealed_estimate)
    except BrokenSeal:
        return None


def eligibility_count(applicant: Applicant, answers: dict[str, Any]) -> tuple[int, int]:
    """How many requirements are declared to hold, of how many."""
    keys = [one.key for one in rules_of(applicant.call).rules.eligibility]
    return sum(1 for key in keys if key in answers and answers[key].declared), len(keys)
