"""The desk's reception: applicants, arrivals on paper, a look at eligibility, disqualifications, the opening."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.access.rules import holds_everywhere
from yui.base.tenancy.addresses import town_url
from yui.office.calls import domain
from yui.office.calls.domain.receiving import may_be_excepted
from yui.office.calls.domain.standing import asked_for
from yui.office.calls.forms.applicants import entry_initial
from yui.office.calls.forms.reception import (
    ArrivalForm,
    CheckForm,
    GroundForm,
    OpeningForm,
    PaperEntryForm,
    PaperLeaveForm,
    ReasonForm,
    ScanForm,
    SumForm,
    VerdictForm,
)
from yui.office.calls.models import Applicant, Call, Disqualification, Proposal
from yui.office.calls.queries.applicants import opening_of
from yui.office.calls.queries.reception import (
    TONES,
    applicant_rows,
    disqualification_rows,
    proposal_lines,
    requirement_rows,
    stage_rows,
)
from yui.office.calls.rules import rules_of
from yui.office.calls.states import APPLICANTS, CallState
from yui.office.calls.views.papers import receipt_context

_LABELS = {one.key: one.staff_label for one in APPLICANTS.states}


def _applicant(request: HttpRequest, public_id: str) -> Applicant:
    return get_visible(request, Applicant.objects.select_related("call", "authority"), public_id=public_id)


def _proposal(request: HttpRequest, public_id: str) -> Proposal:
    rows = Proposal.objects.select_related("applicant__call", "authority").exclude(state="draft")
    return get_visible(request, rows, public_id=public_id)


def _to(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    return redirect(town_url(request.authority, "calls:desk_applicant", public_id=applicant.public_id))  # type: ignore[attr-defined]


@needs(P.PROPOSAL_READ)
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """The applicants of a call and what came from each."""
    call = get_visible(request, Call, public_id=public_id)
    if call.state == CallState.DRAFT:
        raise Http404
    context = {
        "call": call, "rows": applicant_rows(call), "stages": stage_rows(call, rules_of(call)),
        "may_write": holds_everywhere(request.actor, P.PROPOSAL_WRITE),
        "may_decide": holds_everywhere(request.actor, P.CALL_DECIDE),
    }  # type: ignore[attr-defined]  # fmt: skip
    return render(request, "calls/desk/applicants.html", context)


@needs(P.PROPOSAL_WRITE)
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    """An applicant whose papers came on paper."""
    call = get_visible(request, Call, public_id=public_id)
    form = PaperEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.register_on_paper(
                actor=request.actor, call=call, entry=form.entry(), channel=form.cleaned_data["channel"]
            )  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "応募者を入れました。つぎに、届いた書類を入れてください。")
            return _to(request, made)
    context = {"call": call, "form": form}
    return render(request, "calls/desk/applicant_new.html", context, status=422 if form.is_bound else 200)


@needs(P.PROPOSAL_WRITE)
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct what stands of an applicant, for instance when it tells the office of a new address."""
    applicant = _applicant(request, public_id)
    form = PaperEntryForm(request.POST or None, initial=entry_initial(applicant) | {"channel": applicant.channel})
    del form.fields["channel"]
    if request.method == "POST" and form.is_valid():
        try:
            domain.correct_applicant(
                actor=request.actor,  # type: ignore[attr-defined]
                applicant=applicant,
                entry=form.entry(),
                version=form.cleaned_data["version"] or 0,
            )
        except (NotPossible, Stale) as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "なおしました。")
            return _to(request, applicant)
    context = {"applicant": applicant, "call": applicant.call, "form": form}
    return render(request, "calls/desk/applicant_correct.html", context, status=422 if form.is_bound else 200)


