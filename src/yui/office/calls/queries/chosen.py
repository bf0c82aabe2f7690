"""Whom calls chose: from here a contract goes on."""

from dataclasses import dataclass

from yui.office.calls.models import Applicant, Call, Proposal
from yui.office.calls.states import ApplicantState, CallState

CHOSEN = (CallState.DECIDED, CallState.CONTRACTED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The applicant that a call selected. ``estimate``: whole yen, of the proposal that was judged."""

    key: str
    name: str
    title: str
    commission_key: str
    estimate: int | None
    in_town: bool

    @property
    def label(self) -> str:
        """As a list names it."""
        return f"{self.name}（{self.title}）"


def chosen_of_calls() -> list[Chosen]:
    """Whom the calls of the open town selected, the newest call first. Two queries."""
    rows = Applicant.objects.filter(state=ApplicantState.SELECTED, call__state__in=CHOSEN).select_related("call")
    found = list(rows.order_by("-call__recorded_at", "-id"))
    sums = Proposal.objects.filter(applicant__in=found, state="received").exclude(estimate=None).order_by("id")
    estimates = dict(sums.values_list("applicant_id", "estimate"))
    return [
        Chosen(one.public_id, one.name, one.call.title, one.call.commission_key, estimates.get(one.pk), one.in_town)
        for one in found
    ]


def chosen_by(call: Call) -> Applicant | None:
    """Whom a call selected, once it is decided."""
    if CallState(call.state) not in CHOSEN:
        return None
    return Applicant.objects.filter(call=call, state=ApplicantState.SELECTED).first()
