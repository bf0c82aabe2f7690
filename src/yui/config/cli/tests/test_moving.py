"""A town leaves and arrives: all of it, renumbered, with its history; or not at all."""

import datetime as dt
import hashlib
import json
import shutil

import pytest

from yui.base import clock
from yui.base.access.actor import actor_for, system_actor
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.accounts.models import Account
from yui.base.audit.chain import seal, verify
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import record
from yui.base.files.domain import store_file
from yui.base.files.models import Attachment
from yui.base.files.store import open_path, root
from yui.base.jobs.models import JobRun
from yui.base.measures.models import LockedFigure, MonthLock
from yui.base.messages.models import Message
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope, every_town_on_purpose
from yui.config.cli.moving.arriving import import_town
from yui.config.cli.moving.checking import NotImportable
from yui.config.cli.moving.leaving import export_town, fingerprint
from yui.config.cli.moving.tables import exported
from yui.config.cli.rows import tables
from yui.people.models import Card, Merge, Organization, Person

PASSWORD = "correct horse battery"


def quiet(words):
    """Say nothing."""


@pytest.fixture
def sora(db, settings, tmp_path):
    """A town with rows that point at each other in every way."""
    settings.MEDIA_ROOT = tmp_path / "files"
    Authority.objects.create(key="mori", name="もり町", created_at=clock.now())
    town = Authority.objects.create(key="sora", name="そら町 𠮷", contact={"phone": "1"}, created_at=clock.now())
    account = Account.objects.create_user("hanako@example.jp", PASSWORD, name="例示 花子")
    Account.objects.create_user("nobody@example.jp", PASSWORD, name="ここにいない人")
    with authority_scope(town):
        low = District.objects.create(authority=town, key="b", name="町")
        low.parent = District.objects.create(authority=town, key="a", name="県", latitude="35.00412")
        low.save()
        Grant.objects.create(authority=town, account=account, role="officer", starts_on=dt.date(2026, 4, 1))
        person = Person.objects.create(
            authority=town, display_name="見本 太郎", kana="ミホン", created_at=clock.now(), district=low
        )
        Organization.objects.create(
            authority=town, name="例示の会", effective_on=dt.date(2026, 4, 1), recorded_at=clock.now()
        )
        Card.objects.create(
            authority=town,
            person=person,
            code_hash="x" * 64,
            issued_on=dt.date(2026, 4, 1),
            expires_on=dt.date(2027, 3, 31),
        )
        actor = actor_for(account, town)
        store_file(
            actor=system_actor(town, "test"), upload=b"%PDF-1", name="a.pdf", purpose="t", permission=Permission.FILE_READ,
            owner=("person", person.pk),
        )  # fmt: skip
        first = MonthLock.objects.create(
            authority=town, commission_key="k", month=dt.date(2026, 10, 1), as_of=clock.now(), locked_at=clock.now()
        )
        MonthLock.objects.create(
            authority=town, commission_key="k", month=dt.date(2026, 10, 1), version=2, reason="なおし", supersedes=first,
            as_of=clock.now(), locked_at=clock.now(), locked_by=account,
        )  # fmt: skip
        LockedFigure.objects.create(authority=town, lock=first, measure="m", value=1, rows=[{"key": person.public_id}])
        record(actor, "test.done", person, person_id=person.public_id, details={"a": [1, None, "𠮷"]})
    Grant._base_manager.update(recorded_at=dt.datetime(2020, 1, 1, 3, 4, 5, 678901, tzinfo=dt.UTC))
    return town


@pytest.fixture
def package(sora, tmp_path):
    """The folder of Sora; Sora itself is gone afterwards, other towns and their audit are not."""
    export_town(sora, tmp_path / "out", quiet)
    return tmp_path / "out"


def forget(town):
    """As if the town had never been here; what is of others stays."""
    with every_town_on_purpose():
        for model in tables():
            if any(field.name == "authority" for field in model._meta.concrete_fields):
                model._base_manager.filter(authority=town)._raw_delete(using="default")
        AuditEvent.objects.update(number=None, digest="")
        Account.objects.all().delete()
        Authority.objects.filter(pk=town.pk).delete()
    shutil.rmtree(root() / town.key)


