"""条件に合ったが出なかった: one row a calendar month for each person and 出番.

Few are written with the list. In a large town thousands fit and five are shown; nobody waits for their rows. A job writes
them, once a day for each 出番 at most, for whoever fits when it runs.
"""

from collections.abc import Iterable

from yui.activities.models import Opportunity
from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.permissions import Permission
from yui.base.jobs.domain import run_job
from yui.base.jobs.models import JobRun
from yui.base.jobs.run import Run
from yui.introductions import facts, freshness
from yui.introductions.models import CandidateList, Exposure
from yui.people.models import Person

KIND = "introductions.passed_over"
FEW = 200
"""Rows that are written with the list."""
AT_ONCE = 1000


def note_passed_over(made: CandidateList, listed: facts.Listed) -> None:
    """Call in the transaction that makes a list for an 出番."""
    shown = {entry.id for entry in listed.entries}
    if made.eligible - len(shown) <= FEW:
        write_passed_over(made, [name for name in listed.names.fitting() if name not in shown])
        return
    thing = made.opportunity.public_id  # type: ignore[union-attr]
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if not JobRun.objects.filter(kind=KIND, requested_at__gte=midnight, arguments__opportunity=thing).exists():
        run_job(
            actor=system_actor(made.authority, "introductions"), kind=KIND, permission=Permission.CANDIDATES_READ,
            arguments={"opportunity": thing, "list": made.public_id},
        )  # fmt: skip


def write_all_passed_over(run: Run) -> None:
    """The job. Doing a part again writes nothing twice."""
    made = CandidateList.objects.select_related("opportunity").get(public_id=str(run.arguments["list"]))
    listed = freshness.for_opportunity(run.authority, made.opportunity, clock.today()).answer()  # type: ignore[arg-type]
    shown = set(made.candidates.values_list("person__public_id", flat=True))
    names = sorted(name for name in listed.names.fitting() if name not in shown)
    parts = [names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]
    run.each(
        enumerate(parts), key=lambda part: f"{run.row.attempts}:{part[0]}",
        do=lambda part: write_passed_over(made, part[1]),
    )  # fmt: skip


def write_passed_over(made: CandidateList, names: Iterable[str]) -> None:
    """Rows for those who have none yet this month. Call inside a transaction."""
    thing = Opportunity.objects.select_for_update(no_key=True, of=("self",)).select_related("activity")
    about = thing.get(pk=made.opportunity_id)  # two jobs for one 出番 do not write a row twice
    known = Exposure.objects.filter(
        opportunity=about, effective_on__gte=made.made_on.replace(day=1),
        act__in=(Exposure.Act.PASSED_OVER, Exposure.Act.SHOWN),
    ).values("person_id")  # fmt: skip
    people = Person.objects.filter(public_id__in=list(names)).exclude(pk__in=known)
    Exposure.objects.bulk_create(
        (exposure_of(made, person, about, Exposure.Act.PASSED_OVER) for person in people), batch_size=AT_ONCE
    )


def exposure_of(
    made: CandidateList, person: Person, thing: Opportunity, act: Exposure.Act, rank: int | None = None
) -> Exposure:
    """A row of the ledger that a list gives rise to."""
    return Exposure(
        authority_id=made.authority_id,
        person=person,
        opportunity=thing,
        organization_id=thing.activity.host_organization_id,
        act=act,
        rank=rank,
        rule=made.rule["fairness"]["rule"],
        seed=made.seed,
        list=made,
        effective_on=made.made_on,
        recorded_at=made.made_at,
    )
