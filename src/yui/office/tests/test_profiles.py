"""The profiles that the engine ships are those of the definitions: a number stands in one place."""

import json

import pytest

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.engine.profile import NAMES, SHIPPED, read_object
from yui.engine.reading import Log
from yui.office.profiles import as_shipped, profile_of


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_is_that_of_the_definition(name):
    made = as_shipped(profile_of(read_folder(folder_of(name)).definition, name))
    assert (SHIPPED / f"{name}.json").read_text("utf-8") == made, "stale: run `python -m yui.office.profiles`"


def test_no_other_profile_is_shipped():
    assert {path.stem for path in SHIPPED.iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_made_reads_without_a_fault(name):
    log = Log()
    made = json.loads(json.dumps(profile_of(read_folder(folder_of(name)).definition, "own")))
    assert read_object(made, (), log) is not None
    assert (log.faults, log.ignored) == ([], [])
