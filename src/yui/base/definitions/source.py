"""source.yaml: every figure, date and numbered item of the document, and where the definition holds it.

Rows carry figures and our own names for the items, never the document's sentences. A path in words starts with the
file's stem: ``commission-r8.end_deliverables.flyer.copies.value``.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from .reading import Fault, Sheet, at, dotted, find, walk
from .schema import Part, Path

SOURCE_FILE = "source.yaml"
_VALUES = ("value", "default")
_CITING = ("source", "detail_source")


class Row(Part):
    """One item, figure or date. Either ``held_by`` (paths) or ``reason`` (why the definition holds none).

    ``equals`` is the value that the first path must hold.
    """

    at: str
    kind: Literal["item", "figure", "date"]
    name: str
    stated: str | None = None
    held_by: list[str] = []
    equals: Any = None
    reason: str | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.held_by) == bool(self.reason):
            raise ValueError("held_by（持っている場所）か reason（持たない理由）の、どちらか一方を書いてください。")
        if self.kind != "item" and not self.stated:
            raise ValueError("数字と日付の行には、文書の書きぶりを stated に書いてください。")
        return self


class SourceDocument(Part):
    """One document and its rows. ``short`` is how ``source:`` names it."""

    title: str
    short: str
    issued: str
    rows: Annotated[list[Row], Field(min_length=1)]


class SourceFile(Part):
    """source.yaml"""

    documents: Annotated[list[SourceDocument], Field(min_length=1)]


def check_sources(model: Any, data: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """Each row's path holds a value; each value with a source stands under a row of that item."""
    sheet = sheets[SOURCE_FILE]
    for number, document in enumerate(model.documents):
        for index, row in enumerate(document.rows):
            yield from _check_row(row, ("documents", number, "rows", index), sheet, data, sheets)
    held = _held(model)
    for stem, content in data.items():
        if f"{stem}.yaml" == SOURCE_FILE:
            continue
        for path, value in walk(content):
            if path and path[-1] in _CITING and isinstance(value, str):
                words = f"{stem}.{dotted(path[:-1], content)}" if path[:-1] else stem
                yield from _check_cited(value, words, held, sheets[f"{stem}.yaml"], path)


def _check_row(
    row: Row, place: Path, sheet: Sheet, data: Mapping[str, Any], sheets: Mapping[str, Sheet]
) -> Iterator[Fault]:
    for position, words in enumerate(row.held_by):
        try:
            path = find(data, words)
        except KeyError:
            yield sheet.fault(
                (*place, "held_by", position), f"定義に「{words}」がありません（文書 {row.at} {row.name}）。"
            )
            continue
        value = _value(at(data, path))
        if position == 0 and row.equals is not None and value != row.equals:
            yield sheets[f"{path[0]}.yaml"].fault(
                path[1:], f"文書 {row.at} の「{row.stated or row.equals}」と合いません（いまは {value}）。"
            )


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        for name in _VALUES:
            if name in value:
                return value[name]
    return len(value) if isinstance(value, list) else value


def _held(model: SourceFile) -> dict[str, set[str]]:
    """Citation → the paths of its rows; rows of the same item are taken together."""
    held: dict[str, set[str]] = {}
    for document in model.documents:
        for row in document.rows:
            held.setdefault(f"{document.short} {row.at}", set()).update(row.held_by)
    return held


def _check_cited(citation: str, words: str, held: Mapping[str, set[str]], sheet: Sheet, path: Path) -> Iterator[Fault]:
    for one in re.split(r"[、;]\s*", citation):
        if one not in held:
            yield sheet.fault(path, f"出典「{one}」は source.yaml の一覧にありません。")
        elif not any(_within(words, known) or _within(known, words) for known in held[one]):
            yield sheet.fault(path, f"source.yaml の「{one}」の held_by に「{words}」を書いてください。")


def _within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(outer + ".")


def coverage_rows(model: SourceFile, data: Mapping[str, Any]) -> Iterator[tuple[SourceDocument, Row, str]]:
    """Each row with what the definition holds for it, or the reason why it holds nothing."""
    for document in model.documents:
        for row in document.rows:
            if row.reason:
                yield document, row, f"なし：{row.reason}"
            else:
                values = [_told(at(data, find(data, words))) for words in row.held_by]
                yield document, row, "、".join(dict.fromkeys(values))


def _told(value: Any) -> str:
    """A value in a table cell: the setting's value, the item's name, or how many a list holds."""
    if isinstance(value, Mapping):
        for name in (*_VALUES, "name", "label", "text", "ja", "summary", "title"):
            if name in value:
                return _told(value[name])
        return f"{len(value)}項目"
    if isinstance(value, list):
        return f"{len(value)}件"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return value.isoformat() if isinstance(value, date) else str(value)
