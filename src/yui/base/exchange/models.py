"""Import: a file on its way into the house. ImportRow: what undo needs of one row. ImportMapping: what is remembered."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.exchange import states
from yui.base.files.models import Attachment
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel


class Import(TenantModel):
    """取込: one file, its choices and its counts. The file itself goes as soon as it is not needed any more."""

    kind = models.CharField(max_length=40, help_text="key of the importer")
    state = models.CharField(max_length=12, default=states.UPLOADED)
    file = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    encoding = models.CharField(max_length=12, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveIntegerField(default=1, help_text="counted from 1")
    headings = models.JSONField(default=list, help_text="the row of headings as it stands, until the import is done")
    columns = models.JSONField(default=dict, help_text="position in the file → key of our column")
    source = models.CharField(max_length=20, blank=True, help_text="remembered, or the key of a ready mapping")
    policy = models.JSONField(default=dict, help_text="existing, mend, doubles")
    started_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    job = models.CharField(max_length=16, blank=True, help_text="public id of the run that works on it")
    counts = models.JSONField(
        default=dict, help_text="added, updated, skipped, left_out; tried: the same of a rehearsal"
    )

    declaration: ClassVar[Declaration] = declare(
        purpose="名簿などの取込",
        retention="取込から5年（元のファイルは取り込むとすぐ、取り込まないときは14日で消える）",
        c2="id authority public_id kind state file encoding sheet header_row columns source policy started_by "
        "started_at imported_at undone_at job counts",
        c3c="headings",
    )

    class Meta:
        ordering = ["-id"]


class ImportRow(TenantModel):
    """One row that was imported, with the earlier values that undo would bring back. Those go after 90 days."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="row of the file")
    action = models.CharField(max_length=8, help_text="add, update or skip")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=16, help_text="public id of what was written")
    earlier = models.JSONField(default=dict, help_text="values before, of the fields that changed; ids of rows")
    written = models.JSONField(default=dict, help_text="keyed hashes of what was written; ids of rows")
    outcome = models.CharField(max_length=8, blank=True, help_text="after undo: undone, partly or left")
    left = models.JSONField(default=list, blank=True, help_text="what undo left alone, as keys")

    declaration: ClassVar[Declaration] = declare(
        purpose="取込を元に戻すため",
        retention="取込から90日（消去の申し出があれば、そのとき）",
        c2="id authority public_id batch number action subject_kind subject_id written outcome left",
        c3c="earlier",
    )

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["authority", "subject_kind", "subject_id"])]


class ImportMapping(TenantModel):
    """What the town chose for a file with these headings, so that it need not choose again."""

    kind = models.CharField(max_length=40)
    signature = models.CharField(max_length=64, help_text="hash of the headings")
    columns = models.JSONField(default=dict, help_text="folded heading → key of our column")
    used_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="次の取込で列をえらばなくてよいように",
        retention="利用終了まで",
        c2="id authority public_id kind signature columns used_at",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "kind", "signature"], name="import_mapping_once")]
