"""Names that are the same to the person at the counter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.text import digits, expand, fold, fold_loose, tokens
from yui.engine.text.variants import CLASSES

SAME = [
    ("髙橋", "高橋"),
    ("山﨑", "山崎"),
    ("渡邉", "渡邊"),
    ("渡辺", "渡邊"),
    ("齋藤", "斉藤"),
    ("濵田", "浜田"),
    ("𠮷田", "吉田"),
    ("神谷", "神谷"),
    ("辻󠄀", "辻"),
    ("佐々木", "佐佐木"),
    ("市ヶ谷", "市ケ谷"),
    ("ﾜﾀﾅﾍﾞ", "わたなべ"),
    ("ワタナベ", "わたなべ"),
    ("見本　太郎", "見本太郎"),
    ("ＹＵＩ", "yui"),
    ("カトー", "かと"),
    ("ジョー", "じよ"),
    ("ヴァイオリン", "バイオリン"),
    ("João da Conceição", "joao da conceicao"),
    ("Nguyễn Đức", "nguyen duc"),
    ("マリア・エゼンプラ", "まりあ えぜんぷら"),
    ("みすゞ", "みすず"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_writings_of_one_name_share_a_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("わたなへ", "わたなべ"), ("おおの", "おの"), ("ゆうこ", "ゆこ"), ("関ヶ原", "関が原"), ("なかじま", "なかしま")],
)
def test_the_second_key_is_looser(one, other):
    assert fold(one) != fold(other)
    assert fold_loose(one) == fold_loose(other)


def test_different_names_keep_different_keys():
    names = ["見本", "例示", "架空", "試案", "下書", "雛形", "はし", "はじ", "João", "Joel", "大野", "小野", ""]
    assert len({fold(name) for name in names}) == len(names)


def test_no_kanji_stands_in_two_classes():
    forms = [form for row in CLASSES.split() for form in row]
    assert len(forms) == len(set(forms))
    assert all(len(row) > 1 and unicodedata.normalize("NFKC", row) == row for row in CLASSES.split())


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert fold_loose(fold(text)) == fold_loose(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0748-00-0000", "0748000000"),
        ("（０７４８）００−００００", "0748000000"),
        ("+81 748 00 0000", "0748000000"),
        ("+81 (0)748-00-0000", "0748000000"),
        ("090 0000 0000", "09000000000"),
        ("ない", ""),
    ],
)
def test_telephone_numbers_are_their_digits(text, found):
    assert digits(text) == found


def test_a_short_text_becomes_counted_tokens():
    assert tokens("土曜の朝、絵本を1冊読む。絵本とコーヒー、PTAの手伝い") == {
        "pta": 1,
        "コーヒー": 1,
        "冊読": 1,
        "土曜": 1,
        "手伝": 1,
        "朝": 1,
        "絵本": 2,
    }
    assert tokens("介護予防") == {"介護": 1, "護予": 1, "予防": 1}
    assert tokens("") == {}


def test_a_table_of_words_is_taken_whole_and_longest_first():
    words = {"くさかり": "草刈り", "草刈り": "草刈り", "草刈": "草刈り", "こども食堂": "子ども食堂"}
    assert tokens("草刈りとくさかり、こども食堂", words) == {"子ども食堂": 1, "草刈り": 2}
    assert expand({"草刈": 2, "草刈り": 1, "本": 1}, {"草刈": "草刈り"}) == {"本": 1, "草刈り": 3}


@given(st.text(), st.text())
def test_tokens_do_not_depend_on_width_or_on_what_stands_behind_a_break(one, other):
    assert tokens(one) == tokens(unicodedata.normalize("NFKC", one))
    both = {
        token: tokens(one).get(token, 0) + tokens(other).get(token, 0) for token in {**tokens(one), **tokens(other)}
    }
    assert tokens(f"{one}\n{other}") == dict(sorted(both.items()))
