"""The `select` question as JSON in, JSON out: what `yui engine select` prints."""

from collections.abc import Mapping

from yui.engine.exact import written_exactly
from yui.engine.profile import Selection
from yui.engine.selection.read import read_question
from yui.engine.selection.select import select
from yui.engine.selection.types import Decision, Row
from yui.engine.steps import told

ORGAN = "selection"


def answer_select(question: object) -> dict[str, object]:
    """Raises Faults."""
    asked = read_question(question)
    return as_json(select(asked), asked.rules)


def as_json(decided: Decision, rules: Selection) -> dict[str, object]:
    """The published shape; what is not whole is exact text."""
    return {
        "status": decided.status,
        "winner": decided.winner,
        "order": list(decided.order),
        "not_selectable": dict(decided.not_selectable),
        "tied": list(decided.tied),
        "incomplete": [{"member": gap.member, "proposal": gap.proposal, "why": gap.why} for gap in decided.incomplete],
        "table": {name: _row(row, rules) for name, row in decided.table.items()},
        "steps": told(ORGAN, decided.steps),
        "ignored": list(decided.ignored),
    }


def _row(row: Row, rules: Selection) -> Mapping[str, object]:
    """As far as the profile uses it."""
    made: dict[str, object] = {"totals": {member: written_exactly(total) for member, total in row.totals.items()}}
    if rules.ranked:
        made |= {"ranks": dict(row.ranks), "rank_sum": row.rank_sum}
    if rules.aggregation == "place_count":
        made["places"] = list(row.places or ())
    if rules.aggregation in ("total", "mean") or any(tie.rule == "higher_total" for tie in rules.ties):
        made["total"] = written_exactly(row.total)
    if rules.themes:
        made["themes"] = None if row.themes is None else written_exactly(row.themes)
    if row.mean is not None:
        made["mean"] = written_exactly(row.mean)
    return made
