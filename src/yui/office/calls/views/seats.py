"""The office's pages of the committee: seats, declarations, and which sheets are closed. No number of points."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import seating
from yui.office.calls.domain.peeking import note_peek
from yui.office.calls.forms.committee import AppointMemberForm, ReasonForm
from yui.office.calls.models import Call, CommitteeMember, ScoreSheet, ScoringStage, SealOpening
from yui.office.calls.queries.committee import corrections_of, papers_of, seat_lines, stage_lines
from yui.office.calls.rules import rules_of
from yui.office.calls.views.sheets import paper_context


def to_committee(call: Call) -> HttpResponse:
    """Back to the office's page of the committee."""
    return redirect(town_url(call.authority, "calls:desk_committee", public_id=call.public_id))


@needs(Permission.CALL_READ)
def committee(request: HttpRequest, public_id: str) -> HttpResponse:
    """The seats and how far each has come."""
    call = get_visible(request, Call, public_id=public_id)
    announced = rules_of(call)
    stages = stage_lines(call, announced)
    context = {
        "call": call, "seats": seat_lines(call, announced), "stages": stages,
        "closed": bool(stages) and stages[-1].step == "closed",
        "corrections": corrections_of(call),
        "may_write": may(request.actor, Permission.CALL_WRITE),  # type: ignore[attr-defined]
        "may_read": may(request.actor, Permission.SCORES_READ),  # type: ignore[attr-defined]
        "opened": SealOpening.objects.filter(call=call).exists(),
        "sheets": papers_of(call, {line.key: line.name for line in stages if line.step == "closed"}),
    }  # fmt: skip
    return render(request, "calls/desk/committee.html", context)


@needs(Permission.CALL_WRITE)
def appoint(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give somebody a seat."""
    call = get_visible(request, Call, public_id=public_id)
    form = AppointMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seating.appoint_member(actor=request.actor, call=call, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "審査委員に加えました。")
            return to_committee(call)
    context = {"form": form, "call": call, "title": "審査委員を加える", "submit": "委員に加える"}
    return render(request, "calls/desk/committee_form.html", context, status=422 if form.is_bound else 200)


@needs(Permission.CALL_WRITE)
def recuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member leaves the whole call."""
    member = get_visible(request, CommitteeMember.objects.select_related("call"), public_id=public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seating.recuse_member(actor=request.actor, member=member, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "回避を記録しました。")
            return to_committee(member.call)
    context = {"form": form, "call": member.call, "title": f"{member.name}の回避", "submit": "回避とする"}
    return render(request, "calls/desk/committee_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Permission.CALL_WRITE)
def chair(request: HttpRequest, public_id: str) -> HttpResponse:
    """This member becomes the chair."""
    member = get_visible(request, CommitteeMember.objects.select_related("call"), public_id=public_id)
    seating.name_chair(actor=request.actor, member=member)  # type: ignore[attr-defined]
    messages.success(request, f"{member.name}を委員長にしました。")
    return to_committee(member.call)


@require_POST
@needs(Permission.CALL_WRITE)
def open_scoring(request: HttpRequest, public_id: str) -> HttpResponse:
    """The scoring of a stage begins."""
    call = get_visible(request, Call, public_id=public_id)
    stage = request.POST.get("stage", "")
    if stage not in {one.key for one in rules_of(call).rules.stages}:
        raise Http404
    seating.open_scoring(actor=request.actor, call=call, stage=stage)  # type: ignore[attr-defined]
    messages.success(request, "採点を始めました。")
    return to_committee(call)


@needs(Permission.SCORES_READ)
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member's sheet as a score form, once the chair has closed the scoring. An earlier look is refused and kept."""
    sheet = get_visible(request, ScoreSheet.objects.select_related("member__call"), public_id=public_id)
    closed = ScoringStage.objects.filter(call=sheet.member.call, stage=sheet.stage).exclude(closed_at=None).exists()
    if not closed:
        note_peek(request.actor, "sheet_before_closing", sheet)  # type: ignore[attr-defined]
        raise NotPossible("委員長が採点を締めるまで、採点表は見られません。", "scoring_open")
    return render(request, "calls/committee/paper.html", paper_context(sheet, rules_of(sheet.member.call), empty=False))
