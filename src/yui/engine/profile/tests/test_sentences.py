"""Every code that selection, expenses and profiles can emit has a sentence, and every sentence a code."""

import ast
from pathlib import Path

import pytest

import yui.engine
from yui.engine.expenses import RULES
from yui.engine.profile.types import CHANNELS, TIE_RULES
from yui.engine.selection import GAPS, REASONS
from yui.engine.sentences import catalogue

ENGINE = Path(yui.engine.__file__).parent
BUILT = {
    "selection": {
        *(f"out_{code}" for code in REASONS[:4]), *(f"tie_{rule}" for rule in TIE_RULES),
        *(f"asking_{start}" for start in ("day_after_notice", "day_of_notice")),
        *(f"closed_days_{code}" for code in ("counted", "left_out", "moved_on")), "rounded_up", "rounded_down",
    },
    "expenses": {"read_estimate", "read_amendment", "read_settlement", *RULES},
    "profile": {
        *(f"window_{start}" for start in ("day_after_notice", "day_of_notice")),
        *(f"closed_days_{code}" for code in ("counted", "left_out", "moved_on")), "receipt_papers", "receipt_question",
        *(f"aggregation_{code}" for code in ("rank_sum", "total", "mean", "place_count")),
        "deposit_rounded_up", "deposit_rounded_down",
    },
}  # fmt: skip
"""Codes that are put together from a word and a code of the profile."""


def texts(organ):
    """Every literal text of the organ's code."""
    found = set()
    for path in (ENGINE / organ).glob("*.py"):
        found |= {
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def given_to_a_step(organ):
    """First text given to `Step(…)`, on either side of a condition."""
    for path in (ENGINE / organ).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Step" and node.args:
                first = node.args[0]
                parts = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                yield from (one.value for one in parts if isinstance(one, ast.Constant))


@pytest.mark.parametrize("organ", list(BUILT))
def test_every_step_has_a_sentence_and_every_sentence_a_step(organ):
    said = set(catalogue(organ)["steps"])
    assert set(given_to_a_step(organ)) | BUILT[organ] <= said
    assert said <= texts(organ) | BUILT[organ]


def test_every_code_of_an_answer_has_words():
    selection = catalogue("selection")
    assert set(selection["not_selectable"]) == set(REASONS)
    assert set(selection["gaps"]) == set(GAPS)
    assert set(selection["receipt"]) == {"channel_not_allowed", "late", "counter_closed"}
    assert set(selection["status"]) == {"selected", "committee_required", "no_candidate", "sheets_incomplete"}
    assert set(catalogue("expenses")["rules"]) == set(RULES)
    assert set(catalogue("profile")["channels"]) == set(CHANNELS)
    assert set(catalogue("profile")["ties"]) == set(TIE_RULES)


def faults_of(path):
    """The code of each `log.fault(place, code)` and `Fault(place, code)`, on either side of a condition."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", getattr(node.func, "id", "")) not in CALLS:
            continue
        for second in node.args[1:2]:
            parts = [second.body, second.orelse] if isinstance(second, ast.IfExp) else [second]
            yield from (one.value for one in parts if isinstance(one, ast.Constant))


CALLS = ("fault", "Fault")


def test_every_fault_is_said():
    said = set(catalogue("")["faults"]) | set(catalogue("selection")["faults"])
    files = [ENGINE / "exact.py", ENGINE / "calendar" / "given.py"]
    files += [path for organ in BUILT for path in (ENGINE / organ).glob("*.py")]
    given = {code for path in files for code in faults_of(path)}
    assert len(given) > 20
    assert given <= said


def test_no_sentence_is_empty_and_all_end():
    for organ in BUILT:
        for section, codes in catalogue(organ).items():
            for code, by_language in codes.items():
                assert by_language["ja"].strip(), (organ, section, code)
                if section == "steps":
                    assert by_language["ja"].endswith("。"), code


def test_no_inexact_number_is_spoken_of():
    for organ in ("selection", "expenses", "profile"):
        for path in [*(ENGINE / organ).glob("*.py"), ENGINE / "exact.py"]:
            assert "float" not in path.read_text("utf-8"), path
