"""Making the index anew: as a job, and a little every day for what was loaded past the verbs."""

import datetime as dt

from yui.base.jobs.registry import every_day, job
from yui.base.jobs.run import Run
from yui.base.search.domain import all_ids, complete, index, pieces
from yui.base.search.registry import kinds
from yui.base.tenancy.models import Authority

REBUILD = "search.rebuild"


@job(REBUILD, label="検索のもとを作りなおす")
def rebuild(run: Run) -> None:
    """Every entry of the town, some hundreds a piece; a search goes on meanwhile with the entries as they are."""
    work = [(kind, number, ids) for kind in kinds() for number, ids in pieces(all_ids(run.authority, kind))]
    run.each(
        work, key=lambda part: f"{part[0]}:{part[1]}", do=lambda part: index(run.authority, part[0], part[2])
    )  # fmt: skip


@every_day("search.complete")
def complete_day(authority: Authority, today: dt.date) -> None:
    """Entries for what has none, such as rows restored from a copy."""
    for kind in kinds():
        complete(authority, kind)
