"""The house behind the town: roles and the audit."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible
from yui.base.access.models import Grant
from yui.base.audit.models import AuditEvent
from yui.base.staff import domain
from yui.site.forms import RoleForm
from yui.site.roles import grants_with_roles


def accounts(request: HttpRequest) -> HttpResponse:
    """Who holds which role until when; give a role."""
    form = RoleForm(request.POST or None)
    if form.is_valid():
        try:
            domain.grant_role(actor=request.actor, **form.cleaned_data)
        except NotPossible as error:
            form.add_error("role" if error.code in ("role", "already") else None, error.sentence)
        else:
            return redirect("site:accounts", town=request.authority.key)
    return render(request, "site/accounts.html", {"form": form, "rows": grants_with_roles(clock.today())})


def end_role(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a role today."""
    grant = get_visible(request, Grant, public_id=public_id)
    if request.method == "POST":
        domain.end_role(actor=request.actor, grant=grant)
        return redirect("site:accounts", town=request.authority.key)
    return render(request, "site/end_role.html", {"grant": grant})


def audit(request: HttpRequest) -> HttpResponse:
    """What was done and looked at, newest first: ids, acts and field names."""
    rows = AuditEvent.objects.order_by("-id")
    act = request.GET.get("act", "")
    if act:
        rows = rows.filter(act__startswith=act)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "site/audit.html", {"page": page, "act": act})
