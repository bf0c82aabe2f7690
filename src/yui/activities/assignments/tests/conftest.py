"""The cast: the wing's towns, with a round of two opportunities and whoever wishes for them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from yui.activities.assignments import domain
from yui.activities.assignments.domain.rounds import ProgrammePlan, RoundPlan
from yui.activities.assignments.models import Round, RoundProgramme
from yui.activities.tests.conftest import Town, hinata, sora  # noqa: F401
from yui.base import clock


@pytest.fixture
def today(settings: Any) -> Callable[[str], None]:
    """Put the house's clock to a day."""

    def put(day: str) -> None:
        settings.YUI_TODAY = day

    put("2026-11-02")
    return put


def build_round(town: Town, *caps: int, announce: bool = True, **rules: Any) -> tuple[Round, list[RoundProgramme]]:
    """A round that runs for a week, with an opportunity of so many places each; ``rules`` go to the first."""
    first = clock.today()
    plan = RoundPlan("夏の地域プログラム", opens_on=first, closes_on=first + dt.timedelta(days=7))
    made = domain.make_round(actor=town.staff, plan=plan)
    programmes = []
    for number, cap in enumerate(caps):
        opportunity = town.open(title=f"出番{'甲乙丙丁'[number]}", capacity=cap, days=30 + number)
        more = rules if number == 0 else {}
        programmes.append(
            domain.add_programme(actor=town.staff, round=made, opportunity=opportunity, plan=ProgrammePlan(cap, **more))
        )
    if announce:
        made = domain.announce_round(actor=town.staff, round=made)
    return made, programmes
