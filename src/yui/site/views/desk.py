"""The coordinator's desk: today's work, and the letters to be sent."""

import re
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.gates import get_visible
from yui.base.measures.desk_items import KIND_LABELS, Kind, collect
from yui.base.messages.domain import mark_printed
from yui.base.messages.models import Message
from yui.people.forms import ContactNoteForm


def today(request: HttpRequest) -> HttpResponse:
    """今日の仕事: what is late, promised, awaited; who was never asked; what waits for approval."""
    day = clock.today()
    lines = collect(request.actor, day)
    groups = [
        {"kind": kind, "title": KIND_LABELS[Kind(kind)], "lines": list(found)}
        for kind, found in groupby(lines, key=lambda item: item.kind)
    ]
    counts = {group["kind"]: len(group["lines"]) for group in groups}
    context = {"groups": groups, "counts": counts, "note_form": ContactNoteForm(authority=request.authority)}
    return render(request, "site/desk.html", context)


def letters(request: HttpRequest) -> HttpResponse:
    """Letters that wait to be printed and posted, then those of the last weeks."""
    rows = Message.objects.filter(channel="letter").order_by("-id")
    context = {"waiting": rows.filter(state="queued"), "done": rows.filter(state="printed")[:50]}
    return render(request, "site/letters.html", context)


def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """One letter as an A4 page; pressing 「出しました」 dates it."""
    message = get_visible(request, Message, public_id=public_id, channel="letter")
    if request.method == "POST":
        mark_printed(actor=request.actor, message=message)
        return redirect("site:letters", town=request.authority.key)
    link = re.search(r"https?://\S+", message.body) if message.return_slip else None
    return render(request, "site/letter.html", {"letter": message, "link": link[0] if link else ""})
