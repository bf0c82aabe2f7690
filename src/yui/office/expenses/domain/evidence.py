"""Attaching a photo or PDF to a line, and taking it off again while the line is not settled."""

from django.core.files.base import File
from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.audit.record import record
from yui.base.files.domain import check_file, read_upload, remove_file, store_file
from yui.base.files.kinds import JPEG, PDF, PNG
from yui.base.files.models import Attachment
from yui.office.expenses.domain.lines import note_step
from yui.office.expenses.domain.reach import require_with
from yui.office.expenses.evidence_kinds import KINDS
from yui.office.expenses.models import Evidence, Expense, ExpenseChange
from yui.office.expenses.states import OPEN, State

TAKEN = (PDF, JPEG, PNG)
TAKEN_SENTENCE = "証拠は、写真（JPEG・PNG）かPDFで付けてください。"


def add_evidence(*, actor: Actor, expense: Expense, kind: str, upload: File | bytes, name: str) -> Evidence:
    """Keep a photo or PDF as the next piece of a line. Also an accepted line may get more; a settled one may not."""
    require_with(actor, Permission.EXPENSE_WRITE, expense.commission, expense)
    if kind not in KINDS:
        raise NotPossible("証拠の種類を選んでください。", "kind")
    data = read_upload(upload)
    if check_file(data, name).kind not in TAKEN:
        raise NotPossible(TAKEN_SENTENCE, "not_allowed")
    with transaction.atomic():
        expense = _open(expense)
        attachment = store_file(
            actor=actor, upload=data, name=name, purpose="evidence", permission=Permission.EXPENSE_WRITE,
            thing=expense, related=("expense", expense.public_id), data_class="c3c",
        )  # fmt: skip
        given = ExpenseChange.objects.filter(expense=expense, step="evidence_added").count()
        made = Evidence.objects.create(
            authority=actor.authority, expense=expense, number=given + 1, kind=kind,
            attachment_id=attachment.public_id, content_type=attachment.content_type, recorded_at=clock.now(),
            recorded_by=actor.account,
        )  # fmt: skip
        note_step(actor, expense, "evidence_added", comment=f"{expense.number}-{made.number}　{KINDS[kind]}")
        record(actor, "expense.evidence_added", made, details={"kind": kind, "line": expense.public_id})
    return made


def remove_evidence(*, actor: Actor, evidence: Evidence) -> Expense:
    """Take a piece off and delete its bytes: a wrong photo stays nowhere. An accepted line is checked again."""
    expense = evidence.expense
    require_with(actor, Permission.EXPENSE_WRITE, expense.commission, evidence)
    with transaction.atomic():
        expense = _open(expense)
        attachment = Attachment.objects.filter(public_id=evidence.attachment_id).first()
        if attachment is not None:
            remove_file(actor=actor, attachment=attachment, permission=Permission.EXPENSE_WRITE, thing=expense)
        number, kind = evidence.number, KINDS.get(evidence.kind, evidence.kind)
        record(actor, "expense.evidence_removed", evidence, details={"line": expense.public_id})
        evidence.delete()
        if expense.state == State.ACCEPTED:
            expense.state = State.ENTERED
            expense.version += 1
            expense.save(update_fields=["state", "version"])
        note_step(actor, expense, "evidence_removed", comment=f"{expense.number}-{number}　{kind}")
    return expense


def _open(expense: Expense) -> Expense:
    expense = Expense.objects.select_for_update(of=("self",)).select_related("commission").get(pk=expense.pk)
    if expense.state not in OPEN or expense.statement_id is not None:
        raise NotPossible("精算に入っている行の証拠は、変えられません。", "settled")
    return expense
