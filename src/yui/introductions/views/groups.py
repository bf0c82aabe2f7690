"""What a host sees: candidates without names, and its own introductions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.activities.models import Opportunity
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.definitions import current
from yui.base.tenancy.addresses import town_url
from yui.introductions import domain, queries
from yui.introductions.domain import Said
from yui.introductions.forms import AnswerForm
from yui.introductions.models import Answer
from yui.introductions.own_pages import own_page
from yui.introductions.pages import labels_for, list_page
from yui.introductions.views.fetching import own_host_opportunity, own_introduction

HOST = Answer.Side.HOST


@needs(Permission.INTRODUCTION_READ)
def introductions(request: HttpRequest) -> HttpResponse:
    """What the group, or a person who runs something, was asked about."""
    actor = request.actor
    rows = queries.introductions_of_hosts(actor.organization_ids, actor.person_ids)[:50]
    lines = labels_for(current(request.authority), rows, request.LANGUAGE_CODE)
    return render(request, "introductions/group_introductions.html", {"lines": lines})


@needs(Permission.INTRODUCTION_READ)
def introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of them. The name stands here from the person's yes on."""
    row = own_introduction(request, public_id, HOST)
    form = AnswerForm(definition=current(request.authority), language=request.LANGUAGE_CODE)
    context = {"page": own_page(request.actor, row, HOST), "form": form}
    return render(request, "introductions/group_introduction.html", context)


@needs(Permission.INTRODUCTION_ANSWER)
@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """The group's answer."""
    row = own_introduction(request, public_id, HOST)
    form = AnswerForm(request.POST, definition=current(request.authority), language=request.LANGUAGE_CODE)
    if not form.is_valid() or request.POST.get("answer") not in ("yes", "no"):
        context = {"page": own_page(request.actor, row, HOST), "form": form}
        return render(request, "introductions/group_introduction.html", context, status=400)
    values = form.cleaned_data
    said = Said(request.POST["answer"] == "yes", Answer.How.PAGE, values["words"], values["reason"])
    domain.answer(actor=request.actor, introduction=row, side=HOST, said=said)
    messages.success(request, _("お返事を受け取りました。ありがとうございます。"))
    return redirect(town_url(request.authority, "introductions:group_introduction", public_id=public_id))


@needs(Permission.CANDIDATES_READ)
def candidates(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who would fit one's own 出番: age group, district, three reasons; nobody's name."""
    thing = get_visible(request, Opportunity.objects.select_related("activity"), public_id=public_id)
    own_host_opportunity(request, thing)
    page = list_page(request.actor, domain.make_candidate_list(actor=request.actor, opportunity=thing))
    return render(request, "introductions/group_candidates.html", {"opportunity": thing, "list": page})
