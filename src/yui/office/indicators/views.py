"""指標 and 「この数字の根拠」."""

import datetime as dt
import re

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base import clock
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.leaving import record_leaving
from yui.base.measures.queries import locked
from yui.base.measures.registry import all_measures
from yui.office.commissions.models import Commission
from yui.office.commissions.views.overview import commission_here, once_begun
from yui.office.commissions.wording import month_words
from yui.office.indicators.links import linked
from yui.office.indicators.outside import outside_figures
from yui.office.indicators.queries import Evidence, evidence_of, month_figures, months_of

ROWS = 100
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


def month_here(request: HttpRequest, commission: Commission) -> dt.date:
    """The month that the address names (``?month=2026-11``), or the present one, of a commission that has ended its
    last; 404 for anything else.
    """
    text = request.GET.get("month", "")
    if text and not MONTH.fullmatch(text):
        raise Http404
    return dt.date.fromisoformat(f"{text}-01") if text else min(clock.today(), commission.ends_on).replace(day=1)


def evidence_here(request: HttpRequest, measure: str) -> tuple[Commission, dt.date, Evidence, bool]:
    """The rows of the address: commission, month, rows, and whether all since the beginning are asked for."""
    commission = commission_here(request)
    month = month_here(request, commission)
    if measure not in {known.key for known in all_measures()}:
        raise Http404
    lock = locked(commission.key, month)
    whole = request.GET.get("span") == "all"
    return commission, month, evidence_of(commission, month, [measure], lock=lock)[measure], whole


@needs(Permission.FIGURES_READ)
@once_begun
def listing(request: HttpRequest) -> HttpResponse:
    """Every indicator of a month beside its target."""
    commission = commission_here(request)
    month = month_here(request, commission)
    context = {
        "commission": commission,
        "month": month,
        "month_words": month_words(month),
        "figures": month_figures(commission, month),
        "outside": outside_figures(commission, month),
        "may_enter": may(request.actor, Permission.COMMISSION_WRITE),  # type: ignore[attr-defined]
        "lock": locked(commission.key, month),
        "months": [(one, month_words(one)) for one in months_of(commission, clock.today())],
    }
    return render(request, "office/figures.html", context)


@needs(Permission.FIGURES_READ)
def figure(request: HttpRequest, measure: str) -> HttpResponse:
    """The rows behind one figure: ids, days and labels; links for staff who may open the things themselves."""
    commission, month, evidence, whole = evidence_here(request, measure)
    page = Paginator(evidence.total if whole else evidence.month, ROWS).get_page(request.GET.get("page"))
    context = {
        "commission": commission,
        "measure": evidence.measure,
        "month": month,
        "month_words": month_words(month),
        "lock": evidence.lock,
        "whole": whole,
        "page": page,
        "rows": linked(request.actor, page.object_list),  # type: ignore[attr-defined]
        "count": len(evidence.month),
        "total": len(evidence.total),
    }
    return render(request, "office/figure.html", context)


@needs(Permission.FIGURES_READ)
def download(request: HttpRequest, measure: str) -> HttpResponse:
    """The same rows as CSV."""
    actor = request.actor  # type: ignore[attr-defined]
    with transaction.atomic():
        _, month, evidence, whole = evidence_here(request, measure)
        rows = evidence.total if whole else evidence.month
        record_leaving(actor=actor, what=f"figure:{measure}", count=len(rows), permission=Permission.FIGURES_READ)
    data = csv_bytes(
        ["番号", "日", "内容", "しるし"],
        [[row.key, row.effective_on, row.label, " ".join(row.codes)] for row in rows],
    )
    name = f"{measure}-{month:%Y-%m}{'-all' if whole else ''}.csv"
    return HttpResponse(
        data,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )
