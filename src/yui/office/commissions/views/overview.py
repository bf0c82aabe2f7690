"""The commission at a glance, and who works for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import town_url
from yui.office.commissions import queries
from yui.office.commissions.domain import end_engagement
from yui.office.commissions.models import Commission, Engagement
from yui.office.commissions.wording import fiscal_year_words


def commission_here(request: HttpRequest) -> Commission:
    """The commission that the address names (``?commission=``), or the present one; 404 where there is none."""
    named = request.GET.get("commission", "")
    found = queries.commission_of(named)
    if found is None:
        raise Http404 if named else NotBegun
    return found


class NotBegun(Http404):
    """The town has no commission yet."""


def once_begun(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Says that no commission has begun, and where to begin one, instead of a page that does not exist."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotBegun:
            may_begin = may(request.actor, Permission.APPROVAL_DECIDE)  # type: ignore[attr-defined]
            return render(request, "office/not_begun.html", {"may_begin": may_begin})

    return answer


def staff_path(commission: Commission) -> str:
    """The page of those who work for a commission."""
    return f"{town_url(commission.authority, 'office:staff')}?commission={commission.key}"


@needs(Permission.COMMISSION_READ)
@once_begun
def commission(request: HttpRequest) -> HttpResponse:
    """Phases, deliverables, papers and meetings of a contract."""
    may_decide = may(request.actor, Permission.APPROVAL_DECIDE)  # type: ignore[attr-defined]
    if may_decide and not Commission.objects.exists():
        return redirect(town_url(request.authority, "office:start_commission"))  # type: ignore[attr-defined]
    here, today = commission_here(request), clock.today()
    deliverables, papers = (queries.owed_lines(here, kind, today) for kind in ("deliverable", "paper"))
    context = {
        "commission": here,
        "phases": [phase | {"year": fiscal_year_words(phase["fiscal_year"])} for phase in here.plan.get("phases", [])],
        "start": [line for line in deliverables if line.owed.phase == "start"],
        "mid": [line for line in deliverables if line.owed.phase == "mid"],
        "end": [line for line in deliverables if line.owed.phase == "end"],
        "papers": papers,
        "due": queries.soon([*deliverables, *papers], today),
        "meetings": queries.meetings_of(here)[:3],
        "engagements": queries.engagements_of(here),
        "others": Commission.objects.exclude(pk=here.pk),
        "may_decide": may_decide,
        "may_read_expenses": may(request.actor, Permission.EXPENSE_READ),  # type: ignore[attr-defined]
    }
    return render(request, "office/commission.html", context)


@needs(Permission.COMMISSION_READ)
@once_begun
def staff(request: HttpRequest) -> HttpResponse:
    """Who works for the commission, through which engagement, until when."""
    here = commission_here(request)
    engagements = [(one, queries.staff_of(one)) for one in queries.engagements_of(here)]
    may_decide = may(request.actor, Permission.APPROVAL_DECIDE)  # type: ignore[attr-defined]
    context = {"commission": here, "engagements": engagements, "may_decide": may_decide, "today": clock.today()}
    return render(request, "office/staff.html", context)


@needs(Permission.APPROVAL_DECIDE)
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End an engagement today: asked first, done on post."""
    engagement = get_visible(
        request, Engagement.objects.select_related("organization", "commission__authority"), public_id=public_id
    )
    if request.method == "POST":
        end_engagement(actor=request.actor, engagement=engagement)  # type: ignore[attr-defined]
        messages.success(request, "受託をきょうで終えました。あすからは、受託者の人には何も見えません。")
        return redirect(staff_path(engagement.commission))
    return render(request, "office/end_engagement.html", {"engagement": engagement, "today": clock.today()})
