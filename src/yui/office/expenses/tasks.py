"""The jobs: writing a statement as Excel and PDF, and binding the evidence. Each file is a piece of its own."""

from typing import Any

from django.db import OperationalError

from yui.base import clock
from yui.base.access.permissions import Permission
from yui.base.documents.domain import keep_document
from yui.base.documents.excel import workbook
from yui.base.documents.paper import pdf
from yui.base.exchange.csv import csv_bytes
from yui.base.files import store
from yui.base.files.domain import remove_file, store_file
from yui.base.files.models import Attachment
from yui.base.jobs.models import JobRun
from yui.base.jobs.registry import job
from yui.base.jobs.run import LostLease, Run
from yui.base.tenancy.addresses import town_url
from yui.office.commissions.models import Commission
from yui.office.expenses.binding import Piece, bind, count_pages, join
from yui.office.expenses.content import STATEMENT, Names, statement_page, statement_sheets
from yui.office.expenses.domain.binders import JOB as BINDER
from yui.office.expenses.domain.reach import may_ask
from yui.office.expenses.domain.statements import JOB as STATEMENT_JOB
from yui.office.expenses.domain.statements import title_of
from yui.office.expenses.evidence_kinds import KINDS
from yui.office.expenses.index_page import INDEX, csv_rows, index_of, index_page, index_sheet
from yui.office.expenses.models import AuditBinder, Evidence, Expense, ExpenseStatement
from yui.office.expenses.queries import statement_path
from yui.office.expenses.states import STANDING

BATCH = 20
"""Files of one piece: a few seconds, far below the lease."""
PART = "binder_part"


def _right(run: Run, commission: Commission) -> Permission:
    """The permission with which somebody asked for it, to settle or to write."""
    return may_ask(run.actor, commission) or Permission.EXPENSE_SETTLE


def _statement_page(run: JobRun) -> str:
    found = ExpenseStatement.objects.select_related("authority").filter(public_id=run.arguments.get("statement", ""))
    return statement_path(found[0]) if found else ""


@job(STATEMENT_JOB, label="経費の書類", page=_statement_page, page_permission=Permission.EXPENSE_READ)
def write_statement(run: Run) -> None:
    """Excel, then PDF; both from the snapshot, so that they say what was judged."""
    rows = ExpenseStatement.objects.select_related("commission", "authority")
    statement = rows.get(public_id=run.arguments["statement"])
    title = title_of(statement)
    numbers = [line["number"] for line in statement.snapshot["lines"]]
    names: Names = {
        number: (payee, purpose)
        for number, payee, purpose in Expense.objects.filter(
            commission=statement.commission, number__in=numbers
        ).values_list("number", "payee", "purpose")
    }
    run.expect(2)
    with run.piece("excel") as fresh:
        if fresh:
            data = workbook(statement_sheets(statement, title, names), made_at=statement.recorded_at)
            statement.excel_id = _keep(run, statement, title, data, "xlsx")
            statement.save(update_fields=["excel_id"])
    with run.piece("pdf") as fresh:
        if fresh:
            data = pdf(STATEMENT, statement_page(statement, title, names))
            statement.pdf_id = _keep(run, statement, title, data, "pdf")
            statement.save(update_fields=["pdf_id"])
            run.result("expense_statement", statement.public_id)


def _keep(run: Run, statement: ExpenseStatement, title: str, data: bytes, ending: str) -> str:
    document = keep_document(
        actor=run.actor, kind=f"expense_statement_{ending}", title=title, data=data, name=f"{title}.{ending}",
        snapshot={"statement": statement.public_id, "phase": statement.phase, "number": statement.number},
        permission=_right(run, statement.commission), thing=statement, related=("expense_statement", statement.public_id), data_class="c3c",
    )  # fmt: skip
    return document.attachment.public_id


def _binder_page(run: JobRun) -> str:
    found = AuditBinder.objects.select_related("authority").filter(public_id=run.arguments.get("binder", ""))
    return town_url(found[0].authority, "office:binder", public_id=found[0].public_id) if found else ""


@job(BINDER, label="証拠の綴り", page=_binder_page, page_permission=Permission.EXPENSE_READ)
def make_binder(run: Run) -> None:
    """Bind the files in batches, then the index in front of them, then the lists."""
    binder = AuditBinder.objects.select_related("commission", "authority").get(public_id=run.arguments["binder"])
    try:
        _make(run, binder)
    except (LostLease, OperationalError):  # another worker goes on with it
        raise
    except Exception:
        AuditBinder.objects.filter(pk=binder.pk, state="queued").update(state="failed")
        raise


