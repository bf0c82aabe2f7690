"""Reading applicants: what they declared, how they left, what they handed in, as far as it may be seen."""

from yui.office.calls.models import Applicant, Call, Disqualification, EligibilityAnswer, Proposal, SealOpening

LIVE = "received"


def answers_of(applicant: Applicant) -> dict[str, EligibilityAnswer]:
    """The last word to each requirement. One query."""
    return {one.requirement: one for one in EligibilityAnswer.objects.filter(applicant=applicant).order_by("id")}


def live_proposals(call: Call, stage: str) -> list[Proposal]:
    """The proposals of a stage that count, without those of who withdrew. One query."""
    found = Proposal.objects.filter(applicant__call=call, stage=stage, state=LIVE).exclude(applicant__state="withdrawn")
    return list(found.select_related("applicant").order_by("received_at", "id"))


def opening_of(call: Call, stage: str) -> SealOpening | None:
    """The opening of a stage; None while it is sealed."""
    return SealOpening.objects.filter(call=call, stage=stage).first()


def opened_stages(call: Call) -> set[str]:
    """Keys of the stages whose papers were opened."""
    return set(SealOpening.objects.filter(call=call).values_list("stage", flat=True))


def open_disqualifications(call: Call) -> list[Disqualification]:
    """What is proposed and not yet decided."""
    found = Disqualification.objects.filter(applicant__call=call, state="proposed")
    return list(found.select_related("applicant").order_by("id"))
