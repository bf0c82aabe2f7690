import json
from functools import cache

import pytest

from yui.base.definitions.checks import Reading, check, judge, plain, read_folder
from yui.base.definitions.reading import Sheet, read, walk
from yui.base.definitions.sections import autodiscover

from .conftest import KONAN

# file, what stands there, what is written instead, what the fault says
BREAKAGES = {
    "colour too light": ("scheme.yaml", '    accent: "#27694a"', '    accent: "#7fc29b"', "コントラスト"),
    "wrong check digit": ("scheme.yaml", 'code: "252115"', 'code: "252114"', "検査数字"),
    "unknown district": ("activities.yaml", "district: ishibe,", "district: ishibee,", "地区「ishibee」"),
    "language missing": ("people.yaml", ", vi: Người hỗ trợ}", "}", "「vi」の文がありません"),
    "language unknown": (
        "people.yaml",
        "vi: Người hỗ trợ}",
        "vi: Người hỗ trợ, fr: Soutien}",
        "「fr」は使えることばではありません",
    ),
    "field missing": ("people.yaml", "    who: 催し・短期", "    # who: 催し・短期", "「who」がありません"),
    "field unknown": (
        "people.yaml",
        "  minutes: {default: 3,",
        "  minuets: {default: 3,",
        "「minuets」という項目は使えません",
    ),
    "not a number": (
        "introductions.yaml",
        "list_size: {default: 5,",
        "list_size: {default: 五,",
        "整数を書いてください",
    ),
    "too small": (
        "introductions.yaml",
        "load_cap_per_month: {default: 2,",
        "load_cap_per_month: {default: 0,",
        "1以上の数",
    ),
    "no such day": ("commission-r8.yaml", "value: 2027-03-19", "value: 2027-02-30", "という日はありません"),
    "wrong weekday": ("commission-r8.yaml", "weekday: {value: 金", "weekday: {value: 土", "金曜日です"),
    "no such choice": ("activities.yaml", "    about: company", "    about: friends", "次のどれかを書いてください"),
    "key used twice": (
        "activities.yaml",
        "  - key: seated",
        "  - key: with_children",
        "キー「with_children」が重なって",
    ),
    "key badly spelt": ("activities.yaml", "  - key: seated", "  - key: Seated!", "決まった書き方に合いません"),
    "default without note": (
        "people.yaml",
        "guardian_age: {default: 18, note: 文書に定めがない。民法の成年（18歳）未満は、保護者の同意をもらう。}",
        "guardian_age: {default: 18}",
        "note に書いて",
    ),
    "value without source": (
        "commission-r8.yaml",
        "per_month: {value: 1, source: 令和8年度 仕様書 9.(1)}",
        "per_month: {value: 1}",
        "出典を source に",
    ),
    "source not in the document": (
        "commission-r8.yaml",
        "    source: 令和8年度 仕様書 11.①",
        "    source: 令和8年度 仕様書 11.⑨",
        "一覧にありません",
    ),
    "value differs from the document": (
        "commission-r8.yaml",
        "copies: {value: 2000,",
        "copies: {value: 200,",
        "文書 6.(2)⑤",
    ),
    "theme unknown": ("people.yaml", "themes: [kosodate, kyoiku]", "themes: [kosodate, kyouiku]", "分野「kyouiku」"),
    "limits out of order": (
        "introductions.yaml",
        "  - {key: age, sentence: 年齢の条件に合いません。}\n",
        "",
        "10個すべて",
    ),
    "synonym twice": ("introductions.yaml", "words: [通訳, 翻訳]", "words: [通訳, 写真]", "「写真」は"),
    "distance out of order": ("introductions.yaml", "up_to_km: 5, points: 6", "up_to_km: 1, points: 6", "近い順"),
    "confusing card letters": ("people.yaml", "{default: 23456789", "{default: 023456789", "見まちがえやすい"),
    "example not fulfilled": (
        "introductions.yaml",
        "answer_deadline_days: {default: 7",
        "answer_deadline_days: {default: 8",
        "例と合いません",
    ),
    "example of no kind": ("examples.yaml", "kind: 曜日", "kind: 月齢", "例の種類「月齢」"),
    "other town's folder": ("scheme.yaml", "  key: konan\n", "  key: kouka\n", "フォルダーの名前「konan」"),
    "written twice": (
        "scheme.yaml",
        "  prefecture: 滋賀県",
        "  prefecture: 滋賀県\n  prefecture: 京都府",
        "2度書かれて",
    ),
    "not readable": ("site.yaml", "headline:", "headline: [", "YAMLとして読めません"),
}


