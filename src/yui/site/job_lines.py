"""What the pages of long work say about a run: its name, where it stands, how far it is, what to do about it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from yui.base.access.actor import Actor
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.jobs.models import JobRun, State
from yui.base.jobs.registry import find_job

WORDS: dict[str, tuple[str, str]] = {
    State.QUEUED: ("順番待ち", "info"),
    State.RUNNING: ("進めています", "accent"),
    State.DONE: ("おわりました", "ok"),
    State.FAILED: ("止まりました", "danger"),
}
OWN = "登録した本人"
REMEDIES: dict[str, str] = {
    "gave_up": "作業係が何度も止まりました。もう一度はじめても止まるときは、システム管理者に知らせてください。",
    "disk_full": "保存する場所がいっぱいです。システム管理者に知らせて、場所を空けてからやりなおしてください。",
    "KeyError": "この仕事を知らない版で動いています。システム管理者に知らせてください。",
}
OTHERWISE = "思わぬことで止まりました。済んだ分はそのまま残っています。もう一度はじめても止まるときは、下の符号をシステム管理者に知らせてください。"


@dataclass(frozen=True, slots=True)
class JobLine:
    """One run as it is read."""

    run: JobRun
    label: str
    state: str
    chip: str
    asked_by: str
    asked_at: dt.datetime
    words: str
    """How far it is, in words; the bar only repeats it."""
    share: int | None
    """In per cent; ``None`` while nobody knows how much there is."""
    remedy: str
    may_retry: bool
    """A button stands here; otherwise it is begun again where it makes something (``page_of``)."""

    @property
    def going(self) -> bool:
        """Whether it may still change by itself."""
        return self.run.state in (State.QUEUED, State.RUNNING)


def with_askers(runs: QuerySet[JobRun]) -> QuerySet[JobRun]:
    """The runs with who asked: a name is shown of staff only."""
    staff = Grant.objects.filter(account=OuterRef("requested_by"))
    return runs.select_related("authority", "requested_by").annotate(asked_by_staff=Exists(staff))


def line_of(run: JobRun, actor: Actor) -> JobLine:
    """A run from ``with_askers`` as this actor reads it."""
    job = find_job(run.kind)
    state, chip = WORDS[run.state]
    failed = run.state == State.FAILED
    there = job is not None and job.retried_there
    return JobLine(
        run=run,
        label=" ".join(
            filter(None, (job.about(run.arguments) if job and job.about else "", job.label if job else run.kind))
        ),
        state=state,
        chip=chip,
        asked_by=_asked_by(run),
        asked_at=run.requested_at,
        words=_words(run),
        share=None if not run.total else min(100, run.done * 100 // run.total),
        remedy=REMEDIES.get(run.error, OTHERWISE) if failed else "",
        may_retry=failed and job is not None and not there and holds_everywhere(actor, Permission.JOB_RETRY),
    )


def page_of(run: JobRun, actor: Actor) -> str:
    """Where what a run makes is looked at; empty when there is none or it is not for this reader. Asks the database."""
    job = find_job(run.kind)
    if job is None or job.page is None:
        return ""
    allowed = job.page_permission is None or holds_everywhere(actor, job.page_permission)
    return job.page(run) if allowed else ""


def _asked_by(run: JobRun) -> str:
    if run.requested_by is None:
        return "ひとりでに"
    return (run.requested_by.name or "（名前なし）") if run.asked_by_staff else OWN  # type: ignore[attr-defined]


def _words(run: JobRun) -> str:
    if run.state == State.DONE:
        return f"{run.done:,}件をすませました" if run.done else "すみました"
    if not run.total:
        return "まだはじまっていません" if run.started_at is None else "数えています"
    left = max(0, run.total - run.done)
    return f"{run.total:,}件のうち{min(run.done, run.total):,}件がすみ、のこり{left:,}件です"
