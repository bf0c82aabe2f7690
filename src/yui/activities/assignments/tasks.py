"""What rounds do by themselves: open on their first day, close and draw in the night after the last, tell each person."""

import datetime as dt
import logging

from yui.activities.assignments.domain import close_and_draw, open_round, settle_sheet
from yui.activities.assignments.domain.publishing import JOB
from yui.activities.assignments.models import Round, WishSheet
from yui.activities.assignments.states import RoundState
from yui.base.access.actor import system_actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.jobs.models import JobRun
from yui.base.jobs.registry import every_day, job
from yui.base.jobs.run import Run
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority

log = logging.getLogger(__name__)


@every_day("assignments.days")
def days(authority: Authority, today: dt.date) -> int:
    """Rounds whose day has come. Doing it twice does nothing."""
    house, count = system_actor(authority, "assignments.days"), 0
    for found in Round.objects.filter(state=RoundState.ANNOUNCED, opens_on__lte=today):
        open_round(actor=house, round=found)
        count += 1
    for found in Round.objects.filter(state__in=[RoundState.OPEN, RoundState.CLOSED], closes_on__lt=today):
        try:
            close_and_draw(actor=house, round=found)
            count += 1
        except NotPossible as refusal:  # a seal that can not be opened: staff read the sentence on the round's page
            log.warning("round %s was not drawn: %s", found.public_id, refusal.code)
    return count


def _page(run: JobRun) -> str:
    return town_url(run.authority, "assignments:desk_round", public_id=str(run.arguments["round"]))


@job(JOB, label="席決めの結果のお知らせ", page=_page, page_permission=Permission.ASSIGNMENT_READ)
def tell_everybody(run: Run) -> None:
    """One piece for each person."""
    found = Round.objects.get(public_id=run.arguments["round"])
    house = system_actor(run.authority, JOB)
    sheets = WishSheet.objects.filter(round=found, withdrawn_at=None).order_by("id")
    run.each(sheets, key=lambda sheet: sheet.public_id, do=lambda sheet: settle_sheet(actor=house, sheet=sheet))
