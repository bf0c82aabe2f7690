"""町ぜんたいの計算: a job with progress; no page waits for it, and nobody is shown by it.

For each open 出番 the list of persons, piece by piece, by the rules in force and, for a change that is looked at beforehand,
by its rules too: the same engine, the same snapshot, the same seed. At last the lists of the persons, which say how evenly
the 出番 are shown. In a large town the newest ``MOST_THINGS`` 出番 and ``MOST_PERSONS`` persons by lottery stand for all;
each list for an 出番 is still made from everybody.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from django.db import transaction
from django.db.models import F, QuerySet

from yui.activities.models import Opportunity
from yui.base import clock
from yui.base.access.actor import Actor, system_actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import town_of
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.base.jobs.domain import run_job
from yui.base.jobs.models import JobRun, State
from yui.base.jobs.run import Run
from yui.base.tenancy.models import Authority
from yui.engine.indicators.evenness import gini
from yui.engine.matching import read_instance, recommend
from yui.engine.matching.exposure import fine_exposures
from yui.introductions import facts, freshness
from yui.introductions.models import Exposure, RuleChange, TownRun
from yui.introductions.rows import Json, today_of
from yui.introductions.rules import Values, in_force, of_number, of_row
from yui.introductions.vocabulary import Vocabulary

KIND = "introductions.town_run"
NOW, NEW = "now", "new"
"""The rules in force, and those of a change."""
MOST_THINGS, MOST_PERSONS = 60, 2000
FIGURES = "figures"
WEEK = dt.timedelta(days=7)


def ask_run(*, actor: Actor, change: RuleChange | None = None) -> TownRun:
    """Queue the calculation, unless the same one waits or runs."""
    town, now = town_of(actor), clock.now()
    known = run_of(change) if change is not None else TownRun.objects.filter(change=None, done_at=None).first()
    if known is not None and known.done_at is None and not has_failed(known):
        return known
    with transaction.atomic():
        made = TownRun.objects.create(
            authority=town, change=change, number=in_force(town).number, asked_at=now, made_on=clock.today()
        )
        run_job(
            actor=actor, kind=KIND, permission=Permission.APPROVAL_REQUEST, thing=change, arguments={"run": made.public_id}
        )  # fmt: skip
        record(actor, "rules.run_asked", made, details={"change": change.public_id if change else ""})
    return made


def ask_weekly(authority: Authority, today: dt.date) -> None:
    """Ask for one where there is none of the last days and somebody and something to ask about."""
    recent = TownRun.objects.filter(change=None, made_on__gt=today - WEEK)
    there = facts.open_opportunities(today).exists() and facts.visible_persons().exists()
    if there and not recent.exists():
        ask_run(actor=system_actor(authority, "introductions"))


def run_of(change: RuleChange) -> TownRun | None:
    """The newest run about a change as it stands now."""
    return TownRun.objects.filter(change=change, asked_at__gte=change.edited_at).order_by("-asked_at", "-id").first()


def job_of(made: TownRun) -> JobRun | None:
    """The work behind a run."""
    return JobRun.objects.filter(kind=KIND, arguments__run=made.public_id).order_by("-id").first()


def has_failed(made: TownRun) -> bool:
    """Whether nobody works on it any more."""
    job = job_of(made)
    return job is not None and job.state == State.FAILED


def work(run: Run) -> None:
    """The job: one piece an 出番, and one for the figures."""
    made = TownRun.objects.select_related("change").get(public_id=str(run.arguments["run"]))
    found = things(clock.today())
    run.expect(len(found) + 1)
    for thing in found:
        with run.piece(thing.public_id) as fresh:
            if fresh:
                note_list(made, thing)
    with run.piece(FIGURES) as fresh:
        if fresh:
            finish(made, found)


def calculate(made: TownRun, most: int = MOST_THINGS) -> None:
    """All of it at once, for at most so many 出番."""
    found = things(clock.today())[:most]
    for thing in found:
        note_list(made, thing)
    finish(made, found)


def free_things(today: dt.date) -> QuerySet[Opportunity]:
    """The open 出番 with a free place: to the others nobody is led."""
    return facts.to_ask(facts.open_opportunities(today)).filter(joined__lt=F("capacity"))


def things(today: dt.date) -> list[Opportunity]:
    """The 出番 that stand for the town: the newest."""
    return list(free_things(today).order_by("-opened_on", "-id")[:MOST_THINGS])


def rules_of(made: TownRun) -> dict[str, Values]:
    """By which rules it asks."""
    found = {NOW: of_number(made.authority, made.number).values}
    if made.change is not None:
        found[NEW] = of_row(made.change)
    return found


def note_list(made: TownRun, thing: Opportunity) -> None:
    """The lists for one 出番."""
    today = clock.today()
    gathered = freshness.for_opportunity(made.authority, thing, today)
    found = {name: _list(gathered, values) for name, values in rules_of(made).items()}
    asked = _asked({who for one in found.values() for who in one["ids"]}, made.authority, today)
    for one in found.values():
        one["fresh"] = sum(1 for who in one["ids"] if who not in asked)
    TownRun.objects.filter(pk=made.pk).update(lists={**_stored(made), thing.public_id: found})


def finish(made: TownRun, found: list[Opportunity]) -> None:
    """The lists of persons, by each of the rules."""
    question, persons = question_of_town(made.authority, clock.today(), found)
    rows, lists = question["persons"].values(), _stored(made).values()
    facts_of = {
        "persons": persons, "asked_of": len(question["persons"]), "things": len(found),
        "open_things": free_things(clock.today()).count(),
        "at_cap": sum(1 for row in rows if row["load"] >= row["load_cap"]),
        "resting": sum(1 for row in rows if row["resting"]),
    }  # fmt: skip
    TownRun.objects.filter(pk=made.pk).update(
        facts=facts_of, seed=question["lottery"]["seed"], done_at=clock.now(),
        figures={
            name: figures(question, values) | sums([one[name] for one in lists])
            for name, values in rules_of(made).items()
        },
    )  # fmt: skip


def figures(question: Json, values: Values) -> Json:
    """How evenly the 出番 are shown by some rules. Fractions as text."""
    result = recommend(read_instance({**question, **values.question()}))
    things_of = question["opportunities"]
    shown = fine_exposures(([entry.id for entry in entries] for entries in result.lists.values()), things_of)
    hosts = Counter[str]()
    for name, amount in shown.items():
        hosts[str(things_of[name]["organization"])] += amount
    return {
        "fairness": values.fairness(),
        "gini_things": str(gini(list(shown.values()))),
        "gini_hosts": str(gini(list(hosts.values()))),
        "least": min(shown.values(), default=0),
        "mean": str(Fraction(sum(shown.values()), len(shown) or 1)),
        "never": [name for name, amount in shown.items() if not amount],
        "persons_without": sum(1 for entries in result.lists.values() if not entries),
        "prices": None if result.prices is None else dict(result.prices),
        "kept": None if result.utility_kept is None else str(result.utility_kept),
    }


def sums(lists: list[Json]) -> Json:
    """Over the lists for 出番: places, places of the never asked, points, and points without an exposure rule."""
    found = {name: sum(one[name] for one in lists) for name in ("fresh", "score", "best")}
    return {"places": sum(len(one["ids"]) for one in lists), **found}


def question_of_town(authority: Authority, today: dt.date, found: list[Opportunity]) -> tuple[Json, int]:
    """出番 for persons, all at once; and how many persons there are. Whoever joined one already is not asked about it."""
    definition = current(authority)
    rules, words = definition.introductions, Vocabulary(definition)
    people, seed = facts.known(facts.visible_persons()), facts.seed_of(authority, today)
    count = len(people)
    if count > MOST_PERSONS:
        people = sorted(people, key=lambda person: facts.ticket(seed, person.public_id))[:MOST_PERSONS]
    ids = [person.pk for person in people]
    standing = today_of(
        found, rules, today, ids if count <= facts.FEW else facts.visible_persons().order_by().values("pk")
    )
    rows = facts.rows_of(people, ids, standing, found, words, rules, today)
    names = {person.pk: person.public_id for person in people}
    of_thing = {thing.pk: thing.public_id for thing in found}
    for person, thing in standing.taken:
        if person in names:
            row = rows[names[person]]
            row["blocked"] = sorted({*row["blocked"], of_thing[thing]})
    head = facts.head_of(authority, "person", found, words, today)
    return {**head, "why_not": False, "persons": rows}, count


def _list(gathered: "facts.Gathered | freshness.Overlaid", values: Values) -> Json:
    """One list. A price is the same for everybody whom one 出番 sees, so it moves nobody there."""
    given, plain = values.question(), {"fairness": {"rule": "none"}}
    best = None
    if values.rule == "newcomer_share":
        gathered.under({**given, **plain})
        best = sum(entry.score for entry in gathered.answer().entries)
    gathered.under(given if values.rule == "newcomer_share" else {**given, **plain})
    listed = gathered.answer()
    score = sum(entry.score for entry in listed.entries)
    return {
        "ids": [entry.id for entry in listed.entries],
        "fair": sum(1 for entry in listed.entries if entry.fair_place),
        "score": score,
        "best": score if best is None else best,
    }


def _asked(names: Iterable[str], authority: Authority, today: dt.date) -> set[str]:
    """Who of these was asked in the days that count."""
    days = current(authority).introductions.fairness.never_asked_days.value
    ledger = Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__gt=today - dt.timedelta(days=days))
    return set(ledger.filter(person__public_id__in=list(names)).order_by().values_list("person__public_id", flat=True))


def _stored(made: TownRun) -> Mapping[str, Json]:
    """The lists written so far."""
    lists: Mapping[str, Json] = TownRun.objects.values_list("lists", flat=True).get(pk=made.pk)
    return lists
