"""The papers of a notice, and its way out: called by the job that sends a batch, one piece for each notice."""

from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.documents.domain import filled
from yui.base.documents.printed import pdf_of
from yui.base.files.domain import store_file
from yui.base.files.models import Attachment
from yui.base.messages.domain import Receiver, send
from yui.base.tenancy.addresses import full_url, town_url
from yui.engine.calendar import wareki, wareki_with_weekday
from yui.office.calls.models import Applicant, Notice, NoticeBatch
from yui.office.calls.notice_kinds import LABELS, PAPERS
from yui.office.calls.queries.noticing import name_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import BatchState


def find_papers(notice: Notice) -> tuple[bytes, bytes]:
    """Word and PDF as they would go out now, from the town's template of the printed day or from the shipped one."""
    context = notice_context(notice)
    word, _ = filled(kind=PAPERS[notice.outcome].kind, context=context, on=notice.dated_on)
    return word, pdf_of(word, title=context["notice"])


def notice_context(notice: Notice) -> dict[str, Any]:
    """The values of the tags: this applicant's own alone."""
    applicant, batch = notice.applicant, notice.batch
    call = applicant.call
    corrected = notice.corrects
    return {
        **addressed(applicant, batch),
        "date": wareki(notice.dated_on),
        "call": call.title,
        "notice": name_of(rules_of(call), notice.kind),
        "outcome": LABELS[notice.outcome],
        "reasons": notice.reasons.splitlines(),
        "ask_until": wareki_with_weekday(notice.ask_until) if notice.ask_until else "",
        "answer_by": wareki_with_weekday(notice.answer_by) if notice.answer_by else "",
        "correction": batch.reason if batch is not None and corrected is not None else "",
        "corrected": wareki(corrected.dated_on) if corrected is not None else "",
    }


def addressed(applicant: Applicant, batch: NoticeBatch | None) -> dict[str, Any]:
    """To whom and from whom."""
    town = applicant.call.authority.name
    return {
        "addressee": applicant.name,
        "representative": applicant.representative,
        "postal": applicant.postal,
        "town": town,
        "reference": batch.reference if batch else "",
        "signed_by": (batch.signed_by if batch else "") or town,
        "contact": (batch.contact if batch else "") or town,
    }


def keep_paper(*, actor: Actor, applicant: Applicant, data: bytes, name: str, related: tuple[str, str]) -> Attachment:
    """Keep a paper as the applicant's own file, which it can open."""
    return store_file(
        actor=actor, upload=data, name=name, purpose="notice", permission=Permission.CALL_DECIDE, thing=applicant,
        data_class="c3c", owner=("applicant", applicant.pk), related=related,
    )  # fmt: skip


def deliver_notice(*, actor: Actor, notice: Notice) -> Notice:
    """Make the papers, set the notice as sent, and write the mail, in the transaction of the caller's piece."""
    require(actor, Permission.CALL_DECIDE, notice)
    batch = notice.batch
    if batch is None or batch.state != BatchState.SENDING or notice.sent_at is not None:
        raise NotPossible("この通知は、もう送りました。", "wrong_state")
    with transaction.atomic():
        applicant, title = notice.applicant, f"{wareki(notice.dated_on)} {name_of(rules_of(batch.call), notice.kind)}"
        word, paper = find_papers(notice)
        related = ("notice", notice.public_id)
        notice.word = keep_paper(actor=actor, applicant=applicant, data=word, name=f"{title}.docx", related=related)
        notice.pdf = keep_paper(actor=actor, applicant=applicant, data=paper, name=f"{title}.pdf", related=related)
        by_mail = "mail" in batch.channels and bool(applicant.mail)
        by_post = "post" in batch.channels or not by_mail or applicant.account_id is None
        notice.channels = " ".join([*(["post"] if by_post else []), *(["mail"] if by_mail else [])])
        notice.sent_at = clock.now()
        notice.save()
        if by_mail:
            tell_applicant(actor=actor, applicant=applicant, kind="call_notice", notice=notice)
        record(actor, "notice.sent", notice, details={"kind": notice.kind, "channels": notice.channels})
    return notice


def tell_applicant(*, actor: Actor, applicant: Applicant, kind: str, notice: Notice) -> None:
    """A mail that something can be read on the applicant's own page; what it says stands only there."""
    page = full_url(town_url(applicant.authority, "calls:my_notice", public_id=notice.public_id))
    context = {
        "call_title": applicant.call.title,
        "notice_name": name_of(rules_of(applicant.call), notice.kind),
        "applicant_name": applicant.name,
        "dated_on": notice.dated_on,
        "page": page if applicant.account_id else "",
    }
    send(
        actor=actor, authority=applicant.authority, channel="mail", kind=kind, context=context,
        template=f"calls/letters/{kind}.mail.txt", to=Receiver("applicant", applicant.public_id, applicant.mail),
        related=("notice", notice.public_id),
    )  # fmt: skip


def close_batch(*, actor: Actor, batch: NoticeBatch) -> None:
    """All notices of a batch are out."""
    require(actor, Permission.CALL_DECIDE, batch)
    batch.state, batch.sent_at = BatchState.SENT, clock.now()
    batch.save(update_fields=["state", "sent_at"])
    record(actor, "notices.sent", batch)
