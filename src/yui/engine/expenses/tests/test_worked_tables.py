"""The worked tables of docs/algorithms/expenses.md are what the engine answers."""

from pathlib import Path

from yui.engine.expenses import RULES, answer_expenses, answer_honorarium
from yui.engine.reading import load

PAGE = (Path(__file__).parents[5] / "docs" / "algorithms" / "expenses.md").read_text("utf-8")
ANSWER = answer_expenses(load(PAGE.split("```json\n")[1].split("```")[0]))


def rows(heading):
    """Cells of the table whose header line starts with `heading`."""
    lines = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[2:]]


def test_the_lines_are_those_of_the_page():
    told = [[name, *map(int, yen), settled == "できる"] for name, *yen, settled, _ in rows("行 | 請求")]
    assert told == [
        [line["id"], line["claimed"], line["eligible"], line["ineligible"], line["settleable"]]
        for line in ANSWER["lines"]
    ]


def test_the_limits_are_those_of_the_page():
    told = [[rule, *map(int, yen)] for rule, *yen in rows("上限 | 額")]
    assert told == [[one["rule"], one["limit"], one["actual"], one["over"]] for one in ANSWER["limits"]]


def test_the_honoraria_are_those_of_the_page():
    for mark, minutes, km, *told in rows("区分 | 分"):
        found = answer_honorarium(
            {"profile": "kurihara", "class": mark, "minutes": int(minutes), "one_way_km": km, "paid": 0}
        )
        assert [str(found["billed_half_hours"]), str(found["hourly"]), str(found["limit"])] == told


def test_every_rule_of_a_line_stands_on_the_page():
    assert [code for _, code, _ in rows("見るもの")] == list(RULES)
