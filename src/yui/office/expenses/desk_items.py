"""The desk: lines that were sent back or have no evidence, lines to check, a limit that is near."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere
from yui.base.measures.desk_items import DeskItem, Kind, desk_items
from yui.base.tenancy.addresses import town_url
from yui.office.commissions.models import Commission
from yui.office.commissions.queries import present_commission
from yui.office.expenses.models import Evidence, Expense
from yui.office.expenses.queries import may_with, read_ledger
from yui.office.expenses.rules import rules_of
from yui.office.expenses.states import OPEN, State

SHOWN = 5
"""Lines that were sent back stand on the desk one by one up to here; the rest is in the ledger."""


@desk_items
def expense_items(actor: Actor, today: dt.date) -> Iterator[DeskItem]:
    """For who writes: what came back, what has no evidence, which year's limit is near."""
    if not holds_everywhere(actor, Permission.EXPENSE_WRITE):
        return
    commission = present_commission(today)
    if commission is None or actor.authority is None:
        return
    if not may_with(actor, Permission.EXPENSE_WRITE, commission, today):
        return
    commission.authority = actor.authority
    proof = Evidence.objects.filter(expense=OuterRef("pk"))
    rows = Expense.objects.filter(commission=commission, state__in=list(OPEN)).annotate(proved=Exists(proof))
    waiting = rows.filter(Q(state=State.RETURNED) | Q(proved=False)).order_by("number")
    found = list(waiting.values_list("public_id", "number", "state", "proved"))
    returned = [(public_id, number) for public_id, number, state, _ in found if state == State.RETURNED]
    for public_id, number in returned[:SHOWN]:
        yield _returned(commission, public_id, number)
    bare = sum(1 for _, _, _, proved in found if not proved)
    if bare:
        yield _line(
            commission,
            "bare",
            "証拠のない経費",
            f"{bare}行に、証拠がまだありません。",
            "証拠を付ける",
            "expense_evidence",
        )
    yield from _limits(commission)


def _returned(commission: Commission, public_id: str, number: int) -> DeskItem:
    return DeskItem(
        kind=Kind.WAITING, key=f"expense:{public_id}", who=f"経費 {number}番",
        sentence="差し戻されました。なおして、もう一度出します。", verb="開く", chip="差戻し", chip_tone="warn",
        url=town_url(commission.authority, "office:expense", public_id=public_id),
    )  # fmt: skip


def _limits(commission: Commission) -> Iterator[DeskItem]:
    rules = rules_of(commission)
    if rules.profile.expenses is None or not rules.profile.expenses.years:
        return
    for one in read_ledger(commission, rules).limits:
        if one.rule.startswith("year_") and (one.near or one.over):
            yield _line(commission, one.rule, one.name, one.words, "予算を見る", "expense_budget")


def _line(commission: Commission, key: str, who: str, sentence: str, verb: str, name: str) -> DeskItem:
    url = f"{town_url(commission.authority, f'office:{name}')}?commission={commission.key}"
    return DeskItem(
        kind=Kind.WAITING, key=f"expenses:{key}:{commission.key}", who=who, sentence=sentence, url=url, verb=verb,
        chip="経費", chip_tone="warn",
    )  # fmt: skip
