"""Filters and tags of every template (loaded as builtins): Japanese dates, money, pictures, kept blocks, form parts."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import segno
from django import template
from django.forms import BaseForm, BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import select_template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.ui import days
from yui.base.ui.field_parts import FieldParts, Problem, parts_of, problems_of
from yui.base.ui.icons import ICONS
from yui.base.ui.written import JAPANESE, foreign

register = template.Library()

MOTIF_NAME = re.compile(r"[a-z0-9-]+")
SIZES = {"": "", "l": " yui-motif--l", "s": " yui-motif--s"}


def _day(value: Any) -> dt.date | None:
    """The Tokyo day of a date or an aware datetime; ``None`` for anything else."""
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.TOKYO).date() if value.tzinfo else value.date()
    return value if isinstance(value, dt.date) else None


def _language() -> str:
    return get_language() or "ja"


@register.filter
def wareki(value: Any) -> str:
    """令和8年11月20日, or as the reader's language writes it. Nothing gives nothing."""
    day = _day(value)
    return days.date(day, _language()) if day else ""


@register.filter
def wareki_day(value: Any) -> str:
    """11月20日（金） or 11月23日（月・祝）, for what is near; add ``wareki`` where the year matters."""
    day = _day(value)
    return days.near(day, _language()) if day else ""


@register.filter
def wareki_full(value: Any) -> str:
    """令和8年11月20日（金）."""
    day = _day(value)
    return days.full(day, _language()) if day else ""


@register.filter
def wareki_month(value: Any) -> str:
    """令和8年11月."""
    day = _day(value)
    return days.month(day, _language()) if day else ""


@register.filter
def clock_time(value: Any) -> str:
    """10時 or 10時30分, Tokyo time."""
    if isinstance(value, dt.datetime):
        value = (value.astimezone(clock.TOKYO) if value.tzinfo else value).time()
    if not isinstance(value, dt.time):
        return ""
    return days.time(value, _language())


@register.filter
def as_written(text: Any) -> SafeString:
    """Words of the town or of a person as they were written: Japanese on a page of another language says so."""
    escaped = conditional_escape("" if text is None else text)
    if not foreign(str(text)):
        return mark_safe(escaped)  # noqa: S308 — escaped above
    return mark_safe(JAPANESE.sub(lambda found: f'<span lang="ja">{found[0]}</span>', str(escaped), count=1))  # noqa: S308


@register.filter
def written_in(text: Any) -> SafeString:
    """The ``lang`` attribute for an element that holds such words; nothing where the page speaks Japanese."""
    return mark_safe(' lang="ja"') if foreign(str(text or "")) else mark_safe("")


@register.filter
def listed(texts: Any) -> str:
    """Words in a row, with the comma of the reader's language."""
    return ("、" if _language().startswith("ja") else ", ").join(str(text) for text in texts)


@register.filter
def yen(value: Any) -> str:
    """4,400円. A minus sign is written as 「−」. Whole yen only: anything with a fraction is refused loudly."""
    if value is None or value == "":
        return ""
    amount = int(value)
    if Decimal(str(value)) != amount:
        raise ValueError(f"not whole yen: {value!r}")
    return f"{'−' if amount < 0 else ''}{abs(amount):,}円"


@register.filter
def ago_days(value: Any) -> str:
    """今日, きのう, 3日前; あす, 3日後."""
    day = _day(value)
    if day is None:
        return ""
    gap = (clock.today() - day).days
    near = {0: _("今日"), 1: _("きのう"), -1: _("あす")}
    if gap in near:
        return near[gap]
    return _("%(days)d日前") % {"days": gap} if gap > 0 else _("%(days)d日後") % {"days": -gap}


@register.filter
def plain(value: Any) -> str:
    """A number for an SVG attribute: a point for decimals in every language, one decimal at most."""
    return f"{float(value or 0):.1f}".removesuffix(".0")


@register.filter
def columns(head: Any) -> list[dict[str, Any]]:
    """Table heads from ``"うごき | 人数 # | 変える"``; ``#`` marks a column of numbers. A list passes as it is.

    Written with a translation inside, the text comes escaped already and stays so.
    """
    if not isinstance(head, str):
        return list(head)
    cells = [cell.strip() for cell in head.split("|")]
    keep_safe = SafeString if isinstance(head, SafeString) else str
    return [{"label": keep_safe(cell.removesuffix("#").strip()), "num": cell.endswith("#")} for cell in cells]


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """A sign of the interface, decorative. An unknown name is an error of the page's author."""
    return format_html(
        '<svg class="yui-icon{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{}"/></svg>',
        f" {extra}" if extra else "",
        ICONS[str(name)],
    )


@register.simple_tag
def motif(name: Any, size: str = "") -> str:
    """The picture of a theme, inline so that it takes the town's colour. A theme without one gets the knot."""
    known = str(name) if MOTIF_NAME.fullmatch(str(name)) else "mark"
    chosen = select_template([f"ui/motif/{known}.html", "ui/motif/mark.html"])
    width = "3.4" if chosen.template.name.endswith("/mark.html") else "2"  # type: ignore[attr-defined]
    return format_html(
        '<svg class="yui-motif{}" viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="{}" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>',
        SIZES.get(str(size), ""),
        width,
        chosen.render(),
    )


@register.simple_tag
def qr(text: str, label: str) -> str:
    """A QR code as inline SVG with its purpose as its name."""
    code = segno.make(str(text), error="m", micro=False)
    rows = list(code.matrix_iter(border=4))
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="yui-qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="currentColor" d="{2}"/></svg>',
        len(rows),
        label,
        path,
    )


@register.simple_tag
def field_parts(field: BoundField, width: str = "", motifs: Any = None, rows: str = "") -> FieldParts:
    """The parts of a form field, with the width and the pictures the page asked for."""
    return parts_of(field, width=str(width or ""), motifs=motifs, rows=str(rows or ""))


@register.filter
def problems(form: BaseForm) -> list[Problem]:
    """The sentences of a failed form with the ids to jump to, fields in order, the form's own first."""
    return problems_of(form)


class KeepNode(template.Node):
    """Renders once, prints nothing, and remembers the text under a name in the context."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """Keep the text; surrounding space does not count."""
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 — rendered by us, escaped
        return ""


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """``{% keep heading %}{% block title %}{% endblock %}{% endkeep %}``: one block, shown in several places."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(name, nodelist)


@register.filter
def percent(value: Any) -> str:
    """A share for an SVG width, kept between 0 and 100."""
    return plain(min(100.0, max(0.0, float(value or 0))))


@register.filter
def message_kind(level: str) -> str:
    """The kind of notice for a level of ``django.contrib.messages``."""
    return {"success": "ok", "warning": "warn", "error": "danger"}.get(level, "info")


@register.filter
def slot_filled(slot: str) -> bool:
    """Whether a slot holds more than space."""
    return bool(str(slot).strip())


@register.filter
def share_of(item: Any) -> str:
    """The percent of ``value`` in ``most``, for a bar."""
    most = float(item["most"] or 0)
    return percent(100 * float(item["value"]) / most if most else 0)


@register.simple_tag(takes_context=True)
def page_address(context: Context, name: str, number: int) -> str:
    """The present address with another page number; everything else searched for is kept."""
    query = context["request"].GET.copy()
    query[name] = number
    return f"?{query.urlencode()}"


@register.filter
def entry_of(mapping: Any, key: Any) -> Any:
    """The entry of a mapping under a key that is a variable; nothing when there is none."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""
