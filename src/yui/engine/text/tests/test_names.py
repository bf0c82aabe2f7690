"""Names as tokens, and what is typed as questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.text import fold, name_tokens, rounds, thinned
from yui.engine.text.readings import MOST, readings
from yui.engine.text.romaji import kana_of

KANA = st.text(
    st.sampled_from("あいうえおかがきくこさしじすせそただちつてとなにのはばひふほまみもやゆよらりるれろわん"),
    min_size=1,
    max_size=7,
)
ANY = st.text(max_size=40)


def found(typed, written, reading, places=()):
    """The first question that the name answers, or an empty text."""
    tokens = name_tokens(written, reading, places)
    return next((question.by for asked in rounds(typed) for question in asked if question.fits(tokens)), "")


@pytest.mark.parametrize(
    ("typed", "written", "reading", "by"),
    [
        ("高崎", "髙﨑 見本", "タカサキ ミホン", "name"),
        ("見本 髙﨑", "髙﨑 見本", "タカサキ ミホン", "name"),
        ("たかさきみ", "髙﨑 見本", "タカサキ ミホン", "beginning"),
        ("ﾀｶｻﾞｷ", "髙﨑 見本", "タカサキ ミホン", "sound"),
        ("ながたに", "長谷 見本", "ハセ ミホン", "reading"),
        ("渡部", "渡辺 見本", "ワタナベ ミホン", "reading"),
        ("わたなぺ", "渡辺 見本", "ワタナベ ミホン", "sound"),
        ("わたなみ", "渡辺 見本", "ワタナベ ミホン", "near"),
        ("takasaki", "髙﨑 見本", "タカサキ ミホン", "sound"),
        ("マリア", "Maria Exemplo", "", "sound"),
        ("joao", "João Exemplo", "", "name"),
        ("太郎", "見本太郎", "ミホンタロウ", "name"),
        ("佐藤", "髙﨑 見本", "タカサキ ミホン", ""),
        ("ぬ", "布田 見本", "ヌノタ ミホン", ""),
    ],
)
def test_how_a_name_is_found(typed, written, reading, by):
    assert found(typed, written, reading) == by


def test_a_district_helps_beside_a_name_and_alone_comes_last():
    told = ("見本 花子", "ミホン ハナコ", ("例示学区",))
    assert found("例示 花子", *told) == "name"
    assert found("例示の花子さん", *told) == "name"
    assert found("例示", *told) == "place"
    assert found("例示 太郎", *told) == ""


@pytest.mark.parametrize(
    ("latin", "kana"),
    [("maria", "まりあ"), ("silva", "しるば"), ("hattori", "はつとり"), ("shinji", "しんじ"), ("ohno", "おの"), ("kyoko", "きよこ"),
     ("anna", "あんな"), ("ferreira", "ふえれいら"), ("見本", ""), ("", "")],
)  # fmt: skip
def test_letters_are_heard_as_kana(latin, kana):
    assert kana_of(latin) == kana


def test_readings_are_few_and_only_of_known_kanji():
    assert readings(fold("中島")) == ("なかしま",)
    assert "なかたにかわ" in readings(fold("長谷川"))
    assert readings(fold("鑿見")) == ()
    assert len(readings(fold("上谷新原角東"))) == MOST


@given(KANA, KANA)
def test_whoever_types_the_reading_finds_the_name_in_either_order(family, first):
    written, reading = "髙﨑 鑿", f"{family} {first}"
    for typed in (reading, f"{first} {family}", family + first):
        if len(fold(typed)) >= 2:
            assert found(typed, written, reading) in ("name", "beginning")  # くん may be left off as a title


@given(KANA, st.integers(0, 6), st.sampled_from("あかさ"))
def test_one_sign_more_less_or_other_is_still_found(reading, place, sign):
    for typed in (reading[:place] + sign + reading[place:], reading[:place] + reading[place + 1 :],
                  reading[:place] + sign + reading[place + 1 :]):  # fmt: skip
        near = thinned(fold(typed)) & thinned(fold(reading))
        assert near or min(len(fold(typed)), len(fold(reading))) < 3


@given(ANY, ANY, ANY)
def test_tokens_and_questions_hold_letters_and_digits_only(written, reading, typed):
    asked = [token.text for tries in rounds(typed) for question in tries for group in question.words for token in group]
    for token in [*name_tokens(written, reading, [typed]), *asked]:
        assert token.isalnum()


@given(ANY)
def test_every_question_asks_for_something_of_every_word(typed):
    for asked in rounds(typed):
        assert asked
        assert all(question.words and all(question.words) for question in asked)
