"""The guides on paper: each stands on one A4 page, in every language it exists in, and fits a telephone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured

from tests.axe import AxeMissing, axe_source, violations
from tests.founding import found
from yui.base.access.roles import ROLES
from yui.base.ui.middleware import COOKIE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 390, "height": 900})
    yield opened
    opened.close()


def sheets(page: Any) -> int:
    """How many pages the printer would use."""
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))


def test_every_guide_is_one_page(page: Any, live_server: Any, settings: Any) -> None:
    settings.YUI_PUBLIC_URL = "https://jinzai-platform.city.konan.shiga.example.jp"  # as long as a real one
    town = found("konan")
    for role in ROLES:
        page.goto(f"{live_server.url}/{town.key}/guide/{role}/")
        assert page.locator(".yui-guide li").count() >= 1, role
        assert page.evaluate("document.documentElement.scrollWidth") == 390, role
        assert sheets(page) == 1, role
    for language, _ in configured.LANGUAGES:
        page.context.add_cookies([{"name": COOKIE, "value": language, "url": live_server.url}])
        page.goto(f"{live_server.url}/{town.key}/guide/resident/")
        assert sheets(page) == 1, language


def test_every_guide_is_accessible(page: Any, live_server: Any) -> None:
    try:
        axe_source()
    except AxeMissing as missing:
        pytest.skip(str(missing))
    town = found("konan")
    for role in ROLES:
        page.goto(f"{live_server.url}/{town.key}/guide/{role}/")
        assert violations(page) == [], role
