"""The worked tables of docs/algorithms/selection.md are what the engine answers."""

from pathlib import Path

from yui.engine.reading import load
from yui.engine.selection import answer_deposit, answer_select, answer_shortlist, answer_window

PAGE = (Path(__file__).parents[5] / "docs" / "algorithms" / "selection.md").read_text("utf-8")
KURIHARA, SANDA = (load(part.split("```")[0]) for part in PAGE.split("```json\n")[1:])


def rows(heading):
    """Cells of the table whose header line starts with `heading`."""
    lines = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[2:]]


def test_the_sums_of_ranks_are_those_of_the_page():
    answer = answer_select(KURIHARA)
    estimates = {one["id"]: one["estimate"] for one in KURIHARA["proposals"]}
    for name, *ranks, rank_sum, reached, estimate in rows("提案 | 委員1"):
        row = answer["table"][name]
        assert [str(row["ranks"][member]) for member in KURIHARA["members"]] == ranks
        assert (str(row["rank_sum"]), str(estimates[name])) == (rank_sum, estimate)
        assert str(sum(total >= 60 for total in row["totals"].values())) == reached
    assert (answer["winner"], answer["not_selectable"]) == ("甲", {"丙": "no_majority"})
    withdrawn = [one | {"withdrawn": "after_notice"} if one["id"] == "甲" else one for one in KURIHARA["proposals"]]
    assert answer_select(KURIHARA | {"proposals": withdrawn})["winner"] == "乙"


def test_the_totals_of_two_stages_are_those_of_the_page():
    answer = answer_select(SANDA)
    stage1 = {one["id"]: one["stage1"] for one in SANDA["proposals"]}
    for name, first, second, total, mean, themes in rows("提案 | 第1段階×3人"):
        row = answer["table"][name]
        assert [str(row["total"]), str(row["mean"]), str(row["themes"])] == [total, mean, themes]
        assert [str(stage1[name] * 3), str(sum(row["totals"].values()))] == [first, second]
    assert (answer["winner"], answer["not_selectable"]) == ("乙", {"丙": "below_floor"})


def test_the_smaller_tables_are_those_of_the_page():
    for points, count, margin in rows("第1段階の点"):
        qualified = [{"id": f"Q{n}", "stage1": int(one)} for n, one in enumerate(points.split())]
        answer = answer_shortlist({"profile": "sanda", "qualified": qualified})
        told = "なし" if answer["narrow_margin"] is None else str(answer["narrow_margin"])
        assert (str(len(answer["invited"])), told) == (count, margin)
    for notice, asking, by, warning in rows("通知の日"):
        answer = answer_window({"profile": "sanda", "clock": "explanation", "notice_date": notice})
        assert f"{answer['ask_from']} 〜 {answer['ask_until']}" == asking
        assert (answer["answer_by"], "、".join(answer["warnings"]) or "なし") == (by, warning)
    for amount, local, deposit in rows("契約額"):
        asked = {"profile": "sanda", "amount": int(amount), "head_office_in_town": local == "はい"}
        assert answer_deposit(asked)["deposit"] == int(deposit)
