"""The lines of the desk: in the order of kinds, then of days."""

import datetime as dt

import pytest

from yui.base.measures import desk_items as desk
from yui.base.measures.desk_items import DeskItem, Kind, collect


def line(kind, key, due_on=None, **given):
    return DeskItem(kind=kind, key=key, who="見本", sentence="。", url="/", verb="見る", due_on=due_on, **given)


def test_lines_come_by_kind_then_by_day_and_without_a_day_last(monkeypatch, sora, officer):
    monkeypatch.setattr(desk, "_of_the_desk", [])
    today = dt.date(2026, 11, 20)
    desk.desk_items(
        lambda actor, day: [line(Kind.WAITING, "w"), line(Kind.LATE, "no day"), line(Kind.LATE, "l", today)]
    )
    desk.desk_items(lambda actor, day: [line(Kind.PROMISED, "p", day)])
    assert [item.key for item in collect(officer, today)] == ["l", "no day", "p", "w"]


def test_a_wing_with_an_order_of_its_own_keeps_it(monkeypatch, sora, officer):
    monkeypatch.setattr(desk, "_of_the_desk", [])
    names = ["z", "a", "m"]
    desk.desk_items(lambda actor, day: [line(Kind.NEVER_ASKED, key, place=n) for n, key in enumerate(names)])
    assert [item.key for item in collect(officer, dt.date(2026, 11, 20))] == names


def test_a_tone_that_does_not_exist_is_a_defect():
    with pytest.raises(ValueError, match="tone"):
        line(Kind.LATE, "l", chip_tone="pink")
