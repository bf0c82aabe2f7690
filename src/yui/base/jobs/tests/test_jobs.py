"""Long work: queued with its row, done in pieces, each once."""

import pytest
from django_tasks_db.models import DBTaskResult

from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.audit.chain import verify
from yui.base.audit.models import AuditEvent
from yui.base.jobs import registry, worker
from yui.base.jobs.domain import MOST_ATTEMPTS, rescue, retry_run, run_job
from yui.base.jobs.models import JobPiece, JobRun, State
from yui.base.jobs.queries import unfinished
from yui.base.jobs.registry import every_day, job
from yui.base.jobs.run import LostLease
from yui.base.jobs.tasks import perform


@pytest.fixture
def count(monkeypatch):
    """A job that counts up; what it did is in the list."""
    monkeypatch.setattr(registry, "_jobs", {})
    monkeypatch.setattr(registry, "_daily", {})
    did = []

    @job("count", label="数える")
    def work(run):
        run.each([1, 2, 3], key=str, do=did.append)
        with run.piece("end") as fresh:
            if fresh:
                run.result("test", "r1")

    return did


def ask(actor, kind="count"):
    return run_job(actor=actor, kind=kind, permission=Permission.JOB_READ, arguments={"month": "2026-11"})


def test_a_run_is_queued_done_and_says_how_far_it_is(sora, coordinator, count):
    run = ask(coordinator)
    assert list(unfinished()) == [run]
    worker.work_through()
    run.refresh_from_db()
    assert (run.state, run.done, run.total, run.result_id, run.error) == (State.DONE, 4, 3, "r1", "")
    assert count == [1, 2, 3]
    assert perform.call(run.public_id) == ""
    assert count == [1, 2, 3]


def test_a_run_whose_worker_died_is_taken_over_and_no_piece_is_done_twice(sora, coordinator, count):
    run = ask(coordinator)
    DBTaskResult.objects.update(status="RUNNING")  # its worker died with it
    JobRun.objects.update(state=State.RUNNING, worker="dead", lease_until=1, attempts=1, done=2)
    JobPiece.objects.bulk_create([JobPiece(run=run, authority=sora, key=key, at=run.requested_at) for key in "12"])
    assert rescue() == 1
    assert rescue() == 0
    worker.work_through()
    run.refresh_from_db()
    assert (run.state, run.done, count) == (State.DONE, 4, [3])


def test_a_worker_that_wakes_up_too_late_is_stopped(sora, coordinator, count):
    def overtaken(run):
        JobRun.objects.update(worker="another")
        run.each(["x"], key=str, do=count.append)

    job("overtaken", label="追いこされる")(overtaken)
    run = ask(coordinator, "overtaken")
    worker.work_through()
    run.refresh_from_db()
    assert (run.state, run.worker, count) == (State.RUNNING, "another", [])


def test_what_fails_says_so_by_a_code_only(sora, coordinator, count):
    def refuse(run):
        raise NotPossible("花子さんには送れません。", "no_address")

    def stumble(run):
        raise ValueError("hanako@example.jp")

    job("refuse", label="断る")(refuse)
    job("stumble", label="つまずく")(stumble)
    runs = [ask(coordinator, "refuse"), ask(coordinator, "stumble")]
    worker.work_through()
    for run in runs:
        run.refresh_from_db()
    assert [(run.state, run.error) for run in runs] == [(State.FAILED, "no_address"), (State.FAILED, "ValueError")]


def test_a_run_that_kills_every_worker_is_given_up(sora, coordinator, count):
    run = ask(coordinator)
    JobRun.objects.update(state=State.RUNNING, lease_until=1, attempts=MOST_ATTEMPTS)
    assert rescue() == 0
    run.refresh_from_db()
    assert (run.state, run.error) == (State.FAILED, "gave_up")


def test_what_stopped_begins_again_where_it_stopped(sora, coordinator, officer, count):
    broken = [True]

    def stumbles(run):
        def do(item):
            if item == "2" and broken:
                raise ValueError
            count.append(item)

        run.each("123", key=str, do=do)

    job("stumbles", label="つまずく")(stumbles)
    run = ask(coordinator, "stumbles")
    with pytest.raises(NotPossible):
        retry_run(actor=officer, run=run)
    worker.work_through()
    run.refresh_from_db()
    assert (run.state, run.done, count) == (State.FAILED, 1, ["1"])
    broken.clear()
    retry_run(actor=officer, run=run)
    with pytest.raises(NotPossible):
        retry_run(actor=officer, run=run)
    worker.work_through()
    run.refresh_from_db()
    assert (run.state, run.done, run.error, count) == (State.DONE, 3, "", ["1", "2", "3"])
    assert (run.requested_by, AuditEvent.objects.filter(act="job.retried").get().actor) == (
        coordinator.account,
        officer.ident,
    )


def test_who_may_not_retries_nothing_and_what_has_a_page_of_its_own_is_retried_there(sora, somebody, officer, count):
    job("own", label="別の画面", retried_there=True)(lambda run: None)
    run = ask(officer, "own")
    JobRun.objects.update(state=State.FAILED)
    for actor in (somebody(sora, "auditor"), somebody(sora, "evaluator")):
        with pytest.raises(Refused):
            retry_run(actor=actor, run=run)
    with pytest.raises(NotPossible):
        retry_run(actor=officer, run=run)
    run.refresh_from_db()
    assert run.state == State.FAILED


def test_who_may_not_starts_nothing(sora, somebody, count):
    with pytest.raises(Refused):
        ask(somebody(sora, "auditor"))
    assert (JobRun.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_the_minute_seals_and_the_day_works_in_every_town(sora, hinata, coordinator, count):
    seen = []
    every_day("look")(lambda authority, today: seen.append((authority.key, today)))
    every_day("broken")(lambda authority, today: 1 / 0)
    ask(coordinator)
    worker.minute()
    assert AuditEvent.objects.filter(number=None).count() == 0
    assert verify().holds
    today = coordinator.account.created_at.date()
    worker.day(today)
    assert sorted(seen) == [("hinata", today), ("sora", today)]


def test_losing_the_lease_is_an_error_of_its_own():
    assert issubclass(LostLease, Exception)
