"""Organisations: those a resident belongs to or founds, and the desk's register of all."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.errors import DomainError, Stale
from yui.base.access.gates import get_visible
from yui.base.tenancy.addresses import town_url
from yui.people.callers import find_organizations
from yui.people.domain import (
    add_member,
    change_role,
    end_member,
    end_organization,
    register_organization,
    update_organization,
)
from yui.people.domain.organizations import organization_values
from yui.people.forms import DeskOrganizationForm, MemberForm, OrganizationForm
from yui.people.models import ContactNote, Membership, Organization
from yui.people.queries import members_of, organizations_on
from yui.people.views.own import own_person, stale_form
from yui.people.views.search import found_person

PAGE = 50


def _initial(organization: Organization) -> dict[str, Any]:
    values = organization_values(organization)
    return {**values, "theme": list(values["themes"]), "version": organization.version}


def my_organizations(request: HttpRequest) -> HttpResponse:
    """The organisations one belongs to, and the way to found one."""
    person, today = own_person(request), clock.today()
    running = Q(ended_on=None) | Q(ended_on__gt=today)
    rows = Membership.objects.filter(running, person=person, organization__ended_on=None).select_related("organization")
    own = request.actor.organization_ids
    lines = [{"membership": row, "may_edit": row.organization_id in own} for row in rows]
    return render(request, "people/my_organizations.html", {"lines": lines})


def my_organization_new(request: HttpRequest) -> HttpResponse:
    """Found an organisation; the founder represents it."""
    person = own_person(request)
    form = OrganizationForm(request.POST or None, authority=request.authority)
    if request.method == "POST" and form.is_valid():
        register_organization(actor=request.actor, founder=person, values=form.values())
        messages.success(request, _("団体を登録しました。"))
        return redirect(town_url(request.authority, "people:my_organizations"))
    return render(request, "people/my_organization_form.html", {"form": form, "organization": None})


def my_organization(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one's own organisation and see its members."""
    own_person(request)
    organization = get_visible(request, Organization, public_id=public_id, ended_on=None)
    form = OrganizationForm(request.POST or None, authority=request.authority, initial=_initial(organization))
    error: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, organization, form)
        except Stale as stale:
            form, error = stale_form(form, stale, organization.version)
        else:
            messages.success(request, _("団体の登録を変えました。"))
            return redirect(town_url(request.authority, "people:my_organizations"))
    context = {
        "form": form,
        "organization": organization,
        "error": error,
        "members": members_of(organization, clock.today()),
    }
    return render(request, "people/my_organization_form.html", context, status=409 if error else 200)


def _save(request: HttpRequest, organization: Organization, form: OrganizationForm) -> None:
    update_organization(
        actor=request.actor, organization=organization, version=form.cleaned_data["version"] or 0, values=form.values()
    )


def my_membership_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leave an organisation, or let a member go."""
    own_person(request)
    rows = Membership.objects.filter(ended_on=None).select_related("organization", "person")
    membership = get_visible(request, rows, public_id=public_id)
    if request.method != "POST":
        return render(request, "people/my_membership_end.html", {"membership": membership})
    end_member(actor=request.actor, membership=membership)
    messages.success(request, _("団体から外しました。"))
    return redirect(town_url(request.authority, "people:my_organizations"))


def organizations(request: HttpRequest) -> HttpResponse:
    """The register of organisations."""
    today = clock.today()
    running = Q(memberships__ended_on=None, memberships__person__erased_at=None)
    rows = organizations_on(today).annotate(members=Count("memberships", filter=running)).order_by("kana", "id")
    words = request.GET.get("q", "").strip()[:60]
    if words:
        rows = rows.filter(pk__in=[row.pk for row in find_organizations(actor=request.actor, typed=words)])
    form = OrganizationForm(authority=request.authority)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "sectors": dict(form.fields["sector"].choices)}
    return render(request, "people/organizations.html", context)


def organization_new(request: HttpRequest) -> HttpResponse:
    """Register an organisation for somebody who asked."""
    form = DeskOrganizationForm(request.POST or None, authority=request.authority)
    if request.method == "POST" and form.is_valid():
        organization = register_organization(actor=request.actor, values=form.values())
        messages.success(request, "団体を登録しました。")
        return redirect(town_url(request.authority, "people:organization", public_id=organization.public_id))
    return render(request, "people/organization_form.html", {"form": form, "organization": None})


def organization(request: HttpRequest, public_id: str) -> HttpResponse:
    """One organisation with its members and notes."""
    found = get_visible(request, Organization, public_id=public_id)
    context = {
        "organization": found,
        "values": DeskOrganizationForm(authority=request.authority).in_words(organization_values(found)),
        "members": members_of(found, clock.today()),
        "roles": Membership.Role.choices,
        "member_form": MemberForm(),
        "notes": ContactNote.objects.filter(organization=found).select_related("account")[:20],
    }
    return render(request, "people/organization.html", context)


def organization_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change an organisation."""
    found = get_visible(request, Organization, public_id=public_id)
    form = DeskOrganizationForm(request.POST or None, authority=request.authority, initial=_initial(found))
    error: dict[str, Any] = {}
    if request.method == "POST" and "end" in request.POST:
        end_organization(actor=request.actor, organization=found)
        return redirect(town_url(request.authority, "people:organizations"))
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, found, form)
        except Stale as stale:
            form, error = stale_form(form, stale, found.version)
        else:
            messages.success(request, "団体の登録を変えました。")
            return redirect(town_url(request.authority, "people:organization", public_id=public_id))
    context = {"form": form, "organization": found, "error": error}
    return render(request, "people/organization_form.html", context, status=409 if error else 200)


def members(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a member: a search that finds one person adds them, one that finds several lets choose."""
    found = get_visible(request, Organization, public_id=public_id)
    form = MemberForm(request.POST or None)
    several: list[Any] = []
    if request.method == "POST" and form.is_valid():
        person, several = found_person(request, form)
        if person is not None:
            try:
                add_member(actor=request.actor, organization=found, person=person, role=form.cleaned_data["role"])
            except DomainError as error:
                form.add_error("who", error.sentence)
            else:
                messages.success(request, "構成員に加えました。")
                return redirect(town_url(request.authority, "people:organization", public_id=public_id))
    return render(request, "people/members.html", {"form": form, "organization": found, "several": several})


def membership(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another role, or the end of a membership."""
    row = get_visible(request, Membership.objects.select_related("organization", "person"), public_id=public_id)
    if request.method != "POST":
        return redirect(town_url(request.authority, "people:organization", public_id=row.organization.public_id))
    if "end" in request.POST:
        end_member(actor=request.actor, membership=row)
    else:
        role = request.POST.get("role", "")
        change_role(actor=request.actor, membership=row, role=role if role in Membership.Role.values else row.role)
    messages.success(request, "構成員を変えました。")
    return redirect(town_url(request.authority, "people:organization", public_id=row.organization.public_id))
