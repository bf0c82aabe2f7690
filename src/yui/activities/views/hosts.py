"""Running an activity: as a person, for an organisation, or as staff on behalf of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yui.activities.domain import (
    add_opportunity,
    add_session,
    cancel_session,
    close_opportunity,
    end_activity,
    end_opportunity,
    open_activity,
    refuse_application,
    reopen_opportunity,
    submit_opportunity,
    take_back_opportunity,
    update_activity,
    update_opportunity,
)
from yui.activities.domain.opportunities import OpportunityPlan
from yui.activities.filling import kept_until
from yui.activities.forms.hosting import (
    EditActivityForm,
    EditOpportunityForm,
    NewActivityForm,
    SessionForm,
    initial_of,
)
from yui.activities.models import Activity, Application, Opportunity, Session
from yui.activities.queries import earlier_activities, hosted_activities, live_applications
from yui.activities.states import EDITABLE, OPPORTUNITIES, OPPORTUNITY_TONES, PUBLIC, OpportunityState
from yui.activities.views.own_lines import applicant_lines, tally_of
from yui.activities.views.places import draw, fetch, go_here
from yui.activities.wording import host_of, name_for, session_text
from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, may
from yui.base.approvals.queries import approval_of
from yui.people.models import Organization, Person

PAGE = 50
STEPS = {
    "submit": (submit_opportunity, gettext_noop("市に出しました。承認されると、公開されます。")),
    "take_back": (take_back_opportunity, gettext_noop("取り下げました。下書きにもどりました。")),
    "close": (close_opportunity, gettext_noop("募集をとめました。")),
    "reopen": (reopen_opportunity, gettext_noop("募集を再開しました。")),
    "end": (end_opportunity, gettext_noop("おわりにしました。おつかれさまでした。")),
}


def activities(request: HttpRequest) -> HttpResponse:
    """The activities of this place, with what waits."""
    rows = hosted_activities(request.actor, request.place).prefetch_related("opportunities")
    state = request.GET.get("state", "")
    if state in OPPORTUNITIES.keys:
        rows = rows.filter(opportunities__state=state).distinct()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "activity": row,
            "host": row.host_organization.name if row.host_organization else row.host_person.display_name,
            "states": [_chip(opportunity) for opportunity in row.opportunities.all()],
        }
        for row in page.object_list
    ]
    states = [(one.key, one.staff_label) for one in OPPORTUNITIES.states]
    return draw(request, "activities.html", {"lines": lines, "page": page, "states": states, "state": state})


def new_activity(request: HttpRequest) -> HttpResponse:
    """One page: what, when, where, for whom. Two buttons: keep as a draft, or lay before the town."""
    staff = request.place == "desk"
    form = NewActivityForm(
        request.POST or None, hosts=_hosts(request.actor, request.place), staff=staff, **_words(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            activity = open_activity(
                actor=request.actor,
                host=form.chosen_host(),
                plan=form.plan(),
                sessions=form.planned,
                opportunities=[form.opportunity()],
                initiated_by=form.cleaned_data.get("initiated_by", Activity.Initiative.RESIDENTS),
            )
            return _opened(request, activity)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
    may_submit = bool(may(request.actor, Permission.OPPORTUNITY_SUBMIT))
    context = {"form": form, "may_submit": may_submit, "earlier": earlier_activities(request.actor, request.place)}
    return draw(request, "activity_new.html", context)


def activity(request: HttpRequest, public_id: str) -> HttpResponse:
    """One activity: its dates, its opportunities; a date can be added here."""
    row = fetch(request, _activities(), public_id=public_id)
    form = SessionForm(request.POST or None, auto_id="s-%s")
    if request.method == "POST" and may(request.actor, Permission.ACTIVITY_WRITE, row) and form.is_valid():
        try:
            add_session(actor=request.actor, activity=row, plan=form.planned[0])
            messages.success(request, _("日にちを足しました。"))
            return go_here(request, "activity", public_id=public_id)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
    dates = _date_lines(row, request.LANGUAGE_CODE)
    context = {
        "activity": row,
        "host": row.host_organization.name if row.host_organization else row.host_person.display_name,
        "form": form,
        "may_write": bool(may(request.actor, Permission.ACTIVITY_WRITE, row)) and row.ended_on is None,
        "may_copy": bool(may(request.actor, Permission.ACTIVITY_WRITE, row)),
        "may_attend": bool(may(request.actor, Permission.ATTENDANCE_WRITE, row)),
        "coming": [line for line in dates if not line["over"]],
        "over": [line for line in reversed(dates) if line["over"]],
        "opportunities": [{"row": o, **_chip(o)} for o in row.opportunities.order_by("id")],
    }
    return draw(request, "activity.html", context)


def edit_activity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write title, words and district anew."""
    row = fetch(request, _activities(), public_id=public_id)
    initial = {
        "title": row.title, "about": row.about, "district": row.district.key if row.district else "",
        "version": row.version,
    }  # fmt: skip
    form = EditActivityForm(request.POST or None, initial=initial, **_words(request))
    theirs: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "about", "district")}
        try:
            update_activity(actor=request.actor, activity=row, version=form.cleaned_data["version"] or 0, values=values)
            return go_here(request, "activity", public_id=public_id)
        except Stale as stale:
            theirs = _stale(form, row, stale)
    return draw(request, "edit.html", {"form": form, "activity": row, "title": row.title, "theirs": theirs})


