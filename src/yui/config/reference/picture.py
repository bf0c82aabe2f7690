"""docs/reference/house.svg: the storeys from the roof down, and on the right an arc for each real import."""

from collections import Counter
from collections.abc import Collection, Iterator
from html import escape

from yui.config.reference.imports import ROOT, WORDS, between_storeys, rooms_of_base, storeys

WIDTH, LEFT, BOX, HEIGHT, GAP, TOP = 860, 24, 560, 62, 14, 86
LINE_OF_ROOMS = 90
PARTS_OF_A_ROOM = ("tests", "migrations", "templatetags", "views", "domain", "models", "forms")
INK, QUIET, LINE, FILL, DEEP, WRONG = "#1d2b26", "#55635d", "#b3d2bf", "#f2f7f3", "#27694a", "#b3261e"


def page() -> str:
    """The picture. The same imports always give the same text."""
    rooms, found = storeys(), between_storeys()
    tall = TOP + len(rooms) * (HEIGHT + GAP) + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" role="img" aria-labelledby="t d" '
        'font-family="sans-serif">',
        '<title id="t">The house: storeys and imports</title>',
        f'<desc id="d">{escape(_told(found, rooms))}</desc>',
        f'<rect width="{WIDTH}" height="{tall}" fill="#ffffff"/>',
        f'<path d="M{LEFT - 10} {TOP - 10} L{LEFT + BOX / 2:.0f} 26 L{LEFT + BOX + 10} {TOP - 10} Z" fill="{FILL}" '
        f'stroke="{LINE}" stroke-width="2"/>',
        f'<text x="{LEFT + BOX / 2:.0f}" y="64" font-size="20" text-anchor="middle" fill="{DEEP}">yui 結</text>',
    ]
    for number, room in enumerate(rooms):
        lines += _storey(number, room)
    starts: Counter[str] = Counter()
    for frm, to in sorted((rooms.index(frm), rooms.index(to)) for frm, to in found):
        lines.append(_arc(frm, to, starts))
    lines.append(
        f'<text x="{LEFT}" y="{tall - 14}" font-size="13" fill="{QUIET}">An arc runs from the importing storey down to '
        "the imported one. One that ran upwards would be red.</text>"
    )
    return "\n".join([*lines, "</svg>"]) + "\n"


def _storey(number: int, room: str) -> list[str]:
    y = TOP + number * (HEIGHT + GAP)
    inner = list(_inner(room))
    said = [
        f'<rect x="{LEFT}" y="{y}" width="{BOX}" height="{HEIGHT}" rx="8" fill="{FILL}" stroke="{LINE}" '
        'stroke-width="2"/>',
        f'<text x="{LEFT + 16}" y="{y + 26}" font-size="17" font-weight="700" fill="{INK}">{room}</text>',
        f'<text x="{LEFT + 160}" y="{y + 26}" font-size="14" fill="{QUIET}">{escape(WORDS.get(room, ""))}</text>',
    ]
    for line, words in enumerate(inner):
        said.append(
            f'<text x="{LEFT + 16}" y="{y + 44 + 13 * line}" font-size="11" fill="{DEEP}">{escape(words)}</text>'
        )
    return said


def _inner(room: str) -> Iterator[str]:
    """Lines of the rooms inside a storey; for base in their order."""
    inner = rooms_of_base() if room == "base" else sorted(p.parent.name for p in (ROOT / room).glob("*/__init__.py"))
    names = [name for name in inner if name not in PARTS_OF_A_ROOM]
    between, line = " ‹ " if room == "base" else " · ", ""
    for number, name in enumerate(names):
        word = name + (between if number + 1 < len(names) else "")
        if len(line + word) > LINE_OF_ROOMS:
            yield line
            line = ""
        line += word
    if line:
        yield line


def _arc(frm: int, to: int, starts: Counter[str]) -> str:
    """A curve on the right; arcs that leave one storey begin a little apart, and so do those that arrive."""
    x = LEFT + BOX
    starts[f"out{frm}"] += 1
    starts[f"in{to}"] += 1
    y1 = TOP + frm * (HEIGHT + GAP) + 8 + 5 * starts[f"out{frm}"]
    y2 = TOP + to * (HEIGHT + GAP) + HEIGHT - 4 - 5 * starts[f"in{to}"]
    reach = x + 46 + 38 * abs(to - frm)
    colour = DEEP if to > frm else WRONG
    return (
        f'<path d="M{x} {y1} C{reach} {y1} {reach} {y2} {x + 7} {y2}" fill="none" stroke="{colour}" '
        f'stroke-width="1.5" stroke-opacity=".6"/><path d="M{x + 9} {y2 - 4} L{x} {y2} L{x + 9} {y2 + 4} Z" '
        f'fill="{colour}"/>'
    )


def _told(found: Collection[tuple[str, str]], rooms: list[str]) -> str:
    said = []
    for room in rooms:
        uses = [to for to in rooms if (room, to) in found]
        if uses:
            said.append(f"{room} imports {', '.join(uses)}.")
    return " ".join(said)
