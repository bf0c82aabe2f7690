"""One deliverable or paper: its state, its files, handing in, accepting, returning."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.files.models import Attachment
from yui.base.files.serve import serve
from yui.office.commissions import domain
from yui.office.commissions.forms import AskForm, DecideForm, SubmitForm
from yui.office.commissions.models import Deliverable, Paper
from yui.office.commissions.queries import KINDS, Owed, changes_of, line_of, owed_path
from yui.office.commissions.states import State, can_move
from yui.office.commissions.wording import quantity_judged

OFFICE_FILES = ("paper", "deliverable", "meeting", "report", "template")


def owed_here(request: HttpRequest, kind: str, public_id: str) -> Owed:
    """The paper or deliverable of the address; 404 when there is none."""
    if kind not in KINDS:
        raise Http404
    table: type[Deliverable] | type[Paper] = KINDS[kind]
    return get_visible(request, table.objects.select_related("commission", "authority"), public_id=public_id)


def quantity_of(owed: Owed) -> tuple[str, str]:
    """The number asked for and handed in, in words with the kind of its chip; empty where none is asked."""
    if not isinstance(owed, Deliverable) or owed.count is None:
        return "", ""
    return quantity_judged(owed.count, owed.unit, owed.about_percent, owed.handed_in)


def asked_of(owed: Owed) -> str:
    """What a form says of the number asked for."""
    if not isinstance(owed, Deliverable) or owed.count is None:
        return ""
    return quantity_judged(owed.count, owed.unit, owed.about_percent, None)[0]


@needs(Permission.COMMISSION_READ)
def page(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """What it is, where it stands, what one may do with it."""
    return show(request, owed_here(request, kind, public_id))


def show(request: HttpRequest, owed: Owed, **forms: object) -> HttpResponse:
    """The page, with a form that failed or with fresh ones."""
    actor = request.actor  # type: ignore[attr-defined]
    line = line_of(owed, clock.today())
    asked = isinstance(owed, Paper) and owed.repeats and owed.occasion_on is None
    context = {
        "line": line,
        "owed": owed,
        "changes": changes_of(owed),
        "occasions": Paper.objects.filter(commission=owed.commission, key=owed.key, occasion_on__isnull=False)
        if asked
        else [],
        "quantity": quantity_of(owed),
        "submit_form": SubmitForm(asked=asked_of(owed))
        if may(actor, Permission.COMMISSION_WRITE) and line.open
        else None,
        "decide_form": DecideForm()
        if may(actor, Permission.APPROVAL_DECIDE) and can_move(owed.state, State.ACCEPTED)
        else None,
        "ask_form": AskForm() if asked and may(actor, Permission.MEETING_WRITE) else None,
        "may_open": may(actor, Permission.FILE_READ),
        **forms,
    }
    return render(request, "office/owed.html", context, status=422 if forms else 200)


@require_POST
@needs(Permission.COMMISSION_WRITE)
def submit(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Hand a file in."""
    owed = owed_here(request, kind, public_id)
    form = SubmitForm(request.POST, request.FILES, asked=asked_of(owed))
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            domain.submit_owed(
                actor=request.actor,  # type: ignore[attr-defined]
                owed=owed,
                upload=upload,
                name=upload.name,
                comment=form.cleaned_data["comment"],
                handed_in=form.cleaned_data.get("handed_in"),
            )
        except NotPossible as problem:
            form.add_error("file", problem.sentence)
        else:
            messages.success(request, "提出しました。市の確認を待っています。")
            return redirect(owed_path(owed))
    return show(request, owed, submit_form=form)


@require_POST
@needs(Permission.APPROVAL_DECIDE)
def decide(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Accept or return."""
    owed = owed_here(request, kind, public_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return show(request, owed, decide_form=form)
    comment, actor = form.cleaned_data["comment"], request.actor  # type: ignore[attr-defined]
    try:
        if form.cleaned_data["answer"] == "accept":
            domain.accept_owed(actor=actor, owed=owed, comment=comment)
            messages.success(request, "受け取りました。")
        else:
            domain.return_owed(actor=actor, owed=owed, reason=comment)
            messages.success(request, "差し戻しました。受託者の今日の仕事に出ます。")
    except NotPossible as problem:
        form.add_error("comment" if problem.code == "too_few" else "answer", problem.sentence)
        return show(request, owed, decide_form=form)
    return redirect(owed_path(owed))


@require_POST
@needs(Permission.MEETING_WRITE)
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open an occasion of a paper that repeats."""
    owed = owed_here(request, "paper", public_id)
    form = AskForm(request.POST)
    if not form.is_valid() or not isinstance(owed, Paper):
        return show(request, owed, ask_form=form)
    made = domain.ask_paper(
        actor=request.actor,  # type: ignore[attr-defined]
        paper=owed,
        day=form.cleaned_data["day"],
        title=form.cleaned_data["title"],
    )
    messages.success(request, "書類を求めました。受託者の今日の仕事に、期限の14日前から出ます。")
    return redirect(owed_path(made))


@needs(Permission.FILE_READ)
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file of the office wing."""
    attachment = get_visible(request, Attachment.objects.filter(related_kind__in=OFFICE_FILES), public_id=public_id)
    return serve(request, attachment)