def everything():
    """How many rows each table has, and which files there are."""
    with every_town_on_purpose():
        counts = {model._meta.label: model._base_manager.count() for model in tables()}
    return counts, sorted(path.name for path in root().rglob("*") if path.is_file())


def test_what_left_arrives_under_new_numbers_with_every_reference(sora, package):
    forget(sora)
    for number in range(5):  # others' rows have taken the numbers meanwhile
        other = Authority.objects.get(key="mori")
        with authority_scope(other):
            District.objects.create(authority=other, key=f"d{number}", name="森")
    arrival = import_town(package, quiet)
    town = Authority.objects.get(key="sora")
    assert (town.name, town.contact, town.pk == arrival.town.pk) == ("そら町 𠮷", {"phone": "1"}, True)
    with authority_scope(town):
        low = District.objects.get(key="b")
        assert (low.parent.key, str(low.parent.latitude)) == ("a", "35.00412")
        assert [lock.supersedes and lock.supersedes.version for lock in MonthLock.objects.order_by("version")] == [
            None,
            1,
        ]
        person = Person.objects.get()
        assert LockedFigure.objects.get().rows == [{"key": person.public_id}]
        attachment = Attachment.objects.get()
        assert attachment.owner_subjects() == {("person", person.pk)}
        with open_path(attachment.path) as handle:
            assert handle.read() == b"%PDF-1"
        grant = Grant.objects.get()
        assert grant.recorded_at == dt.datetime(2020, 1, 1, 3, 4, 5, 678901, tzinfo=dt.UTC)
        assert grant.account.email == "hanako@example.jp"
        assert District.objects.create(authority=town, key="new", name="新しい地区").pk > low.parent.pk


def test_no_secret_goes_along_and_nobody_who_is_not_of_the_town(sora, package):
    text = "".join(path.read_text("utf-8", "replace") for path in package.rglob("*") if path.is_file())
    assert "例示 花子" in text
    assert "x" * 64 not in text
    assert "pbkdf2" not in text
    assert "argon2" not in text
    assert "nobody@example.jp" not in text
    assert "もり町" not in text
    forget(sora)
    import_town(package, quiet)
    assert not Account.objects.get().has_usable_password()
    with authority_scope(Authority.objects.get(key="sora")):
        assert Card.objects.get().code_hash.startswith("moved-")


def test_the_audit_comes_along_word_by_word_and_is_sealed_anew(sora, package):
    kept = [json.loads(line) for line in (package / "tables/audit.auditevent.jsonl").read_text().splitlines()]
    forget(sora)
    import_town(package, quiet)
    while seal():
        pass
    assert verify().holds
    with authority_scope(Authority.objects.get(key="sora")):
        found = list(AuditEvent.objects.order_by("id"))
    same = ("actor", "roles", "act", "object_type", "object_id", "person_id", "fields", "reason", "details")
    assert [[getattr(row, name) for name in same] for row in found[:-1]] == [
        [row[name] for name in same] for row in kept
    ]
    assert [row.at.isoformat() for row in found[:-1]] == [row["at"] for row in kept]
    assert (found[-1].act, found[-1].details["package"]) == ("town.imported", fingerprint(package))


def test_an_account_that_is_here_stays_as_it_is(sora, package):
    forget(sora)
    here = Account.objects.create_user("hanako@example.jp", "another horse", name="ここの名前")
    arrival = import_town(package, quiet)
    here.refresh_from_db()
    assert (here.name, here.check_password("another horse"), Account.objects.count()) == ("ここの名前", True, 1)
    assert list(arrival.joined.values()) == [here.public_id]
    with authority_scope(Authority.objects.get(key="sora")):
        assert Grant.objects.get().account == here


def test_a_town_that_is_here_is_refused_under_any_key_and_nothing_is_left(sora, package):
    before = everything()
    with pytest.raises(NotImportable, match="もうあります"):
        import_town(package, quiet)
    with pytest.raises(NotImportable, match="2つ置くことはできません"):
        import_town(package, quiet, key="sora2")
    with pytest.raises(NotImportable, match="使えません"):
        import_town(package, quiet, key="account")
    assert everything() == before


