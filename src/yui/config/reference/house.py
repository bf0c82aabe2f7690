"""docs/reference/house.md: the house as tables, with the picture, from the imports themselves."""

from collections.abc import Sequence

from yui.config.reference.imports import WORDS, between_storeys, inside_base, rooms_of_base, storeys
from yui.config.reference.markdown import code, page_of, table

LEAD = (
    "![棟と、そのあいだの import](house.svg)\n\n"
    "上の階は下の階だけを import します（`lint-imports` がたしかめます）。表の `●` は、左の棟が上の棟を import していることを示します。"
)


def page() -> str:
    """Which storey imports which, and the same for the rooms of base."""
    houses, base = storeys(), rooms_of_base()
    words = table(("棟", "何があるか"), ((code(room), WORDS.get(room, "")) for room in houses))
    inner = (
        "左から右へ読む順：" + " → ".join(code(room) for room in base) + "。右の部屋は左の部屋だけを使います。"
        + _against(inside_base(), base)
    )  # fmt: skip
    return page_of(
        "家の図", "ソースの `import`", LEAD, words, "## 棟のあいだ", _matrix(between_storeys(), houses), "## base の中",
        inner, _matrix(inside_base(), list(reversed(base))),
    )  # fmt: skip


def _matrix(found: set[tuple[str, str]], rooms: Sequence[str]) -> str:
    rows = ((code(frm), *("●" if (frm, to) in found else "" for to in rooms)) for frm in rooms)
    return table(("", *(code(room) for room in rooms)), rows)


def _against(found: set[tuple[str, str]], order: Sequence[str]) -> str:
    place = {room: number for number, room in enumerate(order)}
    wrong = sorted(pair for pair in found if place[pair[0]] < place[pair[1]])
    if not wrong:
        return ""
    return "\n順に逆らうもの：" + "、".join(f"{code(frm)} → {code(to)}" for frm, to in wrong) + "。"
