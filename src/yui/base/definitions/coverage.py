"""docs/reference/coverage.md: each document, line by line, and what its definition holds for it. Generated."""

from collections.abc import Sequence
from pathlib import Path as FilePath

from .checks import Reading, read_folder
from .source import SOURCE_FILE, SourceDocument, SourceFile, coverage_rows

KINDS = {"item": "項目", "figure": "数字", "date": "日付"}
FIRST = "konan"
"""The town that the page begins with."""


class NotCovered(Exception):
    """The folder has faults; the table would not be true."""


def coverage(readings: Sequence[Reading]) -> str:
    """The page, in Markdown, with a part for each town. Raises NotCovered when a folder has a fault."""
    faults = [f"{one.folder.name}/{fault}" for one in readings for fault in one.faults]
    if faults:
        raise NotCovered("\n".join(faults))
    lines = [
        "# 文書と定義の対応",
        "",
        "`definitions/*/source.yaml` と定義から作ったページです（`yui reference write`）。手で直しません。",
        "文書の数字・日付・番号の付いた項目のすべてについて、定義が持つ値、または持たない理由を示します。",
        "",
        "| まち | 文書 | 行 | 値を持つ | 理由を示す |",
        "|---|---|---|---|---|",
    ]
    parts: list[str] = []
    for reading in readings:
        for document in _documents(reading):
            held = sum(1 for row in document.rows if row.held_by)
            cells = (_name(reading), document.title, str(len(document.rows)), str(held), str(len(document.rows) - held))
            lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
        parts += _part(reading)
    return "\n".join([*lines, *parts]) + "\n"


def shipped(folder: FilePath) -> list[Reading]:
    """Every town's folder of a definitions directory, read: by name, and the first town of all first."""
    folders = sorted((one for one in folder.iterdir() if one.is_dir()), key=lambda one: (one.name != FIRST, one.name))
    return [read_folder(one) for one in folders]


def _part(reading: Reading) -> list[str]:
    lines: list[str] = []
    current: SourceDocument | None = None
    for document, row, held in coverage_rows(reading.models[SOURCE_FILE], reading.data()):
        if document is not current:
            current = document
            lines += ["", f"## {_name(reading)}：{document.title}（{document.issued}）", ""]
            lines += [
                "| 番号 | 種類 | 文書の項目 | 文書の数字・日付 | 定義の値／持たない理由 | 定義の場所 |",
                "|---|---|---|---|---|---|",
            ]
        places = "<br>".join(f"`{words}`" for words in row.held_by)
        cells = (row.at, KINDS[row.kind], row.name, row.stated or "", held, places)
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return lines


def _documents(reading: Reading) -> list[SourceDocument]:
    model = reading.models[SOURCE_FILE]
    assert isinstance(model, SourceFile)
    return model.documents


def _name(reading: Reading) -> str:
    name: str = reading.data()["scheme"]["authority"]["name"]
    return name


def _cell(text: str) -> str:
    return text.replace("|", "｜").replace("\n", " ")
