"""The rules that people asks of its section of the definition."""

import datetime as dt

import pytest

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of
from yui.people.definition import MOTIFS, missing_for, wording_on


@pytest.fixture(scope="module")
def people():
    return read_folder(folder_of("konan")).definition.people


def test_missing_for_says_what_is_still_missing(people):
    supporter = people.stage("supporter")
    assert [(m.criterion.key, m.have, m.need) for m in missing_for(supporter, {"took_part": 1})] == [
        ("took_part", 1, 3),
        ("helped_once", 0, 1),
    ]
    assert missing_for(supporter, {"took_part": 3, "helped_once": 1}) == []


def test_the_layers_lead_inwards(people):
    assert people.next_stage("interest").key == "supporter"
    assert people.next_stage("coordinator") is None


def test_every_picture_has_its_theme(people):
    assert {theme.motif for theme in people.themes} == set(MOTIFS)


def test_words_of_a_consent_are_those_of_the_day(people):
    register = people.purposes[0]
    assert wording_on(register, dt.date(2026, 6, 30)) is None
    assert wording_on(register, dt.date(2026, 7, 1)).version == 1
