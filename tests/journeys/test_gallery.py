"""The gallery in a real browser: every component, on a telephone and on a desk, is accessible and fits."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.axe import AxeMissing, axe_source, violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": request.param, "height": 900})
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    opened.close()


def test_every_component_is_accessible_and_fits(page: Any, live_server: Any) -> None:
    try:
        axe_source()
    except AxeMissing as missing:
        pytest.skip(str(missing))
    page.goto(f"{live_server.url}/_gallery/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    assert page.said == []


def test_axe_would_find_something(page: Any, live_server: Any) -> None:
    try:
        axe_source()
    except AxeMissing as missing:
        pytest.skip(str(missing))
    page.goto(f"{live_server.url}/_gallery/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=\"/static/yui/mark.svg\">')"
    )
    assert {line.partition(":")[0] for line in violations(page)} >= {"label", "image-alt"}


def test_a_narrow_window_is_not_pushed_sideways(page: Any, live_server: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 800})  # a telephone at large letters, WCAG 1.4.10
    page.goto(f"{live_server.url}/_gallery/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_page_works_with_the_keyboard_from_the_skip_link(page: Any, live_server: Any) -> None:
    page.goto(f"{live_server.url}/_gallery/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_leaving_with_unsaved_words_is_asked_about_first(page: Any, live_server: Any) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{live_server.url}/_gallery/")
    page.fill("#id_name", "例示 花子")
    page.goto(f"{live_server.url}/_gallery/?page=3")
    assert asked == ["beforeunload"]
