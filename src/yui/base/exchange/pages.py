"""What the pages of an import say: words and lists for the templates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from yui.base.access.actor import Actor
from yui.base.clock import TOKYO
from yui.base.exchange import domain, queries, states
from yui.base.exchange.domain.undoing import DAYS, may_be_undone
from yui.base.exchange.faults import FaultKind, kinds_of
from yui.base.exchange.models import Import, ImportRow
from yui.base.exchange.reading import Table, column_name
from yui.base.exchange.states import IMPORT_STATES
from yui.base.jobs.models import JobRun
from yui.base.jobs.models import State as JobState

SAMPLE_ROWS, SAMPLE_COLUMNS = 8, 8
STEPS = ("ファイル", "見出し", "列", "たしかめる", "取り込む")
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp932": "シフトJIS（CP932）", "": "エクセル"}
CHIPS = {states.IMPORTED: "ok", states.RUNNING: "info", states.UNDONE: "", states.DROPPED: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One import in the list."""

    batch: Import
    name: str
    text: str
    chip: str
    kind: str


def line(batch: Import) -> Line:
    """An import as the list tells it."""
    importer = queries.importer_of(batch)
    counts = batch.counts
    by = batch.started_by.name if batch.started_by else ""
    when = (batch.imported_at or batch.started_at).astimezone(TOKYO)
    told = f"{when.month}月{when.day}日　{by}"
    if batch.imported_at is not None:
        parts = (("add", "追加"), ("update", "変更"), ("skip", "そのまま"), ("fault", "残り"))
        told += "　" + "・".join(f"{word}{counts[key]}{importer.noun}" for key, word in parts if counts.get(key))
    kind = CHIPS.get(batch.state, "warn")
    return Line(batch, importer.label, told, IMPORT_STATES[batch.state].staff_label, kind)


def asks_for_table(batch: Import) -> bool:
    """Whether there is a choice of sheets, or the headings do not stand in the first row."""
    return batch.header_row > 1 or sum(bool(table.rows) for table in queries.book_of(batch).tables) > 1


def seen_again(batch: Import, actor: Actor) -> Import:
    """The import as it stands; one whose worker has given up stands again before the press."""
    if batch.state == states.RUNNING and JobRun.objects.filter(public_id=batch.job, state=JobState.FAILED).exists():
        domain.give_back(actor=actor, batch=batch)
        batch.refresh_from_db()
    return batch


def sample(table: Table) -> dict[str, Any]:
    """The first rows of a sheet as a spreadsheet shows them."""
    width = min(table.width, SAMPLE_COLUMNS)
    rows = [
        (number, [" ".join(cell.split())[:20] for cell in (*row, *[""] * width)[:width]])
        for number, row in enumerate(table.rows[:SAMPLE_ROWS], start=1)
    ]
    return {"letters": [column_name(n) for n in range(width)], "rows": rows, "more": table.width - width}


def source_words(batch: Import) -> str:
    """Where the guess of the columns comes from."""
    if batch.source == "remembered":
        return "前に同じ見出しのファイルで選んだとおりに、選んであります。"
    preset = next((one for one in queries.importer_of(batch).presets() if one.key == batch.source), None)
    if preset is not None:
        return f"{preset.label}から出したファイルのようです。それに合わせて、選んであります。"
    return "見出しの言葉から、選んであります。" if batch.columns else ""


def file_words(batch: Import) -> dict[str, Any]:
    """The file in one line, and the steps of the way."""
    name = batch.file.name if batch.file is not None else ""
    return {"file_line": f"{name}（{ENCODINGS.get(batch.encoding, batch.encoding)}）", "steps": STEPS}


def kinds(plan: queries.Plan) -> list[FaultKind]:
    """The kinds of faults of a plan."""
    return list(kinds_of(plan.faults))


def policy_initial(batch: Import) -> dict[str, Any]:
    """What was chosen so far."""
    policy = queries.policy_of(batch)
    return {"existing": policy.existing, "doubles": policy.doubles, "mend": sorted(policy.mend)}


def result(batch: Import, today: dt.date) -> dict[str, Any]:
    """What came of it."""
    importer = queries.importer_of(batch)
    return {
        "batch": batch, "importer": importer, "counts": batch.counts, "may_undo": may_be_undone(batch, today),
        "undo_days": DAYS, "state_label": IMPORT_STATES[batch.state].staff_label,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """A row that undo left alone, with the reason."""

    number: int
    name: str
    page: str
    subject_id: str
    why: str


def left(batch: Import, rows: Sequence[ImportRow]) -> list[Left]:
    """The rows that undo left alone, in words."""
    importer = queries.importer_of(batch)
    found = importer.names_of(list(rows))
    lines = []
    for row in rows:
        name, page = found.get(row.subject_id, ("（一覧に出さない方）", ""))
        words = "、".join(importer.left_labels.get(key, key) for key in row.left)
        if row.action == "update" and row.left and "。" not in words and words not in importer.left_labels.values():
            words = f"{words}は、取り込んだあとに変わっています"
        lines.append(Left(row.number, name, page, row.subject_id, words))
    return lines


def download(content: bytes, name: str) -> HttpResponse:
    """A CSV to be saved."""
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
