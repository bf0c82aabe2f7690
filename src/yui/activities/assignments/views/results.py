"""The steps of a round at the desk: announced, tried, closed and drawn, published, called off."""

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
    if request.method == "POST":
        try:
            if found.state == RoundState.ANNOUNCED:
                domain.open_round(actor=request.actor, round=found)
                messages.success(request, "受付をはじめました。")
            else:
                domain.close_and_draw(actor=request.actor, round=found)
                messages.success(
                    request, "締め切って、約束した種でくじを引きました。結果をたしかめて、公開してください。"
                )
        except NotPossible as refusal:
            messages.error(request, refusal.sentence)
    return to_round(request, found)


@needs(P.ASSIGNMENT_WRITE)
def trial(request: HttpRequest, public_id: str) -> HttpResponse:
    """試し."""
    found = get_visible(request, Round, public_id=public_id)
    if request.method == "POST":
        try:
            domain.try_out(actor=request.actor, round=found)
            messages.success(request, "試しに計算しました。本番のくじとは、別の種です。")
        except NotPossible as refusal:
            messages.error(request, refusal.sentence)
    return to_round(request, found)


@needs(P.ASSIGNMENT_PUBLISH)
def announce(request: HttpRequest, public_id: str) -> HttpResponse:
    """公表."""
    found = get_visible(request, Round, public_id=public_id)
    if request.method == "POST":
        try:
            domain.announce_round(actor=request.actor, round=found)
            messages.success(request, "公表しました。くじの約束（ハッシュ）が、公開のページにのりました。")
        except NotPossible as refusal:
            messages.error(request, refusal.sentence)
    return to_round(request, found)


@needs(P.ASSIGNMENT_PUBLISH)
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """公開."""
    found = get_visible(request, Round, public_id=public_id)
    if request.method == "POST":
        try:
            domain.publish_round(actor=request.actor, round=found)
            messages.success(request, "結果を公開しました。お一人ずつのお知らせは、順に送られます。")
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
