"""A call that is decided: applicants with outcomes, and the selection's record as the engine wrote it."""

from yui.base import clock
from yui.base.approvals.domain import approve
from yui.base.approvals.queries import approval_of
from yui.base.jobs.models import JobRun
from yui.base.jobs.tasks import perform
from yui.engine.selection import answer_select
from yui.office.calls.domain import noticing
from yui.office.calls.models import Applicant, Call, Notice, NoticeBatch, SelectionRecord
from yui.office.calls.rules import rules_of
from yui.office.calls.tests.cast import CallTown, applicant

WINNER, LOSER, LOW = "優勝", "次点", "低位"


def firms(town: CallTown) -> dict[str, Applicant]:
    """Three applicants: one adopted, one ranked behind it, one below the floor."""
    made = {name: applicant(town, name) for name in (WINNER, LOSER, LOW)}
    for name, one in made.items():
        one.state = "selected" if name == WINNER else "not_selected"
        one.mail, one.postal, one.representative = (
            f"{one.public_id.lower()}@example.jp",
            "見本県見本市1",
            "代表 見本 太郎",
        )
        one.save()
    return made


def decide(town: CallTown, made: dict[str, Applicant], totals: dict[str, int]) -> SelectionRecord:
    """The decided record of two members who gave every applicant these totals."""
    announced = rules_of(town.call)
    two_stages = announced.profile.selection.stage1 is not None
    question = {
        "profile": announced.plain_profile,
        "cap": announced.rules.cap.value,
        "members": ["M1", "M2"],
        "proposals": [
            {
                "id": one.public_id,
                "applicant": one.public_id,
                "estimate": 3_000_000,
                "stage1": 12 if two_stages else None,
            }
            for one in made.values()
        ],
        "sheets": {
            member: {one.public_id: {"total": totals[name], "themes": 30} for name, one in made.items()}
            for member in ("M1", "M2")
        },
    }
    Call.objects.filter(pk=town.call.pk).update(state="decided")
    town.call.refresh_from_db()
    return SelectionRecord.objects.create(
        authority=town.authority, call=town.call, kind="select", state="decided", asked=question,
        answered=answer_select(question), made_at=clock.now(),
    )  # fmt: skip


def approved(town: CallTown, batch: NoticeBatch) -> NoticeBatch:
    """Asked by the first officer, approved by the second."""
    noticing.ask_for_notices(actor=town.decides, batch=batch)
    approve(actor=town.actor(town.second), approval=approval_of(noticing.APPROVAL, batch.public_id))
    batch.refresh_from_db()
    return batch


def sent(town: CallTown, kind: str = "result") -> dict[str, Notice]:
    """A whole batch sent, by the applicants' names."""
    batch = approved(town, noticing.draft_notices(actor=town.decides, call=town.call, kind=kind))
    return send(town, batch)


def send(town: CallTown, batch: NoticeBatch) -> dict[str, Notice]:
    """Sent by the job."""
    noticing.send_notices(actor=town.decides, batch=batch)
    perform.func(JobRun.objects.get(arguments__batch=batch.public_id).public_id)
    batch.refresh_from_db()
    return {one.applicant.name: one for one in batch.notices.select_related("applicant__call__authority")}
