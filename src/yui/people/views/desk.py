"""The desk's pages about one person and the list of all."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, may
from yui.base.audit.record import REASON_LABELS, Reason
from yui.base.definitions import by_key, current
from yui.base.tenancy.addresses import full_url, town_url
from yui.base.ui.context import brand_of
from yui.people.answers import Answers
from yui.people.callers import find_people
from yui.people.domain import (
    agree_stage,
    decline_stage,
    end_card,
    erase_person,
    give_consent,
    hide_person,
    issue_card,
    pause,
    profile_values,
    propose_stage,
    register_by_proxy,
    resume,
    set_contacts,
    update_profile,
    withdraw_consent,
)
from yui.people.facts import VOUCHED, missing_of
from yui.people.forms import (
    CallerForm,
    ContactNoteForm,
    DeleteForm,
    HowForm,
    PauseForm,
    PeopleFilter,
    ProfileForm,
    ProxyForm,
    ReachForm,
    ReasonForm,
    StageForm,
    answers_of,
)
from yui.people.forms.registration import CHIPS
from yui.people.likeness import find_like, known_from, known_given, pairs_of
from yui.people.models import Card, LikePair, Membership, Person
from yui.people.models.registrations import Received
from yui.people.queries import (
    current_pause,
    current_stage,
    looks_at,
    people_on,
    read_reach,
    waiting_change,
)
from yui.people.views.own import consent_lines, reach_values, stale_form
from yui.people.views.reach import readable

PAGE = 50


def people(request: HttpRequest) -> HttpResponse:
    """The list; a search by POST leaves no name in any address."""
    today = clock.today()
    caller_form = CallerForm(request.POST or None)
    found = None
    if request.method == "POST" and caller_form.is_valid():
        found = find_people(actor=request.actor, typed=caller_form.cleaned_data["typed"], most=PAGE)
    narrowed = PeopleFilter(request.GET or None, authority=request.authority)
    given: dict[str, Any] = narrowed.cleaned_data if narrowed.is_bound and narrowed.is_valid() else {}
    rows = people_on(
        today, district=getattr(given.get("district"), "key", ""), stage=given.get("stage", ""),
        resting={"yes": True, "no": False}.get(given.get("rest", "")),
    )  # fmt: skip
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    stages = {stage.key: str(stage.label) for stage in current(request.authority).people.stages}
    for row in page:
        row.stage_label = stages.get(row.stage_key or "", "")
    rights = {
        "may_import": holds_everywhere(request.actor, Permission.PERSON_IMPORT),
        "may_export": holds_everywhere(request.actor, Permission.PERSON_EXPORT),
    }
    context = {"page": page, "found": found, "caller_form": caller_form, "filter": narrowed, **rights}
    return render(request, "people/people.html", context)


def person_new(request: HttpRequest) -> HttpResponse:
    """Enter a registration from paper, telephone, the counter or a visit: one page."""
    initial = {"received": Received.PAPER, "received_on": clock.today(), "received_by": request.actor.account.pk}
    form = ProxyForm(request.POST or None, authority=request.authority, initial=initial)
    if request.method == "POST" and "check" in request.POST:
        return _checked(request, form)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/person_new.html", {"form": form})
    answers = answers_of(form, form, form, form)
    seen = "apart" in request.POST or "anyway" in request.POST
    likes = [] if seen else find_like(actor=request.actor, known=known_from(answers))
    if likes:
        return render(request, "people/person_new.html", {"form": form, "likes": likes, "asked": True})
    try:
        person = _enter(request, form, answers)
    except NotPossible as error:
        form.add_error(None, error.sentence)
        return render(request, "people/person_new.html", {"form": form})
    messages.success(request, "登録しました。")
    return _back(request, person)


def _enter(request: HttpRequest, form: ProxyForm, answers: Answers) -> Person:
    given = form.cleaned_data
    return register_by_proxy(
        actor=request.actor, answers=answers, received=Received(given["received"]), apart="apart" in request.POST,
        received_on=given["received_on"], received_by=given["received_by"], wording_day=given["form_code"],
    )  # fmt: skip


def _checked(request: HttpRequest, form: ProxyForm) -> HttpResponse:
    """Who may be the caller, from what is typed so far. Everything typed stays; nothing is judged yet."""
    form.is_valid()
    likes = find_like(actor=request.actor, known=known_given(form.cleaned_data))
    initial = {name: request.POST.getlist(name) if name in CHIPS else request.POST.get(name) for name in form.fields}
    unjudged = ProxyForm(authority=request.authority, initial=initial)
    return render(request, "people/person_new.html", {"form": unjudged, "likes": likes, "checked": True})


def _back(request: HttpRequest, person: Person) -> HttpResponse:
    return redirect(town_url(request.authority, "people:person", public_id=person.public_id))


def _person(request: HttpRequest, public_id: str) -> Person:
    """A person of the desk. A hidden one is in no list; the address alone leads to the page."""
    rows = Person.objects.filter(erased_at=None, merged_into=None).select_related("district")
    return get_visible(request, rows, public_id=public_id)


def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of one person; contact data is not on it. Of an erased person only the public id is left."""
    row = get_visible(request, Person.objects.select_related("merged_into"), public_id=public_id)
    if row.erased_at is not None:
        return render(request, "people/person_erased.html", {"public_id": public_id})
    if row.merged_into is not None:
        messages.info(request, "ご指定の登録は、この登録にまとめられています。")
        return _back(request, row.merged_into)
    found = _person(request, public_id)
    return render(request, "people/person.html", {"reason_form": ReasonForm(), **person_view(request, found)})


