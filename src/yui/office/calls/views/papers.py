"""The portal's papers: the checklist of a stage, uploading, the sealed sum, handing in, the receipt, the one door."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible, Refused
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission as P
from yui.base.tenancy.addresses import town_url
from yui.office.calls import domain
from yui.office.calls.domain.peeking import note_peek
from yui.office.calls.domain.standing import is_own
from yui.office.calls.domain.submitting import combined_hash
from yui.office.calls.forms.applicants import EstimateForm, HandInForm, UploadForm
from yui.office.calls.models import Applicant, Proposal, SubmittedPaper
from yui.office.calls.queries.own import own_file, stage_view
from yui.office.calls.rules import rules_of
from yui.office.calls.views.portal import own_applicant


@needs(P.PROPOSAL_READ)
def page(request: HttpRequest, public_id: str, stage: str) -> HttpResponse:
    """The checklist of a stage with what is there."""
    return show(request, own_applicant(request, public_id), stage)


def show(request: HttpRequest, applicant: Applicant, stage: str, **forms: object) -> HttpResponse:
    """The page, with a form that failed or with fresh ones."""
    announced = rules_of(applicant.call)
    if stage not in {one.key for one in announced.rules.stages}:
        raise Http404
    view = stage_view(announced, applicant, stage)
    asked = [line.asked for line in view.lines]
    context = {
        "applicant": applicant, "call": applicant.call, "stage": view, "submission": announced.rules.submission,
        "upload_form": UploadForm(asked=asked), "hand_in_form": HandInForm(),
        "estimate_form": EstimateForm(initial={"yen": f"{view.estimate:,}" if view.estimate else ""}), **forms,
    }  # fmt: skip
    return render(request, "calls/my/papers.html", context, status=422 if forms else 200)


@require_POST
@needs(P.PROPOSAL_WRITE)
def upload(request: HttpRequest, public_id: str, stage: str) -> HttpResponse:
    """One file more."""
    applicant = own_applicant(request, public_id)
    view = stage_view(rules_of(applicant.call), applicant, stage)
    form = UploadForm(request.POST, request.FILES, asked=[line.asked for line in view.lines])
    if form.is_valid():
        data = form.cleaned_data
        try:
            row = domain.add_paper(
                actor=request.actor, applicant=applicant, stage=stage, paper=data["paper"], upload=data["file"],
                name=data["file"].name, not_counted=data["not_counted"] or 0, obtained_on=data["obtained_on"],
            )  # type: ignore[attr-defined]  # fmt: skip
        except NotPossible as problem:
            form.add_error("obtained_on" if problem.code == "obtained_on" else "file", problem.sentence)
        else:
            if own_file(row).findings:
                messages.warning(request, _("受け取りました。気がついたことがあります。一覧でたしかめてください。"))
            else:
                messages.success(request, _("受け取りました。まだ提出されていません。"))
            return _to_stage(request, applicant, stage)
    return show(request, applicant, stage, upload_form=form)


@require_POST
@needs(P.PROPOSAL_WRITE)
def estimate(request: HttpRequest, public_id: str, stage: str) -> HttpResponse:
    """Seal the sum."""
    applicant = own_applicant(request, public_id)
    form = EstimateForm(request.POST)
    if form.is_valid():
        try:
            over = domain.set_estimate(
                actor=request.actor, applicant=applicant, stage=stage, yen=form.cleaned_data["yen"]
            )  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error("yen", problem.sentence)
        else:
            if over:
                messages.warning(request, _("見積額に封をしました。上限額を超えています。"))
            else:
                messages.success(request, _("見積額に封をしました。まだ提出されていません。"))
            return _to_stage(request, applicant, stage)
    return show(request, applicant, stage, estimate_form=form)


@require_POST
@needs(P.PROPOSAL_WRITE)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a file out of the draft."""
    paper = _own_paper(request, public_id)
    domain.remove_paper(actor=request.actor, paper=paper)  # type: ignore[attr-defined]
    messages.success(request, _("ファイルを取りのぞきました。"))
    return _to_stage(request, paper.proposal.applicant, paper.proposal.stage)


