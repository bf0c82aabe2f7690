"""``yui definition check|load|new``: each takes its arguments and a ``write`` for lines, and returns the exit code.

``check`` and ``new`` need no database; ``load`` imports Django when it runs, after the command line has set it up.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from .checks import check
from .copying import NewTown, copy_folder

Write = Callable[[str], object]


def definitions_dir() -> Path:
    """``YUI_DEFINITIONS``, or ``definitions/`` beside the source."""
    return Path(os.environ.get("YUI_DEFINITIONS") or Path(__file__).resolve().parents[4] / "definitions")


def folder_of(name: str) -> Path:
    """A town's folder, given its key or a path."""
    return Path(name) if os.sep in name or name.startswith(".") else definitions_dir() / name


def _check_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yui definition check", description="定義フォルダーを確かめる")
    parser.add_argument("folders", nargs="*", metavar="KEY", help="町のキーか、フォルダー（なければ全部）")
    parser.add_argument("--stored", action="store_true", help="読み込み済みの版とも比べる")
    return parser


def _load_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yui definition load", description="定義を読み込む")
    parser.add_argument("folder", metavar="KEY", help="町のキーか、フォルダー")
    return parser


def _new_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yui definition new", description="定義フォルダーを写して、新しい町を始める")
    parser.add_argument("key", metavar="KEY", help="新しい町のキー（英小文字）")
    parser.add_argument("--from", dest="origin", default="konan", metavar="KEY", help="もとにする町")
    parser.add_argument("--name", default="", help="町の名前（見本市）")
    parser.add_argument("--kana", default="", help="町のよみがな（みほんし）")
    parser.add_argument("--latin", default="", help="町のローマ字の名前（Mihon）")
    parser.add_argument("--prefecture", default="", help="都道府県")
    parser.add_argument("--code", default="", help="団体コード（6けた）")
    return parser


PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "check": _check_parser,
    "load": _load_parser,
    "new": _new_parser,
}
"""What follows ``yui definition`` → its arguments."""


def check_command(args: Sequence[str], write: Write) -> int:
    """``yui definition check [KEY|PATH …] [--stored]``: all towns when none is named.

    ``--stored`` also compares with the version in the database: keys that vanished are faults.
    """
    given = _check_parser().parse_args(args)
    folders = [folder_of(name) for name in given.folders] or sorted(
        path for path in definitions_dir().iterdir() if path.is_dir()
    )
    if not folders:
        write(f"{definitions_dir()} に定義フォルダーがありません。")
        return 1
    total = 0
    for folder in folders:
        faults = check(folder, _stored(folder) if given.stored else None)
        for fault in faults:
            write(f"{folder.name}/{fault}")
        write(f"{folder.name}: {f'直すところ {len(faults)}か所' if faults else '直すところはありません'}")
        total += len(faults)
    return 1 if total else 0


def load_command(args: Sequence[str], write: Write) -> int:
    """``yui definition load KEY``: make the town when it is new, store what changed and say how it differs."""
    given = _load_parser().parse_args(args)
    folder = folder_of(given.folder)
    from yui.base.access.errors import NotPossible  # Django is set up by now
    from yui.base.definitions.domain import FaultyDefinition
    from yui.base.definitions.founding import load_as_command

    try:
        loaded = load_as_command(folder)
    except FaultyDefinition as refused:
        for fault in refused.faults:
            write(f"{folder.name}/{fault}")
        write(refused.sentence)
        return 1
    except NotPossible as refused:
        write(refused.sentence)
        return 1
    if not loaded.versions:
        write(f"{folder.name}: 前の版から変わっていません。")
    for version in loaded.versions:
        write(f"{folder.name}: {version.get_kind_display()}「{version.key}」の第{version.version}版を読み込みました。")
        for line in version.changes:
            write(f"  {line}")
    for note in loaded.notes:
        write(note)
    return 0


def new_command(args: Sequence[str], write: Write) -> int:
    """``yui definition new KEY --from konan``: a copy under a new key, which passes the check."""
    given = _new_parser().parse_args(args)
    origin, folder = folder_of(given.origin), definitions_dir() / given.key
    town = NewTown(given.key, given.name, given.kana, given.latin, given.prefecture, given.code)
    refusal = _refusal(town, origin, folder)
    if refusal:
        write(refusal)
        return 1
    copy_folder(origin, folder, town)
    faults = check(folder)
    for fault in faults:
        write(f"{folder.name}/{fault}")
    write(
        f"{folder} を作りました。町の名前・団体コード・色・連絡先・地区・業務を書きかえて、yui definition check {given.key} で確かめてください。"
    )
    return 1 if faults else 0


def _refusal(town: NewTown, origin: Path, folder: Path) -> str:
    for fault in town.faults().values():
        return fault
    if not origin.is_dir():
        return f"もとにする定義「{origin.name}」がありません。"
    if folder.exists():
        return f"「{town.key}」はもうあります。"
    return ""


def _stored(folder: Path) -> dict[str, object]:
    from yui.base.definitions.founding import stored_for  # Django is set up by now

    return stored_for(folder.resolve().name)
