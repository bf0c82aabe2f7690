"""The worked example of docs/algorithms/recommend.md is what the engine answers."""

import re
from hashlib import sha256
from pathlib import Path

from yui.engine.matching import LIMITS, answer_recommend
from yui.engine.matching.tests.plain import metres
from yui.engine.reading import load

PAGE = (Path(__file__).parents[5] / "docs" / "algorithms" / "recommend.md").read_text("utf-8")
QUESTION = load(PAGE.split("```json\n")[1].split("```")[0])
ANSWER = answer_recommend(QUESTION)


def rows(heading):
    """Cells of the table whose header line starts with `heading`, header first."""
    lines = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [cells[0], *cells[2:]]


def test_the_limits_stand_in_the_published_order():
    assert tuple(row[2] for row in rows("順 | 条件")[1:]) == LIMITS


def test_those_left_out_have_the_reasons_of_the_page():
    told = {name: {"絵本": limit} for name, limit, _ in rows("外れた方")[1:]}
    assert told == {name: why for name, why in ANSWER["excluded"].items() if why}


def test_the_table_of_points_is_the_engine_s():
    head, *points = rows("候補 | interest:絵本")
    everyone = answer_recommend(QUESTION | {"k": 9, "fairness": {"rule": "none"}})["lists"]["絵本"]
    computed = []
    for entry in everyone:
        parts = {part["term"]: part["value"] for part in entry["parts"]}
        computed.append([entry["id"], *(str(parts.get(term, 0)) for term in head[1:-1]), str(entry["score"])])
    assert points == computed


def test_the_lottery_is_what_sha256sum_says():
    tickets = dict(rows("候補 | SHA-256 のはじめ8字")[1:])
    assert tickets == {name: sha256(f"20261120-0417|絵本|{name}".encode()).hexdigest()[:8] for name in tickets}
    assert list(tickets) == sorted(tickets, key=tickets.get)


def test_the_list_and_the_fair_place_are_those_of_the_page():
    told = [(name, int(score), fair) for _, name, score, fair in rows("順 | 候補")[1:]]
    fair = ANSWER["fair_places"]["絵本"]
    assert told == [(e["id"], e["score"], "○" if e["id"] in fair else "") for e in ANSWER["lists"]["絵本"]]


def test_the_distances_of_the_text_are_right():
    line = next(line for line in PAGE.splitlines() if line.startswith("距離は"))
    hall = QUESTION["opportunities"]["絵本"]["place"]
    told = {
        name: int(far.replace(",", ""))
        for name, far in re.findall(r"(試案みのり|見本太郎|下書ひろし) ([\d,]+) m", line)
    }
    assert told == {name: metres(QUESTION["persons"][name]["place"], hall) for name in told}
    assert len(told) == 3


def test_a_change_of_weights_does_what_the_page_says():
    told = rows("候補 | いまの点（興味 4）")[1:]
    for column, weight in ((1, 4), (2, 1)):
        asked = QUESTION | {
            "weights": QUESTION["weights"] | {"interests": weight},
            "k": 9,
            "fairness": {"rule": "none"},
        }
        scores = {entry["id"]: entry["score"] for entry in answer_recommend(asked)["lists"]["絵本"]}
        assert scores == {row[0]: int(row[column].rpartition("＝")[2]) for row in told}
        for row in told:
            assert sum(map(int, re.findall(r"\d+", row[column].partition("＝")[0]))) == scores[row[0]]
    changed = answer_recommend(QUESTION | {"weights": QUESTION["weights"] | {"interests": 1}})["lists"]["絵本"]
    assert f"案では {'・'.join(entry['id'] for entry in changed)}。" in PAGE
