"""docs/reference/commands.md: ``yui`` and its parts, from the parsers themselves, and the goals of the Makefile."""

import argparse
import re
from collections.abc import Iterable, Iterator

from yui.base.definitions.commands import PARSERS
from yui.config.cli import command_parser
from yui.config.reference import FOLDER
from yui.config.reference.markdown import code, page_of, table
from yui.engine.cli import QUESTIONS
from yui.engine.profile import NAMES

LEAD = "`make` は新しい機械で始めるとき、`yui` はそのあと使います（`.venv/bin/yui`）。どの命令も、うまくいかなければ 0 でない番号で終わります。"
ENGINE = (
    "### `yui engine QUESTION [FILE|-] [--human]`\n\n"
    "計算だけを、データベースなしで動かします。問いは JSON で、`-` なら標準入力から読みます。`--human` は答えを文で書きます。問い："
)

PROFILES = (
    "\n\n`yui engine profile 名前` は、入っている決まり（プロファイル）をデータと文で示します。名前："
    + "、".join(map(code, NAMES))
    + "。"
)


def page() -> str:
    """Goals, then each command with its arguments."""
    parts = ["## `make`", table(("命令", "すること"), ((code(f"make {name}"), words) for name, words in goals()))]
    parts.append("## `yui`")
    for words, parser in parsers():
        parts.append(f"### {code(words + _usage(parser))}\n\n{parser.description or ''}".rstrip())
        rows = list(_arguments(parser))
        if rows:
            parts.append(table(("引数", "意味", "選べるもの・ないとき"), rows))
    parts.append(ENGINE + "、".join(code(name) for name in QUESTIONS) + "。" + PROFILES)
    return page_of("命令", "Makefile と `yui` の読み取り部", LEAD, *parts)


def goals() -> list[tuple[str, str]]:
    """The goals of the Makefile that say what they do, in its order."""
    text = (FOLDER.parents[1] / "Makefile").read_text(encoding="utf-8")
    return [(name, words) for name, words in re.findall(r"^(\w+):[^#\n]*## (.+)$", text, flags=re.M)]


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """``yui serve`` → its parser; those of ``yui definition`` too."""
    for action in command_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, parser in action.choices.items():
                if name == "definition":
                    yield from ((f"yui definition {one}", make()) for one, make in PARSERS.items())
                elif name != "engine":
                    yield f"yui {name}", parser


def _own(parser: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    return (action for action in parser._actions if not isinstance(action, argparse._HelpAction))


def _usage(parser: argparse.ArgumentParser) -> str:
    words = ""
    for action in _own(parser):
        if action.option_strings:
            value = "" if action.nargs == 0 else f" {_value(action)}"
            word = f"{action.option_strings[0]}{value}"
            words += f" {word}" if action.required else f" [{word}]"
        else:
            words += f" [{_value(action)} …]" if action.nargs == "*" else f" {_value(action)}"
    return words


def _value(action: argparse.Action) -> str:
    if action.metavar:
        return str(action.metavar)
    if action.choices:
        return "|".join(str(one) for one in action.choices)
    return action.dest.upper()


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, ...]]:
    for action in _own(parser):
        if not action.help:
            continue  # a word that the heading shows already
        name = action.option_strings[0] if action.option_strings else _value(action)
        choices = code(*(str(one) for one in action.choices)) if action.choices else ""
        plain = isinstance(action.default, str | int) and not isinstance(action.default, bool) and action.default != ""
        default = code(str(action.default)) if plain and name != "--port" else ""
        yield code(name), action.help, choices or default
