"""What a call says: read in words, changed value by value or as a file, and amended after the announcement."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from ruamel.yaml import YAML

from yui.base import clock
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.definitions.reading import Sheet, read
from yui.office.calls import domain
from yui.office.calls.domain.versions import FaultyRules, draft_of, in_force
from yui.office.calls.forms.values import ReasonForm, RulesFileForm, ValuesForm
from yui.office.calls.models import Call, CallVersion
from yui.office.calls.queries.wordings import (
    amendments_of,
    blocks_of,
    difference,
    examples_of,
    rule_sentences,
)
from yui.office.calls.readiness import missing
from yui.office.calls.rules import rules_in
from yui.office.calls.views.here import call_here, path_of


def told(call: Call, version: CallVersion, *, unfolded: bool = False) -> dict[str, Any]:
    """Everything that a version says, in words."""
    version.call = call
    examples = examples_of(version, call.authority)
    return {
        "call": call, "version": version, "sentences": rule_sentences(version), "blocks": blocks_of(version, call.authority),
        "examples": examples, "failing": sum(1 for one in examples if not one.holds), "amendments": amendments_of(call),
        "unfolded": unfolded,
    }  # fmt: skip


@needs(Permission.CALL_READ)
def profile(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rules in words: what is in preparation while nothing is announced (or with ``?draft``), else what holds."""
    call = call_here(request, public_id)
    draft, held = draft_of(call), in_force(call)
    version = draft if draft is not None and (held is None or "draft" in request.GET) else held
    assert version is not None
    context = told(call, version, unfolded="unfolded" in request.GET) | {"draft": draft, "held": held}
    return render(request, "calls/desk/rules.html", context)


@needs(Permission.CALL_WRITE)
def values(request: HttpRequest, public_id: str) -> HttpResponse:
    """The values that are changed most."""
    call = call_here(request, public_id)
    draft = draft_of(call)
    if draft is None:
        return redirect(path_of(call))
    rules = rules_in(draft).rules
    form = ValuesForm(request.POST or None, rules=rules, version=call.version)
    faults: list[Any] = []
    if form.is_valid():
        try:
            domain.change_values(
                actor=request.actor, call=call, version=form.cleaned_data["version"], values=form.values(),  # type: ignore[attr-defined]
                source=form.cleaned_data["source"],
            )  # fmt: skip
        except FaultyRules as refused:
            faults = refused.faults
        except (Stale, NotPossible) as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "保存しました。")
            return redirect(path_of(call))
    context = {"call": call, "form": form, "faults": faults, "missing": missing(rules, clock.now())}
    return render(request, "calls/desk/values.html", context, status=422 if form.is_bound else 200)


@needs(Permission.CALL_WRITE)
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole call as a file: checked, every fault with its line, and kept where there is none."""
    call = call_here(request, public_id)
    form = RulesFileForm(request.POST or None, request.FILES or None, initial={"version": call.version})
    faults: list[Any] = []
    if form.is_valid():
        try:
            sheet = _sheet(call, form.cleaned_data["file"].read())
            domain.write_rules(actor=request.actor, call=call, version=form.cleaned_data["version"], sheet=sheet)  # type: ignore[attr-defined]
        except FaultyRules as refused:
            faults = refused.faults
        except (Stale, NotPossible) as refused:
            form.add_error("file", refused.sentence)
        else:
            messages.success(request, "読み込みました。")
            return redirect(path_of(call))
    context = {"call": call, "form": form, "faults": faults}
    return render(request, "calls/desk/file.html", context, status=422 if form.is_bound else 200)


@needs(Permission.CALL_READ)
def download(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is in preparation, or what holds, as YAML."""
    call = call_here(request, public_id)
    version = draft_of(call) or in_force(call)
    assert version is not None
    yaml, stream = YAML(), io.StringIO()
    yaml.width, yaml.allow_unicode = 4096, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(version.rules, stream)
    headers = {
        "Content-Disposition": f'attachment; filename="call-{call.key}.yaml"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(stream.getvalue(), content_type="application/yaml; charset=utf-8", headers=headers)


@require_POST
@needs(Permission.CALL_WRITE)
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin an amendment."""
    call = call_here(request, public_id)
    domain.begin_amendment(actor=request.actor, call=call)  # type: ignore[attr-defined]
    messages.success(request, "変更の用意を始めました。公表するまで、いまのきまりのままです。")
    return redirect(path_of(call, "amend"))


@require_POST
@needs(Permission.CALL_WRITE)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leave an amendment."""
    call = call_here(request, public_id)
    domain.drop_amendment(actor=request.actor, call=call)  # type: ignore[attr-defined]
    messages.success(request, "用意していた変更を、やめました。")
    return redirect(path_of(call))


@needs(Permission.CALL_WRITE)
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an amendment in preparation changes; putting it in force with its reason."""
    call = call_here(request, public_id)
    draft, held = draft_of(call), in_force(call)
    if draft is None or held is None:
        return redirect(path_of(call))
    draft.call = held.call = call
    form = ReasonForm(request.POST or None)
    lacking: list[Any] = []
    if form.is_valid():
        try:
            domain.amend_call(actor=request.actor, call=call, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except domain.Incomplete as refused:
            lacking = refused.missing
        except NotPossible as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "変更を公表しました。登録した人みんなに知らせています。")
            return redirect(path_of(call))
    context = {"call": call, "form": form, "changes": difference(held, draft), "missing": lacking}
    return render(request, "calls/desk/amend.html", context, status=422 if form.is_bound else 200)


def _sheet(call: Call, data: bytes) -> Sheet:
    with TemporaryDirectory() as place:
        path = Path(place) / f"call-{call.key}.yaml"
        path.write_bytes(data)
        return read(path)
