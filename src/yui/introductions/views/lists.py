"""Candidates for the desk: for an 出番, for a person, who was left out, and computing a list again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from yui.activities.models import Opportunity
from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.definitions import current
from yui.base.tenancy.addresses import town_url
from yui.introductions import domain, facts, queries, recomputing
from yui.introductions import first_calls as calls
from yui.introductions.forms import ProposeForm
from yui.introductions.models import CandidateList
from yui.introductions.pages import list_page
from yui.introductions.rules import in_force
from yui.introductions.views.fetching import at_desk


@needs(Permission.INTRODUCTION_WRITE)
def choose(request: HttpRequest) -> HttpResponse:
    """候補をさがす: which 出番?"""
    rows = facts.open_opportunities(clock.today()).select_related("activity__host_organization", "district")
    wanted = request.GET.get("q", "").strip()[:100]
    if wanted:
        rows = rows.filter(title__icontains=wanted)
    page = Paginator(rows.order_by("-opened_on", "-id"), 30).get_page(request.GET.get("page"))
    return render(request, "introductions/choose.html", {"page": page, "wanted": wanted})


@needs(Permission.INTRODUCTION_WRITE)
def opportunity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Candidates for an 出番, with reasons; and how many are not there, and why."""
    thing = get_visible(request, facts.to_ask(Opportunity.objects.all()), public_id=public_id)
    made = domain.make_candidate_list(actor=request.actor, opportunity=thing)
    page = list_page(request.actor, made)
    return render(request, "introductions/opportunity_candidates.html", {"opportunity": thing, "list": page})


@needs(Permission.INTRODUCTION_WRITE)
def left_out(request: HttpRequest, public_id: str, limit: str) -> HttpResponse:
    """Names behind a limit, on demand; never behind a private one."""
    thing = get_visible(request, Opportunity.objects.select_related("activity"), public_id=public_id)
    sentence = {row.key: row.sentence for row in current(request.authority).introductions.limits}.get(limit)
    if sentence is None or limit in queries.PRIVATE:
        raise Http404
    people = queries.left_out(actor=request.actor, opportunity=thing, limit=limit)
    page = Paginator(people, 50).get_page(request.GET.get("page"))
    context = {"opportunity": thing, "page": page, "sentence": sentence}
    return render(request, "introductions/left_out.html", context)


@needs(Permission.INTRODUCTION_WRITE)
def propose(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    """紹介を起こす: the coordinator's words; nobody is told yet."""
    thing = get_visible(request, Opportunity.objects.select_related("activity__host_organization"), public_id=public_id)
    who = get_visible(request, facts.visible_persons().select_related("district"), public_id=person)
    form = ProposeForm(request.POST or None, person=who)
    context = {"opportunity": thing, "person": who, "form": form}
    if form.is_valid():
        made = CandidateList.objects.filter(public_id=request.GET.get("list", "")).first()
        try:
            row = domain.propose_introduction(
                actor=request.actor, person=who, opportunity=thing, why=form.cleaned_data["why"], candidate_list=made
            )
        except NotPossible as refusal:
            return render(request, "introductions/propose.html", {**context, "refusal": refusal}, status=409)
        messages.success(request, "提案をつくりました。双方にうかがうまで、だれにも伝わりません。")
        return redirect(town_url(request.authority, "introductions:introduction", public_id=row.public_id))
    return render(request, "introductions/propose.html", context)


@needs(Permission.INTRODUCTION_WRITE)
def suggestions(request: HttpRequest, public_id: str) -> HttpResponse:
    """出番 for a person, as the desk sees them."""
    person = get_visible(request, facts.to_think_of(), public_id=public_id)
    page = list_page(request.actor, domain.make_candidate_list(actor=request.actor, person=person))
    return render(request, "introductions/suggestions.html", {"person": person, "list": page})


@needs(Permission.INTRODUCTION_WRITE)
def never_asked(request: HttpRequest) -> HttpResponse:
    """半年声のかからない人, in the fair order."""
    town, today = request.authority, clock.today()
    order = queries.in_fair_order(town, today, queries.waiting(town, today))
    page = Paginator(order, 50).get_page(request.GET.get("page"))
    page.object_list = queries.told(page.object_list, today)
    days = current(request.authority).introductions.fairness.never_asked_days.value
    return render(request, "introductions/never_asked.html", {"page": page, "days": days})


@needs(Permission.INTRODUCTION_WRITE)
def first_calls(request: HttpRequest) -> HttpResponse:
    """手をあげたのに、一度も声をかけていない人: whom to call first."""
    town, today = request.authority, clock.today()
    page = Paginator(calls.in_order(town, today), 50).get_page(request.GET.get("page"))
    page.object_list = calls.told(town, page.object_list, today)
    return render(request, "introductions/first_calls.html", {"page": page})


@needs(Permission.FAIRNESS_READ)
def recompute(request: HttpRequest, public_id: str) -> HttpResponse:
    """計算し直す: the list as it was shown beside what the same rule gives now, by pseudonymous ids."""
    made = get_visible(request, CandidateList, public_id=public_id)
    town = request.authority
    context = {
        "made": made, "again": recomputing.recompute(town, made), "by": recomputing.rules_of(town, made),
        "now": in_force(town),
    }  # fmt: skip
    return render(request, "introductions/recompute.html", context)


@needs(Permission.FAIRNESS_READ)
def question(request: HttpRequest, public_id: str) -> HttpResponse:
    """The engine's question as JSON, with pseudonymous ids alone: ``yui engine recommend`` answers it."""
    made = get_visible(request, CandidateList, public_id=public_id)
    at_desk(request)
    answer = JsonResponse(recomputing.question_of(request.authority, made), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="recommend-{made.made_on}-{made.public_id}.json"'
    return answer
