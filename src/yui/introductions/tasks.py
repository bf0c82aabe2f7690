"""What introductions do by themselves, once a day in each town, and their long work."""

import datetime as dt

from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day, job
from yui.base.jobs.run import Run
from yui.base.tenancy.models import Authority
from yui.introductions import freshness, generations, passed_over, runs
from yui.introductions.domain import remind_waiting, send_follow_ups


@every_day("introductions.remind")
def remind(authority: Authority, today: dt.date) -> int:
    """A reminder by mail, once, shortly before the day."""
    return remind_waiting(actor=system_actor(authority, "introductions"), authority=authority, today=today)


@every_day("introductions.follow_up")
def follow_up(authority: Authority, today: dt.date) -> int:
    """3か月後: both sides are asked how it went on."""
    return send_follow_ups(actor=system_actor(authority, "introductions"), authority=authority, today=today)


@job(generations.KIND, label="候補をえらぶもと（写し）の作りなおし")
def generation(run: Run) -> None:
    """A generation of the town's snapshot. It is made whole or not at all; the pieces tell how far it is."""
    done = run.row.done

    def tell(part: int, total: int) -> None:
        if part == 0:
            run.expect(done + total)
            return
        with run.piece(f"{run.row.attempts}:{part}"):
            """The part is in memory; this renews the lease."""

    generations.make_generation(run.authority, tell)


@job(passed_over.KIND, label="条件に合ったが候補に出なかった方の記録")
def note_passed_over(run: Run) -> None:
    """Rows of the ledger for a large town."""
    passed_over.write_all_passed_over(run)


@job(runs.KIND, label="町ぜんたいの計算（公平のようす・きまりの変更）")
def town_run(run: Run) -> None:
    """Every open 出番 and every person, by the rules in force and by a change that is looked at beforehand."""
    runs.work(run)


@every_day("introductions.town_run")
def weekly_run(authority: Authority, today: dt.date) -> None:
    """A run each week, so that each month has its figures."""
    runs.ask_weekly(authority, today)


@every_day("introductions.snapshot")
def renew(authority: Authority, today: dt.date) -> None:
    """A large town begins its day with a generation that few changed since."""
    if freshness.is_stale(authority, today):
        generations.ask_for_generation(authority)
