"""The coordinator's steps after a proposal. Each posts one verb and leads back to the introduction."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.activities.domain import Overlap
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.definitions import current
from yui.base.tenancy.addresses import town_url
from yui.introductions import domain
from yui.introductions.boards import title_of
from yui.introductions.forms import AgainForm, MeetingForm, MetForm, OutcomeForm, StopForm
from yui.introductions.models import Answer, Introduction
from yui.introductions.views.fetching import desk_introduction

WRITE = Permission.INTRODUCTION_WRITE


def _back(request: HttpRequest, row: Introduction, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(town_url(request.authority, "introductions:introduction", public_id=row.public_id))  # type: ignore[attr-defined]


def _page(request: HttpRequest, row: Introduction, form: Any, title: str, submit: str, lead: str = "") -> HttpResponse:
    context = {"row": row, "pair": title_of(row), "form": form, "title": title, "submit": submit, "lead": lead}
    return render(request, "introductions/step.html", context)


@needs(WRITE)
@require_POST
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """双方にうかがう."""
    row = desk_introduction(request, public_id)
    domain.ask_both_sides(actor=request.actor, introduction=row)
    return _back(request, row, "双方にお知らせを送りました。")


@needs(WRITE)
def again(request: HttpRequest, public_id: str, side: str) -> HttpResponse:
    """Ask one side once more, by another way if wanted."""
    row = desk_introduction(request, public_id)
    form = AgainForm(request.POST or None)
    if side in Answer.Side.values and form.is_valid():
        way = domain.ask_again(actor=request.actor, introduction=row, side=side, channel=form.cleaned_data["channel"])
        return _back(request, row, f"もう一度、{way.label}でうかがいました。期限を新しくしました。")
    return _page(request, row, form, "もう一度うかがう", "うかがう")


@needs(WRITE)
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """顔合わせの日を決める."""
    row = desk_introduction(request, public_id)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        at, place = form.moment(), form.cleaned_data["place"]
        try:
            domain.set_meeting(actor=request.actor, introduction=row, at=at, place=place)
            return _back(request, row, "顔合わせの日を、双方に伝えました。")
        except Overlap as elsewhere:
            form.add_error(None, elsewhere.sentence)
    return _page(
        request, row, form, "顔合わせの日を決める", "決めて伝える", "日時と場所は、双方が選んだ方法で伝わります。"
    )


@needs(WRITE)
def met(request: HttpRequest, public_id: str) -> HttpResponse:
    """顔合わせをした."""
    row = desk_introduction(request, public_id)
    form = MetForm(request.POST or None)
    if form.is_valid():
        domain.record_met(actor=request.actor, introduction=row, on=form.cleaned_data["day"])
        return _back(request, row, "顔合わせを記録しました。つながりが1つ増えました。")
    return _page(request, row, form, "顔合わせを記録する", "記録する")


@needs(WRITE)
@require_POST
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    """協働が始まった."""
    row = desk_introduction(request, public_id)
    domain.start_together(actor=request.actor, introduction=row)
    return _back(request, row, "協働の始まりを記録しました。")


@needs(WRITE)
def outcome(request: HttpRequest, public_id: str) -> HttpResponse:
    """成果を記録する."""
    row = desk_introduction(request, public_id)
    form = OutcomeForm(request.POST or None, definition=current(request.authority))
    if form.is_valid():
        domain.record_outcome(actor=request.actor, introduction=row, **form.cleaned_data)
        return _back(request, row, "成果を記録しました。")
    return _page(request, row, form, "成果を記録する", "記録する")


@needs(WRITE)
def follow_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """3か月後の確認を記録する."""
    row = desk_introduction(request, public_id)
    form = OutcomeForm(request.POST or None, definition=current(request.authority), required=False)
    if form.is_valid():
        domain.follow_up(actor=request.actor, introduction=row, **form.cleaned_data)
        return _back(request, row, "その後の確認を記録しました。")
    return _page(request, row, form, "その後の確認を記録する", "記録する", "双方にうかがったことを書いてください。")


@needs(WRITE)
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """紹介をやめる."""
    row = desk_introduction(request, public_id)
    form = StopForm(request.POST or None)
    if form.is_valid():
        domain.stop(actor=request.actor, introduction=row, private_reason=form.cleaned_data["reason"])
        return _back(request, row, "この紹介をやめました。")
    return _page(request, row, form, "紹介をやめる", "この紹介をやめる")
