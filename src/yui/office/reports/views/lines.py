"""Choosing what the report says in words."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.office.commissions.wording import month_words
from yui.office.reports.domain import choose_lines
from yui.office.reports.forms import LinesForm
from yui.office.reports.queries import choices_of, draft_of, month_path
from yui.office.reports.views.monthly import month_of


@needs(Permission.REPORT_WRITE)
def choose(request: HttpRequest, commission: str, month: dt.date) -> HttpResponse:
    """Tick notes and concerns, edit their words, write what comes next."""
    here = month_of(request, commission, month)
    choices, monitored = choices_of(here, month), here.plan.get("monitored", [])
    form = LinesForm(request.POST or None, choices=choices, draft=draft_of(here, month), monitored=monitored)
    if form.is_valid():
        try:
            choose_lines(
                actor=request.actor,  # type: ignore[attr-defined]
                commission=here,
                month=month,
                lines=form.lines(),
                next_month=form.cleaned_data["next_month"],
                version=form.cleaned_data["version"],
                names_checked=bool(form.cleaned_data.get("names_checked")),
            )
        except (NotPossible, Stale) as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "報告にのせる文を保存しました。")
            return redirect(month_path(here, month))
    context = {"form": form, "words": month_words(month), "back": month_path(here, month)}
    reads = may(request.actor, Permission.CONTACT_NOTE_READ)  # type: ignore[attr-defined]
    context |= {"reads_notes": bool(reads)}
    return render(request, "office/report_lines.html", context, status=422 if form.is_bound else 200)
