"""県と分けあう数字 for a town; 市町のようす for a prefecture."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import town_url
from yui.office.sharing import domain, queries
from yui.office.sharing.bridge import receivers_of
from yui.office.sharing.figures import MOST_MONTHS, months_over
from yui.office.sharing.forms import MemberForm, ProposeForm
from yui.office.sharing.models import MemberTown, Share


@needs(Permission.SHARING_READ)
def sharing(request: HttpRequest) -> HttpResponse:
    """With whom which figures are shared since when."""
    parts = queries.receiver_parts(request.authority)  # type: ignore[attr-defined]
    may_write = may(request.actor, Permission.SHARING_WRITE)  # type: ignore[attr-defined]
    return render(request, "sharing/sharing.html", {"parts": parts, "may_write": may_write})


@needs(Permission.SHARING_WRITE)
def propose(request: HttpRequest) -> HttpResponse:
    """Choose measures for one receiver (``?to=key``) and lay them before another officer."""
    authority = request.authority  # type: ignore[attr-defined]
    receivers = {one.key: one for one in receivers_of(authority)}
    receiver = receivers.get(request.GET.get("to", "")) or next(iter(receivers.values()), None)
    if receiver is None:
        return render(request, "sharing/sharing.html", {"parts": [], "may_write": True})
    today = clock.today()
    months = months_over(today.replace(year=today.year - MOST_MONTHS // 12, day=1), today)
    form = ProposeForm(request.POST or None, measures=queries.free_measures(receiver), months=months)
    if form.is_valid():
        try:
            domain.propose_sharing(actor=request.actor, receiver=receiver, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(town_url(authority, "office:sharing"))
    return render(request, "sharing/propose.html", {"form": form, "receiver": receiver})


@needs(Permission.SHARING_WRITE)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one consent back, after asking once."""
    share = get_visible(request, Share.objects.select_related("receiver"), public_id=public_id)
    if request.method == "POST":
        domain.withdraw_sharing(actor=request.actor, share=share)  # type: ignore[attr-defined]
        return redirect(town_url(request.authority, "office:sharing"))  # type: ignore[attr-defined]
    return render(request, "sharing/withdraw.html", {"share": share, "line": queries.line_of(share)})


@needs(Permission.TOWNS_READ)
def towns(request: HttpRequest) -> HttpResponse:
    """Towns × months of one measure (``?measure=``), from what each town agreed to share."""
    measures, today = queries.shared_measures(), clock.today()
    chosen = request.GET.get("measure", "") or (measures[0][0] if measures else "")
    context = {
        "measures": measures,
        "table": queries.town_table(chosen, today),
        "members": queries.members(),
        "may_write": may(request.actor, Permission.TOWNS_WRITE),  # type: ignore[attr-defined]
    }
    return render(request, "sharing/towns.html", context)


@needs(Permission.TOWNS_WRITE)
def members(request: HttpRequest) -> HttpResponse:
    """Which towns are counted as one's own; add one."""
    authority, present = request.authority, queries.members()  # type: ignore[attr-defined]
    form = MemberForm(request.POST or None, here=authority, present={one.town_id for one in present})
    if form.is_valid():
        try:
            domain.add_member_town(actor=request.actor, town=form.cleaned_data["town"])  # type: ignore[attr-defined]
        except NotPossible as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(town_url(authority, "office:members"))
    return render(request, "sharing/members.html", {"form": form, "members": present})


@needs(Permission.TOWNS_WRITE)
def end_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a town out of the list, after asking once."""
    member = get_visible(request, MemberTown.objects.select_related("town"), public_id=public_id)
    if request.method == "POST":
        domain.end_member_town(actor=request.actor, member=member)  # type: ignore[attr-defined]
        return redirect(town_url(request.authority, "office:members"))  # type: ignore[attr-defined]
    return render(request, "sharing/end_member.html", {"member": member})
