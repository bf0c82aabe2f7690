"""Who may be one person, and who only lives in one house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.engine.likeness import LIKELY, POINTS, Known, compare, describe, home_key, same_home

WATANABE = Known("渡邉 見本", "ワタナベ ミホン", 1950, ("0748-00-0001",), (), ("滋賀県甲賀市甲南町野田八百十番地",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("滋賀県甲賀市甲南町野田810番地", "甲南町野田８１０"),
        ("甲賀市水口町見本一丁目二番三号", "水口町見本1-2-3"),
        ("水口町見本1丁目2番3号", "水口町見本１ー２ー３"),
        ("甲賀市甲南町大字野田字西浦12番地の3", "甲南町野田西浦12-3"),
        ("見本市市ヶ谷二十三番地", "見本市市ケ谷23"),
        ("水口町見本1-2-3 かり荘201号室", "水口町見本1丁目2番3号かり荘201"),
    ],
)
def test_one_address_in_two_writings(one, other):
    assert same_home(one, other)
    assert home_key(one) == home_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲南町野田810", "甲南町竜法師810"),
        ("甲南町野田8-10", "甲南町野田810"),
        ("甲南町野田", "甲南町野田"),
        ("水口町見本1-2-3 かり荘201", "水口町見本1-2-3 かり荘202"),
        ("上野田810", "野田810"),
        ("", ""),
    ],
)
def test_two_addresses_or_none(one, other):
    assert not same_home(one, other)


@pytest.mark.parametrize(
    "other",
    [
        Known("渡辺 見本", "わたなべ みほん", 1950),
        Known("ワタナベ ミホン", "", None, ("０７４８０００００１",)),
        Known("渡部 見本", "わたなへ みほん", None, ("+81 748 00 0001",)),
        Known("渡辺 見本", "ワタナベ ミホン", 1905, ("0748000001",)),
        Known("渡辺見本", "", None, (), (), ("甲南町野田810",)),
    ],
)
def test_perhaps_one_person(other):
    assert compare(WATANABE, other).likely


@pytest.mark.parametrize(
    "other",
    [
        Known("渡辺 花子", "ワタナベ ハナコ", 1950, ("0748000001",), (), ("甲南町野田810",)),  # a household
        Known("渡辺 例示", "ワタナベ レイジ", 1978, ("0748000001",), (), ("甲南町野田810",)),
        Known("渡邉 見本", "ワタナベ ミホン", 1983),  # the same name, another year
        Known("渡部 美本", "ワタナベ ミホン", 1950),  # a reading and a year alone
        Known("", "", 1950, ("0748000001",), (), ("甲南町野田810",)),
    ],
)
def test_not_one_person(other):
    assert not compare(WATANABE, other).likely


def test_reasons_are_told_without_values():
    found = compare(WATANABE, Known("渡辺 見本", "わたなべ みほん", 1951, ("0748000001",)))
    assert found.reasons == ("same_reading", "same_name", "same_phone", "near_year")
    assert found.points == 30 + 25 + 35 - 10
    assert describe(found.reasons) == ["よみが同じ", "お名前の文字が同じ", "電話番号が同じ", "生まれた年が少しちがう"]


def test_parts_of_a_foreign_name_in_another_order():
    assert "same_name" in compare(Known("Maria Exempla Silva"), Known("SILVA, María Exempla")).reasons


texts = st.text(alphabet="渡辺見本一二三丁目番地町市県わたなべ0123-ー のa", max_size=14)
known = st.builds(
    Known, texts, texts, st.none() | st.integers(1900, 2020), st.lists(texts, max_size=2).map(tuple),
    st.lists(texts, max_size=2).map(tuple), st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip


@given(known, known)
def test_the_order_of_the_two_makes_no_difference(one, other):
    assert compare(one, other) == compare(other, one)
    assert compare(one, other).points == sum(POINTS[code] for code in compare(one, other).reasons)


@given(known)
def test_whoever_has_a_name_a_number_and_a_year_is_like_oneself(one):
    whole = Known("見本 太郎", "ミホン タロウ", one.birth_year, (*one.phones, "0748000001"), one.mails, one.homes)
    assert compare(whole, whole).points >= LIKELY


@given(known, known)
def test_without_a_name_in_common_nobody_is_found(one, other):
    nameless = Known("", "", one.birth_year, one.phones, one.mails, one.homes)
    assert not compare(nameless, other).likely


@given(texts, texts)
def test_one_home_has_one_key(one, other):
    assert not same_home(one, other) or home_key(one) == home_key(other) or not home_key(one) or not home_key(other)
