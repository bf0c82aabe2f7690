"""The selection: who is out, what the sheets say, the order, the ties, what happened after the notice. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence

from yui.engine.exact import Exact, written_exactly
from yui.engine.faults import Fault, Faults
from yui.engine.selection.order import blank_themes, grouped, main_key, missing_themes, tie_keys, tie_steps
from yui.engine.selection.ranks import floor_of, gaps, rows
from yui.engine.selection.types import REASONS, Decision, Gap, Proposal, Question, Row
from yui.engine.steps import Step


def select(asked: Question) -> Decision:
    """Decide, or stop for the committee. Raises Faults for a committee's decision outside the tie."""
    out = _out_before(asked)
    ranked = [one for one in asked.proposals if one.id not in out]
    steps = [Step("read", _read(asked))]
    for code in sorted(set(out.values()), key=REASONS.index):
        values: dict[str, object] = {"ids": [name for name, why in out.items() if why == code]}
        steps.append(Step(f"out_{code}", values | {"cap": asked.cap} if code == "over_cap" else values))
    found = gaps(asked, ranked)
    if found:
        return _incomplete(asked, out, found, steps)
    table = rows(asked, ranked)
    struck = _struck(asked, ranked, table)
    names = [one.id for one in ranked if one.id not in struck]
    by_id = {one.id: one for one in ranked}
    steps += _account(asked, table, struck)
    unnamed = missing_themes(names, asked.rules, table, by_id)
    if unnamed:
        return _incomplete(asked, out | struck, blank_themes(unnamed, asked.members, asked.sheets), steps)
    keys = [main_key(asked.rules, table), *(key for _, key, _ in tie_keys(asked.rules, table, by_id))]
    steps += tie_steps(names, asked.rules, table, by_id)
    return _concluded(asked, grouped(names, keys), out | struck, table, steps)


def _read(asked: Question) -> dict[str, object]:
    return {
        "profile": asked.profile.name,
        "title": asked.profile.title,
        "proposals": len(asked.proposals),
        "members": len(asked.members),
    }


def _out_before(asked: Question) -> dict[str, str]:
    """Who is out before anybody is ranked, and why. Two live proposals of one applicant are both out."""
    live = Counter(one.applicant for one in asked.proposals if not one.out_before)
    out: dict[str, str] = {}
    for one in asked.proposals:
        if one.withdrawn == "before_notice":
            out[one.id] = "withdrawn"
        elif one.disqualified == "before_notice":
            out[one.id] = "disqualified"
        elif asked.cap is not None and one.estimate > asked.cap:
            out[one.id] = "over_cap"
        elif live[one.applicant] > 1:
            out[one.id] = "two_proposals"
    return out


def _struck(asked: Question, ranked: Sequence[Proposal], table: Mapping[str, Row]) -> dict[str, str]:
    """Who was ranked with the others, and cannot be selected for what the sheets or the estimate say."""
    floor, struck = asked.rules.floor, dict[str, str]()
    for one in ranked:
        row = table[one.id]
        if floor is not None and floor.majority and floor_of(asked.rules) is not None:
            if 2 * row.reached <= len(asked.members):
                struck[one.id] = "no_majority"
        elif floor is not None and floor.measured == "mean" and row.mean is not None and row.mean < floor.points:
            struck[one.id] = "below_floor"
        if one.id not in struck and asked.rules.estimate_gate and one.estimate_unsuitable:
            struck[one.id] = "estimate_unsuitable"
    return struck


def _account(asked: Question, table: Mapping[str, Row], struck: Mapping[str, str]) -> list[Step]:
    """What the sheets say, so that it can be followed by hand."""
    rules, floor = asked.rules, floor_of(asked.rules)
    if not table:
        return []
    made: list[Step] = []
    for member in asked.members:
        values: dict[str, object] = {
            "member": member,
            "totals": {name: written_exactly(row.totals[member]) for name, row in table.items()},
        }
        if not rules.ranked:
            made.append(Step("sheet", values))
            continue
        values["ranks"] = {name: row.ranks[member] for name, row in table.items()}
        if floor is None:
            made.append(Step("ranks", values))
        else:
            made.append(Step("ranks_with_floor", values | {"floor": written_exactly(floor)}))
    if rules.stage1 is not None:
        points = {one.id: written_exactly(one.stage1 or 0) for one in asked.proposals if one.id in table}
        made.append(Step("stage1", {"points": points}))
    if rules.aggregation == "rank_sum":
        made.append(Step("rank_sums", {"sums": {name: row.rank_sum for name, row in table.items()}}))
    elif rules.aggregation == "place_count":
        made.append(Step("place_counts", {"counts": {name: list(row.places or ()) for name, row in table.items()}}))
    else:
        by_mean = rules.aggregation == "mean"
        shown = {name: _shown(row.mean if by_mean else row.total) for name, row in table.items()}
        rule = "means" if by_mean else "totals_two_stages" if rules.stage1 else "totals"
        made.append(Step(rule, {"scores": shown}))
    return made + _floors(asked, table, struck)


