"""A resident's own introductions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.definitions import current
from yui.base.tenancy.addresses import town_url
from yui.introductions import domain, queries
from yui.introductions.domain import Said
from yui.introductions.forms import AnswerForm
from yui.introductions.models import Answer
from yui.introductions.own_pages import own_page
from yui.introductions.pages import labels_for
from yui.introductions.views.fetching import own_introduction

PERSON = Answer.Side.PERSON


@needs(Permission.INTRODUCTION_READ)
def introductions(request: HttpRequest) -> HttpResponse:
    """What one was asked about."""
    rows = queries.introductions_of_persons(request.actor.person_ids)[:50]
    lines = labels_for(current(request.authority), rows, request.LANGUAGE_CODE)
    return render(request, "introductions/my_introductions.html", {"lines": lines})


@needs(Permission.INTRODUCTION_READ)
def introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of them, with the two equal buttons as long as one is asked."""
    row = own_introduction(request, public_id, PERSON)
    form = AnswerForm(definition=current(request.authority), language=request.LANGUAGE_CODE)
    context = {"page": own_page(request.actor, row, PERSON), "form": form}
    return render(request, "introductions/my_introduction.html", context)


@needs(Permission.INTRODUCTION_ANSWER)
@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """One's own answer."""
    row = own_introduction(request, public_id, PERSON)
    form = AnswerForm(request.POST, definition=current(request.authority), language=request.LANGUAGE_CODE)
    if not form.is_valid() or request.POST.get("answer") not in ("yes", "no"):
        context = {"page": own_page(request.actor, row, PERSON), "form": form}
        return render(request, "introductions/my_introduction.html", context, status=400)
    values = form.cleaned_data
    said = Said(request.POST["answer"] == "yes", Answer.How.PAGE, values["words"], values["reason"])
    domain.answer(actor=request.actor, introduction=row, side=PERSON, said=said)
    messages.success(request, _("お返事を受け取りました。ありがとうございます。"))
    return redirect(town_url(request.authority, "introductions:my_introduction", public_id=public_id))