def test_under_another_key_addresses_and_files_follow(sora, package):
    forget(sora)
    import_town(package, quiet, key="aozora")
    town = Authority.objects.get(key="aozora")
    with authority_scope(town):
        assert Attachment.objects.get().path.startswith("aozora/")
        with open_path(Attachment.objects.get().path) as handle:
            assert handle.read() == b"%PDF-1"
    assert [path.name for path in root().iterdir()] == ["aozora"]


def test_a_dry_run_leaves_nothing(sora, package):
    forget(sora)
    before = everything()
    import_town(package, quiet, dry_run=True)
    assert everything() == before


@pytest.mark.parametrize(
    "name", ["tables/people.person.jsonl", "accounts.jsonl", "chain.jsonl", "files/*", "manifest.json"]
)
def test_a_changed_package_is_refused_before_anything_is_written(sora, package, name):
    forget(sora)
    before = everything()
    path = next(package.glob(name))
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1) if b"1" in path.read_bytes() else b"changed")
    if name == "manifest.json":
        path.write_text("{}")
    with pytest.raises(NotImportable):
        import_town(package, quiet)
    path.unlink()
    with pytest.raises(NotImportable):
        import_town(package, quiet)
    assert everything() == before


def test_an_audit_row_changed_with_its_digests_is_found_by_the_chain(sora, package):
    """Who may write the folder can also write its manifest; the chain still tells."""
    forget(sora)
    path = package / "tables/audit.auditevent.jsonl"
    path.write_text(path.read_text().replace("test.done", "test.gone"))
    manifest = json.loads((package / "manifest.json").read_text())
    manifest["tables"]["audit.AuditEvent"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (package / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(NotImportable, match="変わっています"):
        import_town(package, quiet)
    assert not Authority.objects.filter(key="sora").exists()


def test_a_file_that_cannot_be_written_takes_everything_back(sora, package):
    forget(sora)
    before = everything()
    name = next((package / "files").iterdir()).name
    (root() / "sora").mkdir()
    (root() / "sora" / name).write_bytes(b"in the way")
    with pytest.raises(NotImportable, match="書けませんでした"):
        import_town(package, quiet)
    assert everything()[0] == before[0]
    assert (root() / "sora" / name).read_bytes() == b"in the way"


def test_what_waits_is_sent_by_the_old_installation_only(sora, tmp_path):
    with authority_scope(sora):
        for channel in ("mail", "letter"):
            Message.objects.create(authority=sora, channel=channel, kind="x", created_at=clock.now())
        JobRun.objects.create(authority=sora, kind="x", requested_at=clock.now(), state="running")
    manifest = export_town(sora, tmp_path / "out", quiet)
    assert manifest["waiting"] == 1, "a letter is printed where the town is"
    forget(sora)
    arrival = import_town(tmp_path / "out", quiet)
    with authority_scope(Authority.objects.get(key="sora")):
        states = dict(Message.objects.values_list("channel", "state"))
        assert states == {"mail": "cancelled", "letter": "queued"}
        assert JobRun.objects.get().state == "failed"
    assert arrival.stopped == {"outbox.Message": 1, "jobs.JobRun": 1}


def test_the_package_is_for_its_owner_only(sora, package):
    assert package.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in package.rglob("*") if path.is_file()} == {0o600}
    assert (package / "csv/tenancy.district.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert {model._meta.label for model in exported()} == set(
        json.loads((package / "manifest.json").read_text())["tables"]
    )


def test_a_town_that_moves_is_closed_here_and_open_there(sora, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/manifest.json").write_text("in the way")
    with pytest.raises(FileExistsError):
        export_town(sora, tmp_path / "full", quiet, close=True)
    sora.refresh_from_db()
    assert sora.closed_on is None, "what was not finished closes nothing"
    export_town(sora, tmp_path / "out", quiet, close=True)
    sora.refresh_from_db()
    assert sora.closed_on == clock.today()
    forget(sora)
    import_town(tmp_path / "out", quiet)
    assert Authority.objects.get(key="sora").closed_on is None


def rewrite(package, change):
    """As somebody would who may write the folder: the manifest with digests that fit again."""
    path = package / "manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    for label, fact in manifest["tables"].items():
        table = package / f"tables/{label.lower()}.jsonl"
        fact["sha256"] = hashlib.sha256(table.read_bytes()).hexdigest()
    for name, fact in manifest["files"].items():
        fact["sha256"] = hashlib.sha256((package / "files" / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest))


def refused_whole(package, match):
    before, outside = everything(), sorted(path.name for path in root().parent.iterdir())
    with pytest.raises(NotImportable, match=match):
        import_town(package, quiet)
    assert everything() == before
    assert sorted(path.name for path in root().parent.iterdir()) == outside


def test_a_file_of_the_package_is_never_written_outside_of_its_towns_folder(sora, package):
    forget(sora)
    (package / "mori").mkdir()
    (package / "mori/planted").write_bytes(b"x")
    rewrite(package, lambda manifest: manifest["files"].update({"../mori/planted": {"bytes": 1}}))
    refused_whole(package, "名前が正しくありません")
    assert not (root() / "mori").exists()


def test_an_attachment_that_names_another_towns_file_is_refused(sora, package):
    forget(sora)
    mori = Authority.objects.get(key="mori")
    with authority_scope(mori):
        secret = store_file(
            actor=system_actor(mori, "test"), upload=b"%PDF-secret", name="a.pdf", purpose="t",
            permission=Permission.FILE_READ,
        )  # fmt: skip
    stolen = secret.path
    with authority_scope(mori):  # the row is gone, the bytes are still there
        Attachment.objects.all()._raw_delete(using="default")
    path = package / "tables/files.attachment.jsonl"
    row = json.loads(path.read_text())
    for wanted in (stolen, "sora/../" + stolen, "manifest.json"):
        path.write_text(json.dumps(row | {"path": wanted}) + "\n")
        rewrite(package, lambda manifest: None)
        refused_whole(package, "ほかのまち|このまちのものでない")


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.pop("tables"),
        lambda manifest: manifest.update(files=[]),
        lambda manifest: manifest["authority"].pop("name"),
        lambda manifest: manifest.update(accounts=None),
    ],
)
def test_a_misshapen_manifest_is_refused_with_a_sentence(sora, package, change):
    forget(sora)
    path = package / "manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    path.write_text(json.dumps(manifest))
    refused_whole(package, "形が正しくありません")


