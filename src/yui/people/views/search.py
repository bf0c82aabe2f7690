"""Naming somebody in a form: what is typed is searched; one sure find is taken, others are offered."""

from typing import Any

from django import forms
from django.http import HttpRequest

from yui.base import clock
from yui.people.callers import Caller, find_caller, find_organizations
from yui.people.models import Organization, Person
from yui.people.queries import organizations_on, visible

NOBODY = "見つかりません。よみ（ひらがな）、電話番号の下4けた、「地区　下の名前」でもさがせます。"
MOST = 5


def found_person(request: HttpRequest, form: forms.Form) -> tuple[Person | None, list[Caller]]:
    """The person chosen or the only one found; otherwise those to choose from, or an error at ``who``."""
    chosen = form.cleaned_data.get("about", "").removeprefix("person:")
    if chosen:
        person = visible().filter(public_id=chosen).first()
        if person is not None:
            return person, []
    callers = find_caller(actor=request.actor, typed=form.cleaned_data.get("who", ""))
    if len(callers) == 1 and callers[0].certain:
        return callers[0].person, []
    if not callers:
        form.add_error("who", NOBODY)
    return None, callers


def found_anybody(request: HttpRequest, form: forms.Form) -> tuple[Person | Organization | None, list[dict[str, Any]]]:
    """A person or an organisation chosen or found; otherwise lines ``{value, label, by}`` to choose from."""
    kind, _, chosen = form.cleaned_data.get("about", "").partition(":")
    if chosen:
        rows: Any = visible() if kind == "person" else organizations_on(clock.today())
        thing = rows.filter(public_id=chosen).first()
        if thing is not None:
            return thing, []
    typed = form.cleaned_data.get("who", "").strip()
    callers = find_caller(actor=request.actor, typed=typed)
    things: list[Any] = [caller.person for caller in callers]
    things += find_organizations(actor=request.actor, typed=typed, most=MOST)
    if len(things) == 1 and all(caller.certain for caller in callers):
        return things[0], []
    if not things:
        form.add_error("who", NOBODY)
    why = {caller.person: "" if caller.certain else f"・{caller.why}" for caller in callers}
    return None, [_line(thing, why.get(thing, "")) for thing in things]


def _line(thing: Person | Organization, why: str) -> dict[str, Any]:
    if isinstance(thing, Person):
        where = thing.district.name if thing.district else ""
        return {
            "value": f"person:{thing.public_id}",
            "label": f"{thing.display_name}（{thing.kana or 'よみなし'}・{where}{why}）",
        }
    return {"value": f"organization:{thing.public_id}", "label": f"{thing.name}（団体）"}
