"""去年の企画を写す: what would be made, with the new dates, then one press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yui.activities.domain import SessionPlan, copy_activity
from yui.activities.domain.copying import moved_dates
from yui.activities.models import Activity, Session
from yui.activities.views.places import draw, fetch, go_here
from yui.activities.wording import session_hours
from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.ui import days


def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """The dates as they were and as they would be, and what is not copied."""
    rows = Activity.objects.select_related("host_organization", "host_person", "district")
    row = fetch(request, rows, public_id=public_id)
    problem = ""
    if request.method == "POST":
        try:
            made = copy_activity(actor=request.actor, activity=row)
            messages.success(request, _("下書きに写しました。日にちと中身をたしかめて、市に出してください。"))
            return go_here(request, "activity", public_id=made.public_id)
        except NotPossible as refusal:
            problem = refusal.sentence
    language = request.LANGUAGE_CODE
    dates = [
        {
            "before": f"{_day(date.session, language)} {hours}",
            "after": f"{_day(date.plan, language)} {hours}",
            "warning": date.warning,
        }
        for date in moved_dates(row)
        for hours in [session_hours(date.session, language)]
    ]
    context = {
        "activity": row,
        "dates": dates,
        "warned": sum(1 for date in dates if date["warning"]),
        "opportunities": row.opportunities.order_by("id"),
        "problem": problem,
    }
    return draw(request, "copy.html", context, status=409 if problem else 200)


def _day(row: Session | SessionPlan, language: str) -> str:
    return days.full(row.starts_at.astimezone(clock.TOKYO).date(), language)
