"""What came of a call: the selection with every step, notices and the clocks they start, publication, disclosure."""

from typing import ClassVar

from django.db import models

from yui.base.accounts.models import Account
from yui.base.files.models import Attachment
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.office.calls.models.applicants import Applicant
from yui.office.calls.models.calls import TEN_YEARS, Call


class SelectionRecord(TenantModel):
    """選定: the question put to the engine and its answer, word for word, so that anybody can recompute it.

    ``kind``: shortlist (``yui engine shortlist``) or select (``yui engine select``). ``state``: trial, review (laid
    before a second officer) or decided; ``decided_by`` is that second officer.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="selections")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default="trial")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    asked = models.JSONField()
    answered = models.JSONField()
    reason = models.CharField(max_length=1000, blank=True, help_text="narrow margin, about five: why so")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="選定の記録",
        retention=TEN_YEARS,
        c2="id authority public_id call kind state reason made_at made_by decided_at decided_by",
        c3b="asked answered",
    )

    class Meta:
        ordering = ["id"]


class NoticeBatch(EditableModel):
    """通知の起案: the notices of one kind that go out together, prepared, approved by a second officer, then sent.

    ``kind``: key of the notice in the call, or one of ``noticing.OTHERS`` (disqualification, cancellation, …).
    ``channels``: those chosen, a list of ``post`` and ``mail``. ``reference``: the town's 文書番号.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="notice_batches")
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=12, default="draft", help_text="draft, asked, approved, sending or sent")
    dated_on = models.DateField(help_text="通知日, as printed; the clock counts from it")
    channels = models.JSONField(default=list)
    reference = models.CharField(max_length=60, blank=True)
    signed_by = models.CharField(max_length=100, blank=True, help_text="差出人, as printed")
    contact = models.CharField(max_length=300, blank=True, help_text="問合せ先, as printed")
    reason = models.CharField(max_length=500, blank=True, help_text="why a notice already sent is corrected")
    recorded_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="公募の通知の起案",
        retention=TEN_YEARS,
        c2="id authority public_id version call kind state dated_on channels reference signed_by contact reason "
        "recorded_at sent_at made_by",
    )

    class Meta:
        ordering = ["-id"]


class Notice(TenantModel):
    """通知 to one applicant. The clock counts from ``dated_on``, the day printed on it, not from its arrival.

    Once ``sent_at`` is set nothing of it changes but ``posted_at``; a correction is a new notice with ``corrects``.
    ``word`` and ``pdf``: the papers as they went out.
    """

    batch = models.ForeignKey(NoticeBatch, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60, help_text="key of the notice in the call, or amendment, cancellation, …")
    outcome = models.CharField(max_length=20, help_text="selected, not_selected, eligible, not_eligible, told, …")
    reasons = models.TextField(max_length=4000, blank=True)
    dated_on = models.DateField()
    ask_until = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True, help_text="when staff put it into the post")
    channels = models.CharField(max_length=100, blank=True)
    word = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="公募の通知",
        retention=TEN_YEARS,
        c2="id authority public_id batch applicant kind outcome reasons dated_on ask_until answer_by sent_at posted_at "
        "channels word pdf corrects made_by",
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "applicant"], name="notice_once_a_batch")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The applicant."""
        return frozenset({("applicant", self.applicant_id)})


class ExplanationRequest(TenantModel):
    """理由の説明の求め. ``verdict``: ``late`` where it came after the window; it is answered all the same, as late.

    ``word`` and ``pdf``: the answer in writing, made when it was given.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="explanations")
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=10)
    text = models.TextField(max_length=4000)
    verdict = models.CharField(max_length=40, blank=True)
    recorded_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(max_length=8000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    word = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="理由の説明",
        retention=TEN_YEARS,
        c2="id authority public_id notice received_at channel text verdict recorded_by answer answered_at answered_by "
        "word pdf",
    )

    class Meta:
        ordering = ["id"]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The applicant that asks."""
        return self.notice.owner_subjects()


class Publication(TenantModel):
    """結果の公表: exactly what was published, and when. A correction is a new row."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="publications")
    content = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="選定結果の公表",
        retention=TEN_YEARS,
        public="public_id call content reason published_at",
        c2="id authority made_by",
    )

    class Meta:
        ordering = ["id"]


class DisclosureRequest(TenantModel):
    """開示請求 about a call. ``requester`` is who asks; ``papers``: public ids of the papers it is about.

    ``records``: ``sheets`` and ``selection`` where those are asked for too. ``index``: what was given out and what was
    withheld on which ground, as it stands in the index of the result. ``withheld``: why all of it was refused.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="disclosures")
    number = models.CharField(max_length=40, help_text="the town's number of the request")
    requester = models.CharField(max_length=200, blank=True)
    received_on = models.DateField()
    about = models.TextField(max_length=2000)
    papers = models.JSONField(default=list)
    records = models.JSONField(default=list)
    decided_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=20, blank=True, help_text="whole, part or refused")
    withheld = models.CharField(max_length=500, blank=True)
    index = models.JSONField(default=list)
    result = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="公募の開示請求",
        retention=TEN_YEARS,
        c2="id authority public_id call number received_on about papers records decided_on decision withheld index "
        "result recorded_at recorded_by",
        c3c="requester",
    )

    class Meta:
        ordering = ["id"]


class Redaction(TenantModel):
    """墨塗り: a passage or an area that the ordinance withholds, with the article. Only its place is kept, never its text.

    ``page`` from 1; ``area``: [left, top, right, bottom] in thousandths of the page, or empty where a field is withheld.
    """

    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="redactions")
    paper = models.CharField(max_length=40, help_text="public id of the paper, or name of the record's field")
    page = models.PositiveIntegerField(default=0)
    area = models.JSONField(default=list)
    ground = models.CharField(max_length=200, help_text="article of the ordinance")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="開示で隠すところ",
        retention=TEN_YEARS,
        c2="id authority public_id request paper page area ground recorded_at recorded_by",
    )

    class Meta:
        ordering = ["id"]
