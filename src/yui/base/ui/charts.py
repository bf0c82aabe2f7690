"""Charts as SVG drawn by the server: shapes with classes, so that a strict policy and the town's colour both hold.

Every chart carries a title, a sentence that tells the same figures, and the same figures as rows for a table.
Drawn on a 340-wide field, so that the letters stay above 12 px on a telephone. Geometry is in user units; figures are
shown as they come.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Figure = int | Decimal
WIDTH = 340


@dataclass(frozen=True, slots=True)
class Chart:
    """Ready to be drawn by ``c-chart``. ``head`` and ``rows`` are the table: the first cell of a row names it."""

    title: str
    desc: str
    width: int
    height: int
    shapes: SafeString
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    legend: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> list[dict[str, object]]:
        """The heads of the table; all but the first are numbers."""
        return [{"label": label, "num": n > 0} for n, label in enumerate(self.head)]


@dataclass(frozen=True, slots=True)
class Layer:
    """One circle of the layers picture, from the outside in. ``change`` is against the month before."""

    label: str
    count: int
    change: int | None = None


def shape(tag: str, text: str = "", **attributes: object) -> SafeString:
    """One SVG element; ``cls`` is its class, ``_`` in names becomes ``-``. Everything is escaped."""
    pairs = [("class" if k == "cls" else k.replace("_", "-"), _number(v)) for k, v in attributes.items()]
    inside = format_html_join("", ' {}="{}"', pairs)
    return format_html("<{0}{1}>{2}</{0}>", tag, inside, text)


def _number(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def _joined(shapes: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((one,) for one in shapes))


def step_for(highest: Figure, lines: int = 4) -> int:
    """The distance of the grid lines: 1, 2 or 5 times a power of ten, so that at most ``lines`` are needed."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * lines >= highest:
                return step * factor
        step *= 10


