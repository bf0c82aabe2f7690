"""声かけの内わけ: whom the ledger names in a period, by district, 年代, newcomer and organisation. No names.

Everything is counted in persons: who was shown three times in the period counts once. What is small, and what would give
it away, is hidden by ``engine.indicators.suppress`` over all tables and totals of the page together; page, paper and CSV
show the same numbers. Districts and 年代 are those of today; of persons who did not agree to statistics, who are hidden,
erased or said nothing, they are not told.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yui.base.definitions import Definition, current
from yui.base.measures.queries import last_day
from yui.base.tenancy.models import Authority, District
from yui.engine.indicators import Shown, Table, suppress
from yui.introductions.facts import visible_persons
from yui.introductions.models import Exposure
from yui.introductions.reasons import age_band_of
from yui.people.models import Consent, Organization, Person

ACTS = (
    Exposure.Act.SHOWN, Exposure.Act.ASKED, Exposure.Act.ACCEPTED, Exposure.Act.MET, Exposure.Act.DECLINED,
)  # fmt: skip
LABELS = tuple(str(act.label) for act in ACTS)
STATISTICS = "statistics"
"""The purpose of consent without which district and 年代 of a person are not told: a key that every town has."""
UNTOLD = "内わけを出さない方"
NEWCOMER, KNOWN = "はじめて声のかかる方", "前に声のかかった方"
OF_PERSONS = "個人の企画"
HIDDEN = "少数"
ON_PAPER, GROUPS_ON_PAPER = 25, 3
"""Lines of all tables together for which one A4 has room, and how few organisations may stand there. What goes over is
left out: organisations first, whose lines make no sum; then the end of the longest table."""

DISTRICT, AGE, NEWNESS, ORGANIZATION = "district", "age", "newness", "organization"
TITLES = {
    DISTRICT: ("地区ごと", "地区（およそ）"),
    AGE: ("年代ごと", "年代"),
    NEWNESS: ("はじめての方と、前に声のかかった方", "区分"),
    ORGANIZATION: ("団体ごと", "出番を出した団体"),
}
"""Key of a table → its title and the head of its first column."""

Asked = tuple[int, str, int | None]
"""Person, act, organisation (``None``: the 企画 of a person)."""
Place = Callable[[int, int | None], str]
"""From person and organisation to the row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with one count an act; ``None`` is hidden."""

    label: str
    counts: tuple[int | None, ...]

    @property
    def cells(self) -> list[tuple[str, str | int]]:
        """Head and content of each cell."""
        return list(zip(LABELS, map(written, self.counts), strict=True))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One table. ``sums``: whether its rows make up the total."""

    key: str
    title: str
    head: str
    lines: list[Line]
    sums: bool = True

    @property
    def columns(self) -> list[dict[str, object]]:
        """The heads of the columns for a table of the house."""
        return [{"label": self.head, "num": False}, *({"label": label, "num": True} for label in LABELS)]


@dataclass(frozen=True, slots=True)
class Exposures:
    """The page. ``totals``: one an act, ``None`` hidden. ``least``: the smallest count that is shown."""

    start: dt.date
    end: dt.date
    least: int
    totals: tuple[int | None, ...]
    tables: list[Breakdown]

    @property
    def sums(self) -> Line:
        """The totals as a line."""
        return Line("合計", self.totals)

    @property
    def empty(self) -> bool:
        """Nothing happened in these months."""
        return all(total == 0 for total in self.totals)


def exposures(authority: Authority, first: dt.date, last: dt.date) -> Exposures:
    """From the first day of the month of ``first`` to the end of that of ``last``. Call inside the authority's scope.

    The page asks for periods that have ended and do not lap over one another (``forms.EndedPeriodForm``).
    """
    start, end = first.replace(day=1), last_day(last)
    rows = list(
        Exposure.objects.filter(effective_on__range=(start, end), act__in=ACTS)
        .order_by()
        .values_list("person_id", "act", "organization_id")
        .distinct()
    )
    definition = current(authority)
    least = definition.introductions.fairness.smallest_cell.value
    placed = _placed(definition, start, end, rows)
    tables = [Table(key, names, _cells(rows, place), key == ORGANIZATION) for key, names, place in placed]
    totals = {str(act): len({person for person, done, _ in rows if done == act}) for act in ACTS}
    shown = suppress(tables, totals, least)
    return Exposures(start, end, least, tuple(shown.totals[act] for act in ACTS), _told(tables, shown))


def _told(tables: Iterable[Table], shown: Shown) -> list[Breakdown]:
    """In words. Organisations of which nothing is shown have no line: that they are there would be told by it."""
    found = []
    for table in tables:
        counts = shown.tables[table.key]
        lines = [Line(_label(row), tuple(counts[row, act] for act in ACTS)) for row in table.rows]
        kept = [line for line in lines if any(line.counts)] if table.covers else lines
        found.append(Breakdown(table.key, *TITLES[table.key], kept, not table.covers))
    return found


