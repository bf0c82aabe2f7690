"""Registering on a phone in three steps, the printed form, and signing in with a card."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.definitions import active, current
from yui.base.tenancy.addresses import full_url, town_url
from yui.people.definition import wording_on
from yui.people.domain import drop_draft, find_draft, register_person, save_draft, sign_in_by_card
from yui.people.form_codes import form_code
from yui.people.forms import STEPS, CardForm, answers_of
from yui.people.forms.town import TownForm, district_words, districts
from yui.people.models import Draft
from yui.people.queries import ACTING

DRAFT = "registration_draft"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LAST = len(STEPS)
STEP_LABELS = (_("お名前と連絡先"), _("好きなこと・できること"), _("同意の確認"))


def register(request: HttpRequest, step: int = 1) -> HttpResponse:
    """One step. What is typed is kept at each press, whether it is complete or not."""
    draft = find_draft(request.session.get(DRAFT, ""))
    step = min(step, (draft.step if draft else 1), LAST) if step >= 1 else 1
    if request.method != "POST":
        return _step(request, step, _form(request, step, draft, bound=False))
    draft = _keep(request, step)
    form = _form(request, step, draft)
    if "later" in request.POST:
        return redirect(town_url(request.authority, "people:register_later"))
    if not form.is_valid():
        return _step(request, step, form)
    if step < LAST:
        save_draft(actor=request.actor, token=draft.token, answers={}, step=max(step + 1, draft.step))
        return redirect(town_url(request.authority, "people:register_step", step=step + 1))
    return _finish(request, draft, form)


def _finish(request: HttpRequest, draft: Draft, form: TownForm) -> HttpResponse:
    """Register, and go on as the person who is now registered."""
    forms = [_form(request, number, draft) for number in range(1, LAST)]
    for number, earlier in enumerate(forms, start=1):
        if not earlier.is_valid():  # a step was changed in another window, or a choice ended in between
            return _step(request, number, earlier)
    try:
        done = register_person(actor=request.actor, answers=answers_of(forms[0], forms[0], forms[1], form), draft=draft)
    except NotPossible as error:
        form.add_error(None, error.sentence)
        return _step(request, LAST, form)
    if done.device is not None:
        login(request, done.device, backend=BACKEND)
    request.session.pop(DRAFT, None)
    request.session.set_expiry(None)
    request.session[ACTING] = done.person.public_id
    return redirect(town_url(request.authority, "site:registered"))


def _keep(request: HttpRequest, step: int) -> Draft:
    """Keep the answers of a step on the server; the browser holds the token only."""
    names = _form(request, step, None, bound=False).fields
    typed = {name: request.POST.getlist(name) for name in names}
    present = find_draft(request.session.get(DRAFT, ""))
    draft = save_draft(
        actor=request.actor, token=present.token if present else "", answers=typed,
        step=max(step, present.step if present else 1),
    )  # fmt: skip
    request.session[DRAFT] = draft.token
    if request.actor.account is None:
        request.session.set_expiry(current(request.authority).people.form.draft_kept_days.value * 24 * 3600)
    return draft


def _form(request: HttpRequest, step: int, draft: Draft | None, *, bound: bool = True) -> TownForm:
    typed: MultiValueDict[str, Any] = MultiValueDict(draft.answers if draft else {})
    options: dict[str, Any] = {"authority": request.authority}
    if step == LAST:
        options["birth_year"] = _birth_year(request, draft)
    form_class = STEPS[step - 1]
    if bound:
        return form_class(typed, **options)
    many = {name for name in typed if name in ("theme", "interest", "skill", "slot", "language")}
    initial = {name: typed.getlist(name) if name in many else typed.get(name) for name in typed}
    return form_class(initial=initial, **options)


def _birth_year(request: HttpRequest, draft: Draft | None) -> int | None:
    if draft is None:
        return None
    first = STEPS[0](MultiValueDict(draft.answers), authority=request.authority)
    first.is_valid()
    return first.cleaned_data.get("birth_year")


def _step(request: HttpRequest, step: int, form: TownForm) -> HttpResponse:
    back = town_url(request.authority, "people:register_step", step=step - 1) if step > 1 else ""
    context = {"form": form, "step": step, "steps": STEP_LABELS, "back": back, "action": _address(request, step)}
    return render(request, f"people/register_{step}.html", context)


def _address(request: HttpRequest, step: int) -> str:
    if step == 1:
        return town_url(request.authority, "people:register")
    return town_url(request.authority, "people:register_step", step=step)


def register_later(request: HttpRequest) -> HttpResponse:
    """What was typed is kept; or is forgotten, when the visitor says so."""
    token = request.session.get(DRAFT, "")
    if request.method == "POST":
        drop_draft(actor=request.actor, token=token)
        request.session.pop(DRAFT, None)
        return redirect(town_url(request.authority, "people:register"))
    draft = find_draft(token)
    go_on = _address(request, draft.step if draft else 1)
    return render(request, "people/register_later.html", {"draft": draft, "go_on": go_on})


def register_form(request: HttpRequest) -> HttpResponse:
    """The same questions on one A4 page, with a QR code, and a code that tells which words were signed."""
    people, today, language = current(request.authority).people, clock.today(), get_language()
    purposes = [(p, wording_on(p, today) or p.wordings[0]) for p in active(people.purposes, today)]
    context = {
        "address": full_url(town_url(request.authority, "people:register")),
        "code": form_code(today),
        "districts": [district_words(district) for district in districts(today)],
        "lists": {
            name: [item.label.in_language(language) for item in active(getattr(people, name), today)]
            for name in ("contact_ways", "themes", "skills", "slots", "age_bands")
        },
        "purposes": [
            {"text": wording.text.in_language(language), "required": purpose.required} for purpose, wording in purposes
        ],
        "guardian_age": people.guardian_age.value,
    }
    return render(request, "people/register_form.html", context)


def card(request: HttpRequest) -> HttpResponse:
    """Sign in with the code on a paper card."""
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        visitor = request.META.get("REMOTE_ADDR", "")
        try:
            account = sign_in_by_card(actor=request.actor, code=form.cleaned_data["code"], visitor=visitor)
        except (NotPossible, Refused) as error:
            form.add_error("code", error.sentence)
        else:
            login(request, account, backend=BACKEND)
            return redirect(town_url(request.authority, "site:my"))
    return render(request, "people/card_sign_in.html", {"form": form})
