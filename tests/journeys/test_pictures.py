"""Pictures of named pages at 390, 1280 and in print, under ``build/pictures``; the chosen ones go into the README.

``YUI_PICTURES=1`` also writes the chosen eight into ``docs/pictures``.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import ROOT
from tests.journeys.test_road import registers
from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
PICTURES = ROOT / "build" / "pictures"
CHOSEN = {
    "front-1280", "desk-1280", "candidates-1280", "introduction-1280", "report-1280", "registration-390",
    "registered-390", "mypage-390",
}  # fmt: skip
TALLEST = {390: 1700, 1280: 1150}  # a picture shows the upper part of a long page
LARGEST = 300_000

PAGES: dict[str, tuple[str | None, str]] = {
    "front": (None, "/konan/"),
    "catalogue": (None, "/konan/opportunities/"),
    "opportunity": (None, "/konan/opportunities/ → /opportunities/\\w{12}/$"),
    "kairanban": (None, "/konan/opportunities/kairanban/"),
    "registration": (None, "/konan/register/"),
    "paper": (None, "/konan/register/form/"),
    "mypage": ("resident", "/konan/my/"),
    "stage": ("resident", "/konan/my/stage/"),
    "portuguese": ("newcomer", "/konan/my/"),
    "hosting": ("organization", "/konan/group/activities/new/"),
    "desk": ("coordinator", "/konan/desk/"),
    "people": ("coordinator", "/konan/desk/people/"),
    "person": ("coordinator", "/konan/desk/people/ → /desk/people/(?!new)\\w{12}/$"),
    "candidates": ("coordinator", "/konan/desk/candidates/?q=絵本 → /desk/candidates/\\w{12}/$"),
    "introduction": ("coordinator", "/konan/desk/introductions/ → /desk/introductions/(?!slip)\\w{12}/$"),
    "board": ("coordinator", "/konan/desk/introductions/?view=board"),
    "home": ("officer", "/konan/desk/home/"),
    "layers": ("officer", "/konan/desk/layers/"),
    "fairness": ("officer", "/konan/desk/fairness/"),
    "report": ("officer", "/konan/desk/reports/r8/2026-09/"),
}


def test_named_pages_are_pictured(visit: Begin) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for role in dict.fromkeys(role for role, _ in PAGES.values()):
        one = visit(role, 1280)
        for name, (whose, address) in PAGES.items():
            if whose == role:
                go(one, address)
                for width in (1280, 390):
                    one.page.set_viewport_size({"width": width, "height": 900})
                    take(one, f"{name}-{width}", TALLEST[width])
                one.page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots an inch
                one.page.emulate_media(media="print")
                take(one, f"{name}-print", 1123)
                one.page.emulate_media(media="screen")
    assert len(list(PICTURES.glob("*.png"))) >= 60


def test_the_page_after_registering_is_pictured(visit: Begin) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    resident = visit(None, 390)
    registers(resident, "下書 みほこ", "mihoko@example.jp", "090-0000-7777")
    resident.open("/konan/registered/")
    take(resident, "registered-390", TALLEST[390])
    chosen = {path.stem: path for path in PICTURES.glob("*.png") if path.stem in CHOSEN}
    assert set(chosen) == CHOSEN
    if os.environ.get("YUI_PICTURES"):
        for name, path in chosen.items():
            keep(path, ROOT / "docs" / "pictures" / f"{name}.png")


def go(one: Visit, address: str) -> None:
    """Open the address; after an arrow, the first link there that matches."""
    first, _, pattern = address.partition(" → ")
    one.open(first)
    if pattern:
        one.open(one.links(pattern)[0])


def take(one: Visit, name: str, tallest: int) -> None:
    """A picture of the upper part, without the banner's noise of moving parts."""
    size = one.page.viewport_size
    height = int(one.page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(height, tallest)}
    path = PICTURES / f"{name}.png"
    one.page.screenshot(path=path, clip=clip, full_page=True, animations="disabled")
    assert path.stat().st_size > 5_000, name


def keep(path: Path, target: Path) -> None:
    """Into the repository, if it is light."""
    data = path.read_bytes()
    assert len(data) < LARGEST, f"{path.name}: {len(data)} bytes"
    assert re.match(rb"\x89PNG", data)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
