"""The selection: every step in words and tables, what the committee decides, the record on paper, the files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.approvals.queries import approval_of
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import selecting
from yui.office.calls.forms.committee import DecisionForm, ReasonForm
from yui.office.calls.models import Applicant, Call, CommitteeDecision, SelectionRecord
from yui.office.calls.queries.committee import stage_lines
from yui.office.calls.queries.selection import SELECT, SHORTLIST, as_bytes, outdated
from yui.office.calls.queries.shown import names_of, shown
from yui.office.calls.rules import rules_of
from yui.office.calls.states import CallState

WORDS = {
    "tie": ("同じ順位の決定", "並んだ提案の中から、委員会が協議して選んだものを書きます。"),
    "estimate": ("見積りの適否", "見積りが規模や内容に合わず、選ばないと委員会が決めたものに印を付けます。"),
    "successor": ("次の候補者", "候補者が除かれたとき、残る提案から次の候補者を決めます。"),
    "no_candidate": ("候補者なし・再募集", "候補者がないまま終えます。つづけて再募集を始められます。"),
    "points": ("第1段階の点", "委員の平均が割り切れないとき、委員会で決めた点を書きます。"),
    "shortlist": ("提案書を求める者", "「程度」の範囲で、求める者を委員会が決めたときに書きます。"),
}


def to_selection(call: Call, kind: str) -> HttpResponse:
    """Back to the page of the selection."""
    name = "calls:desk_selection" if kind == SELECT else "calls:desk_shortlist"
    return redirect(town_url(call.authority, name, public_id=call.public_id))


@needs(Permission.SCORES_READ)
def selection(request: HttpRequest, public_id: str, kind: str = SELECT) -> HttpResponse:
    """The newest computation with every step, and what may be done now."""
    call = get_visible(request, Call, public_id=public_id)
    announced = rules_of(call)
    rows = (
        SelectionRecord.objects.filter(call=call, kind=kind)
        .select_related("call", "made_by", "decided_by")
        .defer("asked")
    )
    record = rows.order_by("-id").first()
    stages = stage_lines(call, announced)
    stage = announced.last_stage.key if kind == SELECT else announced.rules.stages[0].key
    decisions = CommitteeDecision.objects.filter(call=call)
    names = names_of(call)
    context = {
        "call": call, "kind": kind, "record": record, "shown": shown(record, names) if record else None,
        "outdated": record is not None and outdated(record),
        "closed": any(line.key == stage and line.step == "closed" for line in stages),
        "rules": announced.rules.selection, "gate": announced.rules.selection.estimate_gate.value and kind == SELECT,
        "decisions": [(one, WORDS[one.question][0], [names[0].get(x, x) for x in one.chosen]) for one in decisions],
        "may_decide": may(request.actor, Permission.CALL_DECIDE),  # type: ignore[attr-defined]
        "approval": approval_of(selecting.APPROVAL, record.public_id) if record else None,
        "ended": call.state in (CallState.NO_CANDIDATE, CallState.CONTRACTED, CallState.CANCELLED),
        "trials": rows.count(),
        "needs_reason": record is not None and kind == SHORTLIST and selecting.needs_reason(record),
    }  # fmt: skip
    return render(request, "calls/desk/selection.html", context)


@require_POST
@needs(Permission.CALL_WRITE)
def compute(request: HttpRequest, public_id: str, kind: str = SELECT) -> HttpResponse:
    """Ask the engine."""
    call = get_visible(request, Call, public_id=public_id)
    try:
        selecting.compute(actor=request.actor, call=call, kind=kind)  # type: ignore[attr-defined]
    except NotPossible as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, "計算しました。まだ決定ではありません。")
    return to_selection(call, kind)


@needs(Permission.CALL_DECIDE)
def decision(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Write down what the committee decided. ``kind``: the question."""
    call = get_visible(request, Call, public_id=public_id)
    if kind not in WORDS:
        raise Http404
    form = DecisionForm(request.POST or None, question=kind, applicants=_choices(call, kind))
    if request.method == "POST" and form.is_valid():
        try:
            selecting.record_decision(actor=request.actor, call=call, question=kind, **form.decided())  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "委員会の決定を記録しました。")
            return to_selection(call, SHORTLIST if kind in ("shortlist", "points") else SELECT)
    title, lead = WORDS[kind]
    context = {"form": form, "call": call, "title": title, "lead": lead, "submit": "決定を記録する"}
    return render(request, "calls/desk/committee_form.html", context, status=422 if form.is_bound else 200)


def _choices(call: Call, question: str) -> list[Applicant]:
    newest = SelectionRecord.objects.filter(call=call, kind=SELECT).order_by("-id").first()
    rows = Applicant.objects.filter(call=call)
    if question == "tie":
        rows = rows.filter(public_id__in=newest.answered["tied"] if newest else [])
    if question == "successor":
        rows = rows.filter(public_id__in=newest.answered["order"] if newest else [])
    return list(rows)


@needs(Permission.CALL_DECIDE)
def lay(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lay the newest computation before a second officer."""
    record = get_visible(request, SelectionRecord.objects.select_related("call"), public_id=public_id)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = record.kind == SHORTLIST and selecting.needs_reason(record)
    if request.method == "POST" and form.is_valid():
        try:
            selecting.lay_before(actor=request.actor, selection=record, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "決定の案を出しました。ほかの職員が承認すると、決定になります。")
            return to_selection(record.call, record.kind)
    context = {
        "form": form, "call": record.call, "title": "決定の案を出す", "submit": "承認を求める",
        "lead": "起案した人とはべつの職員が、承認のページでたしかめて決定します。",
    }  # fmt: skip
    return render(request, "calls/desk/committee_form.html", context, status=422 if form.is_bound else 200)


@needs(Permission.SCORES_READ)
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record on paper: every step, what the committee decided, and how to compute it again."""
    found = _record(request, public_id, without="asked")
    decisions = CommitteeDecision.objects.filter(call=found.call, recorded_at__lte=found.decided_at or found.made_at)
    names = names_of(found.call)
    context: dict[str, Any] = {
        "call": found.call, "record": found, "shown": shown(found, names),
        "decisions": [(one, WORDS[one.question][0], [names[0].get(x, x) for x in one.chosen]) for one in decisions],
    }  # fmt: skip
    return render(request, "calls/desk/selection_record.html", context)


@needs(Permission.SCORES_READ)
def asked(request: HttpRequest, public_id: str) -> HttpResponse:
    """The question as ``yui engine`` reads it."""
    return _file(as_bytes(_record(request, public_id))[0], "asked.json")


@needs(Permission.SCORES_READ)
def answered(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answer as ``yui engine`` writes it."""
    return _file(as_bytes(_record(request, public_id))[1], "answered.json")


def _record(request: HttpRequest, public_id: str, without: str = "") -> SelectionRecord:
    rows = SelectionRecord.objects.select_related("call", "made_by", "decided_by")
    return get_visible(request, rows.defer(without) if without else rows, public_id=public_id)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
