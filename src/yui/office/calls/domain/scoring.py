"""Scoring: a member fills in the own sheet item by item, orders equal totals, closes it. Blanks are not zeros."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.calls.definition import Criterion
from yui.office.calls.models import Applicant, ConflictDeclaration, MemberOrder, Score, ScoreSheet, ScoringStage
from yui.office.calls.queries.judged import judged, own_sheet
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.states import CallState

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class Given:
    """What a member gives for one item. ``version``: of the score that was shown; 0 where there was none yet."""

    points: Decimal | None
    comment: str
    version: int


def save_scores(
    *, actor: Actor, sheet: ScoreSheet, applicant: Applicant, given: Mapping[str, Given]
) -> dict[str, Score]:
    """Keep some items of one applicant, by the code of the criterion. All of them, or none.

    Raises ``Stale`` with both texts where an item was changed elsewhere in between, and ``NotPossible`` for a closed
    sheet, an applicant who is not judged, an unknown item or points that the item does not allow.
    """
    require(actor, Permission.SCORE_WRITE, sheet)
    with transaction.atomic():
        sheet, announced = _open_sheet(sheet)
        if applicant.pk not in {one.pk for one in judged(sheet.member.call, sheet.stage)}:
            raise NotPossible("この応募者は、いま採点の対象ではありません。", "not_judged")
        criteria = {one.key: one for one in announced.criteria(sheet.stage)}
        known = {
            one.criterion: one
            for one in Score.objects.select_for_update().filter(sheet=sheet, applicant=applicant, criterion__in=given)
        }
        theirs: dict[str, object] = {}
        mine: dict[str, object] = {}
        for code, what in given.items():
            if code not in criteria:
                raise NotPossible("この公募にない評価項目です。", "no_such_item")
            check_points(criteria[code], what.points)
            old = known.get(code)
            if old is not None and old.version != what.version and not _same(old, what):
                name = criteria[code].name
                theirs[name], mine[name] = _text(old.points, old.comment), _text(what.points, what.comment)
        if theirs:
            raise Stale(theirs, mine)
        return {code: _keep(sheet, applicant, code, what, known.get(code)) for code, what in given.items()}


def order_equals(*, actor: Actor, sheet: ScoreSheet, best_first: Sequence[Applicant]) -> None:
    """同点のときの順位: how this member orders applicants of equal totals. What was ordered before is replaced.

    Raises ``NotPossible`` where the same one stands twice or it is not one whose total is equal to another's.
    """
    require(actor, Permission.SCORE_WRITE, sheet)
    with transaction.atomic():
        sheet, announced = _sheet_to_order(sheet)
        wanted = {line.applicant.pk for tie in own_sheet(sheet, announced).ties for line in tie}
        chosen = [one.pk for one in best_first]
        if len(set(chosen)) != len(chosen) or set(chosen) != wanted:
            raise NotPossible("同じ点の提案に、ひとつずつ、ちがう順を付けてください。", "order")
        MemberOrder.objects.filter(sheet=sheet).delete()
        for place, one in enumerate(best_first, start=1):
            MemberOrder.objects.create(authority=sheet.authority, sheet=sheet, applicant=one, place=place)
        record(actor, "sheet.ordered", sheet, details={"stage": sheet.stage})


def close_sheet(*, actor: Actor, sheet: ScoreSheet) -> ScoreSheet:
    """採点表を閉じる: only a complete sheet; until the chair closes the scoring, its member may open it again."""
    require(actor, Permission.SCORE_WRITE, sheet)
    with transaction.atomic():
        sheet, announced = _open_sheet(sheet)
        mine = own_sheet(sheet, announced)
        if mine.blanks:
            raise NotPossible(f"まだ点の入っていない項目が{mine.blanks}あります。空欄は0点とはみなしません。", "blank")
        if mine.unordered:
            raise NotPossible("同じ点の提案に、順を付けてください。", "equal_totals_without_order")
        if ConflictDeclaration.objects.filter(member=sheet.member, conflict=True).exists():
            raise NotPossible("利害関係を申告した委員は、採点表を閉じられません。", "conflict")
        return _turn(actor, sheet, CLOSED)


def open_again(*, actor: Actor, sheet: ScoreSheet) -> ScoreSheet:
    """採点表をもう一度ひらく, while the chair has not closed the scoring."""
    require(actor, Permission.SCORE_WRITE, sheet)
    with transaction.atomic():
        sheet = ScoreSheet.objects.select_for_update().select_related("member__call").get(pk=sheet.pk)
        _still_scoring(sheet)
        if sheet.state != CLOSED:
            raise NotPossible("この採点表は、ひらいています。", "open")
        return _turn(actor, sheet, OPEN)


def check_points(criterion: Criterion, points: Decimal | None) -> None:
    """Within 0 and the full marks; one of the levels where the item has levels. Raises ``NotPossible``."""
    if points is None:
        return
    full = criterion.points.value
    if not points.is_finite() or not 0 <= points <= full or points != points.quantize(Decimal("0.01")):
        raise NotPossible(f"「{criterion.name}」は、0から{full}までの点を書いてください。", "out_of_range")
    levels = [level.points.value for level in criterion.levels]
    if levels and points not in [Decimal(value) for value in levels if value is not None]:
        raise NotPossible(f"「{criterion.name}」は、決められた段階から選んでください。", "no_such_level")


def _open_sheet(sheet: ScoreSheet) -> tuple[ScoreSheet, Announced]:
    sheet = ScoreSheet.objects.select_for_update(of=("self",)).select_related("member__call").get(pk=sheet.pk)
    _still_scoring(sheet)
    if sheet.state != OPEN:
        raise NotPossible("この採点表は閉じています。", "closed")
    return sheet, rules_of(sheet.member.call)


def _sheet_to_order(sheet: ScoreSheet) -> tuple[ScoreSheet, Announced]:
    """An open sheet; or a frozen one in which an approved correction made totals equal."""
    frozen = ScoreSheet.objects.select_for_update(of=("self",)).select_related("member__call").get(pk=sheet.pk)
    announced = rules_of(frozen.member.call)
    if frozen.member.call.state == CallState.SCORED and own_sheet(frozen, announced).unordered:
        return frozen, announced
    return _open_sheet(sheet)


def _still_scoring(sheet: ScoreSheet) -> None:
    if sheet.member.state != "appointed":
        raise NotPossible("審査から外れた委員は、採点できません。", "not_seated")
    if not ScoringStage.objects.filter(call=sheet.member.call, stage=sheet.stage, closed_at=None).exists():
        raise NotPossible("採点は締め切られています。直すときは、訂正を申し出てください。", "scoring_closed")


def _turn(actor: Actor, sheet: ScoreSheet, state: str) -> ScoreSheet:
    sheet.state, sheet.version = state, sheet.version + 1
    sheet.closed_at = clock.now() if state == CLOSED else None
    sheet.save(update_fields=["state", "version", "closed_at"])
    record(actor, f"sheet.{state}", sheet, details={"stage": sheet.stage})
    return sheet


def _keep(sheet: ScoreSheet, applicant: Applicant, code: str, what: Given, old: Score | None) -> Score:
    if old is None:
        return Score.objects.create(
            authority=sheet.authority, sheet=sheet, applicant=applicant, criterion=code, points=what.points,
            comment=what.comment.strip(), saved_at=clock.now(),
        )  # fmt: skip
    if not _same(old, what):
        if old.points != what.points:  # an order given to other totals says nothing about these
            MemberOrder.objects.filter(sheet=sheet, applicant=applicant).delete()
        old.points, old.comment = what.points, what.comment.strip()
        old.version, old.saved_at = old.version + 1, clock.now()
        old.save(update_fields=["points", "comment", "version", "saved_at"])
    return old


def _same(old: Score, what: Given) -> bool:
    return old.points == what.points and old.comment == what.comment.strip()


def _text(points: Decimal | None, comment: str) -> str:
    shown = "空欄" if points is None else f"{points.normalize():f}点"
    return f"{shown} {comment}".strip()
