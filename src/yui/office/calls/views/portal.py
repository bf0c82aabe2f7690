"""The portal of applicants: entering a call with a mailed number, registering, declaring, leaving."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import needs, public, signed_in
from yui.base.access.permissions import Permission as P
from yui.base.accounts.models import Account
from yui.base.tenancy.addresses import town_url
from yui.base.ui.templatetags.yui import as_written
from yui.office.calls import domain
from yui.office.calls.deadlines import closed, closing, takes_web
from yui.office.calls.domain.opening import seat_of
from yui.office.calls.domain.peeking import note_peek
from yui.office.calls.domain.standing import is_own
from yui.office.calls.forms.applicants import EligibilityForm, EntryForm, LeaveForm, MailForm, entry_initial
from yui.office.calls.models import Applicant, Call
from yui.office.calls.queries.applicants import answers_of
from yui.office.calls.queries.own import eligibility_count, stages_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import APPLICANTS, PUBLIC, CallState


def own_applicant(request: HttpRequest, public_id: str) -> Applicant:
    """The visitor's own application. Whoever asks for another's is refused and recorded."""
    found = Applicant.objects.select_related("call", "authority").filter(public_id=public_id).first()
    if found is None or not is_own(request.actor, found):  # type: ignore[attr-defined]
        note_peek(request.actor, "not_yours", found)  # type: ignore[attr-defined]
        raise Http404
    return found


def _announced_call(public_id: str) -> Call:
    call = Call.objects.filter(public_id=public_id, state__in=PUBLIC).first()
    if call is None:
        raise Http404
    return call


@public
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an applicant needs, and a mail address for the number to sign in with."""
    call, form = _announced_call(public_id), MailForm(request.POST or None)
    onward = town_url(request.authority, "calls:register", public_id=public_id)  # type: ignore[attr-defined]
    announced = rules_of(call)
    first = announced.rules.stages[0].key
    context = {
        "call": call, "form": form, "onward": onward, "until": closing(announced, first), "web": takes_web(announced),
        "taking": call.state == CallState.ANNOUNCED, "rules": announced.rules,
    }  # fmt: skip
    if request.method == "POST" and not request.user.is_authenticated and form.is_valid():
        mail = form.cleaned_data["mail"].strip().lower()
        if not ratelimit.consume(request, action="request_login_code", key=mail):
            form.add_error("mail", _("番号を何度も送りました。しばらくしてから、もう一度ためしてください。"))
        else:
            account = Account.objects.filter(email=mail).first() or Account.objects.create_user(mail)
            LoginCodeVerificationProcess.initiate(request=request, user=account, email=mail)
            return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': onward})}")
    return render(request, "calls/my/enter.html", context, status=422 if form.is_bound else 200)


@signed_in
def register(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the applicant says of itself."""
    call, actor = _announced_call(public_id), request.actor  # type: ignore[attr-defined]
    mine = Applicant.objects.filter(call=call, account=actor.account).first()
    if mine is not None:
        return _to(request, mine)
    form = EntryForm(request.POST or None, initial={"mail": actor.account.email})
    barred = actor.is_staff or seat_of(actor, call) is not None
    announced = rules_of(call)
    over = closed(announced, announced.rules.stages[0].key, clock.now()) or call.state != CallState.ANNOUNCED
    if request.method == "POST" and form.is_valid():
        try:
            mine = domain.register_applicant(actor=actor, call=call, entry=form.entry())
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, _("参加を登録しました。つぎに、資格を申告してください。"))
            return _to(request, mine)
    context = {"call": call, "form": form, "barred": barred, "over": over}
    return render(request, "calls/my/register.html", context, status=422 if form.is_bound else 200)


@needs(P.PROPOSAL_READ)
def listing(request: HttpRequest) -> HttpResponse:
    """The applications of the account."""
    mine = Applicant.objects.filter(account=request.actor.account).select_related("call")  # type: ignore[attr-defined]
    rows = [(one, _(APPLICANTS[one.state].resident_label)) for one in mine]
    return render(request, "calls/my/calls.html", {"rows": rows})


@needs(P.PROPOSAL_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where one application stands and what comes next."""
    applicant = own_applicant(request, public_id)
    declared, asked = eligibility_count(applicant, answers_of(applicant))
    stages = stages_of(applicant)
    handed = sum(1 for one in stages if one.received is not None)
    context = {
        "applicant": applicant, "call": applicant.call, "stages": stages, "declared": declared, "asked": asked,
        "state": _(APPLICANTS[applicant.state].resident_label), "members": list(applicant.consortium_members.all()),
        "steps": [_("参加登録"), _("資格の申告"), *(as_written(one.name) for one in stages)],
        "step": 2 if declared < asked else 3 + handed, "first_open": not stages[0].over,
        "left": getattr(applicant, "withdrawal", None), "submission": rules_of(applicant.call).rules.submission,
    }  # fmt: skip
    return render(request, "calls/my/application.html", context)


@needs(P.PROPOSAL_WRITE)
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct what was said at the registration."""
    applicant = own_applicant(request, public_id)
    form = EntryForm(request.POST or None, initial=entry_initial(applicant))
    if request.method == "POST" and form.is_valid():
        try:
            domain.correct_applicant(
                actor=request.actor, applicant=applicant, entry=form.entry(), version=form.cleaned_data["version"] or 0
            )  # type: ignore[attr-defined]
        except (NotPossible, Stale) as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, _("なおしました。"))
            return _to(request, applicant)
    context = {"call": applicant.call, "applicant": applicant, "form": form}
    return render(request, "calls/my/correct.html", context, status=422 if form.is_bound else 200)


@needs(P.PROPOSAL_WRITE)
def eligibility(request: HttpRequest, public_id: str) -> HttpResponse:
    """Declare requirement by requirement."""
    applicant = own_applicant(request, public_id)
    announced = rules_of(applicant.call)
    form = EligibilityForm(request.POST or None, announced=announced, answers=answers_of(applicant))
    if request.method == "POST" and form.is_valid():
        try:
            domain.declare_eligibility(actor=request.actor, applicant=applicant, answers=form.answers())  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, _("資格の申告を受け付けました。"))
            return _to(request, applicant)
    context = {"call": applicant.call, "applicant": applicant, "form": form}
    return render(request, "calls/my/eligibility.html", context, status=422 if form.errors else 200)


@needs(P.PROPOSAL_WRITE)
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """辞退."""
    applicant = own_applicant(request, public_id)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.withdraw_applicant(actor=request.actor, applicant=applicant, words=form.cleaned_data["words"])  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, _("辞退を受け付けました。これからの公募で、不利になることはありません。"))
            return _to(request, applicant)
    rule = rules_of(applicant.call).rules.withdrawal
    context = {"call": applicant.call, "applicant": applicant, "form": form, "rule": rule}
    return render(request, "calls/my/leave.html", context, status=422 if form.errors else 200)


def _to(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    return redirect(town_url(request.authority, "calls:my_call", public_id=applicant.public_id))  # type: ignore[attr-defined]
