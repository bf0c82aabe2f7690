"""The score sheet: all applicants at a glance, one applicant item by item, the order of equal totals, closing, paper."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.errors import NotPossible, Stale
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.tenancy.addresses import town_url
from yui.office.calls.domain import correcting, scoring
from yui.office.calls.domain.peeking import note_peek
from yui.office.calls.forms.committee import CorrectionForm, Item, items_of, read_items, read_points, written
from yui.office.calls.models import Applicant, Score, ScoreCorrection, ScoreSheet, ScoringStage
from yui.office.calls.queries.judged import OwnSheet, judged, own_sheet, papers_to_read, scores_of
from yui.office.calls.rules import Announced, rules_of


def sheet_here(request: HttpRequest, public_id: str) -> tuple[ScoreSheet, Announced]:
    """The visitor's own sheet. A look at another member's is refused like an address that leads nowhere, and kept."""
    sheet = ScoreSheet.objects.select_related("member__call", "member__authority").filter(public_id=public_id).first()
    actor = request.actor  # type: ignore[attr-defined]
    if sheet is None:
        raise Http404
    if not may(actor, Permission.SCORE_WRITE, sheet):
        note_peek(actor, "others_sheet", sheet)
        raise Http404
    return sheet, rules_of(sheet.member.call)


def to_sheet(sheet: ScoreSheet) -> HttpResponse:
    """Back to the whole sheet."""
    return redirect(town_url(sheet.authority, "calls:sheet", public_id=sheet.public_id))


def _state(sheet: ScoreSheet) -> dict[str, Any]:
    scoring_open = ScoringStage.objects.filter(call=sheet.member.call, stage=sheet.stage, closed_at=None).exists()
    return {
        "open": scoring_open and sheet.state == "open" and sheet.member.state == "appointed",
        "may_open": scoring_open and sheet.state == "closed",
        "frozen": not scoring_open,
    }


@needs(Permission.SCORE_WRITE)
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """All applicants with how far one has come, the order of equal totals, and closing."""
    row, announced = sheet_here(request, public_id)
    own = own_sheet(row, announced)
    context = {
        "sheet": row, "call": row.member.call, "stage": announced.stage(row.stage), "own": own, **_state(row),
        "full": sum(one.points.value for one in own.criteria), "items": len(own.criteria),
        "corrections": ScoreCorrection.objects.filter(score__sheet=row).select_related("score__applicant"),
        "names": {one.key: one.name for one in own.criteria},
    }  # fmt: skip
    return render(request, "calls/committee/sheet.html", context)


@needs(Permission.SCORE_WRITE)
def score(request: HttpRequest, public_id: str, applicant: str) -> HttpResponse:
    """One applicant, item by item. A script sends each item as it is left; without it the button sends them all."""
    row, announced = sheet_here(request, public_id)
    listed = judged(row.member.call, row.stage)
    at = next((n for n, one in enumerate(listed) if one.public_id == applicant), None)
    if at is None:
        raise Http404
    criteria, stale, status = announced.criteria(row.stage), None, 200
    items = items_of(criteria, scores_of(row, listed[at]))
    if request.method == "POST":
        given, typed = read_items(request.POST, criteria)
        wrong = {item.criterion.key: item for item in typed if item.error}
        try:
            scoring.save_scores(actor=request.actor, sheet=row, applicant=listed[at], given=given)  # type: ignore[attr-defined]
            items = items_of(criteria, scores_of(row, listed[at]))
        except Stale as found:
            stale = found
            items = [_renewed(item, typed) for item in items]
        items = [wrong.get(item.criterion.key, item) for item in items]
        if not wrong and stale is None and request.POST.get("item") is None:
            return _onward(request, row, listed, at)
        status = 422 if wrong else 409 if stale else 200
    context = _form_context(row, announced, listed, at, items) | {"error": stale, **_state(row)}
    template = "calls/committee/_items.html" if request.POST.get("item") else "calls/committee/score.html"
    return render(request, template, context, status=status)


def _renewed(item: Item, typed: list[Item]) -> Item:
    """What was typed with the version that is saved now: whoever saves once more has seen both."""
    mine = next((one for one in typed if one.criterion.key == item.criterion.key), None)
    return item if mine is None else Item(item.criterion, mine.points, mine.comment, item.version, mine.error)


def _onward(request: HttpRequest, row: ScoreSheet, listed: list[Applicant], at: int) -> HttpResponse:
    """To the next applicant, or back to the whole sheet."""
    messages.success(request, f"{listed[at].name}の採点を保存しました。")
    if request.POST.get("next") and at + 1 < len(listed):
        words = {"public_id": row.public_id, "applicant": listed[at + 1].public_id}
        return redirect(town_url(row.authority, "calls:score", **words))
    return to_sheet(row)


def _form_context(
    row: ScoreSheet, announced: Announced, listed: list[Applicant], at: int, items: list[Item]
) -> dict[str, Any]:
    by_code = {item.criterion.key: item for item in items}
    groups = [
        (group, [by_code[one.key] for one in group.criteria if one.key in by_code])
        for group in announced.rules.criteria
        if group.stage == row.stage
    ]
    from_form = [item for item in items if item.points and not item.error]
    return {
        "sheet": row, "call": row.member.call, "applicant": listed[at], "groups": groups, "number": at + 1,
        "count": len(listed), "before": listed[at - 1] if at else None,
        "after": listed[at + 1] if at + 1 < len(listed) else None,
        "filled": len(from_form), "left": len(items) - len(from_form), "total": _total(from_form),
        "full": sum(item.criterion.points.value for item in items),
        "faults": [item for item in items if item.error],
        "papers": papers_to_read(listed[at], row.stage, announced),
    }  # fmt: skip


def _total(items: list[Item]) -> str:
    return written(sum((read_points(item.points) or Decimal(0) for item in items), Decimal(0)))


@require_POST
@needs(Permission.SCORE_WRITE)
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    """The member's own order of equal totals."""
    row, announced = sheet_here(request, public_id)
    own = own_sheet(row, announced)
    best_first: list[Applicant] = []
    for tie in own.ties:
        places = [(request.POST.get(f"place_{line.applicant.public_id}", ""), line.applicant) for line in tie]
        if sorted(place for place, _ in places) != sorted(str(n) for n in range(1, len(tie) + 1)):
            raise NotPossible("同じ点の提案に、ひとつずつ、ちがう順を付けてください。", "order")
        best_first += [one for _, one in sorted(places, key=lambda pair: int(pair[0]))]
    scoring.order_equals(actor=request.actor, sheet=row, best_first=best_first)  # type: ignore[attr-defined]
    messages.success(request, "同じ点の提案の順を保存しました。")
    return to_sheet(row)


