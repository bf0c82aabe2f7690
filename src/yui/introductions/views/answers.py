"""Answering: by the one-time link, and by staff for what was said on the telephone or by letter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from yui.base.access.errors import Gone
from yui.base.access.gates import needs, public
from yui.base.access.permissions import Permission
from yui.base.definitions import current
from yui.base.tenancy.addresses import town_url
from yui.base.ui.middleware import in_their_language
from yui.introductions import domain
from yui.introductions.domain import Said
from yui.introductions.domain.notices import about
from yui.introductions.domain.reaching import receiving
from yui.introductions.forms import AnswerForm, EnteredAnswerForm
from yui.introductions.models import Answer
from yui.introductions.views.fetching import desk_introduction


@never_cache
@public
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link: who asks, what, when, why; yes and not this time, as equals."""
    try:
        link = domain.open_link(token)
    except Gone as gone:
        return render(request, "introductions/answer_gone.html", {"gone": gone}, status=410)
    to = receiving(link.introduction.opportunity, link.introduction.person, link.side)
    if link.side == Answer.Side.PERSON:
        in_their_language(request, link.introduction.person.language)
    language = request.LANGUAGE_CODE
    form = AnswerForm(request.POST or None, definition=current(request.authority), language=language)
    if form.is_valid() and request.POST.get("answer") in ("yes", "no"):
        domain.answer_by_link(
            actor=request.actor, token=token, yes=request.POST["answer"] == "yes",
            words=form.cleaned_data["words"], private_reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return redirect(town_url(request.authority, "introductions:answer_thanks"))
    context = {"link": link, "about": about(request.actor, link.introduction, to, language), "form": form}
    return render(request, "introductions/answer.html", context)


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """お返事を受け取りました: says nothing of the answer."""
    return render(request, "introductions/answer_thanks.html")


@needs(Permission.INTRODUCTION_ANSWER)
def entered(request: HttpRequest, public_id: str, side: str) -> HttpResponse:
    """Staff write down what a side said."""
    row = desk_introduction(request, public_id)
    if side not in Answer.Side.values:
        raise Http404
    to = receiving(row.opportunity, row.person, side)
    form = EnteredAnswerForm(request.POST or None, definition=current(request.authority))
    if form.is_valid():
        values = form.cleaned_data
        said = Said(values["yes"] == "yes", values["how"], values["words"], values["reason"])
        domain.answer(actor=request.actor, introduction=row, side=side, said=said)
        messages.success(request, "お返事を記入しました。")
        return redirect(town_url(request.authority, "introductions:introduction", public_id=row.public_id))
    return render(request, "introductions/enter_answer.html", {"row": row, "to": to, "form": form})
