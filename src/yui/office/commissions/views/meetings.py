"""Meetings and their minutes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.documents.queries import documents_of
from yui.base.tenancy.addresses import town_url
from yui.office.commissions import domain
from yui.office.commissions.forms import MinutesForm, PlanForm, minutes_initial
from yui.office.commissions.models import Meeting
from yui.office.commissions.queries import line_of, meetings_of, minutes_paper
from yui.office.commissions.views.overview import commission_here, once_begun
from yui.office.reports.domain import make_minutes, submit_minutes


def meeting_here(request: HttpRequest, public_id: str) -> Meeting:
    """The meeting of the address; 404 when there is none."""
    found = Meeting.objects.select_related("commission", "authority", "recorded_by")
    return get_visible(request, found, public_id=public_id)


def path_of(meeting: Meeting) -> str:
    """The path of its page."""
    return town_url(meeting.authority, "office:meeting", public_id=meeting.public_id)


@needs(Permission.COMMISSION_READ)
@once_begun
def listing(request: HttpRequest) -> HttpResponse:
    """Every meeting, newest first."""
    here, now = commission_here(request), clock.now()
    found = meetings_of(here)
    may_write = may(request.actor, Permission.MEETING_WRITE)  # type: ignore[attr-defined]
    context = {"commission": here, "may_write": may_write, "coming": [m for m in reversed(found) if m.held_at > now]}
    return render(request, "office/meetings.html", {**context, "held": [m for m in found if m.held_at <= now]})


@needs(Permission.MEETING_WRITE)
def plan(request: HttpRequest) -> HttpResponse:
    """Put a meeting on the calendar."""
    here = commission_here(request)
    form = PlanForm(request.POST or None)
    if form.is_valid():
        meeting = domain.plan_meeting(
            actor=request.actor,  # type: ignore[attr-defined]
            commission=here,
            kind=form.cleaned_data["kind"],
            held_at=form.held_at,
            place=form.cleaned_data["place"],
            agenda=form.cleaned_data["agenda"],
        )
        messages.success(request, "会議を予定に入れました。")
        return redirect(path_of(meeting))
    return render(request, "office/plan_meeting.html", {"form": form}, status=422 if form.is_bound else 200)


@needs(Permission.COMMISSION_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """A meeting with its minutes and files."""
    meeting = meeting_here(request, public_id)
    actor = request.actor  # type: ignore[attr-defined]
    paper = minutes_paper(meeting)
    context = {
        "meeting": meeting,
        "paper": line_of(paper, clock.today()) if paper else None,
        "files": documents_of("minutes", ("meeting", meeting.public_id)),
        "may_write": may(actor, Permission.MEETING_WRITE) and meeting.called_off_on is None,
        "may_submit": may(actor, Permission.COMMISSION_WRITE),
        "may_open": may(actor, Permission.FILE_READ),
        "shows_people": may(actor, Permission.MEETING_WRITE),
        "over": meeting.held_at <= clock.now(),
    }
    return render(request, "office/meeting.html", context)


@needs(Permission.MEETING_WRITE)
def minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the minutes."""
    meeting = meeting_here(request, public_id)
    form = MinutesForm(request.POST or None, initial=minutes_initial(meeting))
    theirs = None
    if form.is_valid():
        try:
            domain.record_minutes(
                actor=request.actor,  # type: ignore[attr-defined]
                meeting=meeting,
                version=form.cleaned_data["version"],
                **form.words(),
            )
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        except Stale as problem:
            form.add_error(None, problem.sentence)
            theirs = meeting_here(request, public_id)
        else:
            messages.success(request, "記録を保存しました。")
            return redirect(path_of(meeting))
    context = {"form": form, "meeting": meeting, "theirs": theirs}
    return render(request, "office/minutes.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Permission.MEETING_WRITE)
def word(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the Word file."""
    meeting = meeting_here(request, public_id)
    make_minutes(actor=request.actor, meeting=meeting)  # type: ignore[attr-defined]
    messages.success(request, "打合せ記録簿（ワード）を作りました。")
    return redirect(path_of(meeting))


@require_POST
@needs(Permission.COMMISSION_WRITE)
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the Word file and hand it in."""
    meeting = meeting_here(request, public_id)
    submit_minutes(actor=request.actor, meeting=meeting)  # type: ignore[attr-defined]
    messages.success(request, "打合せ記録簿を提出しました。")
    return redirect(path_of(meeting))


@require_POST
@needs(Permission.MEETING_WRITE)
def call_off(request: HttpRequest, public_id: str) -> HttpResponse:
    """The meeting is not held."""
    domain.call_off_meeting(actor=request.actor, meeting=meeting_here(request, public_id))  # type: ignore[attr-defined]
    messages.success(request, "会議を取りやめにしました。")
    return redirect(town_url(request.authority, "office:meetings"))  # type: ignore[attr-defined]
