"""Questions: what came, what is answered, what an applicant asks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.approvals.queries import approval_of
from yui.base.tenancy.addresses import town_url
from yui.office.calls import domain
from yui.office.calls.domain.questions import APPROVAL_KIND, asker_named, returned_words
from yui.office.calls.forms.questions import AnswerForm, AskForm, EnterForm
from yui.office.calls.forms.values import ReasonForm
from yui.office.calls.models import Applicant, Question
from yui.office.calls.queries.questions import desk_questions, own_questions, question_words, takes_web, times_of
from yui.office.calls.rules import rules_of
from yui.office.calls.states import QUESTIONS, QuestionState
from yui.office.calls.views.here import call_here, question_here


@needs(Permission.CALL_READ)
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every question of a call, with how many wait against the deadline for answers."""
    call = call_here(request, public_id)
    may_write = may(request.actor, Permission.CALL_WRITE, call) and call.announced_at is not None  # type: ignore[attr-defined]
    context = {"call": call, "may_write": may_write, **desk_questions(call)}
    return render(request, "calls/desk/questions.html", context)


@needs(Permission.CALL_WRITE)
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter a question that came to the office."""
    call = call_here(request, public_id)
    form = EnterForm(request.POST or None, applicants=Applicant.objects.filter(call=call))
    if form.is_valid():
        try:
            question = domain.enter_question(actor=request.actor, call=call, **form.given())  # type: ignore[attr-defined]
        except NotPossible as refused:
            form.add_error(None, refused.sentence)
        else:
            if question.verdict:
                messages.warning(request, "受け付けられない質問として、記録しました。")
            else:
                messages.success(request, f"質問{question.number}として受け付けました。")
            return redirect(_path(question))
    context = {"call": call, "form": form, "times": times_of(rules_of(call))}
    return render(request, "calls/desk/enter_question.html", context, status=422 if form.is_bound else 200)


@needs(Permission.CALL_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """A question: as it came, its answer, and what is to be done next."""
    question = question_here(request, public_id)
    announced, actor = rules_of(question.call), request.actor  # type: ignore[attr-defined]
    may_write, may_decide = (may(actor, one, question) for one in (Permission.CALL_WRITE, Permission.CALL_DECIDE))
    state, form, status = QuestionState(question.state), None, 200
    if state == QuestionState.RECEIVED and may_write:
        form, status = _answer_form(request, question, private=announced.rules.questions.private_answers.value)
        if form is None:
            return redirect(_path(question))
    context = {
        "question": question, "call": question.call, "form": form, "state": QUESTIONS[state],
        "shows_asker": may_write, "returned": returned_words(question) if form is not None else "",
        "approval": approval_of(APPROVAL_KIND, question.public_id) if state == QuestionState.DRAFTED else None,
        "may_publish": may_decide and state == QuestionState.APPROVED,
        "may_decline": may_decide and state == QuestionState.RECEIVED and announced.rules.questions.may_be_declined.value,
        "decline": ReasonForm(prefix="decline"), **question_words(announced, question),
    }  # fmt: skip
    return render(request, "calls/desk/question.html", context, status=status)


def _answer_form(request: HttpRequest, question: Question, *, private: bool) -> tuple[AnswerForm | None, int]:
    """The form, and the status of its page; no form once the answer was kept."""
    given = request.POST if request.method == "POST" else None
    first = {
        "masked": question.masked or question.text, "answer": question.answer, "manner": question.manner,
        "version": question.version, "reason": question.reason,
    }  # fmt: skip
    found = asker_named(question, f"{given.get('masked', '')}\n{given.get('answer', '')}") if given else []
    public = given is None or given.get("manner", "public") == "public"
    form = AnswerForm(given, initial=first, private=private, ask_named=bool(found) and public)
    if given is None or not form.is_valid():
        return form, 422 if given is not None else 200
    try:
        domain.draft_answer(actor=request.actor, question=question, **form.given())  # type: ignore[attr-defined]
    except (Stale, NotPossible) as refused:
        form.add_error("named" if refused.code == "asker_named" else None, refused.sentence)
        return form, 422
    messages.success(request, "回答案を、ほかの職員の承認に回しました。")
    return None, 200


@require_POST
@needs(Permission.CALL_DECIDE)
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publish an approved answer, or send it to the asker alone."""
    question = domain.publish_answer(actor=request.actor, question=question_here(request, public_id))  # type: ignore[attr-defined]
    private = question.state == QuestionState.PRIVATE
    messages.success(request, "質問した人だけに、回答を送りました。" if private else "質問と回答を公表しました。")
    return redirect(_path(question))


@require_POST
@needs(Permission.CALL_DECIDE)
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leave a question unanswered."""
    question = question_here(request, public_id)
    reason = request.POST.get("decline-reason", "")
    try:
        domain.decline_question(actor=request.actor, question=question, reason=reason)  # type: ignore[attr-defined]
    except NotPossible as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(request, "答えない質問として、わけを記録しました。")
    return redirect(_path(question))


@needs(Permission.PROPOSAL_READ)
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """An applicant's own questions with their answers; asking, where the call takes questions on the web."""
    applicant = get_visible(request, Applicant.objects.select_related("call__authority"), public_id=public_id)
    announced = rules_of(applicant.call)
    form = AskForm(request.POST or None) if takes_web(announced) else None
    if form is not None and form.is_valid():
        question = domain.ask_question(actor=request.actor, applicant=applicant, text=form.cleaned_data["text"])  # type: ignore[attr-defined]
        if question.verdict:
            messages.warning(request, _("締切のあとなので、受け付けられませんでした。"))
        else:
            messages.success(request, _("質問を受け付けました。番号は %(number)d です。") % {"number": question.number})
        return redirect(town_url(applicant.authority, "calls:my_questions", public_id=applicant.public_id))
    context: dict[str, Any] = {
        "applicant": applicant, "call": applicant.call, "form": form, "rows": own_questions(applicant, announced),
        "times": times_of(announced, request.LANGUAGE_CODE), "rules": announced.rules,
    }  # fmt: skip
    return render(
        request, "calls/my_questions.html", context, status=422 if form is not None and form.is_bound else 200
    )


def _path(question: Question) -> str:
    return town_url(question.authority, "calls:desk_question", public_id=question.public_id)
