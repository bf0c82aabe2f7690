"""The Japanese calendar: eras, dates as typed and as written, fiscal years, working days."""

from yui.engine.calendar.counting import (
    YEAR_END,
    add_months,
    add_working_days,
    age_on,
    days_between,
    holiday_name,
    is_working_day,
    same_weekday_later,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
)
from yui.engine.calendar.eras import ERAS, Era, era_of
from yui.engine.calendar.reading import DateFault, parse_date
from yui.engine.calendar.written import (
    fiscal_year,
    fiscal_year_days,
    fiscal_year_label,
    month_label,
    short_day,
    wareki,
    wareki_with_weekday,
    wareki_year,
    weekday,
)

__all__ = [
    "ERAS",
    "YEAR_END",
    "DateFault",
    "Era",
    "add_months",
    "add_working_days",
    "age_on",
    "days_between",
    "era_of",
    "fiscal_year",
    "fiscal_year_days",
    "fiscal_year_label",
    "holiday_name",
    "is_working_day",
    "month_label",
    "parse_date",
    "same_weekday_later",
    "short_day",
    "wareki",
    "wareki_with_weekday",
    "wareki_year",
    "weekday",
    "working_day_on_or_after",
    "working_day_on_or_before",
    "working_days_between",
]
