"""A member's own pages: conflicts, papers, the own sheet; and what only the chair does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import closing, correcting, seating
from yui.office.calls.forms.committee import AbstainForm, ConflictsForm
from yui.office.calls.models import CommitteeMember, ConflictDeclaration, ScoreCorrection, ScoreSheet
from yui.office.calls.queries.committee import corrections_of, seat_lines, stage_lines, undeclared
from yui.office.calls.queries.judged import judged
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CallState


def seat_here(request: HttpRequest, public_id: str) -> CommitteeMember:
    """The visitor's own seat; 404 for anybody else's."""
    return get_visible(request, CommitteeMember.objects.select_related("call"), public_id=public_id)


def to_seat(member: CommitteeMember) -> HttpResponse:
    """Back to the page of the seat."""
    return redirect(town_url(member.authority, "calls:seat", public_id=member.public_id))


@needs(Permission.SCORE_WRITE)
def mine(request: HttpRequest) -> HttpResponse:
    """The calls in which one has a seat."""
    own = [pk for kind, pk in request.actor.subjects if kind == "committee_member"]  # type: ignore[attr-defined]
    members = list(CommitteeMember.objects.filter(pk__in=own).select_related("call").order_by("-call_id"))
    if len(members) == 1:
        return to_seat(members[0])
    return render(request, "calls/committee/mine.html", {"members": members})


@needs(Permission.SCORE_WRITE)
def seat(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one has to do as a member, and as the chair."""
    member = seat_here(request, public_id)
    announced = rules_of(member.call)
    stages = stage_lines(member.call, announced)
    frozen = member.call.state in (CallState.SCORED, CallState.DECIDED, CallState.CONTRACTED, CallState.NO_CANDIDATE)
    chair = member.chair and member.state == "appointed"
    context = {
        "member": member,
        "call": member.call,
        "waiting": undeclared(member, announced),
        "conflict": ConflictDeclaration.objects.filter(member=member, conflict=True).exists(),
        "sheets": [(sheet, announced.stage(sheet.stage)) for sheet in ScoreSheet.objects.filter(member=member)],
        "stages": stages,
        "frozen": frozen,
        "seats": seat_lines(member.call, announced) if chair else [],
        "open_stages": [line for line in stages if line.step == "open"] if chair else [],
        "corrections": corrections_of(member.call, asked_only=True) if chair else [],
        "chair": chair,
    }
    return render(request, "calls/committee/seat.html", context)


@needs(Permission.SCORE_WRITE)
def conflicts(request: HttpRequest, public_id: str) -> HttpResponse:
    """利害関係の申告, for each applicant."""
    member = seat_here(request, public_id)
    stages = rules_of(member.call).rules.stages
    applicants = list({one.pk: one for stage in stages for one in judged(member.call, stage.key)}.values())
    known = {one.applicant_id: one for one in ConflictDeclaration.objects.filter(member=member)}
    form = ConflictsForm(request.POST or None, applicants=applicants, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            seating.declare_conflicts(actor=request.actor, member=member, answers=form.answers())  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "利害関係を申告しました。")
            return to_seat(member)
    context = {"form": form, "member": member, "applicants": applicants}
    return render(request, "calls/committee/conflicts.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Permission.SCORE_WRITE)
def close_scoring(request: HttpRequest, public_id: str) -> HttpResponse:
    """The chair closes the scoring of a stage."""
    member = seat_here(request, public_id)
    closing.close_scoring(actor=request.actor, chair=member, stage=request.POST.get("stage", ""))  # type: ignore[attr-defined]
    messages.success(request, "採点を締めました。採点表は、もう変えられません。")
    return to_seat(member)


@needs(Permission.SCORE_WRITE)
def abstain(request: HttpRequest, public_id: str) -> HttpResponse:
    """The chair notes that a member gives no scores."""
    member = seat_here(request, public_id)
    others = CommitteeMember.objects.filter(call=member.call, state="appointed").exclude(pk=member.pk)
    form = AbstainForm(request.POST or None, members=others)
    if request.method == "POST" and form.is_valid():
        try:
            closing.abstain_member(actor=request.actor, chair=member, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "棄権を記録しました。")
            return to_seat(member)
    context = {"form": form, "member": member, "title": "棄権を記録する", "submit": "棄権とする"}
    return render(request, "calls/committee/form.html", context, status=422 if form.is_bound else 200)


@needs(Permission.SCORE_WRITE)
def recuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """The chair lets a member with a conflict leave the whole call."""
    member = seat_here(request, public_id)
    if not member.chair:
        raise NotPossible("委員長だけができます。", "not_chair")
    others = CommitteeMember.objects.filter(call=member.call, state="appointed").exclude(pk=member.pk)
    form = AbstainForm(request.POST or None, members=others)
    if request.method == "POST" and form.is_valid():
        seating.recuse_member(
            actor=request.actor,  # type: ignore[attr-defined]
            member=form.cleaned_data["member"],
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "回避を記録しました。")
        return to_seat(member)
    context = {"form": form, "member": member, "title": "回避を決める", "submit": "回避とする"}
    return render(request, "calls/committee/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Permission.SCORE_WRITE)
def decide_correction(request: HttpRequest, public_id: str) -> HttpResponse:
    """The chair approves or refuses a correction."""
    member = seat_here(request, public_id)
    rows = ScoreCorrection.objects.filter(score__sheet__member__call=member.call)
    correction = rows.select_related("score__sheet__member").get(public_id=request.POST.get("correction", ""))
    correcting.decide_correction(
        actor=request.actor,  # type: ignore[attr-defined]
        chair=member,
        correction=correction,
        approve=request.POST.get("answer") == "approve",
    )
    messages.success(request, "訂正について決めました。")
    return to_seat(member)
