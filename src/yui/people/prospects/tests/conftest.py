"""The cast of the people wing, and a prospect or two."""

import pytest

from yui.base import clock
from yui.people.prospects import domain
from yui.people.tests.conftest import definition_parts, hinata, sora  # noqa: F401 fixtures

DAY = "2026-11-20"


@pytest.fixture(autouse=True)
def today(settings):
    settings.YUI_TODAY = DAY


@pytest.fixture
def actor(sora):  # noqa: F811
    return sora.staff("coordinator")


@pytest.fixture
def hearing(actor):
    return domain.hold_hearing(
        actor=actor,
        place="見本高等学校",
        kind="school",
        held_on=clock.today(),
        heard="防災に関心のある先生がいる。",
        who="教頭先生",
    )


@pytest.fixture
def prospect(sora, actor, hearing):  # noqa: F811
    values = {
        "name": "試案 みのり", "kana": "シアン ミノリ", "district": sora.district, "about": "防災士の資格がある方。",
        "contact": "090-0000-7788", "source": "hearing", "source_words": "教頭先生から", "hearing": hearing,
    }  # fmt: skip
    return domain.add_prospect(actor=actor, values=values)
