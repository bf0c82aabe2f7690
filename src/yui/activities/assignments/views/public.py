"""What everybody sees: every round, one round with its promise and its result in numbers, and the files. No names."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yui.activities.assignments.instances import check_file, digest
from yui.activities.assignments.models import Draw, Round
from yui.activities.assignments.queries import (
    changes_by_kind,
    final_draw,
    lines_of,
    public_rounds,
    sheet_of,
    sheets_of,
    takes_wishes,
    told_by,
)
from yui.activities.assignments.reasons import BY_HAND, CANCELLED, UNMATCHED
from yui.activities.assignments.states import ROUNDS, TONES, RoundState
from yui.activities.wording import host_of, session_text
from yui.base.access.gates import public
from yui.people.queries import acting_person

FILES = ("instance", "answer", "check")


@public
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round that was announced, the latest first; one's own sheets with them."""
    person = acting_person(request)
    own = {sheet.round_id: sheet for sheet in sheets_of(person)} if person is not None else {}
    rows = [
        {"round": row, "state": ROUNDS[row.state], "tone": TONES.get(RoundState(row.state), ""), "own": own.get(row.pk)}
        for row in public_rounds()[:50]
    ]
    return render(request, "assignments/rounds.html", {"rows": rows})


@public
def round_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The promise, the rules, and after the deadline the seed, the files, the command and the numbers."""
    found = _public(public_id)
    published = found.state == RoundState.PUBLISHED
    draw = final_draw(found) if published else None
    person = acting_person(request)
    lines = lines_of(found)
    context = {
        "round": found,
        "state": ROUNDS[found.state],
        "tone": TONES.get(RoundState(found.state), ""),
        "lines": [_line(line, request.LANGUAGE_CODE, published) for line in lines],
        "places": sum(line.programme.cap for line in lines),
        "takes_wishes": takes_wishes(found),
        "seed": found.seed,
        "person": person,
        "own": sheet_of(found, person),
        "regions": list(found.regions.all()),
        "honest": found.orientation == Round.Orientation.PERSON
        and not any(line.programme.least or line.programme.region_id for line in lines),
        **(_result(draw, found) if draw is not None else {}),
    }
    return render(request, "assignments/round.html", context)


@public
def instance_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The question, byte for byte."""
    return _file(public_id, "instance")


@public
def answer_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answer, byte for byte."""
    return _file(public_id, "answer")


@public
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Both in one file, for the verification."""
    return _file(public_id, "check")


def _file(public_id: str, name: str) -> HttpResponse:
    found = _public(public_id)
    draw = final_draw(found) if found.state == RoundState.PUBLISHED else None
    if draw is None:
        raise Http404
    texts = {"instance": draw.instance, "answer": draw.answer, "check": check_file(draw.instance, draw.answer)}
    response = HttpResponse(texts[name].encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def _public(public_id: str) -> Round:
    found = public_rounds().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _line(line: Any, language: str, published: bool) -> dict[str, Any]:
    row = line.programme
    session = row.opportunity.session
    when = session_text(session, language) if session else row.opportunity.when_text
    cancelled = CANCELLED[row.cancelled] if published and row.cancelled else ""
    return {"line": line, "row": row, "when": when, "host": host_of(row.opportunity.activity), "cancelled": cancelled}


def _result(draw: Draw, found: Round) -> dict[str, Any]:
    told = told_by(draw)
    return {
        "draw": draw,
        "told": told,
        "reasons": [(UNMATCHED[code], n) for code, n in told.reasons.items()],
        "changes": [(BY_HAND[kind], n) for kind, n in changes_by_kind(found).items()],
        "check_sha256": digest(check_file(draw.instance, draw.answer)),
    }