def _label(row: str) -> str:
    """Two districts or organisations may have one name: an id stands behind it."""
    return row.partition("\t")[0]


def _cells(rows: Iterable[Asked], place: Place) -> Counter[tuple[str, str]]:
    return Counter((row, act) for row, act, _ in {(place(person, group), act, person) for person, act, group in rows})


def _placed(
    definition: Definition, start: dt.date, end: dt.date, rows: Sequence[Asked]
) -> Iterator[tuple[str, list[str], Place]]:
    """Each table: key, rows in an order that says nothing of the counts, and where a person stands in it."""
    named = Exposure.objects.filter(effective_on__range=(start, end), act__in=ACTS).order_by()
    ledger = named.values("person_id")
    agreed = Consent.objects.filter(purpose=STATISTICS, withdrawn_on=None).values("person_id")
    told = Person.objects.filter(pk__in=ledger, hidden=False, erased_at=None)
    people = list(told.filter(pk__in=agreed).values_list("pk", "district_id", "birth_year"))
    lived = {district for _, district, _ in people} | set(
        visible_persons().order_by().values_list("district_id", flat=True).distinct()
    )
    names = {
        pk: f"{name}\t{pk}" for pk, name in District.objects.order_by("id").values_list("pk", "name") if pk in lived
    }
    districts = {pk: names[district] for pk, district, _ in people if district is not None}
    yield DISTRICT, *_parts(names.values(), districts, rows)
    bands = ((pk, age_band_of(born, definition, end)) for pk, _, born in people)
    ages = {pk: band for pk, band in bands if band}
    yield AGE, *_parts((band.label.ja for band in definition.people.age_bands), ages, rows)
    before = Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__lt=start, person_id__in=ledger)
    known = set(before.order_by().values_list("person_id", flat=True).distinct())
    yield NEWNESS, [NEWCOMER, KNOWN], lambda person, _group: KNOWN if person in known else NEWCOMER
    hosts = Organization.objects.filter(pk__in=named.values("organization_id")).order_by("kana", "id")
    groups = {pk: f"{name}\t{pk}" for pk, name in hosts.values_list("pk", "name")}
    own = [OF_PERSONS] if any(group is None for _, _, group in rows) else []
    yield ORGANIZATION, [*groups.values(), *own], lambda _person, group: groups.get(group or 0, OF_PERSONS)


def _parts(order: Iterable[str], of: Mapping[int, str], rows: Sequence[Asked]) -> tuple[list[str], Place]:
    """Rows that share the persons out: the whole list in its own order, and who is not told, when there is somebody."""
    untold = [UNTOLD] if any(person not in of for person, _, _ in rows) else []
    return [*order, *untold], lambda person, _group: of.get(person, UNTOLD)


def on_paper(found: Exposures) -> list[tuple[Breakdown, list[Line], int]]:
    """Each table with the lines for which one A4 has room, and how many stay on the screen."""
    room = {table.key: len(table.lines) for table in found.tables}
    while sum(room.values()) > ON_PAPER:
        groups = room[ORGANIZATION] > GROUPS_ON_PAPER
        room[ORGANIZATION if groups else max(room, key=lambda key: room[key])] -= 1
    return [(table, table.lines[: room[table.key]], len(table.lines) - room[table.key]) for table in found.tables]


def aloud(found: Exposures) -> list[str]:
    """What an officer can read to a meeting, made of shown numbers only."""
    shown, asked, _, met, declined = found.totals
    few = f"{found.least}人に満たない方"

    def persons(count: int | None) -> str:
        return few if count is None else f"{count}人"

    sentences = [
        f"この期間に候補に出た方は{persons(shown)}、声をかけた方は{persons(asked)}、会った方は{persons(met)}です。"
        f"見送りになった方は{persons(declined)}です。"
    ]
    first = _count(found, NEWNESS, NEWCOMER)
    if asked and first is not None:
        sentences.append(f"声をかけた方のうち、{first}人は、この期間にはじめて声がかかった方です。")
    most = max(_asked_in(found, DISTRICT), key=lambda pair: pair[1], default=None)
    if most:
        sentences.append(f"声をかけた方がいちばん多い地区は、{most[0]}の{most[1]}人です。")
    return sentences


def _asked_in(found: Exposures, key: str) -> list[tuple[str, int]]:
    place = ACTS.index(Exposure.Act.ASKED)
    lines = [line for table in found.tables if table.key == key for line in table.lines if line.label != UNTOLD]
    return [(line.label, count) for line in lines if (count := line.counts[place])]


def _count(found: Exposures, key: str, label: str) -> int | None:
    return dict(_asked_in(found, key)).get(label)


def as_rows(found: Exposures) -> Iterator[list[str | int]]:
    """For CSV: table, row and one count an act; 少数 where hidden."""
    yield ["合計", "合計", *map(written, found.totals)]
    for table in found.tables:
        for line in table.lines:
            yield [table.title, line.label, *map(written, line.counts)]


def written(count: int | None) -> str | int:
    """As page, paper and file write a count."""
    return HIDDEN if count is None else count
