"""A definition in words: nothing is left out, nothing without its origin, no English word on the page."""

import copy
import re
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

from yui.base.definitions.checks import plain
from yui.base.definitions.comparing import compared
from yui.base.definitions.labels import CODES, LABELS
from yui.base.definitions.reading import dotted, read, walk
from yui.base.definitions.schema import Texts
from yui.base.definitions.sections import autodiscover
from yui.base.definitions.telling import chapters, moment_words

from .conftest import KONAN

TOWNS = sorted(path.name for path in KONAN.parent.iterdir() if path.is_dir())
NOT_ON_THE_PAGE = {"key", "order", "by_default"}
TOLD_ELSEWHERE = {"日", "月", "火", "水", "木", "金", "土"}


def data_of(town):
    folder = Path(KONAN.parent / town)
    return {path.stem: plain(read(path).data) for path in sorted(folder.glob("*.yaml")) if path.stem != "examples"}


def models(model, seen):
    """Every part below a section."""
    if model in seen or issubclass(model, Texts):
        return
    seen.add(model)
    for field in model.model_fields.values():
        for inner in kinds(field.annotation):
            models(inner, seen)


def kinds(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        if not isinstance(inner, str | int):
            yield from kinds(inner)


def literals(annotation):
    if typing.get_origin(annotation) is typing.Literal:
        yield from typing.get_args(annotation)
    for inner in typing.get_args(annotation):
        if not isinstance(inner, str | int):
            yield from literals(inner)


def every_model():
    seen = set()
    for section in autodiscover():
        models(section.model, seen)
    return seen


def test_every_field_and_every_code_has_a_japanese_word():
    lacking = set()
    for model in every_model():
        for name, field in model.model_fields.items():
            if name not in LABELS and name not in NOT_ON_THE_PAGE:
                lacking.add(f"{model.__name__}.{name}")
            if name in NOT_ON_THE_PAGE:
                continue
            lacking |= {f"{model.__name__}.{name}={code}" for code in literals(field.annotation) if code not in CODES}
    assert {one for one in lacking if one.rpartition("=")[2] not in TOLD_ELSEWHERE} == set()


@pytest.mark.parametrize("town", TOWNS)
def test_every_value_of_a_document_is_told_with_its_source_or_its_note(town):
    """Each setting of the files is one line with the same source, or marked as a default with its note."""
    data = data_of(town)
    told = {}
    for chapter in chapters(data):
        for block in chapter.blocks:
            lines = [*block.lines, *(line for entry in block.entries for line in entry.lines)]
            told |= {line.path: line for line in lines}
    settings = 0
    for stem, content in data.items():
        for place, value in walk(content) if stem != "source" else ():
            if isinstance(value, dict) and ("value" in value or "default" in value):
                line = told[f"{stem}.{dotted(place, content)}"]
                settings += 1
                assert (line.source, line.note) == (value.get("source", ""), value.get("note", ""))
                assert line.by_default == ("default" in value)
    assert settings > 40


@pytest.mark.parametrize("town", TOWNS)
def test_every_sentence_of_the_files_stands_on_the_page(town):
    """Whatever is written in Japanese in a file is found in the telling of that file."""
    data = data_of(town)
    for chapter in chapters(data):
        said = []
        for block in chapter.blocks:
            for one in (*block.lines, *block.entries, *(line for entry in block.entries for line in entry.lines)):
                said += [getattr(one, "text", ""), getattr(one, "title", ""), one.source, one.note]
                said += [words for _name, words in one.others]
        page = "\n".join(said) + chapter.title
        for place, value in walk(data[chapter.stem]):
            if isinstance(value, str) and re.search(r"[ぁ-ん一-鿿]", value) and value not in CODES:
                assert moment_words(value) in page, (chapter.stem, place, value)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2024-06-20（木） 17:00", "令和6年6月20日（木）17時"),
        ("2025-06-03（火） 16:45", "令和7年6月3日（火）16時45分"),
        ("2024-06-26（水）", "令和6年6月26日（水）"),
        ("2024-07 上旬", "令和6年7月上旬"),
        ("2024-06-26", "令和6年6月26日"),
        ("午後5時まで", "午後5時まで"),
    ],
)
def test_a_moment_is_told_in_japanese_years_and_a_day_without_a_time_stays_a_day(written, told):
    assert moment_words(written) == told


@pytest.mark.parametrize("town", TOWNS)
def test_no_label_is_left_in_english(town):
    for chapter in chapters(data_of(town)):
        for block in chapter.blocks:
            lines = [*block.lines, *(line for entry in block.entries for line in entry.lines)]
            for words in (block.title, *(line.label for line in lines)):
                assert not re.search(r"[a-z_]{3,}", words), words


def test_two_versions_are_told_side_by_side():
    before = data_of("unnan")
    after = copy.deepcopy(before)
    after["people"]["guardian_age"]["default"] = 20
    after["scheme"]["words"][4]["text"]["en"] = "opening"
    indicators = after["commission-r7"]["indicators"]
    indicators[0]["target"]["value"] = "0.30"
    gone = indicators.pop(2)
    indicators.append({**gone, "key": "new_one", "name": "あたらしい指標"})
    indicators.reverse()
    changes = compared(before, after)
    assert [(one.kind, one.what) for one in changes] == [
        ("changed", "出番"),
        ("changed", "保護者の同意が要る年齢（未満）"),
        ("added", "あたらしい指標"),
        ("changed", "目標"),
        ("removed", "新規参画者数（ユニークユーザー）"),
    ]
    target = changes[3]
    assert target.where.endswith("指標 › 助け合える地域と感じる市民の割合")
    assert (target.before.text, target.after.text) == ("0.26", "0.30")
    assert changes[0].before.others == (("英語", "chance to join in"),)
    assert changes[0].after.others == (("英語", "opening"),)
    assert compared(before, before) == []