@require_POST
@needs(P.PROPOSAL_WRITE)
def replace(request: HttpRequest, public_id: str, stage: str) -> HttpResponse:
    """Begin a replacement: a draft with the papers handed in."""
    applicant = own_applicant(request, public_id)
    domain.begin_draft(actor=request.actor, applicant=applicant, stage=stage)  # type: ignore[attr-defined]
    messages.info(request, _("差し替えの準備をはじめました。もう一度「提出する」を押すまで、前の提出が生きています。"))
    return _to_stage(request, applicant, stage)


@require_POST
@needs(P.PROPOSAL_WRITE)
def hand_in(request: HttpRequest, public_id: str, stage: str) -> HttpResponse:
    """Hand in; the receipt follows."""
    applicant = own_applicant(request, public_id)
    form = HandInForm(request.POST)
    if form.is_valid():
        try:
            made = domain.submit_proposal(
                actor=request.actor, applicant=applicant, stage=stage,
                although_missing=form.cleaned_data["although_missing"],
            )  # type: ignore[attr-defined]  # fmt: skip
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            return redirect(town_url(request.authority, "calls:my_receipt", public_id=made.public_id))  # type: ignore[attr-defined]
    return show(request, applicant, stage, hand_in_form=form)


@needs(P.PROPOSAL_READ)
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """受領証, to be printed."""
    found = Proposal.objects.select_related("applicant__call", "authority").exclude(receipt="")
    proposal = found.filter(public_id=public_id).first()
    if proposal is None or not is_own(request.actor, proposal.applicant):  # type: ignore[attr-defined]
        note_peek(request.actor, "not_yours", proposal)  # type: ignore[attr-defined]
        raise Http404
    return render(request, "calls/receipt.html", receipt_context(proposal, own=True))


def receipt_context(proposal: Proposal, *, own: bool) -> dict[str, object]:
    """What stands on the receipt; names of files only for the applicant."""
    announced = rules_of(proposal.applicant.call)
    names = {one.key: f"{one.number} {one.name}" for one in announced.rules.papers}
    order = {key: number for number, key in enumerate(names)}
    papers = sorted(proposal.papers.all(), key=lambda one: (order.get(one.paper, len(order)), one.pk))
    return {
        "proposal": proposal, "applicant": proposal.applicant, "call": proposal.applicant.call,
        "stage": announced.stage(proposal.stage), "combined": combined_hash(papers),
        "rows": [(names.get(one.paper, _("協定書の写し")), one, own_file(one).name if own else "") for one in papers],
    }  # fmt: skip


@needs(P.PROPOSAL_READ)
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """The applicant's own file, as it was handed in."""
    return served(request, public_id)


@needs(P.PROPOSAL_READ)
def for_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """A paper, for a member of the committee without a conflict, from the opening on."""
    return served(request, public_id)


@needs(P.PROPOSAL_READ)
def for_staff(request: HttpRequest, public_id: str) -> HttpResponse:
    """A paper, for staff, from the opening on."""
    return served(request, public_id)


def served(request: HttpRequest, public_id: str) -> HttpResponse:
    """The bytes through the one door; staff are told why not, everybody else finds nothing."""
    try:
        reading = domain.read_paper(actor=request.actor, public_id=public_id)  # type: ignore[attr-defined]
    except Refused:
        if request.actor.is_staff:  # type: ignore[attr-defined]
            raise
        raise Http404 from None
    response = FileResponse(
        BytesIO(reading.data), as_attachment=True, filename=reading.name, content_type=reading.paper.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _own_paper(request: HttpRequest, public_id: str) -> SubmittedPaper:
    found = SubmittedPaper.objects.select_related("proposal__applicant__call").filter(public_id=public_id).first()
    if found is None or not is_own(request.actor, found.proposal.applicant):  # type: ignore[attr-defined]
        note_peek(request.actor, "not_yours", found)  # type: ignore[attr-defined]
        raise Http404
    return found


def _to_stage(request: HttpRequest, applicant: Applicant, stage: str) -> HttpResponse:
    url = town_url(request.authority, "calls:my_papers", public_id=applicant.public_id, stage=stage)  # type: ignore[attr-defined]
    return redirect(url)
