"""The desk hands the list of people out as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base import clock
from yui.people.domain import export_people
from yui.people.domain.exports import ENDINGS
from yui.people.forms import ExportForm

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN = 100


def people_export(request: HttpRequest) -> HttpResponse:
    """Choose the kind of file and say why; what CP932 would lose is shown before anything leaves."""
    form = ExportForm(request.POST or None, authority=request.authority)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/export.html", {"form": form})
    wanted = form.wanted(losses_accepted="accept" in request.POST)
    exported = export_people(actor=request.actor, wanted=wanted)
    if exported.content is None:
        kept = [(name, value) for name, value in request.POST.items() if name in form.fields]
        context = {"losses": exported.losses[:SHOWN], "count": len(exported.losses), "kept": kept}
        return render(request, "people/export_losses.html", context)
    ending = ENDINGS[wanted.kind]
    response = HttpResponse(exported.content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="jinzai-{clock.today():%Y%m%d}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
