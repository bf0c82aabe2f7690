"""A candidate list as Word and as Excel: the contract's deliverable, kept as a numbered document."""

from typing import Any

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.definitions import current
from yui.base.documents.domain import keep_document, make_document
from yui.base.documents.excel import Sheet, workbook
from yui.base.documents.models import Document
from yui.engine.calendar import wareki
from yui.people.prospects.models import Roster
from yui.people.prospects.queries import lines_of
from yui.people.prospects.shipped import COLUMNS

RELATED = "roster"


def make_roster_word(*, actor: Actor, roster: Roster) -> Document:
    """The list in the town's form. Who has not agreed to be contacted stands in it without a name."""
    rows = _rows(actor, roster)
    definition = current(town_of(actor))
    return make_document(
        actor=actor,
        kind=f"{roster.kind}_roster",
        title=roster.title,
        context={
            "title": roster.title, "town": town_of(actor).name,
            "commission": definition.commission.title_corrected.value if definition.commissions else "",
            "date": wareki(clock.today()), "count": len(rows), "candidates": rows,
        },
        snapshot=_snapshot(roster, rows),
        name=f"{roster.title}.docx",
        permission=Permission.PROSPECT_WRITE,
        thing=roster,
        related=(RELATED, roster.public_id),
        data_class="c3c",
    )  # fmt: skip


def make_roster_excel(*, actor: Actor, roster: Roster) -> Document:
    """The same rows as a sheet."""
    rows = _rows(actor, roster)
    sheet = Sheet(roster.title, [head for head, _, _ in COLUMNS], [[row[key] for _, key, _ in COLUMNS] for row in rows])
    return keep_document(
        actor=actor,
        kind=f"{roster.kind}_roster",
        title=roster.title,
        data=workbook([sheet], made_at=clock.now()),
        snapshot=_snapshot(roster, rows),
        name=f"{roster.title}.xlsx",
        permission=Permission.PROSPECT_WRITE,
        thing=roster,
        related=(RELATED, roster.public_id),
        data_class="c3c",
    )


def _rows(actor: Actor, roster: Roster) -> list[dict[str, Any]]:
    require(actor, Permission.PROSPECT_WRITE, roster)
    lines = lines_of(roster, current(town_of(actor)), clock.today())
    if not lines:
        raise NotPossible("まだ候補が入っていません。候補を入れてから作ってください。", "empty")
    return [
        {
            "number": number, "name": line.paper_name, "kind": line.kind, "field": line.field,
            "qualities": line.entry.qualities, "experience": line.entry.experience, "sources": line.entry.sources,
        }
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip


def _snapshot(roster: Roster, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"roster": roster.public_id, "version": roster.version, "count": len(rows)}
