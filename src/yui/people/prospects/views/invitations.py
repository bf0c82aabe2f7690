"""お誘い: what came of each channel, invitations of many, and answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.definitions import by_key, current
from yui.base.tenancy.addresses import town_url
from yui.engine.calendar import add_months
from yui.people.prospects import domain
from yui.people.prospects.forms import AnswerForm, InviteManyForm, today_in
from yui.people.prospects.models import Invitation
from yui.people.prospects.queries import by_channel, called

PAGE = 50
MONTHS = 12


@needs(P.PROSPECT_READ)
def invitations(request: HttpRequest) -> HttpResponse:
    """Invited → answered → registered by channel over the last twelve months, and every invitation."""
    today, definition = clock.today(), current(request.authority)
    rows = Invitation.objects.select_related("prospect__person").order_by("-sent_on", "-id")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    channels = by_key(definition.people.prospects.channels)
    lines = [
        {
            "row": row,
            "to": called(row.prospect) if row.prospect else f"{row.to_words}（{row.copies:,}部）",
            "channel": channels[row.channel].label,
        }
        for row in page
    ]
    since = add_months(today, -MONTHS)
    figures = [row for row in by_channel(definition, since, today) if row.invitations]
    context = {"page": page, "lines": lines, "figures": figures, "since": since}
    return render(request, "prospects/invitations.html", context)


@needs(P.PROSPECT_WRITE)
def invitation_new(request: HttpRequest) -> HttpResponse:
    """An invitation of many."""
    form = InviteManyForm(request.POST or None, authority=request.authority, initial=today_in())
    if request.method == "POST" and form.is_valid():
        try:
            domain.invite_many(actor=request.actor, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "お誘いを記録しました。")
            return redirect(town_url(request.authority, "prospects:invitations"))
    return render(request, "prospects/invitation_form.html", {"form": form})


@needs(P.PROSPECT_WRITE)
def invitation_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one prospect answered."""
    rows = Invitation.objects.filter(prospect__ended_on=None).exclude(prospect=None).select_related("prospect")
    found = get_visible(request, rows, public_id=public_id)
    form = AnswerForm(request.POST or None, initial=today_in("answered_on"))
    if request.method == "POST" and form.is_valid():
        try:
            domain.answer_invitation(actor=request.actor, invitation=found, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "お返事を記録しました。")
            return redirect(town_url(request.authority, "prospects:prospect", public_id=found.prospect.public_id))
    context = {"form": form, "prospect": found.prospect, "heading": "お返事を記録する", "submit": "記録する"}
    return render(request, "prospects/step.html", context)
