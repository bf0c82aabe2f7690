"""Words: every sentence residents see exists in every language; every state has an owner and words."""

from pathlib import Path

import pytest
from django.conf import settings

import yui
from yui.base.ui import catalogues
from yui.introductions import states
from yui.introductions.states import State, Step

HOUSE = Path(yui.__file__).parent


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "ja"])
def test_every_sentence_of_this_wing_is_translated(language):
    assert catalogues.missing(HOUSE / "introductions", HOUSE / "locale", language) == []


def test_every_state_has_an_owner_words_and_a_phase_of_the_definition(konan_data):
    phases = {step["key"] for step in konan_data["introductions"]["steps"]}
    assert set(states.LABELS) == set(states.OWNERS) == set(states.PHASES) == set(State)
    assert set(states.PHASES.values()) == phases


def test_every_state_can_be_reached_and_only_the_ends_are_ends():
    reached = {State.PROPOSED}
    for _ in State:
        reached |= {target for (state, _step), target in states.MOVES.items() if state in reached}
    assert reached == set(State)
    ends = {state for state in State if not states.steps_from(state)}
    assert ends == {State.FOLLOWED_UP, State.DECLINED, State.STOPPED}
    assert states.after("asking", Step.MEET) is None