@needs(P.PROPOSAL_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One applicant: what came, what was declared and found, disqualifications, withdrawal."""
    return show(request, _applicant(request, public_id))


def show(request: HttpRequest, applicant: Applicant, **forms: Any) -> HttpResponse:
    """The page, with a form that failed or with fresh ones."""
    actor, announced = request.actor, rules_of(applicant.call)  # type: ignore[attr-defined]
    writes = holds_everywhere(actor, P.PROPOSAL_WRITE)
    lines = proposal_lines(applicant)
    disqualifications = disqualification_rows(applicant)
    context = {
        "applicant": applicant, "call": applicant.call, "label": _LABELS[applicant.state],
        "tone": TONES.get(applicant.state, ""), "lines": lines, "requirements": requirement_rows(applicant),
        "disqualifications": disqualifications, "members": list(applicant.consortium_members.all()),
        "stages": announced.rules.stages, "left": getattr(applicant, "withdrawal", None), "may_write": writes,
        "may_decide": holds_everywhere(actor, P.CALL_DECIDE),
        "check_form": CheckForm(announced=announced) if writes else None,
        "ground_form": GroundForm(announced=announced) if writes else None,
        "leave_form": PaperLeaveForm() if writes else None,
        "verdict_form": VerdictForm() if any(one["row"].state == "proposed" for one in disqualifications) else None,
        "waiting": {line.row.pk for line in lines if may_be_excepted(line.row)}, "reason_form": ReasonForm(), **forms,
    }  # fmt: skip
    return render(request, "calls/desk/applicant.html", context, status=422 if forms else 200)


@needs(P.PROPOSAL_WRITE)
def arrive(request: HttpRequest, public_id: str, stage: str) -> HttpResponse:
    """Papers that came to the counter or by post."""
    applicant = _applicant(request, public_id)
    announced = rules_of(applicant.call)
    if stage not in {one.key for one in announced.rules.stages}:
        raise Http404
    form = ArrivalForm(request.POST or None, asked=asked_for(announced, stage, applicant))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = domain.receive_papers(
                actor=request.actor, applicant=applicant, stage=stage, channel=data["channel"],
                received_at=form.received_at, papers=form.pile(), tracking=data["tracking"],
                replaces=data["replaces"] == "yes",
            )  # type: ignore[attr-defined]  # fmt: skip
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            return redirect(town_url(request.authority, "calls:desk_receipt", public_id=made.public_id))  # type: ignore[attr-defined]
    context = {
        "applicant": applicant, "call": applicant.call, "stage": announced.stage(stage), "form": form,
        "submission": announced.rules.submission,
    }  # fmt: skip
    return render(request, "calls/desk/arrival.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(P.PROPOSAL_WRITE)
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """A look at one requirement."""
    applicant = _applicant(request, public_id)
    form = CheckForm(request.POST, announced=rules_of(applicant.call))
    if form.is_valid():
        try:
            domain.check_requirement(actor=request.actor, applicant=applicant, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error("reason", problem.sentence)
        else:
            messages.success(request, "確認を記録しました。")
            return _to(request, applicant)
    return show(request, applicant, check_form=form)


@require_POST
@needs(P.CALL_DECIDE)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """資格の有無."""
    applicant = domain.decide_eligibility(actor=request.actor, applicant=_applicant(request, public_id))  # type: ignore[attr-defined]
    messages.success(request, f"「{_LABELS[applicant.state]}」です。")
    return _to(request, applicant)


@require_POST
@needs(P.PROPOSAL_WRITE)
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Propose a disqualification."""
    applicant = _applicant(request, public_id)
    form = GroundForm(request.POST, announced=rules_of(applicant.call))
    if not form.is_valid():
        return show(request, applicant, ground_form=form)
    domain.propose_disqualification(actor=request.actor, applicant=applicant, **form.cleaned_data)  # type: ignore[attr-defined]
    messages.success(request, "失格の案を入れました。決めるまでは、何も変わりません。")
    return _to(request, applicant)


@require_POST
@needs(P.CALL_DECIDE)
def judge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm or dismiss a disqualification."""
    found = get_visible(request, Disqualification.objects.select_related("applicant__call"), public_id=public_id)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return show(request, found.applicant, verdict_form=form)
    verb = {"confirm": domain.confirm_disqualification, "dismiss": domain.dismiss_disqualification}
    verb[form.cleaned_data["answer"]](actor=request.actor, proposed=found, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
    messages.success(request, "記録しました。")
    return _to(request, found.applicant)


@require_POST
@needs(P.PROPOSAL_WRITE)
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """A withdrawal on paper, or the paper of one told on the web."""
    applicant = _applicant(request, public_id)
    left = getattr(applicant, "withdrawal", None)
    if left is not None:
        domain.confirm_in_writing(actor=request.actor, withdrawal=left)  # type: ignore[attr-defined]
        return _to(request, applicant)
    form = PaperLeaveForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            domain.withdraw_applicant(
                actor=request.actor, applicant=applicant, words=data["words"], channel=data["channel"], in_writing=True,
                received_at=dt.datetime.combine(data["day"], dt.time(0), tzinfo=clock.TOKYO),
            )  # type: ignore[attr-defined]  # fmt: skip
        except NotPossible as problem:
            form.add_error("day", problem.sentence)
        else:
            messages.success(request, "辞退を受け付けました。")
            return _to(request, applicant)
    return show(request, applicant, leave_form=form)


@needs(P.CALL_DECIDE)
def open_stage(request: HttpRequest, public_id: str, stage: str) -> HttpResponse:
    """開封."""
    call = get_visible(request, Call, public_id=public_id)
    row = next((one for one in stage_rows(call, rules_of(call)) if one["stage"].key == stage), None)
    if row is None or call.state == CallState.DRAFT:
        raise Http404
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.open_seals(actor=request.actor, call=call, stage=stage, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "開封しました。書類と見積額が読めます。")
            return redirect(town_url(request.authority, "calls:desk_applicants", public_id=public_id))  # type: ignore[attr-defined]
    context = {"call": call, "row": row, "form": form}
    return render(request, "calls/desk/opening.html", context, status=422 if form.is_bound else 200)


@needs(P.PROPOSAL_WRITE)
def scan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Attach a scan, and after the opening the sum."""
    proposal = _proposal(request, public_id)
    asked = asked_for(rules_of(proposal.applicant.call), proposal.stage, proposal.applicant)
    sums = request.method == "POST" and "yen" in request.POST
    form = ScanForm(None if sums else request.POST or None, None if sums else request.FILES or None, asked=asked)
    sum_form = SumForm(request.POST if sums else None)
    chosen: Any = sum_form if sums else form
    if request.method == "POST" and chosen.is_valid():
        try:
            if sums:
                domain.enter_estimate(actor=request.actor, proposal=proposal, yen=sum_form.cleaned_data["yen"])  # type: ignore[attr-defined]
            else:
                paper, file = form.cleaned_data["paper"], form.cleaned_data["file"]
                domain.attach_scan(actor=request.actor, proposal=proposal, paper=paper, upload=file, name=file.name)  # type: ignore[attr-defined]
        except NotPossible as problem:
            chosen.add_error("yen" if sums else "file", problem.sentence)
        else:
            messages.success(request, "入れました。")
            return _to(request, proposal.applicant)
    context = {
        "proposal": proposal, "applicant": proposal.applicant, "call": proposal.applicant.call, "form": form,
        "sum_form": sum_form, "opened": opening_of(proposal.applicant.call, proposal.stage) is not None,
    }  # fmt: skip
    return render(request, "calls/desk/scan.html", context, status=422 if chosen.is_bound else 200)


@require_POST
@needs(P.PROPOSAL_WRITE)
def ask_exception(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask that a late replacement be let in."""
    proposal, form = _proposal(request, public_id), ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, proposal.applicant, reason_form=form)
    domain.ask_late_exception(actor=request.actor, proposal=proposal, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
    messages.success(request, "ほかの担当職員の承認を待っています。")
    return _to(request, proposal.applicant)


@needs(P.PROPOSAL_READ)
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """受領証, to be printed and handed over."""
    return render(request, "calls/receipt.html", receipt_context(_proposal(request, public_id), own=False))
