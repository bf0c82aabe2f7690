"""What is wrong with a cell: where, why, and what would be right. A fault is data; the screen and the file show the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """``suggestion`` is the text that would do instead of ``given``; ``None`` where nobody can know.

    ``stops``: the row is not imported as long as the fault stands. Otherwise it is a remark.
    """

    row: int
    cell: str
    column: str
    """The heading, as the file has it."""
    code: str
    sentence: str
    given: str
    suggestion: str | None = None
    stops: bool = True
    mended: bool = False
    """The town chose to take the suggestion for this kind of fault."""


LABELS: dict[str, str] = {}
"""Code → a short name for the kind of fault. Importers add theirs."""


def name_faults(labels: dict[str, str]) -> None:
    """Add the names of kinds of faults; a code that means two things is a defect."""
    for code, label in labels.items():
        if LABELS.setdefault(code, label) != label:
            raise ValueError(f"fault {code} has two names")


name_faults(
    {
        "required": "書かれていない",
        "broken_cell": "エラーの値・計算式",
        "lost_letters": "文字化け・外字",
        "too_long": "長すぎる",
        "date": "読めない日付",
        "date_serial": "日付が数字になっている",
        "date_future": "これからの日付",
        "year": "読めない年",
        "phone_zero": "電話の先頭の 0 がない",
        "phone": "電話番号のけた",
        "postal_zero": "郵便番号の先頭の 0 がない",
        "postal": "郵便番号のけた",
        "mail": "メールアドレスの形",
        "choice": "えらべない言葉",
        "too_many_cells": "見出しより列が多い",
    }
)


@dataclass(frozen=True, slots=True)
class FaultKind:
    """How often one kind of fault stands in a file. ``mendable``: so many have a suggestion; ``mended``: it is taken."""

    code: str
    label: str
    count: int
    mendable: int
    stops: bool
    mended: bool
    example: Fault


def kinds_of(faults: Iterable[Fault]) -> Iterator[FaultKind]:
    """The kinds, those that stop first, the most frequent first."""
    by_code: dict[str, list[Fault]] = {}
    for fault in faults:
        by_code.setdefault(fault.code, []).append(fault)
    kinds = [
        FaultKind(
            code, LABELS.get(code, code), len(found), sum(fault.suggestion is not None for fault in found),
            stops=any(fault.stops for fault in found), mended=any(fault.mended for fault in found), example=found[0],
        )
        for code, found in by_code.items()
    ]  # fmt: skip
    yield from sorted(kinds, key=lambda kind: (not kind.stops, -kind.count, kind.code))
