"""A resident's own pages: about the person for whom the account acts now."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.audit.record import Reason
from yui.base.definitions import active, current
from yui.base.tenancy.addresses import town_url
from yui.people.answers import is_minor
from yui.people.definition import wording_on
from yui.people.domain import (
    agree_stage,
    decline_stage,
    erase_person,
    export_own_data,
    give_consent,
    pause,
    profile_values,
    resume,
    set_contacts,
    step_down,
    update_profile,
    withdraw_consent,
)
from yui.people.facts import missing_of
from yui.people.forms import DeleteForm, PauseForm, ProfileForm, ReachForm, StepDownForm
from yui.people.models import Consent, Contact, Person
from yui.people.queries import (
    acting_person,
    current_pause,
    current_stage,
    looks_at,
    read_reach,
    waiting_change,
)
from yui.people.views.stale import stale_form


def own_person(request: HttpRequest) -> Person:
    """The person this page is about; 404 for whoever acts for nobody."""
    person = acting_person(request)
    if person is None:
        raise Http404
    return person


def _to(request: HttpRequest, name: str) -> HttpResponse:
    return redirect(town_url(request.authority, name))


def profile(request: HttpRequest) -> HttpResponse:
    """Change what one told about oneself."""
    person = own_person(request)
    initial = ProfileForm.initial_from(profile_values(person), person.version)
    form = ProfileForm(request.POST or None, authority=request.authority, initial=initial)
    error: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            update_profile(actor=request.actor, person=person, version=version, values=form.values())
        except Stale as stale:
            form, error = stale_form(form, stale, person.version)
        else:
            messages.success(request, _("登録内容を変えました。"))
            return _to(request, "site:my")
    return render(request, "people/my_profile.html", {"form": form, "error": error}, status=409 if error else 200)


def contacts(request: HttpRequest) -> HttpResponse:
    """Change how one is reached."""
    person = own_person(request)
    if request.method == "POST":
        form = ReachForm(request.POST, authority=request.authority)
        if form.is_valid():
            given = form.cleaned_data
            set_contacts(
                actor=request.actor, person=person, contacts=form.contacts(), postal_code=given["postal_code"],
                address=given["address"], way=given["contact_way"], when=given["contact_when"],
            )  # fmt: skip
            messages.success(request, _("連絡先を変えました。"))
            return _to(request, "site:my")
    else:
        form = ReachForm(authority=request.authority, initial=reach_values(request, person, Reason.OWN))
    return render(request, "people/my_contacts.html", {"form": form})


def reach_values(request: HttpRequest, person: Person, reason: Reason) -> dict[str, Any]:
    """The present contacts as initial values; read through the audited door."""
    rows, home = read_reach(actor=request.actor, person=person, reason=reason)
    values = profile_values(person)
    by_kind = {row.kind: row.value for row in rows}
    return {
        "phone": by_kind.get(Contact.Kind.PHONE, ""), "mail": by_kind.get(Contact.Kind.MAIL, ""),
        "postal_code": home.postal_code if home else "", "address": home.address if home else "",
        "contact_way": values["contact_way"], "contact_when": values["contact_when"],
    }  # fmt: skip


def consents(request: HttpRequest) -> HttpResponse:
    """Give and withdraw consents, one by one."""
    person = own_person(request)
    if request.method == "POST":
        purpose = request.POST.get("purpose", "")
        if request.POST.get("act") == "give":
            give_consent(
                actor=request.actor, person=person, purpose=purpose, guardian=bool(request.POST.get("guardian"))
            )
            messages.success(request, _("同意をうけたまわりました。"))
            return _to(request, "people:my_consents")
        if withdraw_consent(actor=request.actor, person=person, purpose=purpose):
            messages.success(request, _("登録を終わりにしました。ありがとうございました。"))
            return _to(request, "site:my")
        messages.success(request, _("同意を取り消しました。"))
        return _to(request, "people:my_consents")
    return render(request, "people/my_consents.html", {"lines": consent_lines(request, person)})


def consent_lines(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """Each purpose with its words and whether it is agreed to now."""
    today, language = clock.today(), get_language()
    given = {row.purpose: row for row in Consent.objects.filter(person=person, withdrawn_on=None)}
    minor = is_minor(person.birth_year, current(request.authority).people.guardian_age.value, today)
    lines = []
    for purpose in active(current(request.authority).people.purposes, today):
        wording = wording_on(purpose, today) or purpose.wordings[0]
        consent = given.get(purpose.key)
        lines.append({
            "key": purpose.key, "label": purpose.label.in_language(language), "required": purpose.required,
            "text": wording.text.in_language(language), "given": consent,
            "minor": minor,
            "old": consent is not None and consent.wording_version != wording.version,
        })  # fmt: skip
    return lines


def rest(request: HttpRequest) -> HttpResponse:
    """いまはお休み: begin, and come back."""
    person = own_person(request)
    form = PauseForm(
        request.POST if "rest" in request.POST or "pause" in request.POST else None, authority=request.authority
    )
    if request.method == "POST" and "resume" in request.POST:
        resume(actor=request.actor, person=person)
        messages.success(request, _("おかえりなさい。お休みを終わりにしました。"))
        return _to(request, "site:my")
    if request.method == "POST" and form.is_valid():
        pause(actor=request.actor, person=person, until=form.until())
        messages.success(request, _("お休みにしました。ゆっくりしてください。"))
        return _to(request, "site:my")
    now = current_pause(person, clock.today())
    return render(request, "people/my_pause.html", {"form": form, "pause": now})


def own_data(request: HttpRequest) -> HttpResponse:
    """Take home everything that is kept about oneself."""
    person = own_person(request)
    if request.method == "POST":
        package = export_own_data(actor=request.actor, person=person)
        response = HttpResponse(package, content_type="application/zip")
        response["Content-Disposition"] = 'attachment; filename="yui-own-data.zip"'
        response["Cache-Control"] = "no-store"
        return response
    return render(request, "people/my_data.html", {})


def delete(request: HttpRequest) -> HttpResponse:
    """Erase oneself, with a typed word."""
    person = own_person(request)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        authority = request.authority
        erase_person(actor=request.actor, person=person)
        if not request.actor.person_ids - {person.pk} and not request.actor.is_staff:
            logout(request)
        messages.success(request, _("登録を消しました。これまで、ありがとうございました。"))
        return redirect(town_url(authority, "site:town"))
    return render(request, "people/my_delete.html", {"form": form})


def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at one's contact data, and why."""
    return render(request, "people/my_looks.html", {"looks": looks_at(own_person(request))})