@pytest.mark.parametrize("line", ["[" * 100_000, "not json", "[]", "{}", '{"id": 1}'])
def test_lines_that_are_no_rows_are_refused_with_a_sentence(sora, package, line):
    forget(sora)
    path = package / "tables/tenancy.district.jsonl"
    path.write_text(path.read_text() + line + "\n")
    rewrite(package, lambda manifest: None)
    refused_whole(package, "形が正しくありません")


def test_a_row_of_another_town_is_refused(sora, package):
    forget(sora)
    path = package / "tables/tenancy.district.jsonl"
    row = json.loads(path.read_text().splitlines()[0])
    path.write_text(path.read_text() + json.dumps(row | {"id": 9999, "authority_id": 777, "key": "z"}) + "\n")
    rewrite(package, lambda manifest: None)
    refused_whole(package, "包みにありません")


def test_what_was_emptied_when_it_left_is_empty_whatever_the_package_says(sora, package):
    forget(sora)
    persons = [json.loads(line) for line in (package / "tables/people.person.jsonl").read_text().splitlines()]
    manifest = json.loads((package / "manifest.json").read_text())
    columns = dict.fromkeys(manifest["tables"]["people.Merge"]["columns"])
    columns |= {
        "id": 1, "public_id": "m" * 16, "authority_id": persons[0]["authority_id"], "survivor_id": persons[0]["id"],
        "loser_id": persons[0]["id"], "merged_at": persons[0]["created_at"], "undo_until": "2027-01-01", "ask_about": [],
        "journal": [{"tops": {}}, {"table": "people.Person", "pk": 1}],
    }  # fmt: skip
    path = package / "tables/people.merge.jsonl"
    path.write_text(json.dumps(columns) + "\n")
    rewrite(package, lambda manifest: manifest["tables"]["people.Merge"].update(rows=1))
    import_town(package, quiet)
    with authority_scope(Authority.objects.get(key="sora")):
        assert Merge.objects.get().journal == []
