"""Reading consents in a town, and shared figures in a prefecture. Call inside the authority's scope."""

import datetime as dt
from dataclasses import dataclass

from yui.base.measures.registry import all_measures
from yui.base.tenancy.models import Authority
from yui.office.sharing.bridge import receivers_of
from yui.office.sharing.figures import months_over
from yui.office.sharing.models import MemberTown, Share, SharedFigure
from yui.office.sharing.states import CHIPS, LABELS, OPEN, State

SHOWN_MONTHS = 6
HIDDEN, NOT_SHARED, NONE = "少数", "共有していない", "—"


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One consent of the town in words."""

    share: Share
    label: str
    state: str
    chip: str
    open: bool


@dataclass(frozen=True, slots=True)
class ReceiverPart:
    """One receiver on the town's page."""

    receiver: Authority
    counts_us: bool
    lines: list[ShareLine]
    past: list[ShareLine]


def receiver_parts(town: Authority) -> list[ReceiverPart]:
    """Every receiver with what is shared, and what was; those that no longer count the town as theirs come last."""
    shares: dict[Authority, list[ShareLine]] = {one: [] for one in receivers_of(town)}
    counted = set(shares)
    for share in Share.objects.select_related("receiver"):
        shares.setdefault(share.receiver, []).append(line_of(share))
    return [
        ReceiverPart(one, one in counted, [x for x in lines if x.open], [x for x in lines if not x.open])
        for one, lines in shares.items()
    ]


def line_of(share: Share) -> ShareLine:
    """One consent in words."""
    label = next((m.label for m in all_measures() if m.key == share.measure), share.measure)
    state = State(share.state)
    return ShareLine(share, label, LABELS[state], CHIPS[state], state in OPEN)


def free_measures(receiver: Authority) -> list[tuple[str, str]]:
    """Key and label of the measures that are neither shared with this receiver nor waiting for approval."""
    taken = set(Share.objects.filter(receiver=receiver, state__in=OPEN).values_list("measure", flat=True))
    return [(m.key, f"{m.label}（{m.unit}）") for m in all_measures() if m.key not in taken]


@dataclass(frozen=True, slots=True)
class TownRow:
    """One town of the prefecture's table. ``cells``: a number, 少数 or a dash, one for each month."""

    name: str
    shares: bool
    word: str
    cells: list[tuple[dt.date, str]]


@dataclass(frozen=True, slots=True)
class TownTable:
    """市町のようす: one measure, towns × months. ``sums`` adds only what is seen, so nothing hidden can be taken from it."""

    measure: str
    label: str
    unit: str
    note: str
    months: list[dt.date]
    rows: list[TownRow]
    sums: list[tuple[dt.date, str]]


def shared_measures() -> list[tuple[str, str, int]]:
    """Key, label and by how many member towns, of the measures that any of them shares; by key."""
    towns: dict[str, set[int]] = {}
    for measure, town in SharedFigure.objects.order_by().values_list("measure", "town").distinct():
        towns.setdefault(measure, set()).add(town)
    return [(m.key, m.label, len(towns[m.key])) for m in all_measures() if m.key in towns]


def town_table(measure: str, today: dt.date) -> TownTable | None:
    """The table of a measure; ``None`` for one that nobody shares."""
    about = next((m for m in all_measures() if m.key == measure), None)
    figures = {(row.town_id, row.month): row.value for row in SharedFigure.objects.filter(measure=measure)}
    if about is None or not figures:
        return None
    months = months_over(dt.date.min, today)[-SHOWN_MONTHS:]
    sharing = {town for town, _ in figures}
    rows = [
        TownRow(
            member.town.name, member.town_id in sharing, "" if member.town_id in sharing else NOT_SHARED,
            [(month, _cell(figures, member.town_id, month)) for month in months],
        )
        for member in members()
    ]  # fmt: skip
    sums = [(month, f"{sum(figures.get((town, month)) or 0 for town in sharing):,}") for month in months]
    return TownTable(about.key, about.label, about.unit, about.note, months, rows, sums)


def members() -> list[MemberTown]:
    """The towns counted as one's own, by key."""
    return list(MemberTown.objects.filter(ended_on=None).select_related("town").order_by("town__key"))


def _cell(figures: dict[tuple[int, dt.date], int | None], town: int, month: dt.date) -> str:
    if (town, month) not in figures:
        return NONE
    value = figures[town, month]
    return HIDDEN if value is None else f"{value:,}"