def finish_activity(request: HttpRequest, public_id: str) -> HttpResponse:
    """おわりにする, asked once."""
    row = fetch(request, _activities(), public_id=public_id)
    if request.method == "POST":
        end_activity(actor=request.actor, activity=row)
        messages.success(request, _("企画をおわりにしました。おつかれさまでした。"))
        return go_here(request, "activity", public_id=public_id)
    return draw(request, "finish.html", {"activity": row})


def cancel_date(request: HttpRequest, public_id: str) -> HttpResponse:
    """中止にする, asked once, with how many will be told."""
    session = fetch(request, Session.objects.select_related("activity"), public_id=public_id)
    if request.method == "POST":
        cancel_session(actor=request.actor, session=session)
        messages.success(request, _("中止にしました。応募した人に、お知らせを送りました。"))
        return go_here(request, "activity", public_id=session.activity.public_id)
    context = {"session": session, "when": session_text(session, request.LANGUAGE_CODE)}
    return draw(request, "cancel_session.html", context)


def opportunity(request: HttpRequest, public_id: str) -> HttpResponse:
    """One opportunity as its host runs it: state, what the town said, who applied, what can be done next."""
    row = fetch(request, _opportunities(), public_id=public_id)
    approval = approval_of("opportunity", row.public_id)
    knows_names = bool(may(request.actor, Permission.APPLICATION_READ, row))
    state = OpportunityState(row.state)
    writes = bool(may(request.actor, Permission.ACTIVITY_WRITE, row))
    applied = applicant_lines(request.actor, row) if knows_names else []
    context = {
        "opportunity": row,
        "chip": _chip(row),
        "host": host_of(row.activity),
        "comment": _last_words(approval) if state is OpportunityState.RETURNED else "",
        "approval": approval,
        "may_write": writes,
        "may_edit": writes and state is not OpportunityState.ENDED and not (
            state is OpportunityState.SUBMITTED and not holds_everywhere(request.actor, Permission.ACTIVITY_WRITE)
        ),
        "editable": state in EDITABLE,
        "is_public": state in PUBLIC,
        "steps": _steps(request.actor, row) if writes else [],
        "knows_names": knows_names,
        "may_attend": bool(may(request.actor, Permission.ATTENDANCE_WRITE, row)),
        "applications": applied,
        "tally": tally_of(applied),
        "rule": {"kept": row.kept_places, "until": kept_until(row)},
        "count": live_applications(row).count(),
        "when": session_text(row.session, request.LANGUAGE_CODE) if row.session else row.when_text,
    }  # fmt: skip
    return draw(request, "hosted_opportunity.html", context)


def new_opportunity(request: HttpRequest, public_id: str) -> HttpResponse:
    """A further opportunity of an activity."""
    row = fetch(request, _activities(), public_id=public_id)
    form = EditOpportunityForm(request.POST or None, activity=row, dates=_dates(request, row), **_words(request))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        session = values.pop("session")
        index = list(row.sessions.all()).index(session) if session else None
        try:
            made = add_opportunity(
                actor=request.actor,
                activity=row,
                plan=OpportunityPlan(**values, session=index, choices=form.choices()),
            )
            return go_here(request, "opportunity", public_id=made.public_id)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
    return draw(request, "edit.html", {"form": form, "activity": row, "title": _("出番を足す"), "new": True})


def edit_opportunity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write an opportunity anew."""
    row = fetch(request, _opportunities(), public_id=public_id)
    form = EditOpportunityForm(
        request.POST or None,
        initial=initial_of(row),
        activity=row.activity,
        dates=_dates(request, row.activity, keep=row.session),
        **_words(request),
    )
    theirs: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            update_opportunity(
                actor=request.actor, opportunity=row, version=version, values=form.values(),
                choices=_choices_kept(row, form),
            )  # fmt: skip
            messages.success(request, _("保存しました。"))
            return go_here(request, "opportunity", public_id=public_id)
        except Stale as stale:
            theirs = _stale(form, row, stale)
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
    context = {"form": form, "activity": row.activity, "opportunity": row, "title": row.title, "theirs": theirs}
    return draw(request, "edit.html", context)


def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of the steps of ``STEPS``; a visit by link leads back to the page with the buttons."""
    row = fetch(request, _opportunities(), public_id=public_id)
    verb, sentence = STEPS.get(request.POST.get("do", ""), (None, ""))
    if verb is not None:
        verb(actor=request.actor, opportunity=row)
        messages.success(request, _(sentence))
    return go_here(request, "opportunity", public_id=public_id)


