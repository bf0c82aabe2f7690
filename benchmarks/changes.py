"""One person or one opportunity changed: how soon, through Python, the list of an opportunity is right again.

What is measured is what a page asks (``introductions.freshness``): the columns of a town's persons as the snapshot holds
them, with the changed person laid over them. A person stands at one of forty districts, as in the application. Reading
the acts since the snapshot from the database is not in it.
"""

from dataclasses import replace

import numpy as np

from benchmarks.figures import Figure, table
from benchmarks.timing import late_ms
from benchmarks.top import PERSONS, town
from yui.engine.matching.among import among
from yui.engine.matching.roster import Roster, RosterMaker, Standing
from yui.engine.matching.types import Instance

CALLS, DISTRICTS = 200, 40


def laid_down(whole: Instance) -> Roster:
    """All persons as columns, each at the middle of a district."""
    places = [person.place for person in list(whole.persons.values())[:DISTRICTS]]
    maker = RosterMaker()
    for n, (name, person) in enumerate(whole.persons.items()):
        maker.add(name, replace(person, place=places[n % DISTRICTS]))
    return maker.made()


def figures() -> list[Figure]:
    """Every call changes another one, and asks for the ten best of an opportunity."""
    whole = replace(town(PERSONS, CALLS), direction="opportunity", k=10)
    roster = laid_down(whole)
    persons, opportunities = list(whole.persons.items())[:CALLS], list(whole.opportunities.items())
    empty = replace(whole, persons={}, opportunities={})
    del whole  # a process that answers pages holds the columns alone
    zeros, nobody = np.zeros(len(roster), dtype=np.int64), np.zeros(len(roster), dtype=np.bool_)

    def person(n: int) -> None:
        name, one = persons[n]
        there = ~nobody
        there[roster.rows_of([name])] = False
        asked = replace(empty, persons={name: replace(one, stage=1)}, opportunities=dict([opportunities[n]]))
        among(roster, Standing(there, zeros, zeros, nobody, nobody), asked)

    def opportunity(n: int) -> None:
        name, one = opportunities[n]
        asked = replace(empty, opportunities={name: replace(one, stage=1, slots=frozenset({1, 2}))})
        among(roster, Standing(~nobody, zeros, zeros, nobody, nobody), asked)

    found = []
    for work, job, must, aim in ((person, "one person", 5, 0.2), (opportunity, "one 出番", 20, 2)):
        late, busy = late_ms([lambda n=n, work=work: work(n) for n in range(CALLS)])
        found.append(
            Figure(f"{job} changed: the list of a 出番 anew, p99, through Python", "absolute",
                   f"{late:.1f} ms, {busy:.1f} ms of processor", late, must, aim, "ms", most=True)
        )  # fmt: skip
    return found


run = table(f"changes, {PERSONS:,} persons", figures)
