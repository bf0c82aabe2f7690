"""The introductions of a town: as a list, as a board, one by one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.definitions import current
from yui.base.messages.models import Message
from yui.base.tenancy.addresses import town_url
from yui.introductions.boards import board, filters, list_line
from yui.introductions.forms import NumberForm
from yui.introductions.models import Introduction
from yui.introductions.pages import introduction_page
from yui.introductions.views.fetching import at_desk, desk_introduction


@needs(Permission.INTRODUCTION_READ)
def everything(request: HttpRequest) -> HttpResponse:
    """List and board; filtered by where they stand."""
    at_desk(request)
    today = clock.today()
    if request.GET.get("view") == "board":
        columns = board(current(request.authority), today)
        return render(request, "introductions/board.html", {"columns": columns, "slip": NumberForm()})
    state = request.GET.get("state", "open")
    rows, choices = filters(state, today)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    lines = [list_line(row, today) for row in page]
    context = {"page": page, "lines": lines, "choices": choices, "slip": NumberForm()}
    return render(request, "introductions/introductions.html", context)


@needs(Permission.INTRODUCTION_READ)
def introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    """One introduction: both sides, what is next, what was. Contacts only after both said yes."""
    row = desk_introduction(request, public_id)
    may_write = holds_everywhere(request.actor, Permission.INTRODUCTION_WRITE)
    context = {"page": introduction_page(request.actor, row), "may_write": may_write}
    return render(request, "introductions/introduction.html", context)


@needs(Permission.INTRODUCTION_WRITE)
def slip(request: HttpRequest) -> HttpResponse:
    """The number of a return slip leads to its introduction."""
    form = NumberForm(request.GET or None)
    if form.is_valid():
        number = form.cleaned_data["number"].strip().lower()
        letter = Message.objects.filter(public_id=number, related_kind="introduction").first()
        row = Introduction.objects.filter(public_id=letter.related_id if letter else number).first()
        if row is not None:
            return redirect(town_url(request.authority, "introductions:introduction", public_id=row.public_id))
        form.add_error("number", "この整理番号の紹介は見つかりません。もう一度たしかめてください。")
    return render(request, "introductions/slip.html", {"form": form})
