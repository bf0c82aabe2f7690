"""The steps of a round at the desk: announced, tried, closed and drawn, published, called off."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.activities.assignments import domain
from yui.activities.assignments.forms import CallOffForm
from yui.activities.assignments.models import Round
from yui.activities.assignments.states import RoundState
from yui.activities.assignments.views.rounds import to_round
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P


@needs(P.ASSIGNMENT_WRITE)
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open on the first day; close and draw after the last: what the night does too."""
    found = get_visible(request, Round, public_id=public_id)
    if found.state == RoundState.ANNOUNCED:
        return _done(request, found, domain.open_round, "受付をはじめました。")
    said = "締め切って、約束した種でくじを引きました。結果をたしかめて、公開してください。"
    return _done(request, found, domain.close_and_draw, said)


@needs(P.ASSIGNMENT_WRITE)
def trial(request: HttpRequest, public_id: str) -> HttpResponse:
    """試し."""
    found = get_visible(request, Round, public_id=public_id)
    return _done(request, found, domain.try_out, "試しに計算しました。本番のくじとは、別の種です。")


@needs(P.ASSIGNMENT_PUBLISH)
def announce(request: HttpRequest, public_id: str) -> HttpResponse:
    """公表."""
    found = get_visible(request, Round, public_id=public_id)
    said = "公表しました。くじの約束（ハッシュ）が、公開のページにのりました。"
    return _done(request, found, domain.announce_round, said)


@needs(P.ASSIGNMENT_PUBLISH)
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """公開."""
    found = get_visible(request, Round, public_id=public_id)
    said = "結果を公開しました。お一人ずつのお知らせは、順に送られます。"
    return _done(request, found, domain.publish_round, said)


def _done(request: HttpRequest, found: Round, verb: Callable[..., object], said: str) -> HttpResponse:
    """The verb where a button was pressed, its sentence or its refusal, and back to the round."""
    if request.method == "POST":
        try:
            verb(actor=request.actor, round=found)
            messages.success(request, said)
        except NotPossible as refusal:
            messages.error(request, refusal.sentence)
    return to_round(request, found)


@needs(P.ASSIGNMENT_PUBLISH)
def call_off(request: HttpRequest, public_id: str) -> HttpResponse:
    """取りやめ, with a reason that everybody reads."""
    found = get_visible(request, Round, public_id=public_id)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.call_off_round(actor=request.actor, round=found, words=form.cleaned_data["words"])
        except NotPossible as refusal:
            form.add_error("words", refusal.sentence)
        else:
            messages.success(request, "取りやめました。")
            return to_round(request, found)
    context = {"form": form, "title": "席決めを取りやめる", "submit": "取りやめる", "round": found}
    return render(request, "assignments/desk_form.html", context)