def _floors(asked: Question, table: Mapping[str, Row], struck: Mapping[str, str]) -> list[Step]:
    made: list[Step] = []
    floor = asked.rules.floor
    if floor is not None and (floor.majority or floor.measured == "mean"):
        rule = "majority" if floor.measured == "each_member" else "floor_mean"
        shown: dict[str, object] = {
            name: row.reached if rule == "majority" else _shown(row.mean) for name, row in table.items()
        }
        out = [name for name, why in struck.items() if why in ("no_majority", "below_floor")]
        values = {"floor": written_exactly(floor.points), "members": len(asked.members), "values": shown, "struck": out}
        made.append(Step(rule, values))
    gate = [name for name, why in struck.items() if why == "estimate_unsuitable"]
    return [*made, Step("estimate_gate", {"ids": gate})] if gate else made


def _shown(value: Exact | None) -> int | str | None:
    return None if value is None else written_exactly(value)


def _incomplete(asked: Question, out: Mapping[str, str], found: Sequence[Gap], steps: list[Step]) -> Decision:
    sheets = sorted({gap.member for gap in found})
    return Decision(
        status="sheets_incomplete",
        winner=None,
        order=(),
        not_selectable=dict(sorted(out.items())),
        tied=(),
        incomplete=tuple(sorted(found, key=lambda gap: (gap.member, gap.proposal or "", gap.why))),
        table={},
        steps=(*steps, Step("sheets_incomplete", {"members": sheets, "count": len(found)})),
        ignored=asked.ignored,
    )


def _concluded(
    asked: Question, groups: list[list[str]], out: dict[str, str], table: Mapping[str, Row], steps: list[Step]
) -> Decision:
    """The recorded order with the committee's decision in it, then what was struck after the notice."""
    decision = asked.committee_decision
    recorded = groups[0] if groups else []
    order = [name for group in groups for name in group]
    gone = {one.id: "withdrawn" if one.withdrawn else "disqualified" for one in asked.proposals if one.out_after}
    live = [[name for name in group if name not in gone] for group in groups]
    top = next((group for group in live if group), [])
    lost = _recorded_winner(recorded, decision) in gone
    tied = [] if lost and asked.rules.successor == "staff_decides" else top if len(top) > 1 else []
    if len(recorded) > 1:
        steps.append(Step("tie_committee", {"tied": list(recorded)}))
    if decision is not None and decision in tied:
        order = [decision, *(name for name in order if name != decision)]
        steps.append(Step("committee_decided", {"winner": decision}))
    elif decision is not None and tied and decision not in recorded:
        raise Faults([Fault(("committee_decision",), "outside_the_tie", {"tied": ", ".join(tied)})])
    ignored = asked.ignored
    if decision is not None and decision not in tied:
        ignored = tuple(sorted({*ignored, "committee_decision"}))
        steps.append(Step("committee_not_asked", {"winner": decision}))
    if gone:
        steps.append(Step("struck_after_notice", {"ids": sorted(gone)}))
    order = [name for name in order if name not in gone]
    status, winner = _status(order, tied, decision, lost=lost and asked.rules.successor == "staff_decides")
    steps.append(Step(*_last_step(status, winner, order, tied, lost=lost, successor=asked.rules.successor)))
    not_selectable = dict(sorted((gone | out).items()))
    return Decision(status, winner, tuple(order), not_selectable, tuple(tied), (), table, tuple(steps), ignored)  # type: ignore[arg-type]


def _recorded_winner(recorded: Sequence[str], decision: str | None) -> str | None:
    if decision in recorded:
        return decision
    return recorded[0] if len(recorded) == 1 else None


def _status(order: Sequence[str], tied: Sequence[str], decision: str | None, *, lost: bool) -> tuple[str, str | None]:
    if lost or not order:
        return "no_candidate", None
    if tied and decision not in tied:
        return "committee_required", None
    return "selected", order[0]


def _last_step(
    status: str, winner: str | None, order: Sequence[str], tied: Sequence[str], *, lost: bool, successor: str
) -> tuple[str, dict[str, object]]:
    if status == "selected":
        return ("next_recorded" if lost else "selected"), {"winner": winner}
    if status == "committee_required":
        return "committee_required", {"tied": list(tied)}
    if lost and successor == "staff_decides" and order:
        return "no_successor", {"order": list(order)}
    return "no_candidate", {}
