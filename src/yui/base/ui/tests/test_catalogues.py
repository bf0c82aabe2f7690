"""What residents see exists in every language of the house."""

import re
from pathlib import Path

import pytest
from django.conf import settings

import yui
from yui.base.ui import catalogues

HOUSE = Path(yui.__file__).parent
LOCALE = HOUSE / "locale"
OTHERS = [code for code, _name in settings.LANGUAGES if code != "ja"]
PLACE = re.compile(r"%\(\w+\)[sd]")


JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-鿿々]")
KANJI = re.compile(r"[一-鿿々]+(?!（[ぁ-ん]+）|[一-鿿々])")
READING = re.compile(r"(?<=[一-鿿々])（[ぁ-ん]+）")
LONGEST = 40
"""Letters of a sentence of easy Japanese, without readings and spaces."""
TWICE_NOT = re.compile(
    r"ないわけ|なくはな|なくもな|ないことはな|ないこともな|ないとはいえな|ないとは かぎらな|ないものはな|ないでは|ざるを得な|ざるをえな"
    r"|なければなりません|なければ ?いけません|ないと ?いけません|ないと ?だめ|ずには|ねばなりません"
)
"""No said twice, also with a space between, as easy Japanese writes."""
SAME = {
    "en": {"%(who)s：%(reason)s（%(what)s）"},
    "pt-br": {"%(who)s：%(reason)s（%(what)s）"},
    "vi": {"%(who)s：%(reason)s（%(what)s）"},
}
"""What stays as it is: a row of values."""


def translations(language: str) -> list[tuple[str, str]]:
    """Each source string with each of its translations."""
    found = []
    for message in catalogues.read(LOCALE, language):
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[0]
            strings = [message.string] if isinstance(message.string, str) else list(message.string)
            found += [(source, string) for string in strings]
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_house_is_translated(language: str) -> None:
    assert catalogues.missing(HOUSE, LOCALE, language) == []


@pytest.mark.parametrize("language", [code for code in OTHERS if code != "ja-easy"])
def test_translations_hold_no_japanese_and_are_not_their_sources(language: str) -> None:
    for source, translation in translations(language):
        assert not JAPANESE.search(translation), source
        assert translation != source or source in SAME[language], source


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_every_place_for_a_value(language: str) -> None:
    """Twice or in another order is fine; only a counting word (件) may go where a language has none."""
    for source, translation in translations(language):
        places = set(PLACE.findall(source))
        assert places - {"%(unit)s"} <= set(PLACE.findall(translation)) <= places, source


def test_easy_japanese_gives_each_kanji_its_reading() -> None:
    for source, translation in translations("ja-easy"):
        assert not KANJI.search(re.sub(r"%\(\w+\)[sd]", "", translation)), f"{source}: {translation}"


def test_easy_japanese_is_short_and_says_no_only_once() -> None:
    for source, translation in translations("ja-easy"):
        plain = re.sub(r"[ 　]|<[^>]+>|%\(\w+\)[sd]", "", READING.sub("", translation))
        for sentence in plain.split("。"):
            assert len(sentence) <= LONGEST, f"{source}: {sentence}"
            assert not TWICE_NOT.search(sentence), sentence


@pytest.mark.parametrize("language", OTHERS)
def test_translations_invent_no_places_for_values(language: str) -> None:
    for message in catalogues.read(LOCALE, language):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        for string in strings:
            assert set(PLACE.findall(string)) <= set(PLACE.findall(" ".join(ids))), message.id


def test_sentences_are_found_in_templates_and_in_code(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<c-button label=\"{% translate '登録する' %}\" />{% blocktranslate count n=2 %}{{ n }}人{% plural %}{{ n }}人{% endblocktranslate %}"
    )
    (tmp_path / "b.py").write_text('_("保存しました")\npgettext("場所", "窓口")\n')
    found = catalogues.sources(tmp_path)
    assert set(found) == {
        ("登録する", None),
        (("%(n)s人", "%(n)s人"), None),
        ("保存しました", None),
        ("窓口", "場所"),
    }
    assert found[("保存しました", None)] == [("b.py", 1)]


def test_writing_keeps_what_was_translated_and_drops_what_is_gone(tmp_path: Path) -> None:
    source, locale = tmp_path / "source", tmp_path / "locale"
    source.mkdir()
    (source / "a.py").write_text('_("ひとつ")\n_("ふたつ")\n')
    assert catalogues.write(source, locale, "ja-easy") == 2
    path = catalogues.path_of(locale, "ja-easy")
    assert path == locale / "ja_Easy" / "LC_MESSAGES" / "django.po"
    path.write_text(path.read_text().replace('msgid "ひとつ"\nmsgstr ""', 'msgid "ひとつ"\nmsgstr "1つ"'))
    (source / "a.py").write_text('_("ひとつ")\n_("みっつ")\n')
    assert catalogues.write(source, locale, "ja-easy") == 1
    assert catalogues.missing(source, locale, "ja-easy") == ["a.py: みっつ"]
    assert "ふたつ" not in path.read_text()
