"""Answering with a file. The one way a stored byte reaches a browser."""

from django.http import FileResponse, HttpRequest

from yui.base.files.domain import open_file
from yui.base.files.kinds import JPEG, PNG
from yui.base.files.models import Attachment

INLINE = frozenset({JPEG.content_type, PNG.content_type})


def serve(request: HttpRequest, attachment: Attachment) -> FileResponse:
    """The file for ``request.actor``; pictures may be shown in the page, everything else is saved."""
    handle = open_file(actor=request.actor, attachment=attachment)  # type: ignore[attr-defined]
    shown = attachment.content_type in INLINE
    response = FileResponse(
        handle, as_attachment=not shown, filename=attachment.name, content_type=attachment.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
