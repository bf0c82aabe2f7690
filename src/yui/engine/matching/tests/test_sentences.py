"""Every code that the engine can emit has a sentence in every language, with the same values."""

import ast
from pathlib import Path

import yui.engine
from yui.engine.matching import LIMITS, PART_CODES, answer_recommend
from yui.engine.matching.tests.questions import town
from yui.engine.sentences import LANGUAGES, catalogue, places, say

ENGINE = Path(yui.engine.__file__).parent
SHARED = catalogue("matching")


def literals(file, names):
    """First text given to a call of one of `names`, e.g. the codes given to `Step(…)`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            for argument in node.args[:2]:
                parts = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                yield from (
                    part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )


def test_all_languages_say_the_same_values():
    for organ in ("", "matching", "calendar"):
        for section, codes in catalogue(organ).items():
            for code, sentences in codes.items():
                assert tuple(sentences) == LANGUAGES, (section, code)
                needed = [places(sentences[language]) for language in LANGUAGES]
                assert all(other <= needed[0] for other in needed[1:]), (section, code)
                assert all(text.strip() for text in sentences.values())


def test_limits_parts_and_steps_are_complete():
    assert set(SHARED["limits"]) == set(LIMITS)
    assert set(SHARED["parts"]) == set(PART_CODES)
    steps = {f"limit_{limit}" for limit in LIMITS} | {"read_person", "read_opportunity"}
    steps |= set(literals(ENGINE / "matching" / "steps.py", {"Step"}))
    assert set(SHARED["steps"]) == steps


def test_every_fault_of_the_readers_is_said():
    said = set(catalogue("")["faults"])
    read = {code for name in ("reading.py", "matching/read.py") for code in literals(ENGINE / name, {"fault"})}
    assert read and read <= said
    assert {"not_utf8", "not_json", "no_file", "unknown_question", "usage"} <= said


def test_every_step_of_a_run_can_be_told_in_every_language():
    rules = ({"rule": "none"}, {"rule": "price"}, {"rule": "newcomer_share", "one_in": 3})
    for rule in rules:
        for direction in ("person", "opportunity"):
            for step in answer_recommend(town(20, 10, fairness=rule, direction=direction))["steps"]:
                assert all(say("matching", "steps", step["rule"], step["values"], language) for language in LANGUAGES)


def test_a_part_is_said_with_the_label_of_the_town():
    assert say("matching", "parts", "skill", {"label": "本を読む"}) == "「本を読む」を手を貸せることに選んでいます"
    assert say("matching", "parts", "time", {"amount": 2}) == "2つの曜日・時間帯が合います"
