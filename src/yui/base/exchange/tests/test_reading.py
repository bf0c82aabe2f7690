"""Reading files: what stands there is what is read, or a sentence says why not. Nothing in between."""

import csv
import datetime as dt
import io
import random
import zipfile

import openpyxl
import pytest

from yui.base.exchange.mapping import find_header_row, guess
from yui.base.exchange.reading import Book, Broken, Day, Flag, Number, Table, Unreadable, cell_name, read_book
from yui.base.exchange.registry import Column

LETTERS = "見本太郎例示花子髙﨑①㈱〜−－‐ー・ヶヴｶﾅ０１aZ,;\"'\t =+-@ 　\néãĩ𠮷辻󠄀"
NARROW = [sign for sign in LETTERS if sign not in "〜−‐éãĩ𠮷\U000e0100"]
FEW, MANY = 300, 10_000


def xlsx(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number + 1}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_writing_of_a_csv_is_read_as_it_stands(encoding, delimiter):
    rows = [("氏名", "電話", "住所"), ("髙﨑 ①子", "0748000001", "見本町1\n見本館"), ('例示"花"', "", "㈱見本")]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    book = read_book(stream.getvalue().encode(encoding))
    assert (book.tables[0].rows, book.encoding, book.delimiter) == (tuple(rows), encoding, delimiter)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b" \r\n", "empty"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 500, "old_excel"),
        ("氏名".encode("utf-16"), "encoding"), ("氏名,住所\n見本,湖南市\n".encode("euc_jp"), "encoding"),
        (b"\x81", "encoding"), ('氏名,電話\n"見本,0748'.encode(), "quotes"), (b"PK\x03\x04broken", "broken"),
        (b"a\n" * 20_001, "too_long"), (b"," * 201 + b"\n", "too_long"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_refused_with_a_sentence(data, code):
    with pytest.raises(Unreadable) as refused:
        read_book(data)
    assert refused.value.code == code
    assert refused.value.sentence.endswith("。")


def test_a_small_file_that_claims_cells_without_end_is_refused():
    """Each row names its last column, empty: every cell between is looked at."""
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    for number in range(1, 6):
        book.active.cell(number, 1, "氏名")
        book.active.cell(number, 16_384).number_format = "@"
    book.save(stream)
    assert read_book(stream.getvalue()).tables[0].width == 1, "a few are nothing to worry about"
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                lines = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(6, 600))
                text = text.replace(b"</sheetData>", lines.encode() + b"</sheetData>")
            new.writestr(name, text)
    with pytest.raises(Unreadable) as refused:
        read_book(packed.getvalue())
    assert refused.value.code == "too_long"


def test_cells_of_a_spreadsheet_say_what_they_are():
    data = xlsx(
        [
            [
                "氏名",
                748000001,
                dt.date(1955, 4, 1),
                dt.datetime.fromisoformat("2026-07-01T09:30"),
                True,
                1.5,
                12.0,
                "#N/A",
                None,
            ]
        ]
    )
    (row,) = read_book(data).tables[0].rows
    assert row == ("氏名", "748000001", "1955-04-01", "2026-07-01 09:30:00", "TRUE", "1.5", "12", "#N/A")
    assert [type(cell) for cell in row] == [str, Number, Day, Day, Flag, Number, Number, Broken]


def test_padding_formats_keep_their_zeros_and_unsaved_formulas_have_no_value():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A1"].number_format = 520001, "0000000"
    sheet["B1"], sheet["B1"].number_format = 5200001, r"[<=999]000;[<=9999]000\-00;000\-0000"
    sheet["C1"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    (row,) = read_book(stream.getvalue()).tables[0].rows
    assert row[:2] == ("0520001", "520-0001")
    assert type(row[2]) is Broken


def test_merged_titles_and_far_cells_are_no_trouble():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "令和8年度 名簿"
    sheet.merge_cells("A1:H1")
    sheet["A3"], sheet["B3"] = "氏名", "電話"
    sheet["A1048576"] = "はるか下"
    stream = io.BytesIO()
    book.save(stream)
    table = read_book(stream.getvalue()).tables[0]
    columns = (Column("name", "氏名"), Column("phone", "電話"))
    assert find_header_row(table, columns, ()) == 3
    assert guess(["氏名（必須）", "", "でんわ", "電話"], columns, (), None).columns == {0: "name", 3: "phone"}


def test_cells_are_called_as_a_spreadsheet_calls_them():
    assert [cell_name(7, n) for n in (0, 1, 25, 26, 701, 702)] == ["A7", "B7", "Z7", "AA7", "ZZ7", "AAA7"]


# Fuzzing: from a seed, so that what fails can be looked at again.


def written(chance):
    """A random table and a file of it: text cells must come back exactly."""
    signs = chance.choice([LETTERS, NARROW])
    width, height = chance.randint(1, 8), chance.randint(1, 12)
    rows = [["".join(chance.choices(signs, k=chance.randint(0, 9))) for _ in range(width)] for _ in range(height)]
    rows[0] = [f"見出し{n}" for n in range(width)]
    rows[-1][-1] = "終"
    if chance.random() < 0.3:
        return rows, xlsx(rows), "xlsx"
    delimiter = chance.choice(",\t;") if width > 1 else ","
    stream = io.StringIO()
    quoting = chance.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=chance.choice(["\r\n", "\n"])).writerows(
        rows
    )
    encodings = ["utf-8", "utf-8-sig"] + (["cp932"] if signs is NARROW else [])
    return rows, stream.getvalue().encode(chance.choice(encodings)), "csv"


def spoilt(chance, data):
    """The file with some of its bytes changed, cut out or doubled."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found)) if found else 0
        act = chance.randrange(4)
        if act == 0 and found:
            found[at] = chance.randrange(256)
        elif act == 1:
            del found[at : at + chance.randint(1, 40)]
        elif act == 2:
            found[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
        else:
            found[at:at] = found[at : at + chance.randint(1, 60)]
    return bytes(found)


def same(read, rows, kind):
    plain = [list(row) for row in rows]
    got = [[*row, *[""] * (len(rows[0]) - len(row))] for row in read]
    if kind == "xlsx":  # a spreadsheet cannot keep a formula's sign, and keeps one kind of line break
        plain = [[cell.replace("\r\n", "\n") for cell in row] for row in plain]
        got = [[cell if type(cell) is str else None for cell in row] for row in got]
        return all(g in (None, p) for gs, ps in zip(got, plain, strict=True) for g, p in zip(gs, ps, strict=True))
    return got == plain


def fuzz(first, count):
    refused = 0
    for seed in range(first, first + count):
        chance = random.Random(seed)
        rows, data, kind = written(chance)
        assert same(read_book(data).tables[0].rows, rows, kind), seed
        try:
            book = read_book(spoilt(chance, data))
        except Unreadable as fault:
            assert fault.sentence.endswith("。"), seed
            refused += 1
        else:
            assert isinstance(book, Book), seed
            assert all(isinstance(table, Table) for table in book.tables), seed
    return refused


def test_files_come_back_as_written_and_spoilt_ones_are_read_or_refused():
    assert 0 < fuzz(0, FEW) < FEW


@pytest.mark.slow
def test_ten_thousand_files():
    assert 0 < fuzz(FEW, MANY) < MANY
