"""Words of a text, whatever their spelling."""

import pytest

from yui.base.search.words import word_groups, word_tokens

TEXT = "畑の草刈りと農業体験、夏祭りの準備、子どもの見守り、引っ越しの手伝い、国際交流の通訳。附属のパソコン教室"


def says(text, typed, synonyms=None):
    tokens = word_tokens(text)
    groups = word_groups(typed, synonyms)
    return bool(groups) and all(
        any(token.startswith(wanted.text) for token in tokens for wanted in group) for group in groups
    )


@pytest.mark.parametrize(
    "typed",
    ["農業", "農業体験", "草刈", "くさかり", "草刈り", "こども", "子供", "まつり", "夏祭", "祭り", "引越し", "ひっこし", "見守り", "みまもり",
     "国際", "國際", "つうやく", "付属", "ﾊﾟｿｺﾝ", "パソコン 教室", "農業　草刈り", "たいけん"],
)  # fmt: skip
def test_a_word_is_found_in_every_spelling(typed):
    assert says(TEXT, typed)


@pytest.mark.parametrize("typed", ["林業", "漁業 農業", "京都", "ぬぬぬ"])
def test_what_is_not_there_is_not_found(typed):
    assert not says(TEXT + "東京都", typed)


def test_a_word_of_the_same_meaning_is_found():
    same = {"除草": ["草刈り", "除草"], "草刈り": ["草刈り", "除草"]}
    assert says(TEXT, "除草", same)
    assert not says(TEXT, "除草")
    assert says("畑の除草", "くさかり", same)


@pytest.mark.parametrize("typed", ["", "　", "。、", "()"])
def test_nothing_asks_for_nothing(typed):
    assert word_groups(typed) == ()
