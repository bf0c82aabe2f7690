"""Keeping templates and making documents."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Max

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.documents.models import Document, DocumentTemplate
from yui.base.documents.queries import active_template
from yui.base.documents.registry import default_template, get_form
from yui.base.documents.word import check_template, fill, tags_of
from yui.base.files import store
from yui.base.files.domain import read_upload, store_file
from yui.base.files.models import Attachment

TRIES = 5


class TemplateRefused(NotPossible):
    """An uploaded template has faults; each has a sentence that names its tag."""

    def __init__(self, faults: list[Any]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults), faults[0].code)
        self.faults = faults


def upload_template(
    *, actor: Actor, kind: str, upload: File | bytes, name: str, active_from: dt.date | None = None
) -> DocumentTemplate:
    """Keep a town's own template as the next version. Raises ``TemplateRefused`` and then keeps nothing."""
    require(actor, Permission.TEMPLATE_WRITE)
    form = get_form(kind)
    data = read_upload(upload)
    faults = check_template(data, form.tags, form.sample or None)
    if faults:
        raise TemplateRefused(faults)
    with transaction.atomic():
        attachment = store_file(
            actor=actor, upload=data, name=name, purpose="template", permission=Permission.TEMPLATE_WRITE,
            related=("template", kind),
        )  # fmt: skip
        newest = DocumentTemplate.objects.filter(kind=kind).aggregate(newest=Max("version"))["newest"] or 0
        template = DocumentTemplate.objects.create(
            authority=actor.authority,
            kind=kind,
            attachment=attachment,
            version=newest + 1,
            active_from=active_from or clock.today(),
            uploaded_by=actor.account,
            uploaded_at=clock.now(),
            tags=tags_of(data),
        )
        record(actor, "template.uploaded", template, details={"kind": kind, "version": template.version})
    return template


def filled(
    *, kind: str, context: Mapping[str, Any], on: dt.date | None = None
) -> tuple[bytes, DocumentTemplate | None]:
    """The document from the town's template of the day, or from the shipped one. Call inside the scope."""
    template = active_template(kind, on or clock.today())
    if template is None:
        return fill(default_template(kind), context), None
    with store.open_path(template.attachment.path) as handle:
        return fill(handle.read(), context), template


def make_document(
    *,
    actor: Actor,
    kind: str,
    title: str,
    context: Mapping[str, Any],
    snapshot: dict[str, Any],
    name: str,
    permission: Permission = Permission.REPORT_WRITE,
    thing: Any = None,
    related: tuple[str, str] = ("", ""),
    data_class: str = "c2",
) -> Document:
    """Fill the template, keep the file and number it. ``snapshot``: codes, figures and public ids, no names."""
    require(actor, permission, thing)
    data, template = filled(kind=kind, context=context)
    return keep_document(
        actor=actor, kind=kind, title=title, data=data, name=name, snapshot=snapshot, permission=permission,
        thing=thing, related=related, template=template, data_class=data_class,
    )  # fmt: skip


def keep_document(
    *,
    actor: Actor,
    kind: str,
    title: str,
    data: bytes,
    name: str,
    snapshot: dict[str, Any],
    permission: Permission = Permission.REPORT_WRITE,
    thing: Any = None,
    related: tuple[str, str] = ("", ""),
    template: DocumentTemplate | None = None,
    data_class: str = "c2",
) -> Document:
    """Keep bytes that were made elsewhere (an .xlsx annex, a PDF) as a numbered document."""
    require(actor, permission, thing)
    with transaction.atomic():
        attachment = store_file(
            actor=actor, upload=data, name=name, purpose="document", permission=permission, thing=thing,
            related=related, data_class=data_class, made_here=True,
        )  # fmt: skip
        document = _numbered(actor, kind, title, attachment, template, related, snapshot)
        record(actor, "document.made", document, details={"kind": kind, "number": document.number})
    return document


def _numbered(
    actor: Actor,
    kind: str,
    title: str,
    attachment: Attachment,
    template: DocumentTemplate | None,
    related: tuple[str, str],
    snapshot: dict[str, Any],
) -> Document:
    """The row with the next number; two at once take one number each."""
    for attempt in range(TRIES):
        newest = Document.objects.filter(kind=kind).aggregate(newest=Max("number"))["newest"] or 0
        try:
            with transaction.atomic():
                return Document.objects.create(
                    authority=actor.authority,
                    kind=kind,
                    number=newest + 1,
                    title=title,
                    attachment=attachment,
                    template=template,
                    related_kind=related[0],
                    related_id=related[1],
                    snapshot=snapshot,
                    sha256=attachment.sha256,
                    made_at=clock.now(),
                    made_by=actor.account,
                )
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")
