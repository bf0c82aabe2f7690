"""Asking the engine: the one way by which a line, a ledger or a budget is judged, the same as ``yui engine expenses``.

Here lines become the engine's question, and its codes become sentences with their place in the document.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yui.engine.calendar.written import fiscal_year
from yui.engine.expenses import answer_expenses, answer_honorarium
from yui.engine.faults import Faults
from yui.engine.sentences import say
from yui.office.commissions.wording import fiscal_year_words
from yui.office.expenses.rules import Rules

ORGAN = "expenses"
LIMIT_KEYS = frozenset({"code", "name", "limit", "share_of_total", "total_includes_it"})
"""What a budget is judged by: the limits over many lines. What a single line needs is not known yet."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that the engine cited. ``source`` is its place in the document, or why it was chosen."""

    code: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine says of one line. ``claimed = eligible + ineligible``, always."""

    claimed: int
    eligible: int
    ineligible: int
    settleable: bool
    reasons: tuple[Reason, ...]

    @property
    def tone(self) -> str:
        """ok, warn where a part is taken off, danger where nothing is left."""
        return "ok" if not self.ineligible else "warn" if self.eligible else "danger"

    @property
    def words(self) -> str:
        """In one sentence, what may be claimed."""
        if not self.ineligible:
            return f"{self.claimed:,}円の全額が対象です。"
        if not self.eligible:
            return f"{self.claimed:,}円は、対象になりません。"
        return f"{self.claimed:,}円のうち、{self.eligible:,}円が対象、{self.ineligible:,}円は対象外です。"


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit with what stands against it, in words."""

    rule: str
    name: str
    limit: int
    actual: int
    over: int
    source: str
    without_tax: bool = False

    @property
    def words(self) -> str:
        """Told without needing the colour."""
        tax = "税抜き " if self.without_tax else ""
        if self.over:
            return f"{tax}{self.actual:,}円で、上限 {self.limit:,}円を {self.over:,}円こえています。"
        return f"{tax}{self.actual:,}円で、上限 {self.limit:,}円まで、あと {self.limit - self.actual:,}円です。"

    @property
    def share(self) -> int:
        """How much of the limit is used, in whole percent, for the bar."""
        return min(100, self.actual * 100 // self.limit) if self.limit else 100

    @property
    def near(self) -> bool:
        """Nine tenths are used, or more."""
        return self.limit > 0 and self.actual * 10 >= self.limit * 9


def line_of(
    number: int,
    category: str,
    spent_on: dt.date,
    facts: Mapping[str, Any],
    sources: Mapping[str, int],
    evidence: Sequence[str],
) -> dict[str, Any]:
    """A line as the engine reads it; its id is the number of the ledger."""
    made = {"id": f"L{number}", "category": category, "date": spent_on.isoformat(), **facts, "evidence": list(evidence)}
    if sources:
        made["sources"] = [{"source": name, "amount": amount} for name, amount in sources.items()]
    return made


def question(rules: Rules, lines: Sequence[Mapping[str, Any]], phase: str = "settlement") -> dict[str, Any]:
    """The whole question; with it anybody can ask ``yui engine expenses`` the same."""
    return {"profile": rules.data, "phase": phase, "lines": list(lines)}


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the engine answers. Raises ``Faults``."""
    return answer_expenses(asked)


def answer_what_can_be(asked: dict[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The answer, and the ids of lines that the rules of today can not read any more; those are left out of it."""
    try:
        return answer(asked), frozenset()
    except Faults as wrong:
        broken = {int(one.path[1]) for one in wrong.faults if len(one.path) > 1 and one.path[0] == "lines"}
        if not broken:
            raise
        kept = [line for at, line in enumerate(asked["lines"]) if at not in broken]
        asked["lines"], all_lines = kept, asked["lines"]
        return answer(asked), frozenset(all_lines[at]["id"] for at in broken)


def verdict_of(rules: Rules, category: str, found: Mapping[str, Any]) -> Verdict:
    """One judged line in words."""
    return Verdict(
        found["claimed"], found["eligible"], found["ineligible"], found["settleable"],
        tuple(_reason(rules, category, code) for code in found["rules"]),
    )  # fmt: skip


def _reason(rules: Rules, category: str, code: str) -> Reason:
    heading = rules.headings.get(category)
    sentence = say(ORGAN, "rules", code, {})
    engine = rules.profile.expenses
    if code == "night_limit" and engine and engine.categories:
        sentence = f"1人1泊の上限 {engine.categories[category].night_limit:,}円をこえる額を除きました。"
    source = heading.sources.get(code, "") if heading else ""
    if code == "any_category":
        source = f"{rules.document}に、経費の決まりはありません"
    return Reason(code, sentence, source)


def limit_lines(rules: Rules, limits: Iterable[Mapping[str, Any]]) -> list[LimitLine]:
    """The engine's limits with names and places."""
    made = []
    for one in limits:
        rule = str(one["rule"])
        if rule.startswith("year_"):
            name = f"{fiscal_year_words(int(rule.removeprefix('year_')))}の限度額"
            made.append(LimitLine(rule, name, one["limit"], one["actual"], one["over"], rules.document))
            continue
        sources = rules.headings[rule].sources if rule in rules.headings else {}
        made.append(
            LimitLine(
                rule, f"{rules.name_of(rule)}の上限", one["limit"], one["actual"], one["over"],
                sources.get("limit") or sources.get("share_of_total", ""), "share_of_total" in sources,
            )
        )  # fmt: skip
    return made


def contract_line(amount: int | None, eligible: int, source: str) -> list[LimitLine]:
    """The contract amount as one more limit, over the eligible total after the others. Empty where there is none."""
    if amount is None:
        return []
    return [LimitLine("contract", "契約額", amount, eligible, max(0, eligible - amount), source)]


def budget_question(rules: Rules, cells: Mapping[tuple[str, int], int], phase: str) -> dict[str, Any]:
    """A budget (category, 年度) → yen as a question: only limits over many lines are judged, one line a cell."""
    expenses = dict(rules.data["expenses"])
    if expenses.get("categories") is not None:
        expenses["categories"] = [
            {key: value for key, value in one.items() if key in LIMIT_KEYS} for one in expenses["categories"]
        ]
    profile = {key: value for key, value in rules.data.items() if key != "honorarium"} | {"expenses": expenses}
    lines = [
        {"id": f"{category}_{year}", "category": category, "paid": amount, "date": dt.date(year, 4, 1).isoformat()}
        for (category, year), amount in sorted(cells.items(), key=lambda cell: (cell[0][1], cell[0][0]))
        if amount > 0
    ]
    return {"profile": profile, "phase": phase, "lines": lines}


def honorarium(rules: Rules, *, mark: str, minutes: int, one_way_km: str, paid: int) -> dict[str, Any]:
    """What the table allows for one invitation, step by step. Raises ``Faults``."""
    asked = {"profile": rules.data, "class": mark, "minutes": minutes, "one_way_km": one_way_km, "paid": paid}
    return answer_honorarium(asked)


def year_of(day: dt.date) -> int:
    """The 年度 of an expense is that of its date (P-843)."""
    return fiscal_year(day)