def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """今回は見送る, asked once."""
    row = Application.objects.filter(public_id=public_id).select_related("person").first()
    opportunity = fetch(
        request, _opportunities(), pk=row.opportunity_id if row else None
    )  # the host's own, not the applicant's
    if row is None or not may(request.actor, Permission.APPLICATION_READ, row):
        raise Http404
    if request.method == "POST":
        refuse_application(actor=request.actor, application=row)
        return go_here(request, "opportunity", public_id=opportunity.public_id)
    context = {"application": row, "opportunity": opportunity, "name": name_for(request.actor, row.person)}
    return draw(request, "refuse.html", context)


def _opened(request: HttpRequest, activity: Activity) -> HttpResponse:
    """After the one page: the draft, or laid before the town at once."""
    made = activity.opportunities.get()
    if request.POST.get("then") == "submit" and may(request.actor, Permission.OPPORTUNITY_SUBMIT, made):
        submit_opportunity(actor=request.actor, opportunity=made)
        sentence = STEPS["submit"][1]
        messages.success(request, _(sentence))
    else:
        messages.success(request, _("下書きに残しました。"))
    return go_here(request, "opportunity", public_id=made.public_id)


def _hosts(actor: Actor, place: str) -> list[Person | Organization]:
    if place == "my":
        return list(Person.objects.filter(pk__in=actor.person_ids, erased_at=None).order_by("id"))
    rows = Organization.objects.filter(ended_on=None)
    return list(rows.filter(pk__in=actor.organization_ids) if place == "group" else rows)


def _words(request: HttpRequest) -> dict[str, Any]:
    return {"definition": definitions.current(request.authority), "language": request.LANGUAGE_CODE}


def _activities() -> Any:
    return Activity.objects.select_related("host_organization", "host_person", "district", "copied_from")


def _opportunities() -> Any:
    return Opportunity.objects.select_related(
        "activity__host_organization", "activity__host_person", "session", "district"
    )


def _date_lines(activity: Activity, language: str) -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {"session": session, "when": session_text(session, language), "over": session.ends_at <= now}
        for session in activity.sessions.all()
    ]


def _chip(opportunity: Opportunity) -> dict[str, str]:
    state = OPPORTUNITIES[opportunity.state]
    return {
        "title": opportunity.title,
        "public_id": opportunity.public_id,
        "label": _(state.staff_label),
        "kind": OPPORTUNITY_TONES.get(opportunity.state, ""),
    }


def _dates(request: HttpRequest, activity: Activity, keep: Session | None = None) -> list[tuple[str, str]]:
    """The coming dates to choose from, and the one chosen before."""
    now = clock.now()
    return [
        (session.public_id, session_text(session, request.LANGUAGE_CODE))
        for session in activity.sessions.all()
        if session == keep or (session.cancelled_on is None and session.starts_at > now)
    ]


def _choices_kept(row: Opportunity, form: EditOpportunityForm) -> dict[str, Any]:
    """The chips of the form, and those that the page does not ask for, as they were."""
    kept: dict[str, list[str]] = {}
    for choice in row.choices.all():
        if choice.kind not in form.fields or (choice.kind == "consideration" and choice.key == "first_timers"):
            kept.setdefault(choice.kind, []).append(choice.key)
    given = {kind: list(keys) for kind, keys in form.choices().items()}
    return {kind: given.get(kind, []) + kept.get(kind, []) for kind in {*given, *kept}}


def _stale(form: Any, row: Any, stale: Stale) -> dict[str, Any]:
    """Keep what was typed, name the version that is there now, and answer with the other text."""
    row.refresh_from_db()
    form.add_error(None, stale.sentence)
    form.data = form.data.copy()
    form.data["version"] = str(row.version)
    names = {"title": "o_title", "about": "o_about"} if "o_title" in form.fields else {}
    return {
        str(form.fields[names.get(name, name)].label): value
        for name, value in stale.theirs.items()
        if value != stale.mine[name] and names.get(name, name) in form.fields
    }


def _last_words(approval: Any) -> str:
    words = [found.comment for found in approval.steps.all() if found.step == "return"] if approval else []
    return words[-1] if words else ""


def _steps(actor: Actor, opportunity: Opportunity) -> list[dict[str, str]]:
    """The buttons of a state; those that lay before the town only for whoever may."""
    offered = {
        OpportunityState.DRAFT: [("submit", _("市に出す"))],
        OpportunityState.RETURNED: [("submit", _("もう一度、市に出す"))],
        OpportunityState.SUBMITTED: [("take_back", _("取り下げる"))],
        OpportunityState.OPEN: [("close", _("募集をとめる")), ("end", _("おわりにする"))],
        OpportunityState.CLOSED: [("reopen", _("募集を再開する")), ("end", _("おわりにする"))],
        OpportunityState.ENDED: [],
    }
    submits = bool(may(actor, Permission.OPPORTUNITY_SUBMIT, opportunity))
    return [
        {"do": do, "label": label}
        for do, label in offered[OpportunityState(opportunity.state)]
        if submits or do not in ("submit", "take_back")
    ]
