"""The command ``yui``. ``yui engine`` and ``yui definition check`` load no Django; the rest sets it up first."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

Command = Callable[[argparse.Namespace], int]

# name → (module, one line for the list of commands); every module has ``arguments(parser)`` and ``run(given)``
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("serve", "Webサーバーと作業係を動かす"),
    "demo": ("demo", "架空のまちを作る"),
    "doctor": ("doctor", "設定と置き場所をたしかめる"),
    "backup": ("backup", "すべてを1つのファイルに写す"),
    "restore": ("restore", "写しを空のデータベースに戻し、1行ずつくらべる"),
    "export": ("export", "1つのまちのすべてを、ほかの設置先に移せる形で出す"),
    "import-town": ("import_town", "出したまちを取り込む。すべてか、何もなしか"),
    "audit": ("audit", "記録のつながりをたしかめる（verify）・つなぐ（seal）"),
    "search": ("search", "検索のもとを作りなおす（rebuild）"),
    "user": ("staff", "職員のアカウントを作る（add）"),
    "texts": ("texts", "まだだれも読んで確かめていない文を出す・確かめた文を書く"),
    "worker": ("worker", "作業係だけを動かす"),
    "reference": ("reference", "docs/reference を書きなおす（write）"),
    "migrate": ("migrate", "データベースの表を新しくする"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["engine"]:
        return int(import_module("yui.engine.cli").main(words[1:]))
    if words[:1] == ["definition"]:
        return _definition(words[1:])
    given = command_parser().parse_args(words)
    try:
        return int(given.run(given))
    except KeyboardInterrupt:
        return 130


def set_up() -> None:
    """Load Django with the settings of the house."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.config.settings")
    import django

    django.setup()


def _definition(words: list[str]) -> int:
    commands = {"check": "check_command", "load": "load_command", "new": "new_command"}
    if not words or words[0] not in commands:
        print(f"yui definition {'|'.join(commands)} …", file=sys.stderr)
        return 2
    if words[0] == "load" or "--stored" in words:
        set_up()
    module = import_module("yui.base.definitions.commands")
    return int(getattr(module, commands[words[0]])(words[1:], print))


def command_parser() -> argparse.ArgumentParser:
    """The parser of every command but ``definition`` and ``engine``, which read their own words."""
    parser = argparse.ArgumentParser(prog="yui", description="Yui（結）: 人財プラットフォーム")
    listed = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    listed.add_parser("definition", help="まちの定義: check, load, new")
    listed.add_parser("engine", help="計算だけを、データベースなしで動かす")
    for name, (module, words) in COMMANDS.items():
        part = listed.add_parser(name, help=words, description=words)
        found = import_module(f"yui.config.cli.{module}")
        found.arguments(part)
        part.set_defaults(run=found.run)
    return parser
