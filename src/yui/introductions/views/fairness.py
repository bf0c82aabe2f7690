"""公平のようす: a period told in words, for the officer to read aloud and to print on one A4."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base import clock
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.definitions import current
from yui.base.ui.charts import pairs
from yui.introductions import fairness as ledger
from yui.introductions.fairness_run import run_in
from yui.introductions.forms import PeriodForm
from yui.introductions.rule_words import decided_by, public_sentence, weight_lines
from yui.introductions.rules import in_force


@needs(Permission.FAIRNESS_READ)
def fairness(request: HttpRequest) -> HttpResponse:
    """This month so far, or a period that was asked for."""
    form = PeriodForm(request.GET or None)
    context = _told(request, form)
    found = context["found"]
    told = [(share.label, share.registered, share.asked) for share in found.shares if share.difference is not None]
    whole = bool(told) and len(told) == len(found.shares) and found.asked > 0  # a picture with gaps would mislead
    names = ("登録の割合", "声かけの割合")
    context["chart"] = pairs(title="地区のかたより", rows=told, names=names) if whole else None
    return render(request, "introductions/fairness.html", context)


@needs(Permission.FAIRNESS_READ)
def sheet(request: HttpRequest) -> HttpResponse:
    """The same period on one A4."""
    return render(request, "introductions/fairness_sheet.html", _told(request, PeriodForm(request.GET or None)))


def _told(request: HttpRequest, form: PeriodForm) -> dict[str, Any]:
    today = clock.today()
    given = form.cleaned_data if form.is_valid() else {}
    last: dt.date = given.get("last") or today
    first: dt.date = given.get("first") or last.replace(day=1)
    town = request.authority  # type: ignore[attr-defined]
    definition, held = current(town), in_force(town, last)
    found, rules = ledger.fairness(town, min(first, last), last), definition.introductions
    return {
        "found": found, "rules": rules, "form": form, "kept": ledger.kept(found, rules), "held": held,
        "by": decided_by(held.row), "sentence": public_sentence(definition, held.values, "ja"),
        "weights": weight_lines(held.values), "run": run_in(found.start, last, request.GET.get("run", "")),
        "may_run": may(request.actor, Permission.APPROVAL_REQUEST),  # type: ignore[attr-defined]
    }  # fmt: skip
