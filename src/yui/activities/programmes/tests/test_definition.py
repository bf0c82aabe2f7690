"""What the programmes of Yamaguchi ask for."""

import pytest

from yui.activities.programmes.definition import enough
from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import folder_of


@pytest.fixture(scope="module")
def programmes():
    return read_folder(folder_of("yamaguchi")).definition.programmes


def test_the_areas_together(programmes):
    assert (programmes.people_in_all(), programmes.support_in_all()) == (30, 1_500_000)


def test_at_least_is_at_least(programmes):
    assert [enough(programmes.areas, number) for number in (2, 3, 4)] == [False, True, True]


def test_each_programme_is_told_twice_and_each_interview_once(programmes):
    told = [article.for_each for article in programmes.articles]
    assert (told.count("programme"), told.count("person")) == (2, 1)
