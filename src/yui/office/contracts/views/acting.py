"""What every page with a form does: fetch, read, call one verb, and either go on or show the form again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import get_visible
from yui.office.contracts.models import Contract, OfContract
from yui.office.contracts.queries import contract_path, contracts

FIELD_OF = {"evidence": "file", "years": "amount", "signed_on": "on", "ended_on": "on", "returned_on": "on"}
"""At which field the sentence of a refusal stands, where it is not the field of its code."""


def contract_here(request: HttpRequest, public_id: str) -> Contract:
    """The contract of the address; 404 for a stranger's."""
    return get_visible(request, contracts(), public_id=public_id)


def row_here(request: HttpRequest, table: type[OfContract], public_id: str) -> Any:
    """A row of a contract; 404 for a stranger's."""
    rows = table.objects.select_related(
        "authority", "contract__authority", "contract__engagement", "contract__organization"
    )  # type: ignore[attr-defined]
    return get_visible(request, rows, public_id=public_id)


def tried(form: forms.Form, act: Callable[[], object]) -> tuple[bool, list[tuple[str, object]]]:
    """Whether it was done; after somebody else's save in between also what they saved."""
    if not form.is_valid():
        return False, []
    try:
        act()
    except NotPossible as problem:
        field = FIELD_OF.get(problem.code, problem.code)
        form.add_error(field if field in form.fields else None, problem.sentence)
        return False, []
    except Stale as problem:
        form.add_error(None, problem.sentence)
        return False, [(str(form.fields[name].label), value) for name, value in problem.theirs.items()]
    return True, []


def acted(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    contract: Contract,
    title: str,
    submit: str,
    done: str,
    lead: str = "",
    back: str = "",
    files: bool = False,
    danger: bool = False,
) -> HttpResponse:
    """The page of one act: calls it when the form is whole; a refusal stands at its field."""
    path = back or contract_path(contract)
    done_now, theirs = tried(form, act)
    if done_now:
        messages.success(request, done)
        return redirect(path)
    page = {
        "form": form, "contract": contract, "heading": title, "submit": submit, "lead": lead, "back": path,
        "files": files, "danger": danger, "contract_path": contract_path(contract), "theirs": theirs,
    }  # fmt: skip
    return render(request, "contracts/act.html", page, status=422 if form.is_bound else 200)


def posted(request: HttpRequest) -> Any:
    """The data of a form that was sent, also of one without fields; nothing on a first look."""
    return request.POST if request.method == "POST" else None
