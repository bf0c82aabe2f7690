"""One person or one opportunity changed: how soon, through Python, her list or its list is right again."""

from dataclasses import replace

from benchmarks.figures import Figure, table
from benchmarks.timing import late_ms
from benchmarks.top import OPPORTUNITIES, PERSONS, town
from yui.engine.matching import recommend
from yui.engine.matching.among import among
from yui.engine.matching.roster import RosterMaker, Standing

CALLS = 100


def figures() -> list[Figure]:
    """The list of one changed person over all opportunities, of one changed opportunity over a roster of all persons."""
    instance = town(PERSONS, OPPORTUNITIES)
    people, offers = list(instance.persons.items()), list(instance.opportunities.items())
    ones = [replace(instance, persons={name: replace(one, stage=1)}) for name, one in people[: CALLS // 5]]
    person = late_ms([lambda q=q: recommend(q) for q in ones])
    maker = RosterMaker()
    for name, one in people:
        maker.add(name, one)
    roster, standing = maker.made(), Standing.plain(len(people))
    asked = [
        replace(instance, direction="opportunity", persons={}, opportunities={name: replace(one, stage=1)})
        for name, one in offers[:CALLS]
    ]
    offer = late_ms([lambda q=q: among(roster, standing, q) for q in asked])
    return [
        Figure(
            "one person changed, p99, through Python", "absolute", f"{person:.1f} ms", person, 5, 0.2, "ms", most=True
        ),
        Figure("one 出番 changed, p99, through Python", "absolute", f"{offer:.1f} ms", offer, 20, 2, "ms", most=True),
    ]


run = table(f"changes, {PERSONS:,} × {OPPORTUNITIES:,}", figures)
