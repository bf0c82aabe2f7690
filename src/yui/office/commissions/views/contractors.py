"""Setting a commission up: begin it from the definition, engage the contractor, appoint and dismiss its people."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock, definitions
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.models import Grant
from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.tenancy.addresses import town_url
from yui.office.commissions import domain, queries
from yui.office.commissions.forms import AppointForm, EngageForm, StartForm
from yui.office.commissions.models import Commission, Engagement
from yui.office.commissions.views.overview import staff_path
from yui.people.queries import organizations_on

FIELD_OF = {
    "already_appointed": "role",
    "address": "mail",
    "already_engaged": "organization",
    "outside_term": "ends_on",
    "one_organization": "organization",
}
"""At which field the sentence of a refusal stands."""


@needs(Permission.APPROVAL_DECIDE)
def start(request: HttpRequest) -> HttpResponse:
    """Begin a commission that the newest loaded definition describes."""
    definition = definitions.current(request.authority)  # type: ignore[attr-defined]
    parts = queries.startable(definition)
    form = StartForm(request.POST or None, parts=parts)
    if form.is_valid():
        try:
            made = domain.start_commission(
                actor=request.actor,  # type: ignore[attr-defined]
                definition=definition,
                key=form.cleaned_data["key"],
            )
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "業務を始めました。つぎに、受託者を決めます。")
            return redirect(town_url(request.authority, "office:engage", commission=made.key))  # type: ignore[attr-defined]
    context = {"form": form, "parts": parts}
    return render(request, "office/start_commission.html", context, status=422 if form.is_bound else 200)


@needs(Permission.APPROVAL_DECIDE)
def engage(request: HttpRequest, commission: str) -> HttpResponse:
    """Engage a contractor for a commission: one of the register, or a new one."""
    here = get_visible(request, Commission.objects.select_related("authority"), key=commission)
    form = EngageForm(request.POST or None, organizations=organizations_on(clock.today()).order_by("kana", "name"))
    if form.is_valid():
        try:
            made = domain.engage_contractor(
                actor=request.actor,  # type: ignore[attr-defined]
                commission=here,
                **form.cleaned_data,
            )
        except NotPossible as problem:
            form.add_error(FIELD_OF.get(problem.code), problem.sentence)
        else:
            messages.success(request, "受託者を決めました。つぎに、その人たちに役割を渡します。")
            return redirect(town_url(here.authority, "office:appoint", public_id=made.public_id))
    context = {"form": form, "commission": here}
    return render(request, "office/engage.html", context, status=422 if form.is_bound else 200)


@needs(Permission.APPROVAL_DECIDE)
def appoint(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give somebody of the contractor a role; they get a mail that says how to sign in."""
    rows = Engagement.objects.select_related("organization", "commission__authority")
    engagement = get_visible(request, rows, public_id=public_id)
    form = AppointForm(request.POST or None)
    if form.is_valid():
        try:
            domain.appoint_by_mail(
                actor=request.actor,  # type: ignore[attr-defined]
                engagement=engagement,
                **form.cleaned_data,
            )
        except NotPossible as problem:
            form.add_error(FIELD_OF.get(problem.code), problem.sentence)
        else:
            messages.success(request, "役割を渡しました。ログインのしかたを、メールで送りました。")
            return redirect(staff_path(engagement.commission))
    context = {"form": form, "engagement": engagement}
    return render(request, "office/appoint.html", context, status=422 if form.is_bound else 200)


@needs(Permission.APPROVAL_DECIDE)
def dismiss(request: HttpRequest, public_id: str) -> HttpResponse:
    """End one role of a contractor's person today: asked first, done on post."""
    rows = Grant.objects.exclude(engagement_id="").select_related("account")
    grant = get_visible(request, rows, public_id=public_id)
    engagement = get_visible(request, Engagement.objects.select_related("commission"), public_id=grant.engagement_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            domain.dismiss_staff(actor=request.actor, grant=grant)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "役割をきょうで終えました。あすからは、この人には何も見えません。")
            return redirect(staff_path(engagement.commission))
    context = {"grant": grant, "role": ROLES[grant.role].label, "form": form, "today": clock.today()}
    context["back"] = staff_path(engagement.commission)
    return render(request, "office/dismiss.html", context, status=422 if form.is_bound else 200)
