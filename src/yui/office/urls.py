"""Addresses of the office wing, all below desk/."""

import datetime as dt

from django.urls import include, path, register_converter

from yui.office.commissions.views import contractors, meetings, overview, owed
from yui.office.indicators import entering
from yui.office.indicators import views as figures
from yui.office.reports.views import lines, monthly, templates
from yui.office.sharing import views as sharing


class MonthConverter:
    """2026-11: a month, as its first day."""

    regex = r"[0-9]{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        """The first day of the month."""
        return dt.date.fromisoformat(f"{value}-01")

    def to_url(self, value: dt.date | str) -> str:
        """The month of a day."""
        return value if isinstance(value, str) else f"{value:%Y-%m}"


register_converter(MonthConverter, "month")
app_name = "office"
MONTH = "desk/reports/<slug:commission>/<month:month>/"

urlpatterns = [
    path("desk/commission/", overview.commission, name="commission"),
    path("desk/commission/staff/", overview.staff, name="staff"),
    path("desk/commission/start/", contractors.start, name="start_commission"),
    path("desk/commission/engage/<slug:commission>/", contractors.engage, name="engage"),
    path("desk/commission/staff/<slug:public_id>/appoint/", contractors.appoint, name="appoint"),
    path("desk/commission/staff/<slug:public_id>/dismiss/", contractors.dismiss, name="dismiss"),
    path("desk/commission/staff/<slug:public_id>/end/", overview.end, name="end_engagement"),
    path("desk/commission/papers/<slug:public_id>/", owed.page, {"kind": "paper"}, name="paper"),
    path("desk/commission/deliverables/<slug:public_id>/", owed.page, {"kind": "deliverable"}, name="deliverable"),
    path("desk/commission/<slug:kind>/<slug:public_id>/submit/", owed.submit, name="submit"),
    path("desk/commission/<slug:kind>/<slug:public_id>/decide/", owed.decide, name="decide"),
    path("desk/commission/papers/<slug:public_id>/ask/", owed.ask, name="ask_paper"),
    path("desk/office-files/<slug:public_id>/", owed.file, name="file"),
    path("desk/meetings/", meetings.listing, name="meetings"),
    path("desk/meetings/new/", meetings.plan, name="plan_meeting"),
    path("desk/meetings/<slug:public_id>/", meetings.page, name="meeting"),
    path("desk/meetings/<slug:public_id>/minutes/", meetings.minutes, name="minutes"),
    path("desk/meetings/<slug:public_id>/word/", meetings.word, name="minutes_word"),
    path("desk/meetings/<slug:public_id>/submit/", meetings.submit, name="submit_minutes"),
    path("desk/meetings/<slug:public_id>/call-off/", meetings.call_off, name="call_off_meeting"),
    path("desk/figures/", figures.listing, name="figures"),
    path("desk/figures/entered/<slug:public_id>/", entering.page, name="entered_figures"),
    path("desk/figures/entered/<slug:public_id>/withdraw/", entering.withdraw, name="withdraw_figure"),
    path("desk/figures/<str:measure>/", figures.figure, name="figure"),
    path("desk/figures/<str:measure>/csv/", figures.download, name="figure_csv"),
    path("desk/reports/", monthly.listing, name="reports"),
    path(MONTH, monthly.page, name="report"),
    path(MONTH + "make/", monthly.make, name="make_report"),
    path(MONTH + "lines/", lines.choose, name="report_lines"),
    path(MONTH + "preview/", monthly.preview, name="report_preview"),
    path("desk/reports/<slug:public_id>/submit/", monthly.submit, name="submit_report"),
    path("desk/reports/<slug:public_id>/decide/", monthly.decide, name="decide_report"),
    path("desk/reports/<slug:public_id>/retry/", monthly.retry, name="retry_report"),
    path("", include("yui.office.expenses.urls")),
    path("desk/sharing/", sharing.sharing, name="sharing"),
    path("desk/sharing/propose/", sharing.propose, name="propose_sharing"),
    path("desk/sharing/<slug:public_id>/withdraw/", sharing.withdraw, name="withdraw_sharing"),
    path("desk/towns/", sharing.towns, name="towns"),
    path("desk/towns/members/", sharing.members, name="members"),
    path("desk/towns/members/<slug:public_id>/end/", sharing.end_member, name="end_member"),
    path("desk/forms/", templates.listing, name="templates"),
    path("desk/forms/<slug:kind>/", templates.page, name="template"),
    path("desk/forms/<slug:kind>/trial/", templates.trial, name="template_trial"),
    path("desk/forms/<slug:kind>/<int:version>/", templates.download, name="template_file"),
]
