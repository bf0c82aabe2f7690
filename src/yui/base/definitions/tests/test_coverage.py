"""The document, item by item: every row is held, every held value is needed."""

import copy
import re
from pathlib import Path

import pytest

from yui.base.definitions.checks import Reading, judge, read_folder
from yui.base.definitions.coverage import coverage
from yui.base.definitions.reading import at, find, walk
from yui.base.definitions.sections import autodiscover

ROOT = Path(__file__).resolve().parents[5]
KONAN = ROOT / "definitions" / "konan"
READING = read_folder(KONAN)
DATA = READING.data()
ROWS = [row for document in READING.models["source.yaml"].documents for row in document.rows]
HELD = sorted({words for row in ROWS for words in row.held_by})
CITED = sorted(
    (stem, path[:-1])
    for stem, data in DATA.items()
    for path, _ in walk(data)
    if path and path[-1] == "source" and stem not in ("source", "examples") and path[:-1]
)


def faults_without(stem, path):
    """The faults of the definition when one value is taken out of it."""
    data = copy.deepcopy(DATA[stem])
    del at(data, path[:-1])[path[-1]]
    reading = Reading(KONAN)
    for name, sheet in READING.sheets.items():
        reading.sheets[name] = sheet
        if name == f"{stem}.yaml":
            reading.sheets[name] = copy.copy(sheet)
            reading.sheets[name].data = data
    judge(reading, autodiscover())
    return reading.faults


@pytest.mark.parametrize("words", HELD)
def test_a_value_that_the_document_states_cannot_be_taken_out(words):
    stem, _, rest = words.partition(".")
    faults = faults_without(stem, find(DATA[stem], rest))
    assert any(words in fault.expected for fault in faults if fault.file == "source.yaml"), faults


@pytest.mark.parametrize(("stem", "path"), CITED)
def test_a_value_with_a_source_cannot_be_taken_out(stem, path):
    assert faults_without(stem, path) != []


def test_every_numbered_item_of_the_document_has_a_row():
    numbers = {row.at for row in ROWS}
    circled = "①②③④⑤⑥⑦⑧"
    expected = {"表紙", "10", "12", "15", "9.(1)①"}
    expected |= {f"{n}." for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14)} - {"8."} | {"8."}
    parts = {1: 4, 2: 6, 3: 3, 4: 3, 5: 1, 6: 2, 7: 2, 9: 2}
    expected |= {f"{n}.({i})" for n, count in parts.items() for i in range(1, count + 1)}
    items = {"2.(4)": 4, "2.(5)": 2, "2.(6)": 3, "3.(1)": 3, "3.(2)": 2, "3.(3)": 2, "4.(1)": 3, "4.(2)": 2, "4.(3)": 2}
    items |= {"6.(1)": 8, "6.(2)": 6, "8.": 3, "11.": 8, "13.": 4, "14.": 2}
    expected |= {f"{at}{circled[i]}" for at, count in items.items() for i in range(count)}
    expected |= {f"4.({i}){mark}" for i in (1, 2, 3) for mark in ("準備", "※")}
    assert numbers == expected


def test_every_figure_and_date_of_the_document_has_a_row():
    stated = {row.stated for row in ROWS if row.kind != "item"}
    assert stated == {
        "令和8年5月",
        "令和8年度",
        "令和8年度より",
        "令和9年度",
        "令和10年度",
        "令和8年度の1年目まで",
        "第三次",
        "第三期",
        "契約日から",
        "令和9年3月19日",
        "（金）",
        "1年目",
        "2年目",
        "3年目",
        "3年間",
        "2年目・3年目",
        "2年目以降",
        "A4",
        "2,000部程度",
        "1本",
        "毎月1回",
    }


def test_no_sentence_of_a_document_is_copied():
    for row in ROWS:
        assert len(row.name) <= 30
        assert not re.search(r"(すること|ものとする|なければならない)", f"{row.name}{row.reason or ''}")


def test_the_page_of_coverage_is_fresh():
    page = (ROOT / "docs" / "reference" / "coverage.md").read_text(encoding="utf-8")
    assert page == coverage(KONAN), "yui reference write"
    assert page.count("\n| ") == len(ROWS) + 1
