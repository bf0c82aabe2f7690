"""What the page of a change of the rules shows: what differs, how far the calculation is, what it would change."""

from typing import Any

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import LABELS, STEP_LABELS, State, Step
from yui.base.jobs.models import State as JobState
from yui.introductions.domain.rules import KIND
from yui.introductions.models import RuleChange, TownRun
from yui.introductions.rules import differences, in_force, of_number, of_row
from yui.introductions.run_words import SAME, ListChange, changes_of, compared, priced, told_of_change
from yui.introductions.runs import NEW, job_of, run_of
from yui.people.models import Person

CHIPS = {State.REVIEW: "info", State.RETURNED: "warn", State.APPROVED: "ok"}
MOST_CHANGES = 30
UNKNOWN = "（消された方）"


def change_lines() -> list[dict[str, Any]]:
    """The changes that were drafted, the newest first."""
    rows = RuleChange.objects.select_related("made_by")[:MOST_CHANGES]
    return [{"change": row, "label": LABELS[State(row.state)], "chip": CHIPS.get(State(row.state), "")} for row in rows]


def change_page(actor: Actor, change: RuleChange) -> dict[str, Any]:
    """Everything about one change. Names stand there for whoever may see candidates anyway."""
    base, values = of_number(change.authority, change.base), of_row(change)
    run = run_of(change)
    found: dict[str, Any] = {
        "label": LABELS[State(change.state)], "chip": CHIPS.get(State(change.state), ""),
        "differences": differences(base.values, values), "values": values, "base": base,
        "outdated": change.state in (State.DRAFT, State.RETURNED, State.REVIEW)
        and in_force(change.authority).number != change.base,
        "run": run, "moments": _moments(change), **_progress(run),
    }  # fmt: skip
    if run is not None and run.done_at is not None:
        changes = [change for change in changes_of(run) if change.kind != SAME]
        named = holds_everywhere(actor, Permission.CANDIDATES_READ)
        found |= {
            "told": told_of_change(run), "compared": compared(run), "named": named,
            "lists": _named(changes) if named else [{"row": change} for change in changes],
            "prices": priced(run, NEW),
        }  # fmt: skip
    return found


def _moments(change: RuleChange) -> list[dict[str, Any]]:
    """The steps of the approval, the newest first."""
    approval = approval_of(KIND, change.public_id)
    steps = [] if approval is None else sorted(approval.steps.all(), key=lambda step: -step.pk)
    return [
        {
            "at": step.at,
            "text": STEP_LABELS[Step(step.step)] + (f"　{step.comment}" if step.comment else ""),
            "by": step.by.name if step.by else "",
        }
        for step in steps
    ]


def _progress(run: TownRun | None) -> dict[str, Any]:
    """How far the calculation is."""
    if run is None or run.done_at is not None:
        return {"going": False, "failed": False}
    job = job_of(run)
    if job is None or job.state == JobState.FAILED:
        return {"going": False, "failed": True}
    return {"going": True, "failed": False, "done": job.done, "total": job.total,
            "share": job.done * 100 // job.total if job.total else 0}  # fmt: skip


def _named(changes: list[ListChange]) -> list[dict[str, Any]]:
    ids = {who for change in changes for who in (*change.before, *change.after)}
    names = dict(Person.objects.filter(public_id__in=ids, erased_at=None).values_list("public_id", "display_name"))
    return [
        {
            "row": change,
            "before": "、".join(names.get(who, UNKNOWN) for who in change.before),
            "after": "、".join(names.get(who, UNKNOWN) for who in change.after),
        }
        for change in changes
    ]
