"""The two Word forms of the office."""

from yui.base.documents.registry import Form, declare_form
from yui.office.reports.content import MINUTES_TAGS, TAGS, minutes_sample, sample_context
from yui.office.reports.shipped import build_minutes, build_report

REPORT = declare_form(Form("monthly_report", "月次報告", TAGS, build_report, sample_context()))
MINUTES = declare_form(Form("minutes", "打合せ記録簿", MINUTES_TAGS, build_minutes, minutes_sample()))
