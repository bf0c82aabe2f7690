"""What a resident does: mark, apply, cancel, say "I am here", answer the one question."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yui.activities.catalogue import entries
from yui.activities.domain import (
    Overlap,
    answer_first_meeting,
    apply_to_opportunity,
    attend_by_code,
    bookmark,
    cancel_application,
    show_name,
    unbookmark,
)
from yui.activities.filling import is_first_timer
from yui.activities.forms.answers import ApplyForm, CodeForm, MeetingForm
from yui.activities.models import Application, Bookmark, FirstMeeting, Opportunity, Participation, Session
from yui.activities.queries import (
    applications_of,
    attended,
    meetings_to_answer,
    nameable_people,
    ties_said,
    waiting_count,
)
from yui.activities.states import PUBLIC
from yui.activities.views.offers import instead_of
from yui.activities.views.own_lines import own_lines
from yui.activities.wording import card, host_of, left_of, session_text
from yui.base import definitions
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible
from yui.base.tenancy.addresses import town_url
from yui.people.models import Person
from yui.people.views.own import own_person


def mark(request: HttpRequest, public_id: str) -> HttpResponse:
    """気になる, on or off. A visit by link only leads back to the page where the button is."""
    opportunity, person = _open_to_all(public_id), own_person(request)
    page = town_url(request.authority, "activities:opportunity", public_id=public_id)
    if request.method == "POST":
        if Bookmark.objects.filter(person=person, opportunity=opportunity, ended_on=None).exists():
            unbookmark(actor=request.actor, opportunity=opportunity, person=person)
        else:
            bookmark(actor=request.actor, opportunity=opportunity, person=person)
        came_from = request.headers.get("referer", "")
        if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
            return redirect(came_from)
    return redirect(page)


def apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """応募する: once more what it is, a word if one likes, one button."""
    opportunity, person = _open_to_all(public_id), own_person(request)
    form = ApplyForm(request.POST or None)
    problem: NotPossible | None = None
    if request.method == "POST" and form.is_valid():
        try:
            apply_to_opportunity(
                actor=request.actor, opportunity=opportunity, person=person, message=form.cleaned_data["message"],
                instead_of=instead_of(request, request.actor),
            )  # fmt: skip
            messages.success(request, _("応募を受け付けました。ありがとうございます。"))
            return redirect("activities:opportunity", town=request.authority.key, public_id=public_id)
        except NotPossible as refusal:
            problem = refusal
    entry = entries([opportunity])[0]
    waits = not entry.left_for(first_timer=is_first_timer(person))
    context = {
        "form": form,
        "opportunity": opportunity,
        "card": card(entry, definitions.current(request.authority), request.LANGUAGE_CODE),
        "left": left_of(entry.left, entry.left_known),
        "person": person,
        "waits_as": waiting_count(opportunity) + 1 if waits else 0,
        "problem": problem.sentence if problem else "",
        "other": problem.other if isinstance(problem, Overlap) else None,
    }
    return render(request, "activities/apply.html", context, status=409 if problem else 200)


def applications(request: HttpRequest) -> HttpResponse:
    """A person's own applications."""
    person = own_person(request)
    rows = own_lines(request.authority, list(applications_of(person)[:100]), request.LANGUAGE_CODE)
    return render(request, "activities/applications.html", {"rows": rows, "person": person})


def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """取りやめる: asks once, then frees the place."""
    rows = Application.objects.filter(person_id__in=request.actor.person_ids).select_related("opportunity")
    application = get_visible(request, rows, public_id=public_id)
    if request.method == "POST":
        cancel_application(actor=request.actor, application=application)
        messages.success(request, _("応募を取りやめました。知らせてくださって、ありがとうございます。"))
        return redirect("activities:applications", town=request.authority.key)
    return render(request, "activities/cancel.html", {"application": application})


def attend(request: HttpRequest, code: str = "") -> HttpResponse:
    """来ました: by the code of the place, typed or from the QR code."""
    person = own_person(request)
    form = CodeForm(request.POST or ({"code": code} if code else None))
    if request.method == "POST" and form.is_valid():
        how = Participation.How.QR if code else Participation.How.CODE
        try:
            row = attend_by_code(actor=request.actor, person=person, code=form.cleaned_data["code"], how=how)
            messages.success(request, _("出席を受け付けました。ようこそ。"))
            return redirect("activities:meeting", town=request.authority.key, public_id=row.session.public_id)
        except NotPossible as refusal:
            form.add_error("code", refusal.sentence)
    return render(request, "activities/attend.html", {"form": form, "person": person, "code": code})


def meetings(request: HttpRequest) -> HttpResponse:
    """The one question, for each session that has not been answered; below, what was answered."""
    person = own_person(request)
    waiting = meetings_to_answer(person)
    before = attended(person).exclude(pk__in=waiting.values("pk"))[:20]
    language = request.LANGUAGE_CODE
    context = {
        "question": definitions.current(request.authority).activities.tie_question.in_language(language),
        "waiting": [{"row": row, "when": session_text(row.session, language)} for row in waiting],
        "before": [{"row": row, "when": session_text(row.session, language)} for row in before],
    }
    return render(request, "activities/meetings.html", context)


def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """The one question after one session: yes or no; then, for those who like, whom."""
    person = own_person(request)
    row = attended(person).filter(session__public_id=public_id).first()
    if row is None:
        raise Http404
    activity = row.session.activity
    host = "" if activity.host_person_id == person.pk else host_of(activity)
    form = MeetingForm(request.POST or None, people=nameable_people(row.session, person), host=host)
    if request.method == "POST" and form.is_valid():
        _answered(request, person, row.session, form)
        return redirect("activities:meeting", town=request.authority.key, public_id=public_id)
    context = {
        "question": definitions.current(request.authority).activities.tie_question.in_language(request.LANGUAGE_CODE),
        "row": row,
        "when": session_text(row.session, request.LANGUAGE_CODE),
        "form": form,
        "answered": FirstMeeting.objects.filter(person=person, session=row.session).first(),
        "met": ties_said(row.session, person),
        "person": person,
        "host": host,
    }
    return render(request, "activities/meeting.html", context)


def _answered(request: HttpRequest, person: Person, session: Session, form: MeetingForm) -> None:
    """One of the page's two buttons: to be seen or not, or the answer with the names chosen."""
    if "show" in request.POST:
        show_name(actor=request.actor, person=person, session=session, shown=request.POST["show"] == "yes")
        return
    answer_first_meeting(
        actor=request.actor,
        person=person,
        session=session,
        answer=request.POST.get("answer", ""),
        met=form.met_people(),
        met_host=form.cleaned_data.get("met_host", False),
    )
    messages.success(request, _("お返事を、ありがとうございました。"))


def _open_to_all(public_id: str) -> Opportunity:
    rows = Opportunity.objects.select_related(
        "activity__host_organization", "activity__host_person", "session", "district"
    )
    found = rows.filter(public_id=public_id, state__in=PUBLIC).first()
    if found is None:
        raise Http404
    return found
