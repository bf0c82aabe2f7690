"""What kind of file is it? Told by its first bytes; the ending of its name only helps the sentence."""

from yui.base.exchange.reading.separated import read_separated
from yui.base.exchange.reading.spreadsheet import read_spreadsheet
from yui.base.exchange.reading.table import Book, Unreadable

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_book(data: bytes) -> Book:
    """Every sheet of a CSV or xlsx. Raises ``Unreadable`` with a sentence, and nothing else."""
    if not data.strip():
        raise Unreadable("empty", "ファイルが空です。中身のあるファイルを選んでください。")
    if data.startswith(OLD_EXCEL):
        sentence = (
            "古い形式のエクセル（.xls）か、パスワードのかかったファイルです。エクセルで開き、パスワードを外して、"
            "「名前を付けて保存」で .xlsx か CSV にしてください。"
        )
        raise Unreadable("old_excel", sentence)
    if data.startswith(b"PK"):
        return read_spreadsheet(data)
    return read_separated(data)
