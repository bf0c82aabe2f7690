"""The officer's home, the layers, and what waits for approval."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible
from yui.base.approvals import domain
from yui.base.approvals.models import Approval
from yui.base.definitions import current
from yui.base.measures.desk_items import collect_for_office
from yui.base.measures.registry import Counted
from yui.office.commissions.queries import due_lines, present_commission
from yui.office.indicators.queries import month_figures
from yui.site.fairness_line import fairness_line
from yui.site.forms import DecisionForm
from yui.site.layers import layers_page
from yui.site.trends import trend_of, trend_periods


def home(request: HttpRequest) -> HttpResponse:
    """市のホーム: what waits for approval and for the office, this month against target, what falls due, how fair it is."""
    today = clock.today()
    commission, periods = present_commission(today), trend_periods(today)
    counted = Counted(request.authority)  # type: ignore[attr-defined]
    counted.expect(periods)
    context = {
        "of_a_city": current(request.authority).scheme.authority.kind == "city",  # type: ignore[attr-defined]
        "approvals": Approval.objects.filter(state="review").select_related("requested_by")[:8],
        "lines": collect_for_office(request.actor, today),
        "commission": commission,
        "figures": month_figures(commission, today, counted=counted) if commission else [],
        "trend": trend_of(counted, periods),
        "due": due_lines(commission, today) if commission else [],
        "fairness": fairness_line(today),
    }
    return render(request, "site/home.html", context)


def layers(request: HttpRequest) -> HttpResponse:
    """層のうごき: the picture, the month's moves, half a year."""
    return render(request, "site/layers.html", {"layers": layers_page(request.authority, clock.today())})


def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for approval, and what was decided lately."""
    rows = Approval.objects.select_related("requested_by", "decided_by")
    context = {
        "waiting": rows.filter(state="review").order_by("requested_at"),
        "decided": rows.filter(state__in=["approved", "returned"]).order_by("-decided_at", "-id")[:30],
    }
    return render(request, "site/approvals.html", context)


def approval(request: HttpRequest, public_id: str) -> HttpResponse:
    """One request: read the thing, approve it or return it with words."""
    found = get_visible(request, Approval.objects.select_related("requested_by"), public_id=public_id)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        comment = form.cleaned_data["comment"]
        try:
            if request.POST.get("decision") == "approve":
                domain.approve(actor=request.actor, approval=found, comment=comment)
            else:
                domain.return_for_change(actor=request.actor, approval=found, comment=comment)
        except NotPossible as error:
            form.add_error("comment" if error.code == "comment_needed" else None, error.sentence)
        else:
            return redirect("site:approvals", town=request.authority.key)
    return render(request, "site/approval.html", {"approval": found, "form": form, "steps": found.steps.all()})
