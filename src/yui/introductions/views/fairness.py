"""公平のようす: a period told in words, for the officer to read aloud and to print on one A4."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base import clock
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.definitions import current
from yui.base.ui.charts import pairs
from yui.introductions import fairness as ledger
from yui.introductions.forms import PeriodForm


@needs(Permission.FAIRNESS_READ)
def fairness(request: HttpRequest) -> HttpResponse:
    """This month so far, or a period that was asked for."""
    today = clock.today()
    form = PeriodForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    last: dt.date = given.get("last") or today
    first: dt.date = given.get("first") or last.replace(day=1)
    found = ledger.fairness(request.authority, min(first, last), last)
    rules = current(request.authority).introductions
    told = [(share.label, share.registered, share.asked) for share in found.shares if share.difference is not None]
    chart = pairs(title="地区のかたより", rows=told, names=("登録の割合", "声かけの割合")) if told else None
    context = {"found": found, "rules": rules, "form": form, "chart": chart, "kept": ledger.kept(found, rules)}
    return render(request, "introductions/fairness.html", context)
