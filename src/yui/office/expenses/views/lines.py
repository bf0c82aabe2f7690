"""A line: choosing its category, typing it, its page, checking, withdrawing, correcting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.office.commissions.models import Commission
from yui.office.commissions.views.overview import once_begun
from yui.office.expenses import domain
from yui.office.expenses.evidence_kinds import KINDS, missing_of
from yui.office.expenses.forms.lines import LineForm, line_initial
from yui.office.expenses.forms.office import CheckForm, EvidenceForm, ReasonForm
from yui.office.expenses.history import LABELS as FIELD_LABELS
from yui.office.expenses.history import facts_told, moments_of, told
from yui.office.expenses.models import Evidence, Expense
from yui.office.expenses.queries import expense_path
from yui.office.expenses.rules import SOURCES, Heading, Rules, rules_of
from yui.office.expenses.states import CHIPS, LABELS, OPEN, State
from yui.office.expenses.trying import tried
from yui.office.expenses.views.here import commission_here, expense_here, rights


def heading_of(rules: Rules, category: str) -> Heading:
    """The category of the address; 404 for one that the definition does not have."""
    if category not in rules.headings:
        raise Http404
    return rules.headings[category]


@needs(Permission.EXPENSE_WRITE)
@once_begun
def choose(request: HttpRequest) -> HttpResponse:
    """Which category a new line belongs to."""
    here = commission_here(request)
    return render(request, "office/expense_choose.html", {**rights(request, here), "rules": rules_of(here)})


@needs(Permission.EXPENSE_WRITE)
@once_begun
def new(request: HttpRequest, category: str) -> HttpResponse:
    """Type a line; the verdict stands beside it while it is typed."""
    here = commission_here(request)
    rules = rules_of(here)
    form = LineForm(request.POST or None, rules=rules, heading=heading_of(rules, category))
    if form.is_valid() and request.POST.get("act") != "judge":
        try:
            made = domain.enter_expense(actor=request.actor, commission=here, **form.written())  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error("from_contract" if problem.code == "sources" else None, problem.sentence)
        else:
            messages.success(request, f"{made.number}番の行を記入しました。つづけて、証拠を付けられます。")
            return redirect(expense_path(made))
    return _form_page(request, here, rules, form)


@needs(Permission.EXPENSE_WRITE)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a line that is not settled."""
    expense = expense_here(request, public_id)
    rules = rules_of(expense.commission)
    heading = heading_of(rules, expense.category)
    form = LineForm(request.POST or None, rules=rules, heading=heading, initial=line_initial(expense))
    stale = None
    if form.is_valid() and request.POST.get("act") != "judge":
        version = form.cleaned_data["version"] or 0
        try:
            domain.edit_expense(actor=request.actor, expense=expense, version=version, **form.written())  # type: ignore[attr-defined]
        except Stale as problem:
            stale = _both(problem, rules)
            form.add_error(None, problem.sentence)
            form.data = form.data.copy()
            form.data["version"] = str(expense_here(request, public_id).version)
        except NotPossible as problem:
            form.add_error("from_contract" if problem.code == "sources" else None, problem.sentence)
        else:
            messages.success(request, "書きなおしました。市の確認を待ちます。")
            return redirect(expense_path(expense))
    return _form_page(request, expense.commission, rules, form, expense=expense, both=stale)