def bars(*, title: str, points: Sequence[tuple[str, Figure]], unit: str, goal: Figure | None = None) -> Chart:
    """One bar a point (a month), the last one in full colour. ``goal`` draws a line across."""
    left, right, top, floor = 34, WIDTH - 2, 19, 184
    highest = max([value for _label, value in points] + [goal or 0, 1])
    step = step_for(highest)
    lines = -(-int(highest.__ceil__()) // step)
    scale = (floor - top) / (lines * step)
    slot = (right - left) / max(len(points), 1)
    width = min(36.0, slot * 0.72)
    drawn = []
    for n in range(lines + 1):
        y = floor - n * step * scale
        drawn.append(shape("line", cls="grid", x1=left, x2=right, y1=y, y2=y))
        drawn.append(shape("text", str(n * step), x=left - 6, y=y + 5, text_anchor="end", font_size=13))
    for n, (label, value) in enumerate(points):
        last, height = n == len(points) - 1, float(value) * scale
        x, middle = left + slot * n + (slot - width) / 2, left + slot * (n + 0.5)
        inside = height >= 26
        drawn.append(
            shape(
                "rect", cls="bar" if last else "bar bar--past", x=x, y=floor - height, width=width, height=height, rx=4
            )
        )
        drawn.append(
            shape(
                "text", str(value), cls="inv" if last and inside else "strong", x=middle,
                y=floor - 10 if inside else floor - height - 5, text_anchor="middle", font_size=15,
            )
        )  # fmt: skip
        drawn.append(shape("text", label, x=middle, y=floor + 21, text_anchor="middle", font_size=13))
    if goal is not None:
        y = floor - float(goal) * scale
        drawn.append(shape("line", cls="goal", x1=left, x2=right, y1=y, y2=y))
    told = "、".join(f"{label} {value}{unit}" for label, value in points)
    desc = f"{told}。" + (f"めやすは {goal}{unit}。" if goal is not None else "")
    rows = tuple((label, f"{value}{unit}") for label, value in points)
    return Chart(title, desc, WIDTH, 214, _joined(drawn), ("いつ", "数"), rows)


def pairs(*, title: str, rows: Sequence[tuple[str, Figure, Figure]], names: tuple[str, str], unit: str = "％") -> Chart:
    """Two dots on a line for each row, such as share of registrations and share of invitations."""
    left, right = 92, WIDTH - 14
    highest = max([max(one, other) for _label, one, other in rows] + [1])
    step = step_for(highest)
    lines = -(-int(highest.__ceil__()) // step)
    scale = (right - left) / (lines * step)
    floor = 10 + 44 * max(len(rows), 1)
    drawn = []
    for n in range(lines + 1):
        x = left + n * step * scale
        drawn.append(shape("line", cls="grid", x1=x, x2=x, y1=10, y2=floor))
        drawn.append(shape("text", f"{n * step}{unit}", x=x, y=floor + 20, text_anchor="middle", font_size=13))
    for n, (label, one, other) in enumerate(rows):
        y = 34 + 44 * n
        first, second = left + float(one) * scale, left + float(other) * scale
        drawn.append(shape("text", label, cls="strong", x=0, y=y + 5, font_size=14))
        drawn.append(shape("line", cls="line", stroke_width=3, x1=first, x2=second, y1=y, y2=y))
        drawn.append(shape("circle", cls="dot-b", cx=first, cy=y, r=7))
        drawn.append(shape("circle", cls="dot-a", cx=second, cy=y, r=7))
    desc = "、".join(f"{label}は{names[0]} {one}{unit}、{names[1]} {other}{unit}" for label, one, other in rows) + "。"
    table = tuple((label, f"{one}{unit}", f"{other}{unit}") for label, one, other in rows)
    legend = (("dot-b", names[0]), ("dot-a", names[1]))
    return Chart(title, desc, WIDTH, floor + 30, _joined(drawn), ("なに", *names), table, legend)


def _lines(label: str, radius: float) -> list[str]:
    """A label in one line, or in two where it would leave its circle: broken before the first kana after kanji."""
    if len(label) * 15 <= radius * 1.8:
        return [label]
    cut = re.search(r"(?<=[一-鿿])(?=[ァ-ヴー]{3,})", label)
    return [label[: cut.start()], label[cut.start() :]] if cut else [label]


def layers(*, title: str, items: Sequence[Layer], unit: str = "人") -> Chart:
    """Circles within circles that touch at the foot, the double ring being the two cords. Up to five, outermost first."""
    size, floor = 400, 402
    smallest = 76
    gap = (196 - smallest) / max(len(items) - 1, 1)
    drawn = []
    for n in range(len(items)):
        radius = 196 - gap * n
        drawn.append(shape("circle", cls="ring", cx=200, cy=floor - radius, r=radius))
        drawn.append(shape("circle", cls="ring-2", cx=200, cy=floor - radius, r=radius - 4))
    for n, item in enumerate(items):
        radius = 196 - gap * n
        top = floor - 2 * radius
        if n == len(items) - 1:
            top += radius - 52
        for line, words in enumerate(reversed(_lines(item.label, radius))):
            y = top + 29 - 17 * line
            drawn.append(shape("text", words, x=200, y=y, text_anchor="middle", font_size=15 if line == 0 else 14))
        drawn.append(
            shape("text", f"{item.count} {unit}", cls="strong", x=200, y=top + 54, text_anchor="middle", font_size=24)
        )
        if item.change is not None:
            words = f"前の月から {signed(item.change)}"
            drawn.append(shape("text", words, cls="delta", x=200, y=top + 73, text_anchor="middle", font_size=13))
    desc = "外から " + "、".join(f"{item.label} {item.count}{unit}" for item in items) + "。"
    rows = tuple(
        (item.label, f"{item.count}{unit}", signed(item.change) if item.change is not None else "—") for item in items
    )
    return Chart(title, desc, size, 408, _joined(drawn), ("層", "いま", "前の月から"), rows)


def spark(values: Sequence[Figure]) -> SafeString:
    """A small line beside its figures, decorative: an inline SVG for a table cell."""
    if not values:
        return SafeString("")
    low, high = min(values), max(values)
    span = float(high - low) or 1.0
    stride = 110 / max(len(values) - 1, 1)
    places = [(4 + stride * n, 30 - 26 * float(value - low) / span) for n, value in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return format_html(
        '<svg class="yui-chart yui-spark" viewBox="0 0 120 34" aria-hidden="true">{}{}</svg>',
        shape("polyline", cls="line", stroke_width="2.5", points=line),
        shape("circle", cls="dot-a", cx=x, cy=y, r=4),
    )


def signed(change: int) -> str:
    """＋22, −3, ±0: a move down is shown like a move up."""
    if change == 0:
        return "±0"
    return f"＋{change}" if change > 0 else f"−{-change}"
