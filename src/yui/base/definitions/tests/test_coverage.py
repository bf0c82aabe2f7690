"""The documents, item by item: every row is held, every held value is needed. Each folder is read once."""

import re

import pytest

from yui.base.definitions.checks import Reading, judge, read_folder
from yui.base.definitions.coverage import page_of
from yui.base.definitions.reading import at, dotted, find, walk
from yui.base.definitions.sections import autodiscover

from . import documents
from .conftest import KONAN

ROOT = KONAN.parents[1]
READINGS = {path.parent.name: read_folder(path.parent) for path in (ROOT / "definitions").glob("*/source.yaml")}
TOWNS = sorted(READINGS)


def rows_of(town):
    return [row for document in READINGS[town].models["source.yaml"].documents for row in document.rows]


def held_by(town):
    return {words for row in rows_of(town) for words in row.held_by}


def without(data, paths):
    """The data with the values at some places taken out; what lies on no way to them is shared, not copied."""
    here = {path[0] for path in paths if len(path) == 1}
    below = {}
    for path in paths:
        if len(path) > 1 and path[0] not in here:
            below.setdefault(path[0], []).append(path[1:])
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    left = {key: without(value, below[key]) if key in below else value for key, value in entries if key not in here}
    return left if isinstance(data, dict) else list(left.values())


def faults_without(town, places):
    """The faults of a definition when the values at some places, each a path in words, are taken out of it."""
    whole, reading = READINGS[town], Reading(READINGS[town].folder)
    by_file = {}
    for words in places:
        stem, _, rest = words.partition(".")
        by_file.setdefault(f"{stem}.yaml", []).append(find(whole.sheets[f"{stem}.yaml"].data, rest) if rest else ())
    for file, sheet in whole.sheets.items():
        if () in by_file.get(file, ()):
            continue
        reading.sheets[file] = sheet
        if file in by_file:
            reading.sheets[file] = type(sheet)(sheet.file, without(sheet.data, by_file[file]), sheet.lines)
    judge(reading, autodiscover())
    return reading.faults


def apart(words):
    """Paths sorted into groups of which none lies within another, so that each is missing by itself."""
    groups = []
    for one in sorted(words):
        depth = sum(1 for other in words if one.startswith(other + "."))
        groups += [[] for _ in range(depth + 1 - len(groups))]
        groups[depth].append(one)
    return groups


def cited(town):
    """Each place that names a source, as a path in words."""
    for stem, data in READINGS[town].data().items():
        if stem in ("source", "examples"):
            continue
        for path, value in walk(data):
            if len(path) > 1 and path[-1] == "source" and isinstance(value, str):
                yield f"{stem}.{dotted(path[:-1], data)}"


def test_the_five_towns_are_shipped():
    assert TOWNS == ["konan", "kurihara", "sanda", "unnan", "yamaguchi"]


@pytest.mark.parametrize("town", TOWNS)
def test_a_shipped_definition_has_no_fault_and_examples_an_officer_can_read(town):
    reading = READINGS[town]
    assert reading.faults == []
    sayings = [case.say for case in reading.models["examples.yaml"].examples]
    assert len(set(sayings)) == len(sayings) >= 8


@pytest.mark.parametrize("town", TOWNS)
def test_a_value_that_the_document_states_cannot_be_taken_out(town):
    held = held_by(town)
    for group in apart(held):
        told = [fault.expected for fault in faults_without(town, group) if fault.file == "source.yaml"]
        missing = [words for words in group if not any(f"「{words}」" in sentence for sentence in told)]
        assert missing == []


@pytest.mark.parametrize("town", TOWNS)
def test_a_value_with_a_source_cannot_be_taken_out(town):
    """What holds a row goes with its value (see above); the rest is tried one by one."""
    held = held_by(town)
    for words in cited(town):
        if not any(one == words or one.startswith(words + ".") for one in held):
            assert faults_without(town, [words]) != [], words


@pytest.mark.parametrize("town", TOWNS)
def test_every_numbered_item_of_the_document_has_a_row(town):
    assert {row.at for row in rows_of(town)} == documents.ITEMS[town]


@pytest.mark.parametrize("town", TOWNS)
def test_every_figure_and_date_of_the_document_has_a_row(town):
    stated = "\n".join(row.stated or "" for row in rows_of(town))
    assert [figure for figure in documents.FIGURES[town] if figure not in stated] == []
    assert all(row.stated for row in rows_of(town) if row.kind != "item")


@pytest.mark.parametrize("town", TOWNS)
def test_a_stated_number_is_the_one_that_is_held(town):
    """Where the document's words hold one number in figures, the value is that number (thousands, years apart)."""
    for row in rows_of(town):
        found = re.fullmatch(r"\D*?(\d[\d,]*)(円|人|件|団体|部|点|枚|名)\D*", row.stated or "")
        if found and isinstance(row.equals, int) and not isinstance(row.equals, bool):
            assert row.equals == int(found.group(1).replace(",", "")), row


@pytest.mark.parametrize("town", TOWNS)
def test_no_sentence_of_a_document_is_copied(town):
    for row in rows_of(town):
        assert len(row.name) <= 30
        assert not re.search(r"(すること|ものとする|なければならない)", f"{row.name}{row.reason or ''}")
    for stem, data in READINGS[town].data().items():
        for path, value in walk(data):
            if path and path[-1] in ("summary", "name", "who") and isinstance(value, str):
                assert not re.search(r"(すること|ものとする|なければならない)。?$", value), (stem, path)


@pytest.mark.parametrize("town", TOWNS)
def test_what_is_no_real_contact_is_marked(town):
    contact = READINGS[town].data()["scheme"]["contact"]
    assert all(at(contact, (name, "fictional")) for name in ("office", "desk", "tel", "fax", "mail"))
    assert contact["tel"]["text"].startswith("0748-00-")
    assert contact["mail"]["text"].endswith("@example.jp")


@pytest.mark.parametrize("town", TOWNS)
def test_the_page_of_coverage_is_fresh(town):
    name = "coverage.md" if town == "konan" else f"coverage-{town}.md"
    page = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert page == page_of(READINGS[town]), "yui reference write"
    assert page.count("\n| ") == len(rows_of(town)) + 1
