"""docs/reference/coverage.md: the document, line by line, and what the definition holds for it. Generated."""

from pathlib import Path as FilePath

from .checks import Reading, read_folder
from .source import SOURCE_FILE, SourceDocument, coverage_rows

KINDS = {"item": "項目", "figure": "数字", "date": "日付"}


class NotCovered(Exception):
    """The folder has faults; the table would not be true."""


def coverage(folder: FilePath) -> str:
    """The page for one definition folder, in Markdown. Raises NotCovered when the folder has a fault."""
    return page_of(read_folder(folder))


def page_of(reading: Reading) -> str:
    """The same for a folder that was read already."""
    if reading.faults:
        raise NotCovered("\n".join(str(fault) for fault in reading.faults))
    lines = [
        "# 文書と定義の対応",
        "",
        f"`definitions/{reading.folder.name}/source.yaml` と定義から作ったページです（`yui reference write`）。手で直しません。",
        "文書の数字・日付・番号の付いた項目のすべてについて、定義が持つ値、または持たない理由を示します。",
    ]
    current: SourceDocument | None = None
    model = reading.models[SOURCE_FILE]
    for document, row, held in coverage_rows(model, reading.data()):  # type: ignore[arg-type]
        if document is not current:
            current = document
            held_rows = sum(1 for one in document.rows if one.held_by)
            lines += ["", f"## {document.title}（{document.issued}）", ""]
            lines += [
                f"{len(document.rows)}行のうち、値を持つもの {held_rows}、理由を示すもの {len(document.rows) - held_rows}。",
                "",
            ]
            lines += [
                "| 番号 | 種類 | 文書の項目 | 文書の数字・日付 | 定義の値／持たない理由 | 定義の場所 |",
                "|---|---|---|---|---|---|",
            ]
        places = "<br>".join(f"`{words}`" for words in row.held_by)
        cells = (row.at, KINDS[row.kind], row.name, row.stated or "", held, places)
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "｜").replace("\n", " ")
