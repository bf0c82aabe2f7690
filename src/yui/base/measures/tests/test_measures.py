"""Figures come with their rows; a locked month stays as it was."""

import datetime as dt

import pytest

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.measures import registry
from yui.base.measures.domain import lock_month
from yui.base.measures.models import MonthLock
from yui.base.measures.queries import differences, locked, locked_figures, locked_months, locked_rows
from yui.base.measures.registry import figure, measure, rows
from yui.base.measures.types import Row

OCTOBER = dt.date(2026, 10, 1)


@pytest.fixture
def calls(settings, monkeypatch):
    """A measure over a list of dated rows that a test may append to: (row, recorded at)."""
    settings.YUI_TODAY = "2026-11-20"
    monkeypatch.setattr(registry, "_measures", {})
    kept = []

    @measure("calls", label="電話", unit="件")
    def source(authority, start, end, as_of):
        return [row for row, recorded in kept if start <= row.effective_on <= end and recorded <= as_of]

    kept.append((Row("b", dt.date(2026, 10, 9), "電話", ("in",)), clock.now()))
    kept.append((Row("a", dt.date(2026, 10, 9), "電話"), clock.now()))
    kept.append((Row("c", dt.date(2026, 9, 30), "電話"), clock.now()))
    return kept


def october(**given):
    return {"start": OCTOBER, "end": dt.date(2026, 10, 31), **given}


def test_a_figure_is_the_number_of_its_rows_in_the_order_of_days(sora, calls):
    assert [row.key for row in rows("calls", authority=sora, **october())] == ["a", "b"]
    assert figure("calls", authority=sora, **october()) == 2


def test_rows_recorded_later_do_not_count(sora, calls):
    before = clock.now()
    calls.append((Row("d", dt.date(2026, 10, 20), "電話"), before + dt.timedelta(seconds=5)))
    assert figure("calls", authority=sora, **october(as_of=before)) == 2


def test_a_row_counted_twice_or_outside_the_period_is_a_defect(sora, calls, monkeypatch):
    measure("twice", label="二重", unit="件")(lambda *_: [Row("a", OCTOBER), Row("a", OCTOBER)])
    measure("late", label="後", unit="件")(lambda *_: [Row("a", dt.date(2026, 11, 1))])
    with pytest.raises(ValueError, match="counted twice"):
        rows("twice", authority=sora, **october())
    with pytest.raises(ValueError, match="outside"):
        rows("late", authority=sora, **october())


def test_a_locked_month_keeps_its_figures_and_rows(sora, officer, calls):
    lock = lock_month(actor=officer, commission_key="r8", month=dt.date(2026, 10, 17))
    calls.append((Row("d", dt.date(2026, 10, 20), "電話"), clock.now()))
    assert locked_figures(lock) == {"calls": 2}
    assert locked_rows(lock, "calls") == [
        Row("a", dt.date(2026, 10, 9), "電話"),
        Row("b", dt.date(2026, 10, 9), "電話", ("in",)),
    ]
    assert list(AuditEvent.objects.values_list("act", "details")) == [("month.locked", {"version": 1, "figures": 1})]


def test_a_correction_needs_a_reason_and_is_a_new_version(sora, officer, calls):
    first = lock_month(actor=officer, commission_key="r8", month=OCTOBER)
    calls.append((Row("d", dt.date(2026, 10, 20), "電話"), clock.now()))
    with pytest.raises(NotPossible) as refused:
        lock_month(actor=officer, commission_key="r8", month=OCTOBER, reason="  ")
    assert refused.value.code == "reason_needed"
    second = lock_month(actor=officer, commission_key="r8", month=OCTOBER, reason="記録もれ")
    assert (second.version, second.supersedes) == (2, first)
    assert locked("r8", OCTOBER) == second
    assert locked("r8", OCTOBER, version=1) == first
    assert locked_figures(first) == {"calls": 2}
    assert locked_months("r8") == [second]
    assert [(found.before, found.after, found.added) for found in differences(second)] == [(2, 3, ("d",))]


def test_a_locked_row_can_be_neither_saved_again_nor_deleted(sora, officer, calls):
    lock = lock_month(actor=officer, commission_key="r8", month=OCTOBER)
    with pytest.raises(TypeError):
        lock.save()
    with pytest.raises(TypeError):
        lock.delete()
    assert MonthLock.objects.count() == 1


def test_a_month_that_has_not_begun_cannot_be_locked(sora, officer, calls):
    with pytest.raises(NotPossible):
        lock_month(actor=officer, commission_key="r8", month=dt.date(2026, 12, 1))


def test_only_who_may_locks(sora, coordinator, calls):
    with pytest.raises(Refused):
        lock_month(actor=coordinator, commission_key="r8", month=OCTOBER)
    assert MonthLock.objects.count() == 0