@require_POST
@needs(Permission.SCORE_WRITE)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close the own sheet."""
    row, _ = sheet_here(request, public_id)
    scoring.close_sheet(actor=request.actor, sheet=row)  # type: ignore[attr-defined]
    messages.success(request, "採点表を閉じました。委員長が採点を締めるまでは、もう一度ひらけます。")
    return to_sheet(row)


@require_POST
@needs(Permission.SCORE_WRITE)
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the own sheet again."""
    row, _ = sheet_here(request, public_id)
    scoring.open_again(actor=request.actor, sheet=row)  # type: ignore[attr-defined]
    messages.success(request, "採点表をひらきました。")
    return to_sheet(row)


@needs(Permission.SCORE_WRITE)
def correction(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the chair for a correction."""
    row, announced = sheet_here(request, public_id)
    names = {one.key: one.name for one in announced.criteria(row.stage)}
    scores = {
        one.public_id: one for one in Score.objects.filter(sheet=row).select_related("applicant", "sheet__member__call")
    }
    choices = [
        (key, f"{one.applicant.name}：{names[one.criterion]}（いま {written(one.points)}点）")
        for key, one in scores.items()
        if one.points is not None
    ]
    form = CorrectionForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        words = {"after": form.cleaned_data["after"], "reason": form.cleaned_data["reason"]}
        try:
            correcting.ask_correction(actor=request.actor, score=scores[form.cleaned_data["score"]], **words)  # type: ignore[attr-defined]
        except NotPossible as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, "訂正を申し出ました。委員長が決めます。")
            return to_sheet(row)
    context = {"form": form, "member": row.member, "title": "採点の訂正を申し出る", "submit": "訂正を申し出る"}
    return render(request, "calls/committee/form.html", context, status=422 if form.is_bound else 200)


@needs(Permission.SCORE_WRITE)
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The own sheet on paper, filled or empty."""
    row, announced = sheet_here(request, public_id)
    return render(request, "calls/committee/paper.html", paper_context(row, announced, empty="empty" in request.GET))


def paper_context(row: ScoreSheet, announced: Announced, *, empty: bool) -> dict[str, Any]:
    """One form for each applicant: the items with what was given, or blank to be filled in by hand."""
    own: OwnSheet = own_sheet(row, announced)
    given: dict[tuple[int, str], Score] = {}
    if not empty:
        given = {(one.applicant_id, one.criterion): one for one in Score.objects.filter(sheet=row)}
    forms = []
    for line in own.lines:
        groups = []
        for group in announced.rules.criteria:
            if group.stage == row.stage:
                rows = [(one, given.get((line.applicant.pk, one.key))) for one in group.criteria]
                groups.append((group, [(one, _shown(found), found.comment if found else "") for one, found in rows]))
        forms.append((line, groups, "" if empty or line.left else written(line.total)))
    return {"sheet": row, "call": row.member.call, "stage": announced.stage(row.stage), "forms": forms, "empty": empty,
            "full": sum(one.points.value for one in own.criteria)}  # fmt: skip


def _shown(found: Score | None) -> str:
    return "" if found is None or found.points is None else written(found.points)
