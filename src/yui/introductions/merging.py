"""What happens to the rows of this wing when two registrations become one.

The ledger and the lists go over row by row, so that the person has been shown and asked as often as both together. Of two
introductions under way to one opportunity the one that came further goes on; the other is called off with its dated step.
"""

from yui.introductions.models import Candidate, CandidateList, Exposure, Introduction, IntroductionChange
from yui.introductions.states import OPEN, State
from yui.people.merge_rules import Pair, Plan, changed, moves, on_merge

FURTHEST_FIRST = [str(state) for state in reversed(list(State))]


def register() -> None:
    """Name the rules of this wing; called when the application is ready."""
    on_merge(Introduction, "person", introductions, "紹介")
    on_merge(Exposure, "person", moves(Exposure, "person"), "公平台帳の行")
    on_merge(Candidate, "person", moves(Candidate, "person"), "候補に出た記録")
    on_merge(CandidateList, "person", moves(CandidateList, "person"), "候補の一覧")


def introductions(pair: Pair) -> Plan:
    """Introductions go over; of two open ones for an opportunity one is called off."""
    plan = Plan()
    open_ones = Introduction.objects.filter(person__in=(pair.survivor, pair.loser), state__in=OPEN)
    ranked = sorted(open_ones, key=lambda row: (FURTHEST_FIRST.index(row.state), row.pk))
    kept = set[int]()
    for row in ranked:
        if row.opportunity_id in kept:
            plan.changes.append(changed(row, {"state": str(State.STOPPED), "version": row.version + 1}))
            plan.made.append((IntroductionChange, _step(pair, row)))
            plan.ended += 1
        kept.add(row.opportunity_id)
    going = moves(Introduction, "person")(pair)
    return Plan(plan.changes + going.changes, going.moved, plan.ended, plan.made)


def _step(pair: Pair, row: Introduction) -> dict[str, object]:
    return {
        "authority_id": row.authority_id, "introduction_id": row.pk, "before": row.state, "state": str(State.STOPPED),
        "effective_on": pair.today, "recorded_at": pair.now, "how": "merge",
    }  # fmt: skip
