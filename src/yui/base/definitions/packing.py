"""A definition folder as one file to take away, and back: a zip of YAML, nothing else."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from ruamel.yaml import YAML

from .checks import plain
from .examples import EXAMPLES_FILE
from .reading import read

MOST_FILES, MOST_BYTES = 60, 4_000_000
"""Of an uploaded folder, unpacked: the five shipped ones have at most 10 files and 150 kB."""
_FILE = re.compile(r"[a-z][a-z0-9-]*\.yaml")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHEN = (2020, 1, 1, 0, 0, 0)


class NotAFolder(Exception):
    """What was uploaded is no zip of a definition folder. The text is Japanese."""


def packed(folder: Path) -> bytes:
    """The folder's YAML files in a zip, below the folder's name; the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
        for path in sorted(folder.glob("*.yaml")):
            pack.writestr(zipfile.ZipInfo(f"{folder.name}/{path.name}", _WHEN), path.read_bytes())
    return stream.getvalue()


def unpacked(data: bytes, into: Path) -> Path:
    """Write the files of a zip below ``into`` and give the folder, which is named as its scheme names the town.

    Only YAML files of one folder (or of none) are taken. Raises ``NotAFolder``.
    """
    files = _files(data)
    if "scheme.yaml" not in files:
        raise NotAFolder("scheme.yaml が入っていません。定義フォルダーをまるごと zip にしてください。")
    raw = into / "raw"
    raw.mkdir()
    for name, content in files.items():
        (raw / name).write_bytes(content)
    scheme = read(raw / "scheme.yaml").data
    authority = scheme.get("authority") if isinstance(scheme, Mapping) else None
    key = authority.get("key") if isinstance(authority, Mapping) else None
    usable = isinstance(key, str) and re.fullmatch(r"[a-z][a-z0-9-]{0,39}", key) and key != "raw"
    return raw.rename(into / key) if usable else raw


def _files(data: bytes) -> dict[str, bytes]:
    try:
        pack = zipfile.ZipFile(io.BytesIO(data))
        entries = [one for one in pack.infolist() if not one.is_dir() and not _beside(one.filename)]
        if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
            raise NotAFolder("大きすぎます。定義フォルダーだけを zip にしてください。")
        folders = {str(PurePosixPath(one.filename).parent) for one in entries}
        names = [PurePosixPath(one.filename).name for one in entries]
        if len(folders) > 1 or len(set(names)) != len(names) or any(not _FILE.fullmatch(name) for name in names):
            raise NotAFolder("1つのフォルダーの、.yaml のファイルだけを入れてください。")
        return {name: pack.read(one) for name, one in zip(names, entries, strict=True)}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error) as error:
        raise NotAFolder("zip として開けません。zip のファイルを選んでください。") from error


def _beside(name: str) -> bool:
    """What some systems add on their own."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in (".DS_Store", "README.md")


def write_folder(data: Mapping[str, Any], folder: Path, *, shipped: Path | None = None) -> Path:
    """A stored definition as a folder: the shipped one with its comments when nothing differs, otherwise written anew.

    Examples are not stored: those of ``shipped`` are taken, or one that holds for every town.
    """
    if shipped is not None and shipped.is_dir() and _same(data, shipped):
        folder.mkdir(parents=True)
        for path in sorted(shipped.glob("*.yaml")):
            (folder / path.name).write_bytes(path.read_bytes())
        return folder
    folder.mkdir(parents=True)
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 4096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    for stem, content in data.items():
        with (folder / f"{stem}.yaml").open("w", encoding="utf-8") as file:
            yaml.dump(_dated(content), file)
    examples = shipped / EXAMPLES_FILE if shipped is not None else None
    with (folder / EXAMPLES_FILE).open("w", encoding="utf-8") as file:
        if examples is not None and examples.exists():
            file.write(examples.read_text(encoding="utf-8"))
        else:
            yaml.dump(
                {"examples": [{"say": "町の色は白地で読める", "kind": "町の色は白地で読める", "expect": True}]}, file
            )
    return folder


def _same(data: Mapping[str, Any], folder: Path) -> bool:
    here = {path.stem: plain(read(path).data) for path in folder.glob("*.yaml") if path.name != EXAMPLES_FILE}
    return here == dict(data)


def _dated(data: Any) -> Any:
    """Days as days, so that they are written without quotes."""
    if isinstance(data, Mapping):
        return {key: _dated(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_dated(value) for value in data]
    if isinstance(data, str) and _DAY.fullmatch(data):
        try:
            return date.fromisoformat(data)
        except ValueError:
            return data
    return data
