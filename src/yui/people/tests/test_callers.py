"""Finding who is calling."""

import pytest

from yui.base.access.errors import Refused
from yui.people.callers import find_caller
from yui.people.models import Person


def names(town, typed):
    return [caller.person.display_name for caller in find_caller(actor=town.staff("coordinator"), typed=typed)]


def test_two_keystrokes_are_enough(sora):
    sora.register("見本 太郎", kana="ミホン タロウ", contacts=(("phone", "0748001234"),))
    sora.register("例示 花子", kana="レイジ ハナコ", contacts=(("phone", "09000005678"),))
    sora.register("マリア・エゼンプラ", kana="", contacts=(("phone", "09000009999"),))
    assert names(sora, "みほ") == ["見本 太郎"]
    assert names(sora, "ﾐﾎ") == ["見本 太郎"]
    assert names(sora, "れい") == ["例示 花子"]
    assert names(sora, "見本") == ["見本 太郎"]
    assert names(sora, "マリ") == ["マリア・エゼンプラ"]
    assert names(sora, "56") == ["例示 花子"]
    assert names(sora, "５６７８") == ["例示 花子"]
    assert names(sora, "0748-00-1234") == ["見本 太郎"]
    assert names(sora, "09") == ["例示 花子", "マリア・エゼンプラ"] or names(sora, "09") == [
        "マリア・エゼンプラ",
        "例示 花子",
    ]
    assert names(sora, "み") == []
    assert names(sora, "1") == []
    assert names(sora, "") == []
    assert names(sora, "ぬぬ") == []


def test_the_whole_number_comes_first_and_ten_at_most(sora):
    for number in range(12):
        sora.register(f"見本 {number}", kana="ミホン", contacts=(("phone", f"07480012{number:02d}"),))
    assert len(names(sora, "みほ")) == 10
    sora.register("例示 花子", kana="レイジ", contacts=(("phone", "0748"),))
    assert names(sora, "0748")[0] == "例示 花子"


def test_variant_letters_find_each_other(sora):
    sora.register("髙﨑 𠮷郎", kana="タカサキ ヨシロウ")
    assert names(sora, "高崎") == ["髙﨑 𠮷郎"]


def test_the_search_never_reads_a_contact_value(sora, django_assert_num_queries):
    sora.register()
    actor = sora.staff("coordinator")
    with django_assert_num_queries(2) as captured:  # the tail, the beginning
        find_caller(actor=actor, typed="0001")
    assert not any("people_contact" in query["sql"] for query in captured.captured_queries)


def test_only_the_desk_searches(sora):
    resident = sora.resident(sora.register())
    for actor in (resident, sora.staff("auditor"), sora.anonymous()):
        with pytest.raises(Refused):
            find_caller(actor=actor, typed="みほ")
    assert Person.objects.count() == 1