def person_view(request: HttpRequest, found: Person) -> dict[str, Any]:
    """What the page of a person shows."""
    today = clock.today()
    return {
        "person": found,
        **_told(request, found),
        **_stages(request, found, today),
        "pause": current_pause(found, today),
        "registrations": list(found.registration_set.select_related("received_by").order_by("-effective_on")),
        "consents": consent_lines(request, found),
        "memberships": Membership.objects.filter(person=found, ended_on=None).select_related("organization"),
        "notes": found.notes.select_related("account")[:20],
        "looks": looks_at(found, limit=10),
        "card": Card.objects.filter(person=found, ended_on=None, expires_on__gte=today).first(),
        "likes": _likes(request, found),
        "how_form": HowForm(),
        "pause_form": PauseForm(authority=request.authority),
        "note_form": _note_form(request, found),
        "may_propose": bool(may(request.actor, Permission.STAGE_PROPOSE, found)),
        "may_agree": bool(may(request.actor, Permission.STAGE_AGREE, found)),
        "may_merge": bool(may(request.actor, Permission.PERSON_MERGE, found)),
        "may_erase": bool(may(request.actor, Permission.PERSON_ERASE, found)),
    }


def _likes(request: HttpRequest, found: Person) -> list[LikePair]:
    """The pairs of this person that await a human, for whoever may decide."""
    return list(pairs_of(found)) if may(request.actor, Permission.PERSON_MERGE, found) else []


def _told(request: HttpRequest, found: Person) -> dict[str, Any]:
    """What the person told, in words, and how they want to be reached."""
    values = profile_values(found)
    ways = by_key(current(request.authority).people.contact_ways)
    words = ProfileForm(authority=request.authority).in_words(values)
    return {"values": words, "way": ways.get(values["contact_way"]), "when": values["contact_when"]}


def _stages(request: HttpRequest, found: Person, today: dt.date) -> dict[str, Any]:
    """The present stage, the way to it, and what the next one asks for."""
    definition = current(request.authority).people
    stages, present = by_key(definition.stages), current_stage(found, today)
    following = definition.next_stage(present) if present else None
    changes = list(found.stagechange_set.exclude(agreed_on=None).order_by("-effective_on", "-id"))
    for change in changes:
        change.label = stages[change.stage].label if change.stage in stages else change.stage
    return {
        "stage": stages.get(present),
        "changes": changes,
        "next": following,
        "missing": missing_of(found, following, today) if following else [],
        "waiting": waiting_change(found),
    }


def _note_form(request: HttpRequest, found: Person) -> ContactNoteForm:
    back = request.POST.get("next") or town_url(request.authority, "people:person", public_id=found.public_id)
    initial = {"about": f"person:{found.public_id}", "next": back}
    return ContactNoteForm(authority=request.authority, initial=initial)


