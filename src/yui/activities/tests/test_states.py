"""The tables of states are sound."""

import pytest

from yui.activities.states import (
    APPLICATIONS,
    OPPORTUNITIES,
    ApplicationState,
    OpportunityState,
    OpportunityStep,
    opportunity_after,
)


@pytest.mark.parametrize("table", [OPPORTUNITIES, APPLICATIONS])
def test_every_state_has_an_owner_and_words_and_is_reached(table):
    unreachable = list(table.check())
    assert unreachable == []


def test_the_tables_name_every_state():
    assert set(OPPORTUNITIES.keys) == {str(state) for state in OpportunityState}
    assert set(APPLICATIONS.keys) == {str(state) for state in ApplicationState}


@pytest.mark.parametrize(
    ("state", "step", "reached"),
    [
        ("draft", OpportunityStep.SUBMIT, OpportunityState.SUBMITTED),
        ("draft", OpportunityStep.OPEN, None),
        ("submitted", OpportunityStep.END, None),
        ("ended", OpportunityStep.REOPEN, None),
    ],
)
def test_opportunities_move_by_the_table(state, step, reached):
    assert opportunity_after(state, step) == reached