def _make(run: Run, binder: AuditBinder) -> None:
    order = evidence_of(binder)
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    run.expect(len(batches) + 2)
    for at, batch in enumerate(batches):
        with run.piece(f"part:{at}") as fresh:
            if fresh:
                _bind_part(run, binder, at, batch)
    with run.piece("pdf") as fresh:
        if fresh:
            _join_parts(run, binder)
    with run.piece("lists") as fresh:
        if fresh:
            _write_lists(run, binder)


def evidence_of(binder: AuditBinder) -> list[Evidence]:
    """What is bound: by the number of the line, then of the evidence."""
    found = Evidence.objects.filter(expense__commission=binder.commission, expense__state__in=list(STANDING))
    rows = found.select_related("expense").order_by("expense__number", "number")
    return [row for row in rows if not binder.source or row.expense.sources.get(binder.source)]


def _bind_part(run: Run, binder: AuditBinder, at: int, batch: list[Evidence]) -> None:
    files = {one.public_id: one for one in Attachment.objects.filter(public_id__in=[e.attachment_id for e in batch])}
    pieces = []
    for row in batch:
        found = files.get(row.attachment_id)
        pieces.append(Piece(_label(row), KINDS.get(row.kind, row.kind), row.content_type, _bytes(found)))
    data, bound = bind(pieces)
    store_file(
        actor=run.actor, upload=data, name=f"{at:05d}.pdf", purpose=PART, permission=_right(run, binder.commission), thing=binder,
        related=(PART, binder.public_id), data_class="c3c", made_here=True,
    )  # fmt: skip
    binder.refresh_from_db(fields=["index"])
    binder.index += [
        {
            "evidence": row.public_id,
            "line": row.expense.number,
            "number": row.number,
            "pages": one.pages,
            "fault": one.fault,
        }
        for row, one in zip(batch, bound, strict=True)
    ]
    binder.save(update_fields=["index"])


def _bytes(attachment: Attachment | None) -> bytes | None:
    if attachment is None:
        return None
    try:
        with store.open_path(attachment.path) as handle:
            return handle.read()
    except OSError:
        return None


def _label(row: Evidence) -> str:
    return f"{row.expense.number}-{row.number}"


def _join_parts(run: Run, binder: AuditBinder) -> None:
    binder.refresh_from_db(fields=["index"])
    parts = list(Attachment.objects.filter(related_kind=PART, related_id=binder.public_id).order_by("name"))
    lines, first = index_of(binder), 1
    front = pdf(INDEX, index_page(binder, lines, first))
    for _ in range(2):  # the numbers of pages may make the index a page longer
        first = count_pages(front) + 1
        front = pdf(INDEX, index_page(binder, lines, first))
        if count_pages(front) + 1 == first:
            break
    data, pages = join([front, *(_bytes(part) or b"" for part in parts)])
    title = f"証拠の綴り {binder.number}"
    document = keep_document(
        actor=run.actor, kind="audit_binder", title=title, data=data, name=f"{title}.pdf",
        snapshot={"binder": binder.public_id, "pages": pages}, permission=_right(run, binder.commission), thing=binder,
        related=("binder", binder.public_id), data_class="c3c",
    )  # fmt: skip
    for part in parts:
        remove_file(actor=run.actor, attachment=part, permission=_right(run, binder.commission), thing=binder)
    binder.pdf_id, binder.pages = document.attachment.public_id, pages
    binder.unreadable = sum(1 for one in binder.index if one["fault"])
    for one in binder.index:
        one["page"] = first
        first += one["pages"]
    binder.save(update_fields=["pdf_id", "pages", "unreadable", "index"])


def _write_lists(run: Run, binder: AuditBinder) -> None:
    binder.refresh_from_db()
    lines, title = index_of(binder), f"証拠の一覧 {binder.number}"
    files: dict[str, Any] = {
        "xlsx": workbook([index_sheet(lines)], made_at=clock.now()),
        "csv": csv_bytes(*csv_rows(lines)),
    }
    kept = {
        ending: store_file(
            actor=run.actor, upload=data, name=f"{title}.{ending}", purpose="document", permission=_right(run, binder.commission), thing=binder,
            related=("binder", binder.public_id), data_class="c3c", made_here=True,
        ).public_id
        for ending, data in files.items()
    }  # fmt: skip
    binder.excel_id, binder.csv_id = kept["xlsx"], kept["csv"]
    binder.state, binder.made_at = "made", clock.now()
    binder.save(update_fields=["excel_id", "csv_id", "state", "made_at"])
    run.result("binder", binder.public_id)