def person_contacts(request: HttpRequest, public_id: str) -> HttpResponse:
    """Contact data, after a reason. The reading is recorded, and the person can see it."""
    found = _person(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/person.html", {"reason_form": form, **person_view(request, found)})
    reason = Reason(form.cleaned_data["reason"])
    rows, home = read_reach(actor=request.actor, person=found, reason=reason)
    context = {
        "person": found,
        "reason": REASON_LABELS[reason],
        "contacts": [{"kind": row.kind, "value": readable(row), "note": row.note} for row in rows],
        "home": home,
        "note_form": _note_form(request, found),
        **_told(request, found),
    }
    response = render(request, "people/person_contacts.html", context)
    response["Cache-Control"] = "no-store"
    return response


def person_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what a person told, as they ask by telephone or on paper."""
    found = _person(request, public_id)
    initial = ProfileForm.initial_from(profile_values(found), found.version)
    form = ProfileForm(request.POST or None, authority=request.authority, initial=initial)
    error: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            update_profile(actor=request.actor, person=found, version=version, values=form.values())
        except Stale as stale:
            form, error = stale_form(form, stale, found.version)
        else:
            messages.success(request, "登録内容を変えました。")
            return _back(request, found)
    context = {"form": form, "person": found, "error": error}
    return render(request, "people/person_edit.html", context, status=409 if error else 200)


def person_reach(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change how a person is reached. Opening the form reads the contacts, so it is asked for by a press."""
    found = _person(request, public_id)
    if request.method != "POST":
        return render(request, "people/person_reach_ask.html", {"person": found})
    if "open" in request.POST:
        form = ReachForm(authority=request.authority, initial=reach_values(request, found, Reason.CORRECTION))
        return render(request, "people/person_reach.html", {"form": form, "person": found})
    form = ReachForm(request.POST, authority=request.authority)
    if form.is_valid():
        given = form.cleaned_data
        set_contacts(
            actor=request.actor, person=found, contacts=form.contacts(), postal_code=given["postal_code"],
            address=given["address"], way=given["contact_way"], when=given["contact_when"],
        )  # fmt: skip
        messages.success(request, "連絡先を変えました。")
        return _back(request, found)
    return render(request, "people/person_reach.html", {"form": form, "person": found})


def person_consent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down a consent that was given or withdrawn by telephone or on paper."""
    found = _person(request, public_id)
    form = HowForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _back(request, found)
    purpose, received = request.POST.get("purpose", ""), Received(form.cleaned_data["received"])
    if request.POST.get("act") == "give":
        guardian = bool(request.POST.get("guardian"))
        give_consent(actor=request.actor, person=found, purpose=purpose, received=received, guardian=guardian)
        messages.success(request, "同意を記録しました。")
    else:
        withdraw_consent(actor=request.actor, person=found, purpose=purpose)
        messages.success(request, "取り消しを記録しました。")
    return _back(request, found)


def person_pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """A rest asked for by telephone."""
    found = _person(request, public_id)
    if request.method != "POST":
        return _back(request, found)
    if "resume" in request.POST:
        resume(actor=request.actor, person=found)
        messages.success(request, "お休みを終わりにしました。")
        return _back(request, found)
    form = PauseForm(request.POST, authority=request.authority)
    if form.is_valid():
        pause(actor=request.actor, person=found, until=form.until())
        messages.success(request, "お休みにしました。")
    else:
        messages.error(request, "いつまでお休みするかを選んでください。")
    return _back(request, found)


def person_stage(request: HttpRequest, public_id: str) -> HttpResponse:
    """Propose the next stage with its evidence."""
    found = _person(request, public_id)
    view = person_view(request, found)
    if view["next"] is None:
        raise Http404
    form = StageForm(
        request.POST or None, authority=request.authority,
        criteria=[c for c in view["next"].criteria if c.fact in VOUCHED],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        vouched = form.cleaned_data["vouched"]
        try:
            propose_stage(actor=request.actor, person=found, stage=view["next"].key, vouched=vouched)
        except NotPossible as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "提案しました。ご本人の「はい」で移ります。")
            return _back(request, found)
    return render(request, "people/person_stage.html", {"form": form, **view})


def person_stage_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down the answer a person gave by telephone or on paper."""
    found = get_visible(request, Person, public_id=public_id)
    form = HowForm(request.POST or None)
    change = waiting_change(found)
    if request.method != "POST" or change is None or not form.is_valid():
        return _back(request, found)
    if request.POST.get("answer") == "yes":
        agree_stage(actor=request.actor, change=change, received=Received(form.cleaned_data["received"]))
    else:
        decline_stage(actor=request.actor, change=change)
    messages.success(request, "お返事を記録しました。")
    return _back(request, found)


def person_card(request: HttpRequest, public_id: str) -> HttpResponse:
    """Print a card: the code stands on this page once."""
    found = _person(request, public_id)
    if request.method != "POST":
        return render(request, "people/card_ask.html", {"person": found})
    if "end" in request.POST:
        end_card(actor=request.actor, person=found)
        messages.success(request, "カードを使えなくしました。")
        return _back(request, found)
    printed = issue_card(actor=request.actor, person=found)
    address = full_url(town_url(request.authority, "people:card"))
    hours = brand_of(request.authority, found.language or "ja").hours
    context = {"person": found, "printed": printed, "address": address, "hours": hours}
    response = render(request, "people/card_print.html", context)
    response["Cache-Control"] = "no-store"
    return response


def person_hide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Set or lift the safety flag."""
    found = _person(request, public_id)
    if request.method != "POST":
        return _back(request, found)
    hide_person(actor=request.actor, person=found, hidden="hide" in request.POST)
    messages.success(
        request, "一覧・検索・候補に出さないようにしました。" if found.hidden is False else "もとに戻しました。"
    )
    return _back(request, found)


def person_erase(request: HttpRequest, public_id: str) -> HttpResponse:
    """Erase a person who asks for it by telephone or on paper; with a typed word."""
    found = _person(request, public_id)
    if not holds_everywhere(request.actor, Permission.PERSON_ERASE):  # one's own erasure is in one's own pages
        raise Http404
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erase_person(actor=request.actor, person=found)
        messages.success(request, "登録を消しました。")
        return redirect(town_url(request.authority, "people:people"))
    return render(request, "people/person_erase.html", {"form": form, "person": found})
