"""A large call: 30 proposals × 15 members × 40 items. Queries and time on the server of the sheet and of the result.

On PostgreSQL where ``YUI_DATABASE_URL`` names one, else on SQLite.
"""

import os
import tempfile
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.timing import median_ms

if TYPE_CHECKING:
    from yui.office.calls.models import Call, CommitteeMember
    from yui.office.calls.tests.cast import CallTown

Row = tuple[str, ...]
PROPOSALS, MEMBERS, ITEMS = 30, 15, 40
BUDGET = 100
"""Milliseconds on the server."""


def run() -> tuple[str, Row, list[Row]]:
    """Build the call in a temporary folder, then ask each page as its reader."""
    folder = tempfile.TemporaryDirectory()
    os.environ.update(YUI_VAR=folder.name, DJANGO_SETTINGS_MODULE="yui.config.settings", YUI_TODAY="2024-05-28")
    os.environ.setdefault("PYTEST_VERSION", "bench")  # plain static files, no manifest
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from yui.base.tenancy.scope import authority_scope
    from yui.office.calls.tests.cast import call_town

    town = call_town("kurihara")
    with authority_scope(town.authority):
        call, seat = large_call(town, PROPOSALS, MEMBERS, ITEMS)
        rows = _pages(town, call, seat)
    folder.cleanup()
    database = os.environ.get("YUI_DATABASE_URL", "SQLite")[:10]
    title = f"a call of {PROPOSALS} proposals × {MEMBERS} members × {ITEMS} items ({database}, median of 7)"
    return title, ("page", "queries", "time", "budget"), rows


def large_call(town: "CallTown", proposals: int, members: int, items: int) -> tuple["Call", "CommitteeMember"]:
    """A call that was scored by everybody, closed and computed; and one of its members. Inside the town's scope."""
    from yui.base import clock
    from yui.office.calls.domain.selecting import compute
    from yui.office.calls.models import MemberOrder, Score, ScoreSheet, ScoringStage
    from yui.office.calls.tests.committee_cast import committee, hand_in

    _widen(town, items)
    made = committee(town, [f"{n}番" for n in range(proposals)], seats=0)
    from yui.office.calls.tests.cast import member

    made.members = [member(town, f"委員{n}", chair=n == 0) for n in range(members)]
    hand_in(made)
    chance, now = Random(7), clock.now()
    common: dict[str, Any] = {"authority": town.authority}
    for seat in made.members:
        sheet = ScoreSheet.objects.create(**common, member=seat, stage="proposal", state="closed", closed_at=now)
        Score.objects.bulk_create(
            Score(**common, sheet=sheet, applicant=firm, criterion=f"x{n}", points=Decimal(chance.randint(5, 10)),
                  comment="具体的な案です。", saved_at=now)
            for firm in made.firms
            for n in range(items)
        )  # fmt: skip
        MemberOrder.objects.bulk_create(
            MemberOrder(**common, sheet=sheet, applicant=firm, place=n) for n, firm in enumerate(made.firms, start=1)
        )
    ScoringStage.objects.create(**common, call=town.call, stage="proposal", opened_at=now, closed_at=now)
    town.call.state = "scored"
    town.call.save()
    compute(actor=town.decides, call=town.call, kind="select")
    return town.call, made.members[1]


def _widen(town: "CallTown", items: int) -> None:
    """So many items in place of the call's own, ten points each."""
    from yui.office.calls import rules
    from yui.office.calls.models import CallVersion

    version = CallVersion.objects.get(call=town.call)
    group = version.rules["criteria"][0]
    one = group["criteria"][0]
    made = [{**one, "key": f"x{n}", "name": f"評価項目{n + 1}"} for n in range(items)]
    group |= {"criteria": made, "points": {"default": 10 * items, "note": "見本"}}
    version.rules["criteria"] = [group]
    version.profile["selection"]["criteria"] = [
        {"code": one["key"], "name": one["name"], "group": group["key"], "points": 10} for one in made
    ]
    version.save()
    rules._known.clear()


def addresses(call: "Call", seat: "CommitteeMember") -> list[tuple[str, str, str]]:
    """Label, path and who reads it: the member or the officer."""
    from yui.office.calls.models import Applicant, ScoreSheet, SelectionRecord

    sheet, record = ScoreSheet.objects.get(member=seat), SelectionRecord.objects.filter(call=call).latest("pk")
    firm = Applicant.objects.filter(call=call).order_by("pk")[0]
    base = f"/{call.authority.key}"
    return [
        ("採点表", f"{base}/committee/sheets/{sheet.public_id}/", "member"),
        ("採点（1者）", f"{base}/committee/sheets/{sheet.public_id}/of/{firm.public_id}/", "member"),
        ("審査委員会", f"{base}/desk/calls/{call.public_id}/committee/", "officer"),
        ("選定", f"{base}/desk/calls/{call.public_id}/selection/", "officer"),
        ("選定の記録（紙）", f"{base}/desk/calls/selections/{record.public_id}/", "officer"),
    ]


def _pages(town: "CallTown", call: "Call", seat: "CommitteeMember") -> list[Row]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from yui.office.calls.tests.committee_cast import browser

    readers = {"member": browser(seat.account), "officer": browser(town.officer)}
    rows = []
    for label, path, who in addresses(call, seat):
        visitor = readers[who]
        visitor.get(path)
        with CaptureQueriesContext(connection) as caught:
            status = visitor.get(path).status_code
            count = len([query for query in caught if "set_config(" not in query["sql"]])
        took = median_ms(lambda visitor=visitor, path=path: visitor.get(path))
        rows.append((f"{label} ({status})", str(count), f"{took:.0f} ms", f"≤ {BUDGET} ms"))
    return rows
