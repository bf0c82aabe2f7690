"""Files of lists, as offices make them."""

import io
from collections.abc import Sequence


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """CP932 with CRLF."""
    return "\r\n".join(",".join(line) for line in (header, *rows)).encode("cp932")


def as_xlsx(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet of text cells."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((header, *rows)):
            sheet.write_row(number, 0, row)
    return stream.getvalue()
