"""提出書類の一覧: which papers of a stage are asked of this applicant, and which of them are still missing. Pure."""

import calendar
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from yui.office.calls.definition import CallPaper
from yui.office.calls.rules import Announced

AGREEMENT = "consortium_agreement"
"""協定書: asked of every consortium, in the first stage, whatever the call's own list says."""
ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which papers are asked: the applicant's form, the register of bidders, a consortium."""

    form: str
    on_register: bool
    consortium: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the checklist. ``obligatory``: without it the papers are not complete."""

    key: str
    number: str
    name: str
    obligatory: bool
    paper: CallPaper | None = None

    @property
    def copies(self) -> int:
        """Copies asked on paper, in all."""
        return self.paper.copies.value if self.paper is not None and self.paper.copies is not None else 1

    @property
    def within_months(self) -> int | None:
        """The greatest age of a certificate."""
        limit = self.paper.within_months if self.paper is not None else None
        return limit.value if limit is not None else None


def asked_of(announced: Announced, stage: str, standing: Standing) -> list[Asked]:
    """The checklist of a stage for one applicant, in the document's order."""
    holds = {
        "always": True,
        "corporation": standing.form == "corporation",
        "unincorporated": standing.form == "unincorporated",
        "unregistered": not standing.on_register,
    }
    found = [
        Asked(paper.key, paper.number, paper.name, holds.get(paper.needed, False), paper)
        for paper in announced.papers(stage)
        if paper.needed == "on_instruction" or holds.get(paper.needed, False)
    ]
    if standing.consortium and stage == announced.rules.stages[0].key:
        found.append(Asked(AGREEMENT, "共同体", "協定書の写し", True))
    return found


def missing_of(asked: Collection[Asked], there: Collection[str]) -> list[Asked]:
    """The obligatory papers that are not there."""
    return [one for one in asked if one.obligatory and one.key not in there]


def asks_estimate(announced: Announced, stage: str) -> bool:
    """Whether the stage asks for a sum."""
    return any(paper.key == ESTIMATE for paper in announced.papers(stage))


def too_old(obtained_on: dt.date, months: int, submitted_on: dt.date) -> bool:
    """Whether the day of issue plus ``months`` lies before the day of submission; a day that a month lacks is its last."""
    year, month = divmod(obtained_on.year * 12 + obtained_on.month - 1 + months, 12)
    day = min(obtained_on.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day) < submitted_on
