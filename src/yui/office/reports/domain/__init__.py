"""What can be done with a monthly report and with the minutes."""

from yui.office.reports.domain.lines import choose_lines
from yui.office.reports.domain.minutes import make_minutes, submit_minutes
from yui.office.reports.domain.monthly import (
    accept_report,
    make_monthly_report,
    retry_report,
    return_report,
    submit_report,
)

__all__ = [
    "accept_report",
    "choose_lines",
    "make_minutes",
    "make_monthly_report",
    "retry_report",
    "return_report",
    "submit_minutes",
    "submit_report",
]
