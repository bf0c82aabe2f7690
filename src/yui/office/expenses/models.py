"""The ledger of a commission: budget, expenses with their evidence, statements and the binder for the grant.

Money is whole yen, tax included. What is counted are dated rows: a budget is the sum of its entries, a ledger the lines
that still stand. Nothing settled is ever changed; a correction is a new line that names the old one.
"""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.office.commissions.models import FIVE_YEARS, Commission


class BudgetEntry(TenantModel):
    """One dated decision about the budget: the contract amount, a plan, an amendment, a transfer (流用)."""

    class Kind(models.TextChoices):
        """What was decided."""

        CONTRACT = "contract", "契約額"
        PLAN = "plan", "当初の計画"
        AMENDMENT = "amendment", "計画の変更"
        TRANSFER = "transfer", "流用"

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="budget_entries")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    fiscal_year = models.PositiveSmallIntegerField(help_text="the April it begins in")
    category = models.CharField(max_length=60, blank=True, help_text="key of the category; empty for the contract")
    from_category = models.CharField(max_length=60, blank=True, help_text="where a transfer comes from")
    amount = models.BigIntegerField(help_text="yen; what is added, negative for what is taken off")
    reason = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="業務の予算と流用",
        retention=FIVE_YEARS,
        c2="id authority public_id commission kind fiscal_year category from_category amount reason effective_on "
        "recorded_at recorded_by",
    )

    class Meta:
        ordering = ["effective_on", "id"]
        indexes = [models.Index(fields=["commission", "fiscal_year"])]


class ExpenseStatement(TenantModel):
    """精算書: a budget or the accepted lines as the engine judged them, with its question and answer, approved or not."""

    class Phase(models.TextChoices):
        """Of what the statement speaks."""

        ESTIMATE = "estimate", "見積り"
        AMENDMENT = "amendment", "変更"
        SETTLEMENT = "settlement", "精算"

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="expense_statements")
    phase = models.CharField(max_length=12, choices=Phase.choices)
    number = models.PositiveSmallIntegerField(default=1, help_text="version within its phase")
    state = models.CharField(max_length=12, default="review", help_text="review, returned, withdrawn, approved")
    reason = models.CharField(max_length=500, blank=True, help_text="why there is a new version")
    contract_amount = models.BigIntegerField(null=True, blank=True, help_text="yen in force when it was asked for")
    snapshot = models.JSONField(default=dict, help_text="question and answer of the engine, numbers of lines; no names")
    excel_id = models.CharField(max_length=16, blank=True, help_text="public id of the file")
    pdf_id = models.CharField(max_length=16, blank=True, help_text="public id of the file")
    requested_on = models.DateField()
    approved_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="経費の見積り・変更・精算の書類",
        retention=FIVE_YEARS,
        c2="id authority public_id commission phase number state reason contract_amount snapshot excel_id pdf_id "
        "requested_on approved_on recorded_at recorded_by",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "phase", "number"], name="expense_statement_number_once")
        ]


class Expense(EditableModel):
    """A line of the ledger. ``facts``: what the engine judges, by the names of its question, without the sources."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="expenses")
    number = models.PositiveIntegerField(help_text="within the commission, from 1")
    category = models.CharField(max_length=60, help_text="key of the category in the definition")
    spent_on = models.DateField()
    payee = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300)
    ground = models.CharField(max_length=300, blank=True, help_text="why this class of honorarium, which routes")
    facts = models.JSONField(default=dict, help_text="paid, tax, rate, hours, nights, … as the engine reads them")
    sources = models.JSONField(default=dict, help_text="yen by funding source; empty: the contract pays all")
    state = models.CharField(
        max_length=12, default="entered", help_text="entered, returned, accepted, settled, replaced, withdrawn"
    )
    statement = models.ForeignKey(
        ExpenseStatement, null=True, blank=True, on_delete=models.PROTECT, related_name="expenses"
    )
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="業務の経費の明細",
        retention=FIVE_YEARS,
        c2="id authority public_id version commission number category spent_on facts sources state statement corrects "
        "recorded_at recorded_by",
        c3c="payee purpose ground",
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["commission", "number"], name="expense_number_once")]
        indexes = [models.Index(fields=["commission", "state"])]


class ExpenseChange(TenantModel):
    """One step of a line: entered, edited, returned, accepted, … with what the line said then."""

    expense = models.ForeignKey(Expense, on_delete=models.CASCADE, related_name="changes")
    step = models.CharField(max_length=20)
    line_version = models.PositiveIntegerField()
    before = models.JSONField(default=dict, help_text="the fields that changed, as they were")
    after = models.JSONField(default=dict, help_text="the same fields, as they are now")
    comment = models.CharField(max_length=1000, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="経費の明細の経過",
        retention=FIVE_YEARS,
        c2="id authority public_id expense step line_version effective_on recorded_at by",
        c3c="before after comment",
    )

    class Meta:
        ordering = ["id"]


class Evidence(TenantModel):
    """証拠: one photo or PDF of a line, of a kind that its category asks for."""

    expense = models.ForeignKey(Expense, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveSmallIntegerField(help_text="within the line, from 1; never used again")
    kind = models.CharField(max_length=20, help_text="receipt, invoice, time_log, …")
    attachment_id = models.CharField(max_length=16, help_text="public id of the file")
    content_type = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="経費の証拠",
        retention=FIVE_YEARS,
        c2="id authority public_id expense number kind attachment_id content_type recorded_at recorded_by",
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["expense", "number"], name="evidence_number_once")]


class AuditBinder(TenantModel):
    """綴り: the evidence of many lines in one ordered PDF with its index, made by a job."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="binders")
    number = models.PositiveSmallIntegerField(help_text="within the commission, from 1")
    source = models.CharField(max_length=20, blank=True, help_text="only lines that this funding source pays")
    state = models.CharField(max_length=12, default="queued", help_text="queued, made, failed")
    run_id = models.CharField(max_length=16, blank=True, help_text="public id of the job")
    index = models.JSONField(default=list, help_text="line and evidence by public id, pages and faults; no names")
    pages = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    pdf_id = models.CharField(max_length=16, blank=True)
    excel_id = models.CharField(max_length=16, blank=True)
    csv_id = models.CharField(max_length=16, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="交付金の検査に出す証拠の綴り",
        retention=FIVE_YEARS,
        c2="id authority public_id commission number source state run_id index pages unreadable pdf_id excel_id csv_id "
        "recorded_at recorded_by made_at",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["commission", "number"], name="audit_binder_number_once")]
