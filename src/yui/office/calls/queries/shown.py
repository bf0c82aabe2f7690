"""What the engine answered, in the words and tables of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from yui.engine.sentences import say
from yui.engine.steps import Step, sentence
from yui.office.calls.models import Applicant, Call, CommitteeMember, SelectionRecord
from yui.office.calls.queries.selection import SHORTLIST, asked_part


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal in the table of results. ``cells``: total and rank of each member, in their order: ready
    to be drawn, because there may be hundreds of them.
    """

    name: str
    public_id: str
    place: int | None
    why_not: str
    tied: bool
    estimate: int | None
    stage1: object
    cells: SafeString
    rank_sum: object
    total: object
    mean: object
    themes: object


@dataclass(frozen=True, slots=True)
class Shown:
    """A recorded selection in words and tables."""

    record: SelectionRecord
    status: str
    status_label: str
    winner: str
    rows: list[Row]
    members: list[str]
    gaps: list[str]
    steps: list[str]
    tied: list[tuple[str, str]]
    """Public id and name of those between whom the committee decides."""

    @property
    def ranked(self) -> bool:
        """Whether the rules add ranks."""
        return any(row.rank_sum is not None for row in self.rows)

    @property
    def staged(self) -> bool:
        """Whether an earlier stage counts."""
        return any(row.stage1 is not None for row in self.rows)

    @property
    def totalled(self) -> bool:
        """Whether the rules add points."""
        return any(row.total is not None for row in self.rows)

    @property
    def themed(self) -> bool:
        """Whether points on named themes may decide."""
        return any(row.themes is not None for row in self.rows)


def names_of(call: Call) -> tuple[dict[str, str], dict[str, str]]:
    """Names of applicants, and of members, by the public ids that the engine saw. Two queries."""
    applicants = dict(Applicant.objects.filter(call=call).values_list("public_id", "name"))
    members = dict(CommitteeMember.objects.filter(call=call).values_list("public_id", "name"))
    return applicants, members


def shown(record: SelectionRecord, known: tuple[dict[str, str], dict[str, str]] | None = None) -> Shown:
    """Every step in words, with names in the place of ids. ``known``: the names, where they are at hand."""
    applicants, members = known or names_of(record.call)
    names = applicants | members
    answer = record.answered
    if record.kind == SHORTLIST:
        return _shown_shortlist(record, applicants)
    order = list(answer["order"])
    proposals = {one["id"]: one for one in asked_part(record, "proposals")}
    there = set(asked_part(record, "members"))
    counted = [one for one in members if one in there]
    listed = [*order, *(one for one in sorted(proposals, key=lambda p: applicants.get(p, p)) if one not in order)]
    return Shown(
        record=record,
        status=answer["status"],
        status_label=say("selection", "status", answer["status"], {}),
        winner=names.get(answer["winner"] or "", ""),
        rows=[_row(one, order, answer, proposals[one], counted, names) for one in listed],
        members=[names[one] for one in counted],
        gaps=[_gap(gap, names) for gap in answer["incomplete"]],
        steps=told(answer["steps"], names),
        tied=[(one, names.get(one, one)) for one in answer["tied"]],
    )  # fmt: skip


def told(steps: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[str]:
    """The sentences of the engine's steps, made again with names."""
    return [sentence("selection", Step(step["rule"], _named(step["values"], names))) for step in steps]


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {names.get(key, key): _named(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_named(inner, names) for inner in value]
    return value


def _row(
    one: str, order: list[str], answer: Any, proposal: Any, counted: Sequence[str], names: Mapping[str, str]
) -> Row:
    table, why = answer["table"].get(one, {}), answer["not_selectable"].get(one)
    totals, ranks = table.get("totals", {}), table.get("ranks", {})
    return Row(
        name=names.get(one, one),
        public_id=one,
        place=order.index(one) + 1 if one in order else None,
        why_not=say("selection", "not_selectable", why, {}) if why else "",
        tied=one in answer["tied"],
        estimate=proposal["estimate"] or None,
        stage1=proposal["stage1"],
        cells=_cells(totals, ranks, counted),
        rank_sum=table.get("rank_sum"),
        total=table.get("total"),
        mean=table.get("mean"),
        themes=table.get("themes"),
    )


def _cells(totals: Mapping[str, Any], ranks: Mapping[str, Any], counted: Sequence[str]) -> SafeString:
    """Numbers and exact decimals of the engine, nothing that anybody typed."""
    made = []
    for member in counted:
        total, rank = totals.get(member), ranks.get(member)
        shown = "—" if total is None else f"{escape(total)}点"
        below = f'<br><span class="yui-meta">{escape(rank)}位</span>' if rank is not None else ""
        made.append(f'<td class="num">{shown}{below}</td>')
    return mark_safe("".join(made))  # noqa: S308


def _gap(gap: Mapping[str, Any], names: Mapping[str, str]) -> str:
    where = "・".join(names.get(one, one) for one in (gap["member"], gap["proposal"]) if one)
    return f"{where}：{say('selection', 'gaps', gap['why'], {})}"


def _shown_shortlist(record: SelectionRecord, applicants: Mapping[str, str]) -> Shown:
    answer = record.answered
    points = {one["id"]: one["stage1"] for one in asked_part(record, "qualified")}
    best_first = [*answer["invited"], *(one for one in points if one not in answer["invited"])]
    rows = [
        Row(
            applicants.get(one, one), one, at if one in answer["invited"] else None,
            "" if one in answer["invited"] else "提案書を求めない", False, None, points[one], SafeString(), None, None, None, None,
        )
        for at, one in enumerate(best_first, start=1)
    ]  # fmt: skip
    label = f"{len(answer['invited'])}者に提案書を求める"
    return Shown(record, "shortlist", label, "", rows, [], [], told(answer["steps"], applicants), [])
