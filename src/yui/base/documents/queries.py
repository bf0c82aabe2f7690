"""Reading templates and documents. Call inside the authority's scope."""

import datetime as dt

from django.db.models import QuerySet

from yui.base.documents.models import Document, DocumentTemplate


def active_template(kind: str, on: dt.date) -> DocumentTemplate | None:
    """The newest version that is active on that day; ``None`` means the shipped one."""
    versions = DocumentTemplate.objects.filter(kind=kind, active_from__lte=on).select_related("attachment")
    return versions.order_by("-active_from", "-version").first()


def active_templates(on: dt.date) -> dict[str, DocumentTemplate]:
    """The active version of every kind that has one of the town's own, in one query."""
    rows = DocumentTemplate.objects.filter(active_from__lte=on).select_related("attachment")
    return {row.kind: row for row in rows.order_by("kind", "active_from", "version")}


def documents_of(kind: str, related: tuple[str, str] | None = None) -> QuerySet[Document]:
    """The documents of a kind, newest first, of one thing where given."""
    found = Document.objects.filter(kind=kind).select_related("attachment")
    return found.filter(related_kind=related[0], related_id=related[1]) if related else found
