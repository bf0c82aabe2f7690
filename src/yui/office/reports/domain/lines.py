"""Choosing what the report says in words: lines from contact notes and concerns, and lines of one's own."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.office.commissions.models import Commission
from yui.office.reports.models import ReportDraft
from yui.office.reports.names import names_in
from yui.office.reports.queries import Line, draft_of


def choose_lines(
    *,
    actor: Actor,
    commission: Commission,
    month: dt.date,
    lines: Sequence[Line],
    next_month: str = "",
    version: int = 0,
    names_checked: bool = False,
) -> ReportDraft:
    """Keep the chosen lines. ``version`` is that of the draft one saw, 0 when there was none.

    Raises ``NotPossible`` when a name of a registered person stands in the words, unless a human has looked
    (``names_checked``), and ``Stale`` when somebody saved in between.
    """
    require(actor, Permission.REPORT_WRITE, commission)
    first = month.replace(day=1)
    keys = {matter["key"] for matter in commission.plan.get("monitored", [])}
    if any(line["heading"] not in keys for line in lines):
        raise NotPossible("どの項目にのせるかを選んでください。", "unknown_heading")
    kept: list[Line] = [{**line, "text": line["text"].strip()} for line in lines if line["text"].strip()]
    if not names_checked and names_in([*(line["text"] for line in kept), next_month]):
        raise NotPossible("登録した人のお名前が入っています。お名前のない文にしてください。", "name_in_text")
    try:
        with transaction.atomic():
            draft = draft_of(commission, first, lock=True)
            if draft is not None and draft.version != version:
                raise Stale(
                    {"lines": draft.lines, "next_month": draft.next_month}, {"lines": kept, "next_month": next_month}
                )
            draft = draft or ReportDraft(authority=actor.authority, commission=commission, month=first, version=0)
            draft.lines, draft.next_month = kept, next_month.strip()
            draft.version += 1
            draft.saved_at, draft.saved_by = clock.now(), actor.account
            draft.save()
            record(actor, "report.lines_chosen", draft, details={"lines": len(kept)})
    except IntegrityError as error:
        raise NotPossible("ほかの人が、いま保存しました。画面を開きなおしてください。", "saved_meanwhile") from error
    return draft
