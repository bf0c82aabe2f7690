"""Entering, editing, checking, withdrawing and correcting a line. The engine judges each before it is kept."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused, Stale
from yui.base.access.permissions import Permission
from yui.base.audit.record import record
from yui.engine.faults import Faults
from yui.engine.sentences import line as fault_line
from yui.office.commissions.models import Commission
from yui.office.expenses.domain.reach import require_with
from yui.office.expenses.judging import ORGAN, Verdict, answer, line_of, question, verdict_of
from yui.office.expenses.models import Expense, ExpenseChange
from yui.office.expenses.rules import Rules, rules_of
from yui.office.expenses.states import LABELS, OPEN, State, can_move

WRITTEN = ("category", "spent_on", "payee", "purpose", "ground", "facts", "sources")
"""What a line says; everything else is how it stands."""


def judge_line(
    rules: Rules,
    *,
    category: str,
    spent_on: dt.date,
    facts: Mapping[str, Any],
    sources: Mapping[str, int],
    evidence: tuple[str, ...] = (),
    number: int = 0,
) -> Verdict:
    """What the engine says of a line by itself. Raises ``NotPossible`` for one that it can not read."""
    if category not in rules.headings:
        raise NotPossible("この費目は、いまの定義にありません。", "unknown_category")
    asked = question(rules, [line_of(number, category, spent_on, facts, sources, evidence)])
    try:
        found = answer(asked)["lines"][0]
    except Faults as wrong:
        raise NotPossible("、".join(fault_line(one, ORGAN) for one in wrong.faults), "not_judged") from wrong
    return verdict_of(rules, category, found)


def enter_expense(*, actor: Actor, commission: Commission, **written: Any) -> Expense:
    """Enter a line. ``written``: the fields of ``WRITTEN``. The year of an expense is the 年度 of its date."""
    require_with(actor, Permission.EXPENSE_WRITE, commission)
    with transaction.atomic():
        made = _create(actor, commission, written)
        _note(actor, made, "entered", after=_said(made))
        record(actor, "expense.entered", made, details={"category": made.category, "number": made.number})
    return made


def edit_expense(*, actor: Actor, expense: Expense, version: int, **written: Any) -> Expense:
    """Change a line that is not settled; an accepted or returned one waits to be checked again. ``Stale``: saved meanwhile."""
    require_with(actor, Permission.EXPENSE_WRITE, expense.commission, expense)
    with transaction.atomic():
        expense = _lock(expense)
        if expense.version != version:
            raise Stale({name: getattr(expense, name) for name in written}, dict(written))
        _require_open(expense)
        _judged(expense.commission, written, expense)
        before = _said(expense)
        for name in WRITTEN:
            setattr(expense, name, written[name])
        changed = {name for name, value in _said(expense).items() if before[name] != value}
        if not changed and expense.state != State.RETURNED:
            return expense
        expense.version += 1
        expense.state, expense.recorded_by = State.ENTERED, actor.account
        expense.save()
        after = _said(expense)
        _note(
            actor, expense, "edited", before={name: before[name] for name in sorted(changed)},
            after={name: after[name] for name in sorted(changed)},
        )  # fmt: skip
        record(actor, "expense.edited", expense, fields=sorted(changed))
    return expense


def check_expense(*, actor: Actor, expense: Expense, accept: bool, comment: str = "", version: int) -> Expense:
    """確認 or 差戻し by the city. Nobody checks what they entered; what is sent back says what to change."""
    require_with(actor, Permission.EXPENSE_SETTLE, expense.commission, expense)
    comment = comment.strip()
    if not accept and not comment:
        raise NotPossible("差し戻すときは、何をなおせばよいかを書いてください。", "comment_needed")
    with transaction.atomic():
        expense = _lock(expense)
        if expense.version != version:
            raise NotPossible("ほかの人が先に書きかえました。いまの内容を見て、もう一度決めてください。", "stale")
        if actor.account is not None and expense.recorded_by_id == actor.account.pk:
            raise Refused("自分で書いた行は、自分では確認できません。", "own_line")
        if expense.statement_id is not None and expense.state == State.ACCEPTED:
            raise NotPossible("精算の承認を待っている行です。先に、精算を差し戻してください。", "in_statement")
        _move(expense, State.ACCEPTED if accept else State.RETURNED)
        _note(actor, expense, "accepted" if accept else "returned", comment=comment)
        record(actor, f"expense.{expense.state}", expense, details={"number": expense.number})
    return expense


def withdraw_expense(*, actor: Actor, expense: Expense, reason: str) -> Expense:
    """取消し: a line that should not have been entered. It stays readable and counts no more."""
    require_with(actor, Permission.EXPENSE_WRITE, expense.commission, expense)
    if not reason.strip():
        raise NotPossible("取り消すわけを書いてください。", "reason_needed")
    with transaction.atomic():
        expense = _lock(expense)
        _require_open(expense)
        _move(expense, State.WITHDRAWN)
        _note(actor, expense, "withdrawn", comment=reason.strip())
        record(actor, "expense.withdrawn", expense, details={"number": expense.number})
    return expense


def correct_expense(*, actor: Actor, expense: Expense, reason: str, **written: Any) -> Expense:
    """A settled line is never edited: a new line takes its place, with the reason, and is checked and settled anew."""
    require_with(actor, Permission.EXPENSE_WRITE, expense.commission, expense)
    if not reason.strip():
        raise NotPossible("訂正のわけを書いてください。", "reason_needed")
    with transaction.atomic():
        expense = _lock(expense)
        _move(expense, State.REPLACED)
        made = _create(actor, expense.commission, written, corrects=expense)
        _note(actor, expense, "replaced", comment=f"{made.number}番の行で訂正しました。")
        _note(actor, made, "corrected", after=_said(made), comment=reason.strip())
        record(actor, "expense.corrected", made, details={"number": made.number, "corrects": expense.number})
    return made


def _create(
    actor: Actor, commission: Commission, written: Mapping[str, Any], corrects: Expense | None = None
) -> Expense:
    """The line with the next number; whoever enters at the same time waits for the commission's row."""
    town = commission.authority
    commission = Commission.objects.select_for_update().get(pk=commission.pk)
    commission.authority = town  # the definition was read for it already
    _judged(commission, written)
    newest = Expense.objects.filter(commission=commission).aggregate(newest=Max("number"))["newest"] or 0
    return Expense.objects.create(
        authority=actor.authority,
        commission=commission,
        number=newest + 1,
        corrects=corrects,
        recorded_at=clock.now(),
        recorded_by=actor.account,
        **{name: written[name] for name in WRITTEN},
    )


