"""CP932 for those who still need it: what it would lose is told first, cell by cell, and nothing is lost unasked."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from yui.base.exchange.csv import Cell, as_text, safe_text
from yui.base.exchange.reading import cell_name

GETA = "〓"
"""What stands for a letter that the old encoding does not have."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A cell that CP932 can not hold as it is; ``signs``: the letters; ``after``: what would stand there."""

    cell: str
    column: str
    text: str
    signs: str
    after: str


def find_losses(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, only_signs: Collection[str] = ()
) -> list[Loss]:
    """Every cell whose text would not come back the same from CP932, in the order of the file.

    ``only_signs``: headings of columns of which only the letters are told, because nobody has read them yet.
    """
    found = []
    for number, row in enumerate([header, *rows], start=1):
        for column, cell in enumerate(row):
            text = as_text(cell)
            after = _after(text)
            if after != text:
                signs = "".join(dict.fromkeys(sign for sign in text if _after(sign) != sign))
                if number > 1 and header[column] in only_signs:
                    text, after = signs, _after(signs)
                found.append(Loss(cell_name(number, column), header[column], text, signs, after))
    return found


def cp932_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, losses_accepted: bool = False) -> bytes:
    """CSV in CP932 with CRLF, everything quoted. Raises ``ValueError`` for a loss that nobody has agreed to."""
    lines = list(rows)
    if not losses_accepted and find_losses(header, lines):
        raise ValueError("letters would be lost and nobody has agreed to it")
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in [header, *lines]:
        writer.writerow([_after(safe_text(cell) if isinstance(cell, str) else as_text(cell)) for cell in row])
    return stream.getvalue().encode("cp932")


def _after(text: str) -> str:
    """What comes back from CP932: 〓 for a letter it does not have, ～ for 〜."""
    try:
        return text.encode("cp932").decode("cp932")
    except UnicodeEncodeError:
        return "".join(_one(sign) for sign in text)


def _one(sign: str) -> str:
    try:
        return sign.encode("cp932").decode("cp932")
    except UnicodeEncodeError:
        return GETA
