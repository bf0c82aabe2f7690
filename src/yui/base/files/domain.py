"""Storing, opening and removing attachments."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor, Subject
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require
from yui.base.audit.record import record
from yui.base.files import store
from yui.base.files.archives import SENTENCES, fault_of
from yui.base.files.kinds import ALLOWED_SENTENCE, EXCEL, JPEG, PNG, WORD, Kind, kind_of
from yui.base.files.models import Attachment
from yui.base.files.pictures import NotAPicture, without_metadata
from yui.base.privacy import CLASSES


@dataclass(frozen=True, slots=True)
class Checked:
    """Bytes that passed every check. ``stripped``: metadata was removed."""

    data: bytes
    kind: Kind
    stripped: bool


def check_file(data: bytes, name: str, *, made_here: bool = False) -> Checked:
    """Check size, type and content, and strip pictures. Raises ``NotPossible`` with a sentence and a code.

    ``made_here``: Yui made it itself, such as a binder of many files; the limit is for what people send.
    """
    if not made_here and len(data) > settings.YUI_UPLOAD_LIMIT:
        raise NotPossible(too_large_sentence(), "too_large")
    if not data:
        raise NotPossible("ファイルが空です。", "empty")
    kind = kind_of(data, name)
    if kind is None:
        raise NotPossible(f"この形式のファイルは使えません。{ALLOWED_SENTENCE}", "not_allowed")
    if kind in (WORD, EXCEL):
        fault = fault_of(data)
        if fault is not None:
            raise NotPossible(SENTENCES[fault], fault)
    if kind in (PNG, JPEG):
        try:
            return Checked(without_metadata(data), kind, True)
        except NotAPicture as error:
            raise NotPossible("画像が壊れていて、開けません。", "broken") from error
    return Checked(data, kind, False)


def too_large_sentence() -> str:
    """What is said to a file above the limit."""
    return f"ファイルが大きすぎます。{settings.YUI_UPLOAD_LIMIT // (1024 * 1024)}MBまでのファイルを選んでください。"


def read_upload(upload: File | bytes) -> bytes:
    """The bytes of an upload; one above the limit is refused before it is read into memory."""
    if isinstance(upload, bytes):
        return upload
    if upload.size is not None and upload.size > settings.YUI_UPLOAD_LIMIT:
        raise NotPossible(too_large_sentence(), "too_large")
    return bytes(upload.read())


def store_file(
    *,
    actor: Actor,
    upload: File | bytes,
    name: str,
    purpose: str,
    permission: Permission,
    thing: Any = None,
    data_class: str = "c2",
    rights_holder: str = "",
    owner: Subject | None = None,
    related: tuple[str, str] = ("", ""),
    retention_until: dt.date | None = None,
    sealed_until: dt.datetime | None = None,
    made_here: bool = False,
) -> Attachment:
    """Check, strip and keep a file. ``permission`` (with ``thing``) is the right of the act it belongs to.

    ``owner``: the person or organisation whose own it is, e.g. ``("person", 5)``. ``related``: kind and public id of
    what it is attached to. ``made_here``: not sent by anybody, of any size. Raises ``NotPossible`` with a sentence for the
    field; then there is no row and no file.
    """
    require(actor, permission, thing)
    if data_class not in CLASSES:
        raise ValueError(f"no such class {data_class}")
    checked = check_file(read_upload(upload), name, made_here=made_here)
    path = store.write(actor.authority, checked.data)
    try:
        with transaction.atomic():
            attachment = Attachment.objects.create(
                authority=actor.authority,
                data_class=data_class,
                purpose=purpose,
                path=path,
                sha256=hashlib.sha256(checked.data).hexdigest(),
                size=len(checked.data),
                content_type=checked.kind.content_type,
                name=_tidy(name, checked.kind),
                rights_holder=rights_holder,
                owner_kind=owner[0] if owner else "",
                owner_pk=owner[1] if owner else None,
                related_kind=related[0],
                related_id=related[1],
                retention_until=retention_until,
                sealed_until=sealed_until,
                uploaded_by=actor.account,
                uploaded_at=clock.now(),
                metadata_removed=checked.stripped,
            )
            record(actor, "file.stored", attachment, details={"purpose": purpose, "size": len(checked.data)})
    except BaseException:
        store.remove(path)
        raise
    return attachment


def open_file(*, actor: Actor, attachment: Attachment) -> BinaryIO:
    """Open the bytes for somebody who may: FILE_READ, or it is their own, or they uploaded it. Recorded.

    While it is sealed nobody opens it. Raises ``Refused`` and ``NotPossible``.
    """
    require_readable(actor, attachment)
    record(actor, "file.opened", attachment, details={"purpose": attachment.purpose})
    return store.open_path(attachment.path)


def require_readable(actor: Actor, attachment: Attachment) -> None:
    """Raise ``Refused`` when the actor may not open it and ``NotPossible`` while it is sealed."""
    if actor.authority is None or attachment.authority_id != actor.authority.pk:
        raise Refused("見つかりません。", "file.read")
    own = bool(attachment.owner_subjects() & actor.subjects)
    uploaded = actor.account is not None and attachment.uploaded_by_id == actor.account.pk
    if not (own or uploaded or holds_everywhere(actor, Permission.FILE_READ)):
        raise Refused("このファイルは、あなたの役割では開けません。", "file.read")
    if attachment.sealed_until is not None and attachment.sealed_until > clock.now():
        raise NotPossible("このファイルは、期日まで、だれも開けません。", "sealed")


def remove_file(*, actor: Actor, attachment: Attachment, permission: Permission, thing: Any = None) -> None:
    """Delete the row and, after the commit, the bytes."""
    require(actor, permission, thing)
    with transaction.atomic():
        record(actor, "file.removed", attachment, details={"purpose": attachment.purpose})
        _drop(attachment)


def erase_for(*, actor: Actor, subject: Subject) -> int:
    """Delete every file that is this person's own; called by the erasure of a person, which asked for the right."""
    with transaction.atomic():
        found = list(Attachment.objects.filter(owner_kind=subject[0], owner_pk=subject[1]))
        for attachment in found:
            record(actor, "file.removed", attachment, details={"purpose": attachment.purpose})
            _drop(attachment)
    return len(found)


def _drop(attachment: Attachment) -> None:
    path = attachment.path
    attachment.delete()
    transaction.on_commit(lambda: store.remove(path))


def _tidy(name: str, kind: Kind) -> str:
    """A name without folders and control signs that ends as its content demands."""
    bare = "".join(sign for sign in PurePath(name.replace("\\", "/")).name if sign.isprintable()).strip(". ") or "file"
    stem = PurePath(bare).stem[:120]
    ending = ".jpg" if kind is JPEG else kind.ending
    return f"{stem}{ending}"