def _judged(commission: Commission, written: Mapping[str, Any], before: Expense | None = None) -> None:
    """Refuse what the engine can not read, and a yen that two sources would pay (P-852)."""
    sources = written["sources"]
    verdict = judge_line(
        rules_of(commission), category=written["category"], spent_on=written["spent_on"], facts=written["facts"],
        sources=sources, number=before.number if before else 0,
    )  # fmt: skip
    if sum(sources.values()) > verdict.claimed:
        raise NotPossible(
            f"財源の合計 {sum(sources.values()):,}円が、かかった額 {verdict.claimed:,}円をこえています。同じ1円は、1つの財源にだけ書けます。",
            "sources",
        )


def _said(expense: Expense) -> dict[str, Any]:
    return {name: getattr(expense, name) for name in WRITTEN if name != "spent_on"} | {
        "spent_on": expense.spent_on.isoformat()
    }


def _lock(expense: Expense) -> Expense:
    town = expense.authority
    expense = Expense.objects.select_for_update(of=("self",)).select_related("commission").get(pk=expense.pk)
    expense.authority = expense.commission.authority = town
    return expense


def _require_open(expense: Expense) -> None:
    if expense.state == State.SETTLED:
        raise NotPossible("精算ずみの行は、書きかえません。訂正の行を作ってください。", "settled")
    if expense.state not in OPEN:
        raise NotPossible(f"いまは「{LABELS[State(expense.state)]}」なので、書きかえられません。", "wrong_state")
    if expense.statement_id is not None:
        raise NotPossible("精算の承認を待っている行なので、書きかえられません。", "in_statement")


def _move(expense: Expense, to: State) -> None:
    if not can_move(expense.state, to) or (expense.state == to == State.ENTERED):
        raise NotPossible(f"いまは「{LABELS[State(expense.state)]}」なので、この操作はできません。", "wrong_state")
    expense.state = to
    expense.version += 1
    expense.save(update_fields=["state", "version"])


def _note(
    actor: Actor,
    expense: Expense,
    step: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    comment: str = "",
) -> None:
    ExpenseChange.objects.create(
        authority=actor.authority,
        expense=expense,
        step=step,
        line_version=expense.version,
        before=dict(before or {}),
        after=dict(after or {}),
        comment=comment,
        effective_on=clock.today(),
        recorded_at=clock.now(),
        by=actor.account,
    )


note_step = _note
"""For the other verbs of a line: evidence, settling."""
