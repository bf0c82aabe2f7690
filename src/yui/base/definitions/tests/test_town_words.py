"""What a town calls things stands in the house's sentences, and nowhere else."""

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from yui.base.definitions.founding import load_as_command
from yui.base.definitions.town_words import HOUSE_WORDS, speaking, swaps_of, town_words
from yui.base.tenancy.models import Authority

LATER = gettext_lazy("出番をさがす")


@pytest.fixture
def yamaguchi(db):
    load_as_command(settings.DEFINITIONS_DIR / "yamaguchi")
    return Authority.objects.get(key="yamaguchi")


def test_sentences_of_the_house_carry_the_words_of_the_town(yamaguchi):
    assert gettext("出番をさがす") == "出番をさがす"
    with town_words(yamaguchi):
        assert gettext("出番をさがす") == str(LATER) == "機会をさがす"
        assert ngettext("%(n)s件の出番", "%(n)s件の出番", 3) == "%(n)s件の機会"
        assert gettext("コーディネーターから") == "総括責任者から"
        assert gettext("中間支援コーディネーター") == "中間支援コーディネーター", "part of a longer word"
        assert translation.get_language() == "ja"
    assert gettext("出番をさがす") == "出番をさがす"


def test_other_languages_stay_as_they_are(yamaguchi):
    assert swaps_of(yamaguchi, "pt-br") == ()
    with translation.override("en"), town_words(yamaguchi):
        assert "出番" not in gettext("出番をさがす")


def test_a_message_within_a_request_leaves_the_page_its_words(yamaguchi):
    with town_words(yamaguchi):
        with speaking("vi", yamaguchi):
            assert translation.get_language() == "vi"
        assert gettext("出番をさがす") == "機会をさがす"


def test_konan_is_the_house_and_a_town_without_a_definition_too(db):
    load_as_command(settings.DEFINITIONS_DIR / "konan")
    assert swaps_of(Authority.objects.get(key="konan"), "ja") == ()
    assert set(HOUSE_WORDS) >= {"opportunity", "activity"}
