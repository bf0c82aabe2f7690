"""Every code that assignment, verification and equilibrium can emit has a sentence in every language."""

import pytest

from yui.engine.matching.assignment.account import CANCELLED_CODES, UNMATCHED_CODES
from yui.engine.matching.tests.test_sentences import ENGINE, literals
from yui.engine.sentences import LANGUAGES, catalogue, places

ORGANS = ("assignment", "verification", "equilibrium")


def emitted(organ, names):
    files = sorted((ENGINE / "matching" / organ).glob("*.py"))
    return {code for file in files for code in literals(file, names)}


@pytest.mark.parametrize("organ", ORGANS)
def test_all_languages_say_the_same_values(organ):
    for codes in catalogue(f"matching.{organ}").values():
        for code, sentences in codes.items():
            assert tuple(sentences) == LANGUAGES, code
            needed = [places(sentences[language]) for language in LANGUAGES]
            assert all(other <= needed[0] for other in needed[1:]), code
            assert all(text.strip() for text in sentences.values())


def test_steps_and_reasons_of_the_assignment_are_complete():
    said = catalogue("matching.assignment")
    assert set(said["steps"]) == emitted("assignment", {"Step"})
    assert set(said["cancelled"]) == set(CANCELLED_CODES) and set(said["unmatched"]) == set(UNMATCHED_CODES)


def test_findings_of_the_verification_are_complete():
    codes = emitted("verification", {"found"}) | {"blocking_pair", "reserve_not_filled"}
    assert set(catalogue("matching.verification")["findings"]) == codes


@pytest.mark.parametrize("organ", ORGANS)
def test_every_fault_is_said(organ):
    said = set(catalogue("")["faults"]) | set(catalogue(f"matching.{organ}").get("faults", {}))
    assert emitted(organ, {"fault"}) <= said
