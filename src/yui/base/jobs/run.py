"""A run in the hands of a worker: its lease, its progress, its pieces.

How each piece is done exactly once, also when a worker is killed in the middle:

1. A worker takes a run by one conditional update, which gives it a lease of ``LEASE`` seconds.
2. Each piece is one transaction: renew the lease where the run is still ours (this also locks the row), write the
   row that says the piece is done, do the work. A kill leaves all three or none.
3. When a lease has passed, ``rescue`` queues the run again; another worker takes it and skips the pieces that have
   their row. Should the first worker wake up, step 2 finds that the run is no longer its own and stops it.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from django.db.models import F

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.jobs.models import JobPiece, JobRun, State
from yui.base.tenancy.models import Authority

LEASE = 90
"""Seconds a worker may be silent. A piece should take a few seconds at most."""
T = TypeVar("T")


class LostLease(Exception):
    """Another worker has taken over; this one must stop."""


class Run:
    """What a job's function is given."""

    def __init__(self, row: JobRun, actor: Actor, worker: str) -> None:
        self.row = row
        self.actor = actor
        self.worker = worker

    @property
    def authority(self) -> Authority:
        """The town for which the job runs."""
        if self.row.authority is None:
            raise ValueError("a job of the house has no town")
        return self.row.authority

    @property
    def arguments(self) -> dict[str, object]:
        """What the job was asked to do: codes, dates as text, public ids."""
        return dict(self.row.arguments)

    def expect(self, total: int) -> None:
        """Say how many pieces there will be."""
        self._hold(total=total)

    @contextmanager
    def piece(self, key: str) -> Iterator[bool]:
        """One transaction. Gives ``True`` when the piece is to be done, ``False`` when it was done before."""
        with transaction.atomic():
            self._hold()
            _, fresh = JobPiece.objects.get_or_create(
                run=self.row, key=key, defaults={"authority": self.row.authority, "at": clock.now()}
            )
            yield fresh
            if fresh:
                JobRun.objects.filter(pk=self.row.pk).update(done=F("done") + 1)

    def each(self, items: Iterable[T], *, key: Callable[[T], str], do: Callable[[T], object]) -> int:
        """Do every item once, each in a piece of its own. Returns how many were done now."""
        wanted = list(items)
        self.expect(len(wanted))
        count = 0
        for item in wanted:
            with self.piece(key(item)) as fresh:
                if fresh:
                    do(item)
                    count += 1
        return count

    def result(self, kind: str, public_id: str) -> None:
        """What came of it. Call it inside the piece that makes it."""
        self._hold(result_kind=kind, result_id=public_id)

    def _hold(self, **changes: object) -> None:
        """Renew the lease and change the row, if it is still ours."""
        held = JobRun.objects.filter(pk=self.row.pk, worker=self.worker, state=State.RUNNING)
        if not held.update(lease_until=machine_time() + LEASE, **changes):
            raise LostLease(self.row.public_id)


def machine_time() -> int:
    """Seconds of the machine's clock; a lease has nothing to do with the day the house believes it is."""
    return int(time.time())
