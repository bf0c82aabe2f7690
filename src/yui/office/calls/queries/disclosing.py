"""Reading disclosure requests: what can be given out, what is marked, and the records as pages."""

import re
from typing import Any

from django.db.models import QuerySet

from yui.base.documents.paper import pdf
from yui.office.calls.disclosed import BLACK, FIELDS, RECORDS, TABLE, shown
from yui.office.calls.models import (
    Applicant,
    Call,
    DisclosureRequest,
    Score,
    SealOpening,
    SelectionRecord,
    SubmittedPaper,
)
from yui.office.calls.queries.noticing import decided_selection, ids_in
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CallState

SCORED = frozenset({CallState.SCORED, CallState.DECIDED, CallState.CONTRACTED, CallState.NO_CANDIDATE})
PDF = "application/pdf"


def disclosable_papers(call: Call) -> QuerySet[SubmittedPaper]:
    """Files of stages that were opened, of proposals that count. What is sealed does not stand here."""
    opened = SealOpening.objects.filter(call=call).values_list("stage", flat=True)
    rows = SubmittedPaper.objects.filter(
        proposal__applicant__call=call, proposal__stage__in=list(opened), proposal__state="received", on_paper=False,
        content_type=PDF,
    )  # fmt: skip
    return rows.select_related("proposal__applicant").order_by("proposal__applicant_id", "proposal__stage", "id")


def ready_records(call: Call) -> list[str]:
    """Records that can be asked for: score sheets once scoring is closed, the selection once it is decided."""
    found = ["sheets"] if call.state in SCORED else []
    return [*found, "selection"] if decided_selection(call) is not None else found


def requests_of(call: Call) -> QuerySet[DisclosureRequest]:
    """Every request about a call, newest first."""
    return DisclosureRequest.objects.filter(call=call).order_by("-received_on", "-id")


def chosen_papers(asked: DisclosureRequest) -> list[SubmittedPaper]:
    """The papers of a request, in the order in which they were chosen."""
    rows = {one.public_id: one for one in disclosable_papers(asked.call).filter(public_id__in=asked.papers)}
    return [rows[public_id] for public_id in asked.papers if public_id in rows]


def paper_names(asked: DisclosureRequest) -> dict[str, str]:
    """Each paper by number and the name it has in the call; of whom it is does not stand here."""
    known = {one.key: one.name for one in rules_of(asked.call).rules.papers}
    return {
        one.public_id: f"書類{number}：{known.get(one.paper, one.paper)}"
        for number, one in enumerate(chosen_papers(asked), start=1)
    }


def areas_of(asked: DisclosureRequest, paper: str) -> dict[int, list[list[int]]]:
    """The marked areas of a paper by page."""
    found: dict[int, list[list[int]]] = {}
    for one in asked.redactions.filter(paper=paper):
        found.setdefault(one.page, []).append(one.area)
    return found


def index_of(asked: DisclosureRequest) -> list[dict[str, Any]]:
    """What is given out and what is withheld on which ground, in plain rows."""
    names = paper_names(asked)
    papers = [(public_id, name) for public_id, name in names.items()]
    papers += [(key, RECORDS[key]) for key in RECORDS if key in asked.records]
    found: list[dict[str, Any]] = [
        {"kind": "paper", "number": str(number), "paper": key, "name": name, "pages": ""}
        for number, (key, name) in enumerate(papers, start=1)
    ]
    for mark in asked.redactions.order_by("paper", "page", "id"):
        name = names.get(mark.paper) or FIELDS[mark.paper]
        page = f"{mark.page}ページ" if mark.page else "すべて"
        found.append(
            {"kind": "mark", "paper": mark.paper, "name": name, "page": page, "area": mark.area, "ground": mark.ground}
        )
    return found


def record_pages(asked: DisclosureRequest, key: str) -> bytes:
    """A record as PDF pages, with its withheld fields black; it becomes pictures afterwards."""
    withheld = set(asked.redactions.filter(page=0).values_list("paper", flat=True))
    return pdf(TABLE, _sheets(asked.call, withheld) if key == "sheets" else _selection(asked.call, withheld))


def _sheets(call: Call, withheld: set[str]) -> dict[str, Any]:
    announced = rules_of(call)
    criteria = {one.key: f"{one.number} {one.name}" for group in announced.rules.criteria for one in group.criteria}
    scores = Score.objects.filter(sheet__member__call=call, sheet__state="closed").select_related(
        "sheet__member", "applicant"
    )
    rows = [
        [
            shown(one.sheet.member.name, "sheets.member", withheld),
            shown(one.applicant.name, "sheets.applicant", withheld),
            criteria.get(one.criterion, one.criterion),
            shown("" if one.points is None else format(one.points.normalize(), "f"), "sheets.points", withheld),
            shown(one.comment, "sheets.comment", withheld),
        ]
        for one in scores.order_by("sheet__member__order", "sheet__member_id", "applicant_id", "id")
    ]
    return {
        "title": RECORDS["sheets"],
        "columns": ["委員", "応募者", "評価項目", "点", "所見"],
        "rows": rows,
        "lines": [],
    }


def _selection(call: Call, withheld: set[str]) -> dict[str, Any]:
    """Each proposal with what was reckoned. The engine's sentences tell names and points together, so they stand here
    only where nothing of the record is withheld; members have numbers in them.
    """
    record = decided_selection(call)
    if record is None:
        return {"title": RECORDS["selection"], "columns": ["応募者"], "rows": [], "lines": []}
    answered, rows = record.answered, []
    for applicant in Applicant.objects.filter(call=call).order_by("id"):
        for one in ids_in(record, applicant):
            row = answered.get("table", {}).get(one, {})
            points = "、".join(f"{word} {row[key]}" for key, word in WORDS.items() if row.get(key) is not None)
            result = "候補者" if one == answered.get("winner") else answered.get("not_selectable", {}).get(one, "")
            rows.append(
                [
                    shown(applicant.name, "selection.applicant", withheld),
                    shown(points, "selection.points", withheld),
                    OUTCOMES.get(result, result),
                ]
            )
    whole = not any(field.startswith("selection.") for field in withheld)
    lines = _steps(record) if whole else [f"{BLACK}（計算の手順）"]
    return {"title": RECORDS["selection"], "columns": ["応募者", "点と順位", "結果"], "rows": rows, "lines": lines}


def _steps(record: SelectionRecord) -> list[str]:
    """The engine's sentences with the applicants' names and the members' numbers for their ids."""
    names = {
        one: applicant.name
        for applicant in Applicant.objects.filter(call=record.call_id)
        for one in ids_in(record, applicant)
    }
    names |= {member: str(number) for number, member in enumerate(record.asked.get("members", []), start=1)}
    said = [str(step["says"]) for step in record.answered.get("steps", [])]
    if not names:
        return said
    known = re.compile("|".join(re.escape(one) for one in sorted(names, key=len, reverse=True)))
    return [known.sub(lambda found: names[found[0]], line) for line in said]


WORDS = {"rank_sum": "順位の合計", "total": "合計点", "mean": "平均点", "themes": "テーマの点"}
OUTCOMES = {
    "withdrawn": "辞退",
    "disqualified": "失格",
    "over_cap": "上限額の超過",
    "two_proposals": "2つ以上の提案",
    "no_majority": "基準点が過半数に満たない",
    "below_floor": "最低基準に満たない",
    "estimate_unsuitable": "見積が合わない",
}
