"""The side menu: the present line is the true one, and no line leads to a page that does not exist."""

import re

import pytest
from tests.founding import found

from yui.base.access.actor import actor_for
from yui.base.tenancy.scope import authority_scope
from yui.site.menu import menu_for
from yui.site.tests.test_job_pages import client_of

pytestmark = pytest.mark.django_db
MENU = re.compile(r'<nav aria-label="仕事のメニュー">(.*?)</nav>', re.S)


def present(actor, town, path):
    groups = menu_for(actor, town, f"/{town.key}/desk/{path}")
    return [item["label"] for group in groups for item in group["items"] if item["current"]]


def test_one_line_is_the_present_one_and_it_is_where_the_page_belongs():
    town = found("sora")
    _, account = client_of(town, "coordinator", "仮名 さくら")
    pages = {
        "": "今日の仕事", "people/abc/": "人財", "memberships/abc/": "団体", "opportunities/abc/": "企画・出番",
        "sessions/abc/attendance/": "企画・出番", "applicants/abc/answer/": "企画・出番",
        "candidates/first-calls/": "候補をさがす", "fairness/exposures/": "声かけの内わけ", "fairness/": "公平のようす",
    }  # fmt: skip
    with authority_scope(town):
        actor = actor_for(account, town)
        assert {path: present(actor, town, path) for path in pages} == {path: [one] for path, one in pages.items()}
        assert present(actor, town, "nowhere/") == []


def test_every_line_opens_in_a_town_where_no_commission_has_begun():
    town = found("sora")
    for role in ("officer", "coordinator"):
        client, _ = client_of(town, role, role)
        menu = MENU.search(client.get("/sora/desk/approvals/" if role == "officer" else "/sora/desk/").content.decode())
        lines = re.findall(r'href="([^"]+)"', menu[1])
        assert len(lines) > 15
        shut = {line: client.get(line, follow=True).status_code for line in lines}
        assert {line: status for line, status in shut.items() if status != 200} == {}
