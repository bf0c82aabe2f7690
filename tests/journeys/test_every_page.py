"""Every page that each role reaches by links: accessible, narrow enough at large letters, nothing foreign or inline."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.journeys.visits import Visit
from yui.site.demo.roles import DEMO_ROLES

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
MOST = 80
LONGEST = "マリア・エゼンプラ・ダ・シルヴァ・フィクチシア"
NO_PAGE = re.compile(
    r"\.(ics|csv|json|docx|xlsx|pdf|txt|xml)$|/csv/$|/word/$|/trial/$|/download/$|/desk/office-files/|/desk/contract-files/|/call-papers/\w+/$|/desk/expenses/files/|/snapshot/$|/forms/\w+/\d+/$"
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")|\son[a-z]+=\"|<style|\sstyle=\""
)
STARTS = {
    None: ["/", "/konan/", "/_demo/", "/_outbox/", "/konan/card/", "/account/login/"],
    "resident": ["/konan/my/", "/konan/registered/"],
    "coordinator": ["/konan/desk/", "/konan/desk/introductions/?view=board", "/konan/desk/introductions/?state=all"],
}


@pytest.mark.parametrize("role", [None, *DEMO_ROLES])
def test_pages_are_accessible_and_fit(visit: Begin, axe: None, role: str | None) -> None:
    staff = role not in (None, "resident", "newcomer", "organization", "proposer")
    one = visit(role, 1280 if staff else 390)
    waiting = list(STARTS.get(role, [DEMO_ROLES[role].landing if role else "/"]))
    seen: set[str] = set()
    faults: list[str] = []
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        route = route_of(address)
        if not route or route in seen or (staff and "/my/" in route):  # staff who are not registered have no own pages
            continue
        seen.add(route)
        answer = one.page.goto(one.base + address)
        if answer is None or answer.status != 200:
            faults.append(f"{address}: status {answer and answer.status}")
            continue
        faults += [f"{address}: {fault}" for fault in faults_of(one, answer.text(), wide=staff)]
        waiting += [href for href in one.links(r"^/") if route_of(href) not in seen]
    assert not faults, "\n".join(faults)
    assert len(seen) >= 6


def route_of(address: str) -> str:
    """The pattern of the URL configuration, so that each kind of page is visited once. Empty for what is no page."""
    path = urlsplit(address).path
    if NO_PAGE.search(path) or path.startswith(("/static/", "/_gallery")):
        return ""
    try:
        return str(resolve(path).route) + ("?board" if "view=board" in address else "")
    except Resolver404:
        return ""


def faults_of(one: Visit, source: str, *, wide: bool) -> list[str]:
    """What is wrong with the page that is open."""
    faults = [f"inline: {found.group(0)}" for found in INLINE.finditer(source)]
    faults += one.accessible()
    one.page.set_viewport_size({"width": 390, "height": 844})
    if not one.fits():
        faults.append(f"scrolls sideways at 390: {too_wide(one)}")
    one.page.evaluate("document.documentElement.style.fontSize = '200%'")
    if not one.fits():
        faults.append(f"scrolls sideways at 390 with letters of 200 %: {too_wide(one)}")
    one.page.evaluate("document.documentElement.style.fontSize = ''")
    if wide:
        one.page.set_viewport_size({"width": 1280, "height": 900})
    return faults


def too_wide(one: Visit) -> str:
    """The first elements that reach over the right edge and are not scrolled in a box of their own."""
    return str(
        one.page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter((one) => {
                 if (one.getBoundingClientRect().right <= document.documentElement.clientWidth + 1) return false;
                 for (let up = one.parentElement; up; up = up.parentElement)
                   if (getComputedStyle(up).overflowX !== 'visible') return false;
                 return true;
               }).slice(0, 3).map((one) => one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 30)).join(' | ')"""
        )
    )


def test_the_longest_name_fits_everywhere(visit: Begin) -> None:
    staff = visit("coordinator", 390)
    staff.open("/konan/desk/people/")
    staff.fill(typed="まりあえぜ")
    staff.press("さがす")
    address = staff.page.locator("main a", has_text="開く").first.get_attribute("href") or ""
    for path in (address, f"{address}suggestions/", f"{address}edit/", f"{address}card/", "/konan/desk/people/"):
        staff.open(path)
        staff.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert staff.fits(), f"{path}: {too_wide(staff)}"
    own = visit("newcomer", 390)
    for path in ("/konan/my/", "/konan/registered/", "/konan/my/profile/", "/konan/opportunities/"):
        own.open(path)
        own.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert own.fits(), f"{path}: {too_wide(own)}"