def test_the_shipped_definitions_have_no_fault(konan):
    assert check(konan) == []


def test_every_fault_is_told_at_once_with_its_line(konan, edit):
    names = ["language missing", "not a number", "no such choice", "key used twice", "default without note"]
    names += ["field unknown", "too small", "value without source", "source not in the document", "written twice"]
    names += ["value differs from the document", "other town's folder", "unknown district"]
    places = []
    for name in names:
        file, old, new, sentence = BREAKAGES[name]
        line = edit(file, old, new) + (1 if name == "written twice" else 0)
        places.append((file, line, sentence))
    found = check(konan)
    told = [
        (file, line, sentence)
        for file, line, sentence in places
        if any((fault.file, fault.line) == (file, line) and sentence in fault.expected for fault in found)
    ]
    # whether the district is known can be asked only when every file reads well
    assert [place for place in places if place not in told] == [places[-1]]


def test_a_missing_file_and_a_strange_file_are_told(konan):
    (konan / "people.yaml").unlink()
    (konan / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    found = {fault.file: fault.expected for fault in check(konan)}
    assert found["people.yaml"] == "このファイルがありません。作ってください。"
    assert found["notes.yaml"].startswith("この名前のファイルは使いません")


def test_a_missing_folder_is_told(tmp_path):
    [fault] = check(tmp_path / "nowhere")
    assert fault.expected == "この名前の定義フォルダーがありません。"


def test_a_key_that_vanished_is_a_fault(konan, edit):
    before = plain(read_folder(konan).data())
    line = edit(
        "activities.yaml",
        "  - {key: rei_hatake, name: 例の畑, kana: れいのはたけ, district: mito, wheelchair: false, fictional: true}\n",
        "",
    )
    [fault] = check(konan, before)
    assert (fault.file, fault.path) == ("activities.yaml", "places.rei_hatake")
    assert "retired" in fault.expected
    assert fault.line < line


def test_a_retired_key_is_never_used_again(konan, edit):
    edit("activities.yaml", "{key: rei_hatake, name: 例の畑,", "{key: rei_hatake, retired: 2026-10-01, name: 例の畑,")
    before = plain(read_folder(konan).data())
    assert check(konan, before) == []
    edit("activities.yaml", "retired: 2026-10-01, ", "")
    [fault] = check(konan, before)
    assert fault.expected == "使い終えたキーは、もう一度使えません。新しいキーにしてください。"


def test_words_agreed_to_are_never_rewritten(konan, edit):
    before = plain(read_folder(konan).data())
    edit("people.yaml", "新しい出番や催しのお知らせを、わたしが", "新しい出番や催しや広告のお知らせを、わたしが")
    [fault] = check(konan, before)
    assert (fault.path, fault.expected) == (
        "purposes.notices.wordings",
        "version 1 の文は変えられません。新しい version を足してください。",
    )


def test_new_words_are_a_new_version(konan, edit):
    before = plain(read_folder(konan).data())
    text = (konan / "people.yaml").read_text(encoding="utf-8")
    start = text.index("      - version: 1", text.index("  - key: notices"))
    first = text[start : text.index("  - key: statistics")]
    second = (
        first.replace("version: 1", "version: 2").replace("2026-07-01", "2027-04-01").replace("もらいます", "ください")
    )
    (konan / "people.yaml").write_text(text.replace(first, first + second), encoding="utf-8")
    assert check(konan, before) == []
    purposes = {purpose.key: purpose for purpose in read_folder(konan).definition.people.purposes}
    assert [wording.version for wording in purposes["notices"].wordings] == [1, 2]


def test_a_commission_that_ended_stays(konan):
    before = plain(read_folder(konan).data())
    text = (konan / "commission-r8.yaml").read_text(encoding="utf-8")
    (konan / "commission-r9.yaml").write_text(text.replace("key: r8", "key: r9", 1), encoding="utf-8")
    (konan / "commission-r8.yaml").unlink()
    assert [f.expected for f in check(konan, before) if f.file == "commission-r8.yaml"] == [
        "前の版にあったファイルがありません。終わった業務のファイルも残します。"
    ]


def test_next_years_commission_stands_beside_this_years(konan):
    next_year = without_sources(plain(read_folder(konan).data()["commission-r8"]))
    next_year["key"] = "r9"
    next_year["fiscal_year"]["default"] = 2027
    next_year["term"]["first"]["default"] = "2027-04-01"
    next_year["term"]["last"]["default"] = "2028-03-17"
    for phase in next_year["phases"]:
        phase["contracted"]["default"] = phase["key"] == "core"
    (konan / "commission-r9.yaml").write_text(json.dumps(next_year), encoding="utf-8")
    assert check(konan) == []
    definition = read_folder(konan).definition
    assert [commission.key for commission in definition.commissions] == ["r8", "r9"]
    assert definition.commission.key == "r9"


def without_sources(data):
    """The same content as somebody's own choice, for a year whose document is not written yet."""
    if isinstance(data, list):
        return [without_sources(value) for value in data]
    if not isinstance(data, dict):
        return data
    if "value" in data and "source" in data:
        return {"default": without_sources(data["value"]), "note": "まだ文書がない"}
    return {name: without_sources(value) for name, value in data.items() if not name.endswith("source")}


def test_a_town_may_write_more_languages_than_it_asks_for(konan, edit):
    edit("scheme.yaml", "languages: [ja, ja-easy, en, pt-br, vi]", "languages: [ja, ja-easy, pt-br]")
    assert check(konan) == []


STRANGE = [None, 5, "x", [], {}, [5], {"key": 5}, [{"key": ["x"]}], True]


@cache
def shipped(town):
    return read_folder(KONAN.parent / town)


def put(data, path, value):
    """The data with another value at a place; everything beside the way to it is shared."""
    changed = data.copy()
    changed[path[0]] = value if len(path) == 1 else put(data[path[0]], path[1:], value)
    return changed


def judged_with(town, file, path, value):
    whole = shipped(town)
    reading = Reading(whole.folder, sheets=dict(whole.sheets))
    sheet = whole.sheets[file]
    reading.sheets[file] = Sheet(sheet.file, put(sheet.data, path, value), sheet.lines)
    judge(reading, autodiscover())
    return reading


@pytest.mark.parametrize("strange", STRANGE, ids=repr)
def test_whatever_is_written_is_told_as_a_fault_and_never_breaks_the_check(strange):
    """Each place of every file meets three of the nine, and every one of the nine meets a third of the places."""
    places = [
        (file, path)
        for file, sheet in shipped("konan").sheets.items()
        for path, _ in walk(sheet.data)
        if len(path) == 1 or (len(path) == 2 and path[1] in (0, "value"))
    ]
    for file, path in places[STRANGE.index(strange) % 3 :: 3]:
        reading = judged_with("konan", file, path, strange)
        assert bool(reading.faults) != bool(reading.definition), (file, path)


@pytest.mark.parametrize("strange", [None, {}, [{"key": ["x"]}]], ids=repr)
@pytest.mark.parametrize(
    ("town", "file"),
    [("kurihara", "call-r6.yaml"), ("kurihara", "expenses.yaml"), ("yamaguchi", "programmes.yaml")],
)
def test_nor_does_it_break_the_check_of_calls_expenses_and_programmes(town, file, strange):
    for path, _ in walk(shipped(town).sheets[file].data):
        if len(path) == 1 or (len(path) == 2 and path[1] in (0, "value", "floor", "classes")):
            reading = judged_with(town, file, path, strange)
            assert bool(reading.faults) != bool(reading.definition), (file, path)


# town, file, what stands there, what is written instead, what the fault says
BREAKAGES_ELSEWHERE = {
    "a sum that does not fit": ("sanda", "commission-r7.yaml", "limit: {value: 6980000", "limit: {value: 6980001", "合計と、総額"),
    "a year missing": ("sanda", "commission-r7.yaml", "fiscal_year: {value: 2028", "fiscal_year: {value: 2029", "業務期間の年度"),
    "points that do not add up": ("kurihara", "call-r6.yaml", "points: {value: 30", "points: {value: 31", "配点の合計"),
    "a weekday that is another": ("kurihara", "call-r6.yaml", "2024-06-20（木） 17:00", "2024-06-20（金） 17:00", "木曜日です"),
    "a time of day written loosely": ("kurihara", "call-r6.yaml", "2024-06-20（木） 17:00", "2024-06-20（木） 17時", "どれかの形"),
    "no such moment": ("kurihara", "call-r6.yaml", "  until: questions", "  until: question_days", "schedule にありません"),
    "the chain ends without people": ("sanda", "call-r7.yaml", "rule: committee", "rule: lower_estimate", "committee"),
    "a share as a decimal": ("sanda", "call-r7.yaml", "share: {value: 6/10", "share: {value: 0.6", "分数"),
    "a call that costs more than its commission": ("kurihara", "call-r6.yaml", "cap: {value: 3465000", "cap: {value: 3465001", "budget の額"),
    "a target as a decimal number": ("unnan", "commission-r7.yaml", 'target: {value: "0.26"', "target: {value: 0.26", "引用符で囲んだ小数"),
    "half a yen": ("kurihara", "expenses.yaml", "yen_per_hour: {value: 9000", "yen_per_hour: {value: 9001", "円の端数"),
    "two ceilings": ("kurihara", "expenses.yaml", "yen: {value: 11800", "share: {value: 1/2, source: 令和6年度 募集要領 別紙1 1(5)}\n      yen: {value: 11800", "どちらか一方"),
    "no such channel": ("yamaguchi", "programmes.yaml", "x, line, smout]", "x, line, smoot]", "resources にありません"),
    "no such commission": ("yamaguchi", "programmes.yaml", "commission: r6", "commission: r5", "commission-*.yaml"),
    "another key than the file's": ("sanda", "call-r7.yaml", "key: r7", "key: r8", "ファイルの名前"),
}  # fmt: skip


ALL_BREAKAGES = {name: ("konan", *breakage) for name, breakage in BREAKAGES.items()} | BREAKAGES_ELSEWHERE


@pytest.mark.parametrize("name", ALL_BREAKAGES)
def test_each_kind_of_fault_is_told_with_file_and_sentence(name, tmp_path):
    town, file, old, new, sentence = ALL_BREAKAGES[name]
    whole = shipped(town)
    text = (whole.folder / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    reading = Reading(whole.folder, sheets=whole.sheets | {file: read(tmp_path / file)})
    judge(reading, autodiscover())
    assert [fault for fault in reading.faults if sentence in fault.expected] != [], reading.faults
    assert reading.definition is None


@pytest.mark.parametrize("given", ["{distance_km: far}", "{distance_km: [1]}", "{distance: 3}"])
def test_an_example_with_strange_facts_is_a_fault(konan, edit, given):
    edit("examples.yaml", "given: {distance_km: 8, reach_km: 5}", f"given: {given}")
    [fault] = check(konan)
    assert fault.file == "examples.yaml"