def stage(request: HttpRequest) -> HttpResponse:
    """Where one stands, what is missing for the next step, and the way back."""
    person = own_person(request)
    present = current_stage(person, clock.today())
    form = StepDownForm(request.POST if "stage" in request.POST else None, authority=request.authority, present=present)
    if request.method == "POST":
        if "answer" in request.POST:
            return _answer(request, person)
        if form.is_valid():
            step_down(actor=request.actor, person=person, stage=form.cleaned_data["stage"])
            messages.success(request, _("うけたまわりました。いつでも、また進めます。"))
            return _to(request, "people:my_stage")
    return render(request, "people/my_stage.html", {"form": form, **stage_view(request, person, present)})


def _answer(request: HttpRequest, person: Person) -> HttpResponse:
    change = waiting_change(person)
    if change is None:
        raise NotPossible(_("この提案には、もうお返事をいただいています。"), "answered")
    if request.POST["answer"] == "yes":
        agree_stage(actor=request.actor, change=change)
        messages.success(request, _("ありがとうございます。これからも、無理なくどうぞ。"))
    else:
        decline_stage(actor=request.actor, change=change)
        messages.success(request, _("うけたまわりました。いまのままで、だいじょうぶです。"))
    return _to(request, "people:my_stage")


def stage_view(request: HttpRequest, person: Person, present: str) -> dict[str, Any]:
    """The present stage, the next one with what is there and missing, and a proposal that waits."""
    people, language = current(request.authority).people, get_language()
    here = people.stage(present) if present else None
    following = people.next_stage(present) if present else None
    missing = {m.criterion.key: m for m in missing_of(person, following, clock.today())} if following else {}
    steps = [
        {"label": c.label.in_language(language), "missing": missing.get(c.key)}
        for c in (following.criteria if following else [])
    ]
    waiting = waiting_change(person)
    return {
        "here": here and {"label": here.label.in_language(language), "text": here.description.in_language(language)},
        "next": following
        and {"label": following.label.in_language(language), "text": following.description.in_language(language)},
        "steps": steps,
        "waiting": waiting
        and {"label": people.stage(waiting.stage).label.in_language(language), "on": waiting.effective_on},
        "outer": bool(here and here.order > 1),
    }
