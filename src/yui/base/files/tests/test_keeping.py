"""Keeping, opening, sealing, erasing; a full disk leaves nothing."""

import datetime as dt
import os
import resource
import signal
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.files.domain import erase_for, open_file, remove_file, store_file
from yui.base.files.housekeeping import sweep
from yui.base.files.models import Attachment
from yui.base.files.serve import serve

from .test_archives import docx
from .test_pictures import exif, jpeg


def keep(actor, upload=b"%PDF-1.7 x", name="a.pdf", **given):
    return store_file(
        actor=actor, upload=upload, name=name, purpose="test", permission=Permission.FILE_READ, **given
    )  # fmt: skip


def on_disk(files):
    return sorted(path.name for path in files.rglob("*") if path.is_file()) if files.exists() else []


def test_a_photograph_is_kept_without_its_place_and_served_with_its_name(sora, officer, files):
    kept = keep(officer, SimpleUploadedFile("x", jpeg(exif())), "C:\\fake\\草むしり.JPEG")
    assert (kept.name, kept.content_type, kept.metadata_removed) == ("草むしり.jpg", "image/jpeg", True)
    request = RequestFactory().get("/")
    request.actor = officer
    answer = serve(request, kept)
    assert b"35.0N" not in b"".join(answer.streaming_content)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_only_who_may_opens(sora, hinata, officer, somebody, files):
    own = keep(officer, owner=("person", 7))
    auditor, stranger = somebody(sora, "auditor"), somebody(hinata, "officer")
    owner = Actor(account=None, authority=sora, subjects=frozenset({("person", 7)}))
    other = Actor(account=None, authority=sora, subjects=frozenset({("person", 8)}))
    with open_file(actor=owner, attachment=own) as handle:
        assert handle.read() == b"%PDF-1.7 x"
    for actor in (auditor, stranger, other):
        with pytest.raises(Refused):
            open_file(actor=actor, attachment=own)


def test_a_sealed_file_is_opened_by_nobody_until_its_day(sora, officer, files):
    sealed = keep(officer, sealed_until=clock.now() + dt.timedelta(hours=1))
    with pytest.raises(NotPossible):
        open_file(actor=officer, attachment=sealed)
    sealed.sealed_until = clock.now() - dt.timedelta(seconds=1)
    open_file(actor=officer, attachment=sealed).close()


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (b"", "empty"),
        (b"MZ\x00", "not_allowed"),
        (jpeg()[:-4], "broken"),
        (docx(**{"word/vbaProject.bin": b"x"}), "macro"),
        (b"%PDF-" + bytes(2000), "too_large"),
    ],
)
def test_what_is_refused_leaves_no_row_and_no_file(sora, officer, files, settings, upload, code):
    settings.YUI_UPLOAD_LIMIT = 1500
    with pytest.raises(NotPossible) as refused:
        keep(officer, upload)
    assert refused.value.code == code
    assert refused.value.sentence.endswith("。")
    assert (Attachment.objects.count(), on_disk(files)) == (0, [])


def test_a_full_disk_leaves_no_row_and_no_half_file(sora, officer, files):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(NotPossible) as refused:
            keep(officer, b"%PDF-" + bytes(1_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert refused.value.code == "disk_full"
    assert (Attachment.objects.count(), on_disk(files)) == (0, [])


def test_removing_and_erasing_take_the_bytes_after_the_commit(sora, officer, files, django_capture_on_commit_callbacks):
    one, _ = keep(officer), keep(officer, owner=("person", 7))
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(actor=officer, attachment=one, permission=Permission.FILE_READ)
        assert len(on_disk(files)) == 2
    assert len(on_disk(files)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_for(actor=officer, subject=("person", 7)) == 1
    assert (Attachment.objects.count(), on_disk(files)) == (0, [])


def test_sweeping_takes_what_is_past_its_retention_and_what_no_row_knows(
    sora, officer, files, django_capture_on_commit_callbacks
):
    kept = keep(officer)
    keep(officer, retention_until=clock.today() - dt.timedelta(days=1))
    for name, age in (("lost", 2), ("fresh", 0)):
        (files / "sora" / name).write_bytes(b"x")
        stamp = time.time() - age * 86400
        os.utime(files / "sora" / name, (stamp, stamp))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(sora) == 2
    assert on_disk(files) == sorted([kept.path.split("/")[1], "fresh"])
