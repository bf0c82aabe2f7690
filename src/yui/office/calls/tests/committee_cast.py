"""A call whose papers are opened, with a committee: ready to be scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.test import Client

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.accounts.models import Account
from yui.office.calls.domain import closing, scoring, seating
from yui.office.calls.domain.scoring import Given
from yui.office.calls.models import Applicant, CommitteeMember, Proposal, ScoreSheet, SealOpening
from yui.office.calls.rules import rules_of
from yui.office.calls.tests.cast import CallTown, applicant, member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Committee:
    """The town, who applied, who judges."""

    town: CallTown
    firms: list[Applicant]
    members: list[CommitteeMember] = field(default_factory=list)

    def actor(self, seat: CommitteeMember) -> Actor:
        """A member, today."""
        return self.town.actor(seat.account)

    def sheet(self, seat: CommitteeMember, stage: str = "proposal") -> ScoreSheet:
        """A member's sheet."""
        return ScoreSheet.objects.select_related("member__call").get(member=seat, stage=stage)

    @property
    def chair(self) -> CommitteeMember:
        """The chair."""
        return self.members[0]

    def give(self, seat: CommitteeMember, firm: Applicant, total: int, stage: str = "proposal") -> None:
        """Spread a total over the items, the first ones full."""
        sheet, left, given = self.sheet(seat, stage), total, {}
        for one in rules_of(self.town.call).criteria(stage):
            known = sheet.scores.filter(applicant=firm, criterion=one.key).first()
            points = min(left, one.points.value)
            given[one.key] = Given(Decimal(points), "", known.version if known else 0)
            left -= points
        assert left == 0
        scoring.save_scores(actor=self.actor(seat), sheet=sheet, applicant=firm, given=given)

    def score(self, totals: Mapping[int, Sequence[int]], stage: str = "proposal") -> None:
        """By the number of the member, the total of each applicant; then each sheet is closed."""
        for number, row in totals.items():
            for firm, total in zip(self.firms, row, strict=True):
                self.give(self.members[number], firm, total, stage)

    def close(self, stage: str = "proposal") -> None:
        """Every member closes the sheet, and the chair the scoring."""
        for seat in self.members:
            if seat.state == "appointed":
                scoring.close_sheet(actor=self.actor(seat), sheet=self.sheet(seat, stage))
        closing.close_scoring(actor=self.actor(self.chair), chair=self.chair, stage=stage)


def committee(town: CallTown, firms: Sequence[str] = ("あ", "い", "う"), seats: int = 3) -> Committee:
    """Applicants with received papers of the last stage, and members of whom the first is the chair."""
    made = Committee(town, [applicant(town, name) for name in firms])
    made.members = [member(town, f"{n}番", chair=n == 1) for n in range(1, seats + 1)]
    return made


def hand_in(made: Committee, stage: str = "proposal", estimates: Sequence[int] = ()) -> None:
    """Everybody's papers came in time."""
    for number, firm in enumerate(made.firms):
        estimate = estimates[number] if estimates else 3_000_000 + number
        Proposal.objects.create(
            authority=firm.authority, applicant=firm, stage=stage, state="received", received_at=clock.now(),
            estimate=estimate,
        )  # fmt: skip
    Applicant.objects.filter(call=made.town.call, state="registered").update(state="eligible")


def begin(made: Committee, stage: str = "proposal") -> None:
    """Papers opened, conflicts declared, scoring open."""
    town = made.town
    SealOpening.objects.create(
        authority=town.authority, call=town.call, stage=stage, opened_at=clock.now(), opened_by=town.officer
    )
    for seat in made.members:
        if seat.state == "appointed":
            seating.declare_conflicts(
                actor=made.actor(seat), member=seat, answers=dict.fromkeys(made.firms, (False, ""))
            )
    seating.open_scoring(actor=town.decides, call=town.call, stage=stage)


def browser(account: Account) -> Client:
    """Somebody at a browser, with the second factor of staff."""
    client = Client()
    client.force_login(account, BACKEND)
    session = client.session
    session["enrolled"] = True
    session.save()
    return client
