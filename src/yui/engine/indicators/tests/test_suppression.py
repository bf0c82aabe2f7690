"""Nobody finds a hidden cell who has everything that is shown, by trying every table that fits the page."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.engine.indicators import Table, hidden_in, suppress

ACTS = ("shown", "asked")
LEAST = 3
PERSON = st.fixed_dictionaries(
    {
        "district": st.sampled_from("abc"),
        "age": st.sampled_from(["young", "old"]),
        "groups": st.sets(st.sampled_from("pqr"), min_size=1),
        "acts": st.sets(st.sampled_from(ACTS)),
    }
)
ROWS = {"district": "abc", "age": ("young", "old"), "group": "pqr"}


def tables_of(people):
    """The tables a page would make of these persons."""
    cells = {name: {} for name in ROWS}
    for person in people:
        for act in person["acts"]:
            where = [
                ("district", person["district"]),
                ("age", person["age"]),
                *(("group", g) for g in person["groups"]),
            ]
            for table, row in where:
                cells[table][row, act] = cells[table].get((row, act), 0) + 1
    totals = {act: sum(act in person["acts"] for person in people) for act in ACTS}
    return [Table(name, rows, cells[name], covers=name == "group") for name, rows in ROWS.items()], totals


def possible(tables, shown, act, most):
    """By trying everything: the values each hidden cell of an act can have, for whoever sees the page.

    The unknown total, where it is hidden, links the tables; so every total is tried with every table.
    """
    found = {}
    total = shown.totals[act]
    whole = range(most + 1) if total is None else [total]
    fitting = {table.key: {} for table in tables}
    for table in tables:
        seen = [shown.tables[table.key][row, act] for row in table.rows]
        for guess in product(*(range(most + 1) if count is None else [count] for count in seen)):
            sums = range(max(guess), sum(guess) + 1) if table.covers else [sum(guess)]
            for end in sums:
                fitting[table.key].setdefault(end, []).append(guess)
    ends = [end for end in whole if all(end in fitting[table.key] for table in tables)]
    assert ends, "what is shown contradicts itself"
    for table in tables:
        for place, row in enumerate(table.rows):
            if shown.tables[table.key][row, act] is None:
                found[table.key, row] = {guess[place] for end in ends for guess in fitting[table.key][end]}
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(PERSON, max_size=9))
def test_a_reader_of_the_whole_page_can_narrow_no_hidden_cell_below_the_threshold(people):
    tables, totals = tables_of(people)
    shown = suppress(tables, totals, LEAST)
    for act in ACTS:
        for values in possible(tables, shown, act, max(len(people), LEAST)).values():
            assert max(values) >= LEAST
            assert values >= set(range(LEAST + 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(PERSON, max_size=9))
def test_what_is_shown_is_true_and_never_small(people):
    tables, totals = tables_of(people)
    shown = suppress(tables, totals, LEAST)
    for table in tables:
        for (row, act), count in shown.tables[table.key].items():
            assert count in (None, table.cells.get((row, act), 0))
            assert count is None or count == 0 or count >= LEAST
    assert all(count in (None, totals[act]) for act, count in shown.totals.items())


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_no_sum_of_shown_numbers_gives_a_hidden_one(counts):
    """Linear algebra for one column: the only equation is the total, and it holds at least two unknowns."""
    column = {str(number): count for number, count in enumerate(counts)}
    out = hidden_in(column, LEAST)
    if sum(counts) >= LEAST:
        assert len(out) != 1
        assert not out or sum(column[row] for row in out) >= LEAST


def test_the_steps_by_hand():
    columns = {"a": 0, "b": 3, "c": 12, "d": 7, "e": 7}
    assert hidden_in(columns, 5) == {"a", "b", "d"}
    assert hidden_in({"a": 0, "b": 5, "c": 9}, 5) == set()
    assert hidden_in({"a": 4, "b": 4, "c": 9}, 5) == {"a", "b"}
    assert hidden_in({"a": 0, "b": 4, "c": 4, "d": 9}, 5) == {"a", "b", "c"}
    assert hidden_in({"a": 1, "b": 1, "c": 9}, 5) == {"a", "b", "c"}


def test_a_small_total_goes_with_its_whole_column():
    table = Table("district", "ab", {("a", "asked"): 4, ("a", "shown"): 6})
    shown = suppress([table], {"asked": 4, "shown": 6}, 5)
    assert shown.totals == {"asked": None, "shown": 6}
    assert shown.tables["district"] == {
        ("a", "asked"): None, ("b", "asked"): None, ("a", "shown"): 6, ("b", "shown"): 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "total", "covers"), [({("a", "x"): 2}, 3, False), ({("a", "x"): 2}, 3, True), ({("a", "x"): 4}, 3, True)]
)
def test_tables_that_do_not_make_up_the_total_are_refused(cells, total, covers):
    with pytest.raises(ValueError, match="do not make up"):
        suppress([Table("t", "ab", cells, covers)], {"x": total}, 5)
