import datetime as dt

import pytest

from yui.base.definitions.reading import at, dotted, find, read


def sheet_of(tmp_path, text):
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_values_keep_their_line(tmp_path):
    sheet = sheet_of(tmp_path, "a: 1\nb:\n  - key: x\n    c: 2\n  - {key: y, c: 3}\n")
    assert sheet.data == {"a": 1, "b": [{"key": "x", "c": 2}, {"key": "y", "c": 3}]}
    assert sheet.line_of(("b", 0, "c")) == 4
    assert sheet.line_of(("b", 1, "c")) == 5
    assert sheet.line_of(("b", 1, "missing")) == 5


def test_plain_words_are_not_guessed(tmp_path):
    text = 'time: 9:00\nno: no\ncode: "0123"\nzero: 012\nday: 2027-03-19\nyes: true\nnothing: null\nhalf: 0.5\n'
    assert sheet_of(tmp_path, text).data == {
        "time": "9:00",
        "no": "no",
        "code": "0123",
        "zero": "012",
        "day": dt.date(2027, 3, 19),
        "yes": True,
        "nothing": None,
        "half": 0.5,
    }


def test_a_number_without_end_stays_text(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"many: {'1' * 6000}\n")
    assert read(path).data == {"many": "1" * 6000}


def test_paths_in_words_name_entries_by_their_key(tmp_path):
    data = sheet_of(tmp_path, "list:\n  - {key: x, c: 2}\n  - {key: y, c: 3}\n").data
    assert dotted(("list", 1, "c"), data) == "list.y.c"
    assert at(data, find(data, "list.y.c")) == 3
    with pytest.raises(KeyError):
        find(data, "list.z")


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "YAMLとして読めません"),
        ("a: 1\na: 2\n", 2, "「a」が2度書かれています"),
        ("a: 1\nday: 2027-02-30\n", 2, "「2027-02-30」という日はありません"),
        ("", 1, "ファイルが空です"),
        ("a: &x [1]\nb: *x\n", 1, "アンカー"),
        ("a: &x [*x]\n", 1, "アンカー"),
        ("[" * 3000, 1, "深すぎて"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path, text, line, expected):
    [fault] = sheet_of(tmp_path, text).faults
    assert (fault.line, expected in fault.expected) == (line, True)


def test_other_encodings_are_named(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_bytes("名前: 湖南市".encode("cp932"))
    [fault] = read(path).faults
    assert "UTF-8" in fault.expected
