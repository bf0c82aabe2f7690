"""The authority and its scheme (制度): who orders, where, in which colours, languages and words."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from .schema import Colour, Item, Marked, Part, Problem, Section, Setting, Texts

KEY_OF_TOWN = r"^[a-z][a-z0-9-]*$"
RESERVED = ("account", "static")
"""First parts of addresses that belong to the installation."""
READABLE = 4.5
"""Least contrast of text (WCAG 2.2 AA), asked of the accent on every ground it is written on."""
WHITE, WASHI = "#ffffff", "#f5efe4"
LANGUAGES = ("ja", "ja-easy", "en", "pt-br", "vi")
Language = Literal["ja", "ja-easy", "en", "pt-br", "vi"]


class Colours(Part):
    """One accent per town; white is written on it, and it is written on white, washi and its own soft."""

    accent: Colour
    strong: Colour
    soft: Colour
    line: Colour
    story: str


class Authority(Part):
    """The tenant. ``code`` is the 全国地方公共団体コード, six digits with its check digit."""

    key: Annotated[str, Field(pattern=KEY_OF_TOWN, max_length=40)]
    name: str
    kana: Annotated[str, Field(pattern=r"^[ぁ-ゖー\s]+$")]
    name_texts: Texts
    prefecture: str
    code: Annotated[str, Field(pattern=r"^\d{6}$")]
    kind: Literal["city", "prefecture", "council"]
    colours: Colours


class Contact(Part):
    """Where a resident turns to. Entries that are not true in life are marked."""

    office: Marked
    desk: Marked
    tel: Marked
    fax: Marked
    mail: Marked
    hours: Texts


class District(Item):
    """A place in which one acts (not lives). ``centre`` is [latitude, longitude] in degrees."""

    name: str
    kana: Annotated[str, Field(pattern=r"^[ぁ-ゖー・\s]+$")]
    kind: Literal["prefecture", "city", "council_area", "neighbourhood"]
    parent: str | None = None
    centre: Annotated[list[float], Field(min_length=2, max_length=2)]
    approximate: bool = True


class Word(Item):
    """A word that residents see (ことば). A town renames the text, never the key."""

    text: Texts


class Scheme(Part):
    """scheme.yaml"""

    authority: Authority
    title: Texts
    product: Texts
    contact: Contact
    languages: Annotated[list[Language], Field(min_length=1)]
    districts: Annotated[list[District], Field(min_length=1)]
    words: list[Word]
    setting: Setting[str] | None = None

    def word(self, key: str) -> Texts:
        """The town's own word for a key such as ``opportunity``; KeyError when the definition has none."""
        for word in self.words:
            if word.key == key:
                return word.text
        raise KeyError(key)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by the WCAG 2.x formula, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_digit(five: str) -> str:
    """Check digit of a local government code: 11 − (Σ digit × 6,5,4,3,2 mod 11), its last figure (総務省の定め)."""
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def _check_colours(_definition: Any, scheme: Scheme) -> Iterator[Problem]:
    colours = scheme.authority.colours
    grounds = (("白", WHITE), ("和紙色 #f5efe4", WASHI), ("soft", colours.soft))
    for name in ("accent", "strong"):
        for ground, colour in grounds:
            ratio = contrast(getattr(colours, name), colour)
            if ratio < READABLE:
                yield Problem(
                    ("authority", "colours", name),
                    f"{ground}とのコントラストを4.5以上にしてください（いまは{ratio:.1f}）。",
                )


def _check_key(_definition: Any, scheme: Scheme) -> Iterator[Problem]:
    if scheme.authority.key in RESERVED:
        yield Problem(("authority", "key"), f"{'、'.join(RESERVED)} は町のキーに使えません。")


def _check_code(_definition: Any, scheme: Scheme) -> Iterator[Problem]:
    code = scheme.authority.code
    if check_digit(code[:5]) != code[5]:
        yield Problem(
            ("authority", "code"),
            f"団体コードの検査数字が合いません。{code[:5]}なら{check_digit(code[:5])}で終わります。",
        )


def _check_districts(_definition: Any, scheme: Scheme) -> Iterator[Problem]:
    parents = {district.key: district.parent for district in scheme.districts}
    for index, district in enumerate(scheme.districts):
        place = ("districts", index)
        if district.parent and district.parent not in parents:
            yield Problem((*place, "parent"), f"地区「{district.parent}」は districts にありません。")
        elif _in_circle(district.key, parents):
            yield Problem((*place, "parent"), "上の地区をたどると自分に戻ります。")
        latitude, longitude = district.centre
        if not (20 <= latitude <= 46 and 122 <= longitude <= 154):
            yield Problem((*place, "centre"), "[緯度, 経度] の順で、日本の中の地点を書いてください。")
    if sum(1 for parent in parents.values() if parent is None) != 1:
        yield Problem(("districts",), "上の地区（parent）のない、いちばん上の地区をちょうど1つにしてください。")


def _in_circle(start: str, parents: dict[str, str | None]) -> bool:
    seen = {start}
    current = parents.get(start)
    while current is not None and current in parents:
        if current in seen:
            return True
        seen.add(current)
        current = parents[current]
    return False


def _check_languages(_definition: Any, scheme: Scheme) -> Iterable[Problem]:
    if "ja" not in scheme.languages:
        yield Problem(("languages",), "日本語（ja）は外せません。")


def _example_check_digit(_definition: Any, given: Any) -> bool:
    code = str(given["code"])
    return len(code) == 6 and check_digit(code[:5]) == code[5]


def _example_contrast(definition: Any, _given: Any) -> bool:
    colours = definition.scheme.authority.colours
    return contrast(colours.accent, WHITE) >= READABLE


SECTION = Section(
    name="scheme",
    file="scheme.yaml",
    model=Scheme,
    checks=(_check_key, _check_colours, _check_code, _check_districts, _check_languages),
    examples={"団体コードの検査数字が合う": _example_check_digit, "町の色は白地で読める": _example_contrast},
)
