"""A backup comes back row by row; a changed one does not."""

import datetime as dt
import io
import tarfile

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.files.domain import store_file
from yui.base.files.models import Attachment
from yui.base.files.store import root
from yui.base.measures.models import LockedFigure, MonthLock
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose
from yui.config.cli.backup import NotWhole, write_backup
from yui.config.cli.doctor import examine
from yui.config.cli.restore import NotRestorable, compare, restore
from yui.config.cli.rows import SKIPPED, tables


def quiet(words):
    """Say nothing."""


@pytest.fixture
def town(db, settings, tmp_path):
    """A town with rows of many types and a file."""
    settings.MEDIA_ROOT = tmp_path / "files"
    town = Authority.objects.create(
        key="sora", name="そら町 𠮷", contact={"phone": "0748-00-0000"}, created_at=clock.now()
    )
    Authority.objects.create(key="hinata", name="ひなた市", created_at=clock.now())
    account = Account.objects.create_user("hanako@example.jp", "correct horse battery", name="例示 花子")
    with authority_scope(town):
        top = District.objects.create(authority=town, key="a", name="県", latitude="35.00412", longitude="136.08321")
        District.objects.create(authority=town, key="b", name="町", parent=top)
        Grant.objects.create(authority=town, account=account, role="officer", starts_on=dt.date(2026, 4, 1))
        actor = system_actor(town, "test")
        store_file(actor=actor, upload=b"%PDF-1", name="a.pdf", purpose="t", permission=Permission.FILE_READ)
        first = MonthLock.objects.create(
            authority=town, commission_key="k", month=dt.date(2026, 10, 1), as_of=clock.now(), locked_at=clock.now()
        )
        LockedFigure.objects.create(authority=town, lock=first, measure="m", value=1, rows=[{"key": "x"}])
        record(actor, "test.done", details={"a": [1, None]})
    Grant._base_manager.update(recorded_at=dt.datetime(2020, 1, 1, 3, 4, 5, 678901, tzinfo=dt.UTC))
    return town


def empty():
    """As after ``migrate``: nothing but what that makes."""
    with every_town_on_purpose():
        for model in reversed(tables()):
            model._base_manager.all()._raw_delete(using="default")
    for path in root().rglob("*"):
        if path.is_file():
            path.unlink()


def test_what_is_restored_is_the_same_row_by_row(town, tmp_path):
    target = tmp_path / "yui.tar"
    manifest = write_backup(target, quiet)
    assert target.stat().st_mode & 0o777 == 0o600
    assert manifest["tables"]["tenancy_authority"]["rows"] == 2
    assert list(compare(target)) == []
    empty()
    assert len(list(compare(target))) > 5
    restore(target, quiet)
    assert list(compare(target)) == []
    assert Grant._base_manager.get().recorded_at == dt.datetime(2020, 1, 1, 3, 4, 5, 678901, tzinfo=dt.UTC)
    assert Account.objects.get().check_password("correct horse battery")
    with authority_scope(town):
        assert District.objects.create(authority=town, key="c", name="新しい地区").pk > 2
        [attachment] = Attachment.objects.all()
    assert (root() / attachment.path).read_bytes() == b"%PDF-1"


def test_every_difference_is_named_by_table_and_key(town, tmp_path):
    target = tmp_path / "yui.tar"
    write_backup(target, quiet)
    Authority.objects.filter(key="hinata").update(name="ちがう市")
    pk = Authority.objects.get(key="hinata").pk
    next(path for path in root().rglob("*") if path.is_file()).write_bytes(b"changed")
    differences = list(compare(target))
    assert differences[0] == f"tenancy_authority {pk}: ちがう"
    assert [line.endswith("ちがう") for line in differences] == [True, True]


def test_a_database_that_is_not_empty_stays_as_it_is(town, tmp_path):
    target = tmp_path / "yui.tar"
    write_backup(target, quiet)
    with pytest.raises(NotRestorable, match="空ではありません"):
        restore(target, quiet)
    assert list(compare(target)) == []


def test_a_changed_backup_is_refused_before_anything_is_written(town, tmp_path):
    target, changed = tmp_path / "yui.tar", tmp_path / "changed.tar"
    write_backup(target, quiet)
    with tarfile.open(target) as given, tarfile.open(changed, "w") as made:
        for member in given.getmembers():
            data = given.extractfile(member).read().replace("そら町".encode(), "そら市".encode())
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    empty()
    with pytest.raises(NotRestorable, match="壊れています"):
        restore(changed, quiet)
    assert Authority.objects.count() == 0


def test_something_else_is_not_a_backup(town, tmp_path):
    other = tmp_path / "x.tar"
    other.write_bytes(b"x")
    with pytest.raises(NotRestorable):
        restore(other, quiet)


def test_what_is_left_out_is_named(db):
    labels = {model._meta.label for model in tables()}
    assert "contenttypes.ContentType" in SKIPPED
    assert labels & SKIPPED == set()
    assert ContentType.objects.exists()


@pytest.fixture
def behind_the_wall(db):
    """PostgreSQL, as the application's own role: neither owner nor superuser, below row-level security."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has roles and row-level security")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE yui_backup_test")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO yui_backup_test")
        cursor.execute("SET ROLE yui_backup_test")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.postgres
def test_a_role_that_does_not_see_every_row_makes_no_backup(behind_the_wall, tmp_path):
    with pytest.raises(NotWhole, match="の行が見えません"):
        write_backup(tmp_path / "yui.tar", quiet)
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".tar", ".part")] == []


@pytest.mark.postgres
def test_the_doctor_tells_the_owner_from_the_role_of_the_application(behind_the_wall):
    assert {finding.name: finding.state for finding in examine()}["role"] == "ok"
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert {finding.name: finding.state for finding in examine()}["role"] == "fail"
