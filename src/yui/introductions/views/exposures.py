"""声かけの内わけ: who was shown, asked, met and declined, on a page, on one A4 and as CSV, with the same numbers hidden."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.leaving import record_leaving
from yui.introductions.exposures import LABELS, aloud, as_rows, on_paper
from yui.introductions.exposures import exposures as gathered
from yui.introductions.forms import EndedPeriodForm


@needs(Permission.FAIRNESS_READ)
def exposures(request: HttpRequest) -> HttpResponse:
    """The newest quarter that has ended, or the period that was asked for."""
    return render(request, "introductions/exposures.html", _told(request))


@needs(Permission.FAIRNESS_READ)
def sheet(request: HttpRequest) -> HttpResponse:
    """The same period on one A4, for the monthly meeting."""
    context = _told(request)
    return render(request, "introductions/exposures_sheet.html", {**context, "paper": on_paper(context["found"])})


@needs(Permission.FAIRNESS_READ)
def download(request: HttpRequest) -> HttpResponse:
    """The same numbers as CSV; what is hidden on the page is hidden there."""
    actor = request.actor  # type: ignore[attr-defined]
    with transaction.atomic():
        found = _told(request)["found"]
        rows = list(as_rows(found))
        record_leaving(actor=actor, what="exposures", count=len(rows), permission=Permission.FAIRNESS_READ)
    name = f"exposures-{found.start:%Y-%m}-{found.end:%Y-%m}.csv"
    return HttpResponse(
        csv_bytes(["表", "区分", *(f"{label}（人）" for label in LABELS)], rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _told(request: HttpRequest) -> dict[str, Any]:
    form = EndedPeriodForm(request.GET or None)
    found = gathered(request.authority, *form.days())  # type: ignore[attr-defined]
    return {"found": found, "form": form, "labels": LABELS, "aloud": aloud(found)}
