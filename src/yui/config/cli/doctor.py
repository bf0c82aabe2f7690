"""``yui doctor``: one line for each thing that must be right where Yui runs. Exit 1 when one fails."""

import argparse
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

OK, WARN, FAIL = "ok", "warn", "fail"
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", "testserver"})
FEW = 1024**3
TOO_FEW = 200 * 1024**2


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one check."""

    name: str
    state: str
    sentence: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Print every finding."""
    from yui.config.cli import set_up

    set_up()
    findings = list(examine())
    for finding in findings:
        print(f"{finding.state:<5} {finding.name}: {finding.sentence}")
    return 1 if any(finding.state == FAIL for finding in findings) else 0


def examine() -> Iterator[Finding]:
    """Every check in turn. Those that need the database come after the one that reaches it."""
    checks: list[Callable[[], Iterator[Finding]]] = [_demo, _secret, _clock, _fonts, _disk, _mail]
    for check in checks:
        yield from check()
    reached = list(_database())
    yield from reached
    if all(finding.state != FAIL for finding in reached):
        yield from _migrations()
        yield from _role()


def _demo() -> Iterator[Finding]:
    from django.conf import settings

    public = sorted(set(settings.YUI_HOSTS) - LOCAL)
    if settings.YUI_DEMO and public:
        yield Finding(
            "demo", FAIL, f"架空データのまちが、外のアドレス（{public[0]}）で動く設定です。YUI_DEMOを外してください。"
        )
    elif public and not settings.HTTPS:
        yield Finding("demo", FAIL, "外のアドレスなのに、YUI_PUBLIC_URLがhttps://で始まっていません。")
    else:
        yield Finding(
            "demo", OK, "架空データで、この機械の中だけです。" if settings.YUI_DEMO else "架空データではありません。"
        )


def _secret() -> Iterator[Finding]:
    from django.conf import settings

    path = Path(settings.VAR) / "secret.key"
    if os.environ.get("YUI_SECRET_KEY"):
        weak = len(settings.SECRET_KEY) < 40
        yield Finding(
            "secret key",
            FAIL if weak else OK,
            "短すぎます。40字より長くしてください。" if weak else "環境変数から読みました。",
        )
    elif path.stat().st_mode & 0o077:
        yield Finding("secret key", FAIL, f"{path} をほかの人も読めます。chmod 600 {path} としてください。")
    else:
        yield Finding("secret key", OK, "持ち主だけが読めます。")


def _clock() -> Iterator[Finding]:
    from django.conf import settings

    from yui.base import clock

    if settings.YUI_TODAY:
        yield Finding("clock", WARN, f"今日を{settings.YUI_TODAY}として動いています。")
    elif time.time() < 1_750_000_000:
        yield Finding("clock", FAIL, f"機械の時計が遅れています（{clock.now():%Y-%m-%d %H:%M}）。")
    else:
        yield Finding("clock", OK, f"東京の時刻で{clock.now():%Y-%m-%d %H:%M}です。")


def _fonts() -> Iterator[Finding]:
    from yui.base.documents.paper import JAPANESE, fonts

    if not set(fonts()) & set(JAPANESE):
        yield Finding(
            "fonts", WARN, "日本語の書体がなく、PDFを作れません。fonts-noto-cjk と fonts-noto-core を入れてください。"
        )
    elif "Noto Sans" not in fonts():
        yield Finding("fonts", WARN, "ベトナム語などの書体がありません。fonts-noto-core を入れてください。")
    else:
        yield Finding("fonts", OK, "、".join(fonts()))


def _disk() -> Iterator[Finding]:
    from django.conf import settings

    free = shutil.disk_usage(settings.VAR).free
    state = FAIL if free < TOO_FEW else WARN if free < FEW else OK
    yield Finding("disk", state, f"{settings.VAR} に{free / 1024**3:.1f}GBの空きがあります。")
    if not os.access(settings.VAR, os.W_OK):
        yield Finding("disk", FAIL, f"{settings.VAR} に書けません。")


def _mail() -> Iterator[Finding]:
    from django.conf import settings

    if settings.YUI_DEMO and settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        yield Finding("mail", OK, "架空データなので、外には送りません。/_outbox/ で見られます。")
    elif not os.environ.get("YUI_SMTP_HOST"):
        yield Finding("mail", WARN, "YUI_SMTP_HOSTがありません。この機械のメールサーバーに送ろうとします。")
    elif settings.DEFAULT_FROM_EMAIL.endswith("@example.jp"):
        yield Finding("mail", FAIL, "差出人（YUI_MAIL_FROM）が、見本のままです。")
    else:
        yield Finding("mail", OK, f"{settings.EMAIL_HOST} から送ります。")


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        yield Finding("database", FAIL, "データベースにつながりません。YUI_DATABASE_URLをたしかめてください。")
    else:
        yield Finding("database", OK, f"{connection.vendor}につながりました。")


def _migrations() -> Iterator[Finding]:
    from yui.config.cli.migrate import unapplied

    missing = unapplied()
    if missing:
        yield Finding("tables", FAIL, f"表が古いままです（{len(missing)}件）。yui migrate をしてください。")
    else:
        yield Finding("tables", OK, "表は新しいです。")


def _role() -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_tables WHERE tableowner = current_user"
            " AND schemaname = current_schema()) FROM pg_roles WHERE rolname = current_user"
        )
        above, owner = cursor.fetchone()
    if above or owner:
        why = "何でもできる役割" if above else "表の持ち主"
        yield Finding("role", FAIL, f"{why}でつないでいます。まちごとの壁が効きません。別の役割でつないでください。")
    else:
        yield Finding("role", OK, "まちごとの壁が効く役割です。")