@needs(Permission.EXPENSE_WRITE)
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a new line, with its reason, in the place of a settled one."""
    expense = expense_here(request, public_id)
    rules = rules_of(expense.commission)
    heading = heading_of(rules, expense.category)
    form = LineForm(request.POST or None, rules=rules, heading=heading, initial=line_initial(expense))
    reason = ReasonForm(request.POST or None)
    if form.is_valid() & reason.is_valid() and request.POST.get("act") != "judge":
        try:
            made = domain.correct_expense(
                actor=request.actor,  # type: ignore[attr-defined]
                expense=expense,
                reason=reason.cleaned_data["reason"],
                **form.written(),
            )
        except NotPossible as problem:
            form.add_error("from_contract" if problem.code == "sources" else None, problem.sentence)
        else:
            messages.success(
                request, f"{expense.number}番を、{made.number}番の行で訂正しました。証拠を付けてください。"
            )
            return redirect(expense_path(made))
    return _form_page(request, expense.commission, rules, form, expense=expense, reason=reason, correcting=True)


def _form_page(
    request: HttpRequest, here: Commission, rules: Rules, form: LineForm, expense: Expense | None = None, **more: Any
) -> HttpResponse:
    context = {
        **rights(request, here), "rules": rules, "heading": form.heading, "form": form, "expense": expense,
        "tried": tried(here, rules, form, expense) if form.is_bound else None, **more,
    }  # fmt: skip
    failed = form.is_bound and request.POST.get("act") != "judge"
    return render(request, "office/expense_form.html", context, status=422 if failed else 200)


def _both(problem: Stale, rules: Rules) -> list[tuple[str, str, str]]:
    """Both texts of a stale save, where they differ: (field, as it was saved, as it was typed)."""
    pairs = (
        (name, told(name, problem.theirs[name], rules), told(name, problem.mine[name], rules)) for name in problem.mine
    )
    return [(FIELD_LABELS.get(name, name), theirs, mine) for name, theirs, mine in pairs if theirs != mine]


@require_POST
@needs(Permission.EXPENSE_WRITE)
def judge(request: HttpRequest, category: str) -> HttpResponse:
    """The verdict on what is typed now: a piece of the page. Nothing is kept."""
    here = commission_here(request)
    rules = rules_of(here)
    form = LineForm(request.POST, rules=rules, heading=heading_of(rules, category))
    line = request.GET.get("line", "")
    expense = expense_here(request, line) if line else None
    return render(request, "office/expense_verdict.html", {"tried": tried(here, rules, form, expense)})


@needs(Permission.EXPENSE_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """A line: what it says, what the engine says of it, its evidence, its history, what one may do."""
    return show(request, expense_here(request, public_id))


def show(request: HttpRequest, expense: Expense, **forms: Any) -> HttpResponse:
    """The page, with a form that failed or with fresh ones."""
    rules = rules_of(expense.commission)
    may = rights(request, expense.commission)
    pieces = list(Evidence.objects.filter(expense=expense))
    kinds = tuple(piece.kind for piece in pieces)
    free = expense.statement_id is None
    line = {
        "category": expense.category,
        "spent_on": expense.spent_on,
        "facts": expense.facts,
        "sources": expense.sources,
    }
    try:
        verdict = domain.judge_line(rules, **line, evidence=kinds)
    except NotPossible:
        verdict = None
    context = {
        **may, "rules": rules, "expense": expense, "category": rules.name_of(expense.category), "verdict": verdict,
        "facts": facts_told(expense.facts), "sources": [(SOURCES.get(k, k), v) for k, v in expense.sources.items()],
        "label": LABELS[State(expense.state)], "chip": CHIPS[State(expense.state)],
        "pieces": [(piece, KINDS.get(piece.kind, piece.kind)) for piece in pieces],
        "missing": missing_of(expense.category, kinds), "moments": moments_of(expense, rules),
        "replaced_by": Expense.objects.filter(corrects=expense).first(),
        **page_forms(request, expense, kinds, may, free), **forms,
    }  # fmt: skip
    return render(request, "office/expense.html", context, status=422 if forms else 200)


def page_forms(
    request: HttpRequest, expense: Expense, kinds: tuple[str, ...], may: dict[str, Any], free: bool
) -> dict[str, Any]:
    """The forms that this visitor may use in this state."""
    editable = may["may_write"] and free and expense.state in OPEN
    own = expense.recorded_by_id is not None and expense.recorded_by_id == request.user.pk
    checkable = may["may_settle"] and free and expense.state in (State.ENTERED, State.ACCEPTED)
    check = CheckForm(initial={"version": expense.version}) if checkable and not own else None
    if check is not None and expense.state == State.ACCEPTED:
        check.fields["answer"].choices = [("return", "差し戻す")]  # type: ignore[attr-defined]
    return {
        "editable": editable,
        "correctable": may["may_write"] and expense.state == State.SETTLED,
        "own_line": checkable and own,
        "check_form": check,
        "evidence_form": EvidenceForm(category=expense.category, present=kinds) if editable else None,
        "withdraw_form": ReasonForm() if editable and expense.state != State.ACCEPTED else None,
    }


@require_POST
@needs(Permission.EXPENSE_SETTLE)
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """確認 or 差戻し."""
    expense = expense_here(request, public_id)
    form = CheckForm(request.POST)
    if form.is_valid():
        accept = form.cleaned_data["answer"] == "accept"
        domain.check_expense(
            actor=request.actor,  # type: ignore[attr-defined]
            expense=expense,
            accept=accept,
            comment=form.cleaned_data["comment"],
            version=form.cleaned_data["version"] or 0,
        )
        messages.success(request, "確認しました。" if accept else "差し戻しました。受託者の今日の仕事に出ます。")
        return redirect(expense_path(expense))
    return show(request, expense, check_form=form)


@require_POST
@needs(Permission.EXPENSE_WRITE)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """取消し."""
    expense = expense_here(request, public_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        domain.withdraw_expense(actor=request.actor, expense=expense, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        messages.success(request, "取り消しました。行は残り、合計には入りません。")
        return redirect(expense_path(expense))
    return show(request, expense, withdraw_form=form)
