"""Copying a definition folder for another town: its key and names are replaced, comments and order stay."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .reading import read
from .scheme import KEY_OF_TOWN, RESERVED, check_digit

NAME = r"[一-鿿々ぁ-ゖァ-ヺーヶ]{2,20}"
KANA = r"[ぁ-ゖー]{2,30}"
LATIN = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ -]{1,39}"
SUFFIXES = ("市", "町", "村", "県", "府", "都")
READINGS = ("し", "ちょう", "まち", "むら", "そん", "けん", "ふ", "と")
COMMON = ("scheme.yaml", "site.yaml", "people.yaml", "activities.yaml", "introductions.yaml")
"""Files that speak for the town. What a document says (業務, 公募, 出典) stays until the town writes its own."""


@dataclass(frozen=True, slots=True)
class NewTown:
    """What a copy is called. Only the key must be given; ``latin`` is the name in Latin letters without City."""

    key: str
    name: str = ""
    kana: str = ""
    latin: str = ""
    prefecture: str = ""
    code: str = ""

    def faults(self) -> dict[str, str]:
        """What can not be used, by field."""
        found = {}
        if not re.fullmatch(KEY_OF_TOWN, self.key) or self.key in RESERVED or len(self.key) > 40:
            found["key"] = (
                f"「{self.key}」は町のキーに使えません。英小文字で始まり、英小文字・数字・ハイフンだけにします。"
            )
        shapes = {"name": NAME, "kana": KANA, "latin": LATIN, "prefecture": NAME}
        words = {
            "name": "町の名前を、漢字とかなで書いてください（例：見本市）。",
            "kana": "よみがなを、ひらがなで書いてください（例：みほんし）。",
            "latin": "ローマ字の名前を、Mihon のように書いてください。City は付けません。",
            "prefecture": "都道府県の名を書いてください。",
        }
        for field, shape in shapes.items():
            value = getattr(self, field)
            if value and not re.fullmatch(shape, value):
                found[field] = words[field]
        if self.code and not (re.fullmatch(r"\d{6}", self.code) and check_digit(self.code[:5]) == self.code[5]):
            found["code"] = "団体コードは、検査数字まで6けたで書いてください。"
        return found


def copy_folder(origin: Path, folder: Path, town: NewTown) -> None:
    """Copy ``origin`` to ``folder`` (which must not exist), with the town's own key and names."""
    authority: Mapping[str, str] = read(origin / "scheme.yaml").data["authority"]
    shutil.copytree(origin, folder)
    swaps = _swaps(authority, town)
    for name in COMMON:
        path = folder / name
        if path.exists():
            path.write_text(_swapped(path.read_text(encoding="utf-8"), swaps), encoding="utf-8")
    scheme = folder / "scheme.yaml"
    text = _put(scheme.read_text(encoding="utf-8"), "key", town.key)
    if town.prefecture:
        text = _put(text, "prefecture", town.prefecture)
    if town.code:
        text = _put(text, "code", f'"{town.code}"')
    scheme.write_text(text, encoding="utf-8")


def _put(text: str, field: str, value: str) -> str:
    """Another value for a field of the authority."""
    return re.sub(rf"(?m)^(authority:\n(?:[ #].*\n)*?  {field}: ).*$", rf"\g<1>{value}", text, count=1)


def _swaps(authority: Mapping[str, str], town: NewTown) -> list[tuple[str, str]]:
    """Old names and the new ones, the longer first."""
    latin = str(authority["name_texts"]["en"]).removesuffix(" City").removesuffix(" Prefecture")  # type: ignore[index]
    found = [
        (authority["name"], town.name),
        (_bare(authority["name"], SUFFIXES), _bare(town.name, SUFFIXES)),
        (authority["kana"], town.kana),
        (_bare(authority["kana"], READINGS), _bare(town.kana, READINGS)),
        (latin, town.latin),
    ]
    return sorted(((old, new) for old, new in found if old and new), key=lambda pair: -len(pair[0]))


def _bare(name: str, suffixes: tuple[str, ...]) -> str:
    """湖南 of 湖南市."""
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


def _swapped(text: str, swaps: list[tuple[str, str]]) -> str:
    """All at once, so that a new name is never taken for an old one."""
    if not swaps:
        return text
    new = dict(swaps)
    return re.sub("|".join(re.escape(old) for old, _new in swaps), lambda found: new[found[0]], text)
