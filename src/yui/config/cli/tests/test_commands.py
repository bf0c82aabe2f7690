"""The command line as a person uses it."""

import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.audit.models import AuditEvent
from yui.base.staff.domain import end_of_fiscal_year
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.config.cli import COMMANDS, main
from yui.config.cli.doctor import examine
from yui.config.cli.preparing import compile_translations

SOURCE = Path(__file__).resolve().parents[4]


@pytest.fixture
def sora(db):
    return Authority.objects.create(key="sora", name="そら町", created_at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(tmp_path, **more):
    env = {
        **os.environ,
        "PYTHONPATH": f"{SOURCE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "YUI_VAR": str(tmp_path),
    }
    for name in ("PYTEST_VERSION", "PYTEST_CURRENT_TEST", "YUI_DATABASE_URL", "YUI_DEMO"):
        env.pop(name, None)
    return {**env, **more}


def yui(*words, **given):
    return subprocess.Popen(
        [sys.executable, "-m", "yui.config.cli", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        **given,
    )  # fmt: skip


def test_every_command_is_listed_with_a_sentence(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(name in told for name in [*COMMANDS, "definition", "engine"])


def test_a_member_of_staff_is_added_until_the_end_of_the_fiscal_year(sora, capsys, settings):
    settings.YUI_TODAY = "2026-11-20"
    words = ["user", "add", "Megumi@example.jp", "--town", "sora", "--role", "officer", "--name", "手本 恵"]
    assert main(words) == 0
    told = capsys.readouterr().out
    account = Account.objects.get(email="megumi@example.jp")
    assert not account.has_usable_password() or account.password
    assert re.search(r"/account/password/reset/key/[0-9a-zA-Z]+-[^/]+/", told)
    with authority_scope(sora):
        [grant] = Grant.objects.all()
        assert (grant.role, grant.ends_on) == ("officer", dt.date(2027, 3, 31))
        assert [event.act for event in AuditEvent.objects.all()] == ["account.created", "role.granted"]
    assert main([*words, "--until", "2027-01-31"]) == 0
    with authority_scope(sora):
        assert Grant.objects.get().ends_on == dt.date(2027, 1, 31)


@pytest.mark.parametrize(
    "more", [["--town", "umi", "--role", "officer"], ["--town", "sora", "--role", "resident"],
             ["--town", "sora", "--role", "officer", "--until", "2020-01-01"]]
)  # fmt: skip
def test_a_wrong_wish_makes_nothing(sora, capsys, more):
    assert main(["user", "add", "a@example.jp", *more]) == 1
    assert capsys.readouterr().out.strip().endswith("。")
    assert Account.objects.count() == 0


def test_the_fiscal_year_ends_in_march():
    assert end_of_fiscal_year(dt.date(2026, 4, 1)) == dt.date(2027, 3, 31)
    assert end_of_fiscal_year(dt.date(2027, 3, 31)) == dt.date(2027, 3, 31)


def test_the_chain_is_sealed_and_verified_and_a_changed_row_is_named(sora, capsys):
    for number in range(3):
        AuditEvent.objects.create(
            authority=sora, at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC), actor="x", act=f"a.{number}"
        )
    assert main(["audit", "seal"]) == 0
    assert main(["audit", "verify"]) == 0
    AuditEvent._base_manager.filter(act="a.1").update(act="a.9")
    assert main(["audit", "verify"]) == 1
    assert "2番" in capsys.readouterr().out.splitlines()[-1]


def test_the_doctor_fails_where_the_demonstration_meets_a_public_host(db, settings):
    settings.YUI_DEMO, settings.YUI_HOSTS = True, ["yui.example.jp"]
    states = {finding.name: finding.state for finding in examine()}
    assert states["demo"] == "fail"
    settings.YUI_HOSTS = ["localhost"]
    states = {finding.name: finding.state for finding in examine()}
    assert states["demo"] == "ok"
    assert states["database"] == "ok"
    assert all(finding.sentence for finding in examine())


def test_the_doctor_fails_when_others_can_read_the_key(db, settings, tmp_path, monkeypatch):
    monkeypatch.delenv("YUI_SECRET_KEY", raising=False)
    settings.VAR = tmp_path
    (tmp_path / "secret.key").write_text("x" * 60)
    (tmp_path / "secret.key").chmod(0o644)
    assert {finding.name: finding.state for finding in examine()}["secret key"] == "fail"
    (tmp_path / "secret.key").chmod(0o600)
    assert {finding.name: finding.state for finding in examine()}["secret key"] == "ok"


def test_translations_are_compiled_only_when_they_are_newer(settings, tmp_path):
    folder = tmp_path / "ja_Easy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: ja_Easy\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\nmsgid "登録"\nmsgstr "とうろく"\n',
        encoding="utf-8",
    )
    settings.LOCALE_PATHS = [tmp_path]
    assert compile_translations() == 1
    assert compile_translations() == 0
    assert "とうろく".encode() in (folder / "django.mo").read_bytes()


def test_a_taken_port_gives_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told, _ = yui("serve", "--port", port, env=environment(tmp_path)).communicate(timeout=30)
    assert told.splitlines() == [
        f"ポート{port}は、ほかのプログラムが使っています。PORT={int(port) + 1} のように、別の番号で始めてください。"
    ]


@pytest.mark.slow
def test_the_server_starts_answers_replaces_a_killed_worker_and_stops(tmp_path):
    port = free_port()
    env = environment(tmp_path)
    for _ in range(2):
        server = yui("serve", "--port", str(port), env=env)
        try:
            for line in server.stdout:
                if f":{port}/" in line:
                    break
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_health/", timeout=20) as answer:
                assert answer.status == 200
            workers = children(server.pid, "worker")
            assert len(workers) == 1
            os.kill(workers[0], signal.SIGKILL)
            for _ in range(100):
                time.sleep(0.1)
                now = children(server.pid, "worker")
                if now and now != workers:
                    break
            assert len(now) == 1
            assert now != workers
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(40) == 0
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def children(parent, word):
    """Process numbers of the direct children whose command line ends with ``word``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            ppid = int(re.search(r"^PPid:\s+(\d+)", (folder / "status").read_text(), re.M).group(1))
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except (OSError, AttributeError):
            continue
        if ppid == parent and word.encode() in words:
            found.append(int(folder.name))
    return found
