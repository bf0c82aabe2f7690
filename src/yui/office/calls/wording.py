"""When things of a call happen, in the reader's language; a day without a time stays a day."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yui.base.ui import days
from yui.office.calls.definition import Call as Rules
from yui.office.calls.definition import CallPaper
from yui.office.calls.schedule import Moment, cut_off, day_of, part_of_month

PARTS = {
    "上旬": gettext_noop("%(month)s上旬"),
    "中旬": gettext_noop("%(month)s中旬"),
    "下旬": gettext_noop("%(month)s下旬"),
}
CHANNELS = {
    "mail": gettext_noop("郵送"),
    "hand": gettext_noop("持参"),
    "email": gettext_noop("電子メール"),
    "phone": gettext_noop("電話"),
    "web": gettext_noop("このページから"),
}
NEEDED = {
    "always": gettext_noop("かならず"),
    "corporation": gettext_noop("法人のとき"),
    "unincorporated": gettext_noop("法人でないとき"),
    "unregistered": gettext_noop("名簿に登録がないとき"),
    "on_instruction": gettext_noop("指示があったとき"),
    "question": gettext_noop("質問するとき"),
    "withdrawal": gettext_noop("辞退するとき"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the schedule in words. ``opens`` is empty where it is no period."""

    key: str
    name: str
    opens: str
    closes: str
    planned: bool
    by_arrival: bool


def told(when: str, language: str = "ja") -> str:
    """令和6年6月20日（木）17時; 令和6年6月26日（水）; 令和6年7月上旬. The weekday is the calendar's."""
    part = part_of_month(when)
    if part is not None:
        return _(PARTS[part[1]]) % {"month": days.month(part[0], language)}
    day, end = day_of(when), cut_off(when)
    assert day is not None
    written = days.full(day, language)
    if end is None:
        return written
    gap = "" if language.startswith("ja") else " "
    return f"{written}{gap}{days.time(end.time(), language)}"


def schedule_lines(rules: Rules, language: str = "ja") -> list[Line]:
    """The schedule in the document's order."""
    return [_line(one, language) for one in rules.schedule]


def _line(one: Moment, language: str) -> Line:
    return Line(
        one.key,
        one.name,
        told(one.opens.value, language) if one.opens else "",
        told(one.closes.value, language),
        bool(one.planned and one.planned.value),
        bool(one.by_arrival and one.by_arrival.value),
    )


def copies_of(paper: CallPaper) -> str:
    """10部（正本1・副本9）, 1部, or nothing where the document names no number."""
    if paper.copies is None:
        return ""
    words = _("%(n)d部") % {"n": paper.copies.value}
    if paper.originals is not None and paper.duplicates is not None:
        parts = {"originals": paper.originals.value, "duplicates": paper.duplicates.value}
        words += _("（正本%(originals)d・副本%(duplicates)d）") % parts
    return words


def hidden_mail(mail: str, letter: str) -> str:
    """An address as it is published: with ``letter`` for the @ where the call hides it."""
    return mail.replace("@", letter) if letter else mail
