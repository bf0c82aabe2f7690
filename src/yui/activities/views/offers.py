"""Answering an offered place: on one's own page, by the link in the message, and at the desk for what was said."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from yui.activities.catalogue import entries
from yui.activities.domain import (
    Overlap,
    accept_offer,
    answer_by_link,
    cancel_application,
    open_offer,
)
from yui.activities.models import Application
from yui.activities.states import ApplicationState
from yui.activities.wording import host_of, when_of, where_of
from yui.base.access.actor import Actor
from yui.base.access.errors import Gone, NotPossible
from yui.base.access.gates import get_visible
from yui.base.tenancy.addresses import town_url
from yui.base.ui.middleware import in_their_language

ANSWERS = ("yes", "no")


def answer_offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """はい or 今回はやめておく, on one's own page."""
    rows = _applications().filter(person_id__in=request.actor.person_ids)
    application = get_visible(request, rows, public_id=public_id)
    problem: NotPossible | None = None
    if request.method == "POST" and request.POST.get("answer") in ANSWERS:
        try:
            messages.success(request, _answered(request, application))
            return redirect(town_url(request.authority, "activities:applications"))
        except NotPossible as refusal:
            problem = refusal
    context = _told(request, application, problem)
    return render(request, "activities/offer.html", context, status=409 if problem else 200)


def desk_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """What somebody said on the telephone, or by letter, is written down by staff."""
    application = get_visible(request, _applications(), public_id=public_id)
    problem: NotPossible | None = None
    if request.method == "POST" and request.POST.get("answer") in ANSWERS:
        try:
            messages.success(request, _answered(request, application))
            page = town_url(
                request.authority, "activities:desk_opportunity", public_id=application.opportunity.public_id
            )
            return redirect(page)
        except NotPossible as refusal:
            problem = refusal
    context = {**_told(request, application, problem), "person": application.person}
    return render(request, "activities/offer_desk.html", context, status=409 if problem else 200)


@never_cache
def offer_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of the message: what, when, until when; yes and not this time, as equals."""
    problem: NotPossible | None = None
    try:
        application = open_offer(token)
        in_their_language(request, application.person.language)
        if request.method == "POST" and request.POST.get("answer") in ANSWERS:
            yes, instead = request.POST["answer"] == "yes", bool(request.POST.get("instead_of"))
            answer_by_link(actor=request.actor, token=token, yes=yes, instead=instead)
            return render(request, "activities/offer_thanks.html", {"yes": yes})
    except Gone as gone:
        return render(request, "activities/offer_gone.html", {"gone": gone}, status=410)
    except NotPossible as refusal:
        problem = refusal
    context = {**_told(request, application, problem), "by_link": True}
    return render(request, "activities/offer_link.html", context, status=409 if problem else 200)


def instead_of(request: HttpRequest, actor: Actor) -> Application | None:
    """The place elsewhere that the form gives up, if it is one the actor may give up."""
    key = request.POST.get("instead_of", "")
    rows = Application.objects.select_related("opportunity")
    return get_visible(request, rows, public_id=key, ended_at=None) if key and actor.account else None


def _answered(request: HttpRequest, application: Application) -> str:
    """Do what the pressed button says; the sentence that thanks for it."""
    if request.POST["answer"] == "no":
        cancel_application(actor=request.actor, application=application)
        return _("お返事をありがとうございます。次の方に順番がまわります。")
    other = instead_of(request, request.actor)
    accept_offer(actor=request.actor, application=application, instead_of=other)
    return _("お返事をありがとうございます。席がきまりました。")


def _told(request: HttpRequest, application: Application, problem: NotPossible | None) -> dict[str, Any]:
    opportunity = application.opportunity
    return {
        "application": application,
        "opportunity": opportunity,
        "host": host_of(opportunity.activity),
        "when": when_of(entries([opportunity])[0], request.LANGUAGE_CODE),
        "where": where_of(opportunity),
        "is_open": application.state == ApplicationState.OFFERED,
        "problem": problem.sentence if problem else "",
        "other": problem.other if isinstance(problem, Overlap) else None,
    }


def _applications() -> Any:
    return Application.objects.select_related(
        "person", "opportunity__activity__host_organization", "opportunity__session", "opportunity__district"
    )
