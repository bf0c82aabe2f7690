"""The worked examples of docs/algorithms/assign.md are what the engine answers."""

from hashlib import sha256
from pathlib import Path

from yui.engine.matching.assignment import answer_assign
from yui.engine.matching.verification import answer_verify
from yui.engine.reading import load

PAGE = (Path(__file__).parents[6] / "docs" / "algorithms" / "assign.md").read_text("utf-8")
QUESTION = load(PAGE.split("```json\n")[1].split("```")[0])
ANSWER = answer_assign(QUESTION)


def rows(heading):
    """Cells of the table whose header line starts with `heading`."""
    lines = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[2:]]


def test_the_lines_are_those_of_the_lottery():
    told = {}
    for program, at, name, _, digest in rows("出番 | 列の順"):
        told.setdefault(program, []).append(name)
        assert int(at) == len(told[program])
        assert digest == sha256(f"20261120-0417|{program}|{name}".encode()).hexdigest()[:8]
    assert told == ANSWER["lottery"]["orders"]


def test_the_applications_end_as_the_page_says():
    for program, asked, taken, refused, _ in rows("出番 | 申し込んだ方"):
        inside = {name for name, mine in ANSWER["matching"].items() if program in mine}
        assert set(taken.split("・")) == inside
        assert set(asked.split("・")) == inside | set(refused.split("・"))


def test_the_answer_is_that_of_the_page():
    told = {name: (place, code) for name, place, code in rows("人 | 行き先")}
    assert told == {
        name: ("、".join(mine) or "—", ANSWER["unmatched"].get(name, "")) for name, mine in ANSWER["matching"].items()
    }
    (gone,) = ANSWER["cancelled"]
    assert f"理由は `{gone['why']}`" in PAGE and "・".join(gone["wanted_by"]) in PAGE
    assert answer_verify({"instance": QUESTION, "answer": ANSWER})["ok"]


def test_the_points_and_prices_are_those_of_the_page():
    points = {name: (first, second) for name, first, second in rows("人 | 絵本 | 草刈り")}
    asked = {
        "track": "welfare",
        "persons": {name: {} for name in points},
        "programs": {"絵本": {"cap": 1}, "草刈り": {"cap": 1}},
        "weights": {
            f"{name}|{a}": int(cell)
            for name, cells in points.items()
            for a, cell in zip(("絵本", "草刈り"), cells, strict=True)
            if cell
        },
        "lottery": {"seed": "20261120-0417"},
    }
    answer = answer_assign(asked)
    prices = answer["quality"]["prices"]
    assert prices == {"絵本": 8, "草刈り": 6}
    left = 0
    for name, first, second, rest in rows("人 | 絵本 − 8"):
        gains = [int(cell) - prices[a] for a, cell in zip(prices, points[name], strict=True) if cell]
        assert gains == [int(cell) for cell in (first, second) if cell]
        assert int(rest) == max(0, *gains)
        left += int(rest)
    assert answer["value"] == answer["quality"]["bound"] == sum(prices.values()) + left == 15
