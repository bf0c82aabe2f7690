"""An applicant's own notices: reading them, asking for an explanation, and the answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.files.serve import serve
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import explaining
from yui.office.calls.forms.notices import AskForm
from yui.office.calls.models import Notice
from yui.office.calls.notice_kinds import AGAINST
from yui.office.calls.queries.explaining import has_windows
from yui.office.calls.queries.noticing import name_of, sent_to
from yui.office.calls.rules import rules_of
from yui.office.calls.views.portal import own_applicant


def notice_here(request: HttpRequest, public_id: str) -> Notice:
    """The visitor's own notice, once it is sent; anybody else's is 404, and the attempt is recorded."""
    notice = explaining.find_own_notice(actor=request.actor, public_id=public_id)  # type: ignore[attr-defined]
    if notice is None:
        raise Http404
    return notice


@needs(Permission.PROPOSAL_READ)
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """The notices of one application."""
    applicant = own_applicant(request, public_id)
    announced = rules_of(applicant.call)
    lines = [(one, name_of(announced, one.kind)) for one in sent_to(applicant)]
    return render(request, "calls/my/notices.html", {"applicant": applicant, "lines": lines})


@needs(Permission.PROPOSAL_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """A notice, with the window for asking, what was asked, and the answers."""
    notice = notice_here(request, public_id)
    announced, asked = rules_of(notice.applicant.call), list(notice.explanations.order_by("id"))
    newest, waits = notice.corrections.exclude(sent_at=None).first(), any(one.answered_at is None for one in asked)
    form = AskForm(request.POST or None) if notice.ask_until and not waits and newest is None else None
    if form is not None and form.is_valid():
        try:
            explaining.ask_explanation(actor=request.actor, notice=notice, text=form.cleaned_data["text"])  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, _("説明の求めを受け付けました。書面で回答します。"))
            return redirect(town_url(request.authority, "calls:my_notice", public_id=public_id))  # type: ignore[attr-defined]
    context = {
        "notice": notice, "name": name_of(announced, notice.kind), "asked": asked, "newest": newest, "form": form,
        "against": notice.outcome in AGAINST, "windows": has_windows(announced),
        "over": notice.ask_until is not None and clock.today() > notice.ask_until,
    }  # fmt: skip
    failed = form is not None and form.is_bound
    return render(request, "calls/my/notice.html", context, status=422 if failed else 200)


@needs(Permission.PROPOSAL_READ)
def paper(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The notice as Word or PDF, as it was sent."""
    notice = notice_here(request, public_id)
    kept = notice.word if form == "word" else notice.pdf
    if kept is None:
        raise Http404
    return serve(request, kept)


@needs(Permission.PROPOSAL_READ)
def answer(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The answer to the visitor's own request, as Word or PDF."""
    asked = explaining.find_own_request(actor=request.actor, public_id=public_id)  # type: ignore[attr-defined]
    kept = None if asked is None else asked.word if form == "word" else asked.pdf
    if kept is None:
        raise Http404
    return serve(request, kept)
