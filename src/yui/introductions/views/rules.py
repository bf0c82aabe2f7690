"""候補を出すきまり: what is in force, a change drafted, looked at beforehand and laid before those who approve."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.definitions import current
from yui.base.tenancy.addresses import town_url
from yui.introductions import domain
from yui.introductions.domain.rules import EDITABLE, told_of_load
from yui.introductions.forms import RuleForm
from yui.introductions.models import RuleChange
from yui.introductions.rule_pages import change_lines, change_page
from yui.introductions.rule_words import decided_by, public_sentence, version_lines, weight_lines
from yui.introductions.rules import Values, in_force, of_definition, of_row
from yui.introductions.runs import ask_run


@needs(Permission.FAIRNESS_READ)
def rules(request: HttpRequest) -> HttpResponse:
    """What is in force, since when and by whom; every version; the changes that are drafted."""
    town = request.authority  # type: ignore[attr-defined]
    found, definition = in_force(town), current(town)
    context = {
        "rules": found, "values": found.values, "weights": weight_lines(found.values), "by": decided_by(found.row),
        "sentence": public_sentence(definition, found.values, "ja"), "versions": version_lines(found),
        "changes": change_lines(), "may_draft": may(request.actor, Permission.APPROVAL_REQUEST),  # type: ignore[attr-defined]
        "of_definition": told_of_load(of_definition(definition.introductions), town),
    }  # fmt: skip
    return render(request, "introductions/rules.html", context)


@needs(Permission.APPROVAL_REQUEST)
def new(request: HttpRequest) -> HttpResponse:
    """A change from what is in force, or with ``?from=definition`` from what the definition says."""
    town = request.authority  # type: ignore[attr-defined]
    start = in_force(town).values
    if request.GET.get("from") == "definition":
        start = of_definition(current(town).introductions)
    form = _form(request, start)
    if form.is_valid():
        try:
            made = domain.draft_rules(
                actor=request.actor, values=form.values(), reason=form.cleaned_data["reason"]  # type: ignore[attr-defined]
            )  # fmt: skip
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "案を保存しました。いまのきまりは、まだ変わっていません。")
            return _to(request, made)
    return _render_form(request, form, start)


@needs(Permission.APPROVAL_REQUEST)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write a draft or a returned change anew."""
    change = get_visible(request, RuleChange, public_id=public_id)
    form = _form(request, of_row(change), change)
    if form.is_valid():
        try:
            domain.edit_rules(
                actor=request.actor, change=change, values=form.values(), reason=form.cleaned_data["reason"],  # type: ignore[attr-defined]
                version=form.cleaned_data["version"],
            )  # fmt: skip
        except (NotPossible, Stale) as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "案を書きなおしました。もう一度、変わることを計算してください。")
            return _to(request, change)
    return _render_form(request, form, of_row(change), change)


@needs(Permission.FAIRNESS_READ)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """A change: what differs, why, and what it would change of the lists of today."""
    found = get_visible(request, RuleChange.objects.select_related("made_by"), public_id=public_id)
    drafts = may(request.actor, Permission.APPROVAL_REQUEST)  # type: ignore[attr-defined]
    context = {
        "change": found, "may_draft": drafts, "editable": found.state in EDITABLE,
        **change_page(request.actor, found),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "introductions/rule_change.html", context)


@require_POST
@needs(Permission.APPROVAL_REQUEST)
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Calculate, ask for approval, or withdraw: what the pressed button says."""
    found = get_visible(request, RuleChange, public_id=public_id)
    verbs = {
        "preview": (domain.preview_rules, "計算をはじめました。できると、この画面に結果が出ます。"),
        "request": (domain.request_rules, "承認を求めました。承認されるまで、いまのきまりのままです。"),
        "withdraw": (domain.withdraw_rules, "取り下げました。"),
    }
    verb, said = verbs.get(request.POST.get("step", ""), (None, ""))
    if verb is not None:
        try:
            verb(actor=request.actor, change=found)  # type: ignore[attr-defined]
        except NotPossible as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, said)
    return _to(request, found)


@require_POST
@needs(Permission.APPROVAL_REQUEST)
def run(request: HttpRequest) -> HttpResponse:
    """町ぜんたいの計算, now."""
    ask_run(actor=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "町ぜんたいの計算をはじめました。できると、この画面に出ます。")
    return redirect(town_url(request.authority, "introductions:fairness"))  # type: ignore[attr-defined]


def _form(request: HttpRequest, start: Values, change: RuleChange | None = None) -> RuleForm:
    size = current(request.authority).introductions.list_size.value  # type: ignore[attr-defined]
    return RuleForm(request.POST or None, start=start, most=size, change=change)


def _render_form(request: HttpRequest, form: RuleForm, start: Values, change: RuleChange | None = None) -> HttpResponse:
    base = in_force(request.authority)  # type: ignore[attr-defined]
    context: dict[str, Any] = {"form": form, "change": change, "base": base, "total": form.total(), "start": start}
    return render(request, "introductions/rule_form.html", context, status=422 if form.is_bound else 200)


def _to(request: HttpRequest, found: RuleChange) -> HttpResponse:
    return redirect(town_url(request.authority, "introductions:rule_change", public_id=found.public_id))  # type: ignore[attr-defined]
