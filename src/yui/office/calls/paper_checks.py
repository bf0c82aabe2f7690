"""What a call limits of a paper, looked at when it is uploaded: pages, sheet, smallest letters, page numbers, age.

Findings, never refusals: several limits hold "in principle", and people judge. ``{"code": …, **values}``; words stand in
``wording.py``.
"""

import datetime as dt
from typing import Any

from yui.base.files.domain import Checked
from yui.base.files.kinds import PDF
from yui.base.files.pdf import Page, Pages, pages_of
from yui.office.calls.checklist import Asked, too_old
from yui.office.calls.definition import Limits

Finding = dict[str, Any]
SHEETS = {"A4": (595, 842), "A3": (842, 1191)}
"""Points, as printed upright."""
_TOLERANCE = 12
_NEAR = 3
"""Tenths of a point: 10.8 is written as 11 by some programs."""
_FEW = 20
"""So many small letters on a page are a mark or a figure's label, not the text."""


def findings_of(
    asked: Asked, checked: Checked, *, not_counted: int, obtained_on: dt.date | None, today: dt.date
) -> list[Finding]:
    """Everything that was found in one file. Takes as long as the file needs, at most the bound of ``pdf``."""
    found: list[Finding] = []
    months = asked.within_months
    if months and obtained_on is not None and too_old(obtained_on, months, today):
        found.append({"code": "too_old", "months": months})
    limits = asked.paper.limits if asked.paper is not None else None
    if limits is None:
        return found
    if checked.kind is not PDF:
        return [*found, {"code": "not_pdf"}]
    return found + judge(limits, pages_of(checked.data), not_counted)


def judge(limits: Limits, told: Pages, not_counted: int) -> list[Finding]:
    """Facts against limits. Pure."""
    if told.fault:
        return [{"code": "not_readable", "why": told.fault}]
    pages = list(enumerate(told.pages, start=1))[not_counted:]
    found = _sheets(limits, pages, told.count - len(told.pages))
    if limits.least_points is not None:
        found += _letters(limits.least_points.value, pages, in_principle=_true(limits.in_principle))
    if _true(limits.page_numbers):
        bare = [number for number, page in pages if not page.numbered]
        found += [{"code": "no_page_number", "pages": bare}] if bare else []
    return found


def sheet_of(page: Page) -> str:
    """A4, A3 or empty."""
    short, long = sorted((page.width, page.height))
    for name, (narrow, tall) in SHEETS.items():
        if abs(short - narrow) <= _TOLERANCE and abs(long - tall) <= _TOLERANCE:
            return name
    return ""


def _sheets(limits: Limits, pages: list[tuple[int, Page]], unseen: int) -> list[Finding]:
    weights = {"A4": 1, "A3": 2} if limits.larger_sheet is not None else {"A4": 1}
    found: list[Finding] = []
    if limits.size is not None:
        other = [number for number, page in pages if sheet_of(page) not in weights]
        found += [{"code": "sheet", "pages": other, "sheet": limits.size.value}] if other else []
    if limits.pages is not None:
        counted = sum(weights.get(sheet_of(page), 1) for _number, page in pages) + unseen
        if counted > limits.pages.value:
            found.append({"code": "too_many_pages", "counted": counted, "limit": limits.pages.value})
    return found


def _letters(least: int, pages: list[tuple[int, Page]], *, in_principle: bool) -> list[Finding]:
    if not any(page.sizes for _number, page in pages):
        return [{"code": "no_text"}]
    small: dict[int, int] = {}
    smallest = 10_000
    for number, page in pages:
        below = {size: count for size, count in page.sizes.items() if size < least * 10 - _NEAR}
        if sum(below.values()) > _FEW:
            small[number] = sum(below.values())
            smallest = min(smallest, *below)
    if not small:
        return []
    code = "small_letters_in_principle" if in_principle else "small_letters"
    return [{"code": code, "pages": sorted(small), "smallest": f"{smallest // 10}.{smallest % 10}", "least": least}]


def _true(setting: Any) -> bool:
    return setting is not None and bool(setting.value)
