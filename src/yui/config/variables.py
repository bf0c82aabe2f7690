"""Every variable of the environment that Yui reads: one list, from which docs/reference/settings.md is written.

A test compares it with what the code really reads. Pure: no Django.
"""

from dataclasses import dataclass

RUN, TEST = "運用", "試験"


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable. ``default`` in words for the reader; ``given`` the text the code falls back to, where it is one."""

    name: str
    meaning: str
    default: str
    given: str | None = None
    when: str = RUN


VARIABLES: tuple[Variable, ...] = (
    Variable("YUI_VAR", "データを置くフォルダー（データベース、ファイル、鍵、集めた画面の部品）。", "`var/`"),
    Variable("YUI_DEFINITIONS", "まちの定義のフォルダー。", "`definitions/`"),
    Variable("YUI_DATABASE_URL", "データベース。`postgres://…` で PostgreSQL を使います。", "`var/yui.sqlite3`（SQLite）"),
    Variable("YUI_SECRET_KEY", "署名の鍵。40字以上。", "はじめに1つ作り、`var/secret.key` に持ち主だけが読める形で置きます。"),
    Variable("YUI_PUBLIC_URL", "外から見える住所。メール・手紙・QR の先になります。`https://` で始めると、Cookie と転送も https だけになります。",
             "`http://localhost:` と `PORT`"),
    Variable("PORT", "Web サーバーの番号。", "`8000`", "8000"),
    Variable("YUI_HOSTS", "受け付けるホスト名。コンマで区切ります。", "`localhost,127.0.0.1,[::1]`", "localhost,127.0.0.1,[::1]"),
    Variable("YUI_BEHIND_PROXY", "`1` なら、前に立つサーバーの `X-Forwarded-Proto` を信じます。前に立つサーバーがその見出しを必ず書きかえるときだけ使います。",
             "信じません"),
    Variable("YUI_DEMO", "`1` なら架空のまち：赤い帯、`/_demo/`、`/_outbox/`。外のホスト名といっしょには使えません（`yui doctor` が止めます）。",
             "架空ではない"),
    Variable("YUI_OCDS_PREFIX", "公募のオープンデータ（OCDS）の番号の頭。Open Contracting Partnership に登録した頭を書きます。",
             "`ocds-unregistered`", "ocds-unregistered"),
    Variable("YUI_TODAY", "この日（`YYYY-MM-DD`）として動かします。練習と試験のためです。", "ほんとうの今日", ""),
    Variable("YUI_SMTP_HOST", "メールを渡すサーバー。架空のまちでこれがないときは、外に1通も出ません。", "`localhost`", "localhost"),
    Variable("YUI_SMTP_PORT", "そのポート。", "`25`", "25"),
    Variable("YUI_SMTP_USER", "その利用者名。", "なし", ""),
    Variable("YUI_SMTP_PASSWORD", "そのパスワード。", "なし", ""),
    Variable("YUI_SMTP_TLS", "`1` なら STARTTLS を使います。", "使いません"),
    Variable("YUI_MAIL_FROM", "差出人の住所。", "`yui@example.jp`", "yui@example.jp"),
    Variable("YUI_TEST_PG", "試験の PostgreSQL を置くフォルダー。", "一時フォルダーの中", when=TEST),
    Variable("YUI_BENCH_PEOPLE", "測定（`make bench`）のまちの人数。", "`10000`", "10000", TEST),
    Variable("YUI_BENCH_ROWS", "測定の結果を、表でなくJSONで出します。", "表で出します", when=TEST),
    Variable("CI", "`true` なら、試験に足りないものを失敗にします。", "1行で知らせて、先へ進みます", when=TEST),
)  # fmt: skip
