"""The attendance of a session: the list with boxes, the paper with the code, the host's tap on the one question."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yui.activities.domain import Attendance, answer_first_meeting_as_host, record_attendance
from yui.activities.models import Session, Tie
from yui.activities.queries import ListLine, attendance_list
from yui.activities.views.places import draw, fetch, go_here
from yui.activities.wording import name_for, session_text
from yui.base import definitions
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import full_url, town_url


def attendance(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tick who came. What was ticked before and is not any more is taken back."""
    session = fetch(request, _sessions(), public_id=public_id)
    lines = attendance_list(session)
    problem = ""
    if request.method == "POST":
        try:
            _write_down(request, session, lines)
            messages.success(request, _("出席を書きとめました。"))
            return go_here(request, "attendance", public_id=public_id)
        except NotPossible as refusal:
            problem = refusal.sentence
    named = [{"line": line, "name": name_for(request.actor, line.person)} for line in lines]
    context = {
        "session": session,
        "when": session_text(session, request.LANGUAGE_CODE),
        "lines": named,
        "came": [one for one in named if one["line"].participation and not one["line"].is_host],
        "question": definitions.current(request.authority).activities.tie_question.in_language(request.LANGUAGE_CODE),
        "met": _met(session),
        "problem": problem,
        "may_tie": bool(may(request.actor, Permission.TIE_WRITE, session)),
    }
    return draw(request, "attendance.html", context, status=409 if problem else 200)


def met(request: HttpRequest, public_id: str) -> HttpResponse:
    """The host's side of the one question; a visit by link leads back to the list."""
    session = fetch(request, _sessions(), public_id=public_id)
    if request.method == "POST":
        chosen = set(request.POST.getlist("met"))
        people = [line.person for line in attendance_list(session) if line.person.public_id in chosen]
        answer_first_meeting_as_host(actor=request.actor, session=session, met=people)
        messages.success(request, _("ありがとうございました。"))
    return go_here(request, "attendance", public_id=public_id)


def poster(request: HttpRequest, public_id: str) -> HttpResponse:
    """An A4 paper for the place: the code in large letters and as a QR code."""
    session = fetch(request, _sessions(), public_id=public_id)
    context = {
        "session": session,
        "when": session_text(session, request.LANGUAGE_CODE),
        "address": full_url(town_url(request.authority, "activities:attend_code", code=session.code)),
        "typed": full_url(town_url(request.authority, "activities:attend")),
    }
    return draw(request, "poster.html", context)


def _sessions() -> QuerySet[Session]:
    return Session.objects.select_related("activity__host_organization", "activity__host_person")


def _write_down(request: HttpRequest, session: Session, lines: list[ListLine]) -> None:
    ticked, before = set(request.POST.getlist("came")), set(request.POST.getlist("before"))
    present = [
        Attendance(line.person, "led" if line.is_host else _role(request, line.person.public_id))
        for line in lines
        if line.person.public_id in ticked
    ]
    gone = [line.person for line in lines if line.person.public_id in before - ticked]
    record_attendance(actor=request.actor, session=session, present=present, withdrawn=gone)


def _role(request: HttpRequest, public_id: str) -> str:
    return "helped" if request.POST.get(f"role-{public_id}") == "helped" else "attended"


def _met(session: Session) -> set[int]:
    ties = Tie.objects.filter(session=session).exclude(said_by="person")
    return set(ties.values_list("person_id", flat=True))
