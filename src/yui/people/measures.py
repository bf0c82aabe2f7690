"""What the people wing can count. Rows recorded after ``as_of`` do not count; an end recorded later has not happened."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db.models import Case, DateField, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, When
from django.db.models.functions import TruncDate

from yui.base import clock
from yui.base.definitions import by_key, current
from yui.base.measures.registry import measure
from yui.base.measures.types import Keyed, Row, keyed
from yui.base.tenancy.models import Authority
from yui.people.models import Concern, ContactNote, Organization, Pause, Registration, StageChange


def _standing(rows: QuerySet[Registration], end: dt.date, as_of: dt.datetime) -> QuerySet[Registration]:
    """Registrations that run on the evening of ``end``, as it was known at ``as_of``."""
    begun = rows.filter(effective_on__lte=end, recorded_at__lte=as_of)
    return begun.exclude(ended_on__lte=end, ended_recorded_at__lte=as_of)


def _registered_keys(_authority: Authority, _start: dt.date, end: dt.date, as_of: dt.datetime) -> Keyed:
    return keyed(_standing(Registration.objects.all(), end, as_of))


@measure(
    "people.registered", label="登録している人", unit="人", stock=True, note="期間の最後の日に、登録が続いている人。",
    keys=_registered_keys,
)  # fmt: skip
def registered(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Registrations that stand on the last day: new minus ended since the beginning."""
    rows = _standing(Registration.objects.all(), end, as_of)
    return [Row(row.public_id, row.effective_on, "登録", (row.received,)) for row in rows]


def _begun(start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Registration]:
    return Registration.objects.filter(effective_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "people.registrations_new", label="新しい登録", unit="人", note="期間の中に登録が始まった人。",
    keys=lambda _authority, start, end, as_of: keyed(_begun(start, end, as_of)),
)  # fmt: skip
def registrations_new(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Registrations that began in the period."""
    return [Row(row.public_id, row.effective_on, "登録", (row.received,)) for row in _begun(start, end, as_of)]


def _ended(start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Registration]:
    return Registration.objects.filter(ended_on__range=(start, end), ended_recorded_at__lte=as_of)


@measure(
    "people.registrations_ended", label="終わった登録", unit="人", note="期間の中に登録が終わった人。",
    keys=lambda _authority, start, end, as_of: keyed(_ended(start, end, as_of), day="ended_on"),
)  # fmt: skip
def registrations_ended(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Registrations that ended in the period."""
    return [Row(row.public_id, row.ended_on or end, "登録の終わり") for row in _ended(start, end, as_of)]


def _agreed(end: dt.date, as_of: dt.datetime) -> QuerySet[StageChange]:
    rows = StageChange.objects.filter(effective_on__lte=end, recorded_at__lte=as_of)
    return rows.exclude(agreed_on=None)


def _in_stages_keys(_authority: Authority, _start: dt.date, end: dt.date, as_of: dt.datetime) -> Keyed:
    later = _agreed(end, as_of).filter(
        Q(effective_on__gt=OuterRef("effective_on")) | Q(effective_on=OuterRef("effective_on"), pk__gt=OuterRef("pk")),
        person=OuterRef("person"),
    )
    standing = _standing(Registration.objects.all(), end, as_of).values("person_id")
    return keyed(_agreed(end, as_of).filter(~Exists(later), person__in=standing))


@measure(
    "people.in_stages", label="層ごとの人数", unit="人", stock=True, note="登録が続いている人の、最後の日の層。",
    keys=_in_stages_keys,
)  # fmt: skip
def in_stages(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """The last agreed move of each person whose registration stands; its code is the stage."""
    standing = set(_standing(Registration.objects.all(), end, as_of).values_list("person_id", flat=True))
    last = {row.person_id: row for row in _agreed(end, as_of).order_by("effective_on", "id")}
    labels = _stage_labels(authority)
    return [
        Row(row.public_id, row.effective_on, labels.get(row.stage, row.stage), (row.stage,))
        for pk, row in last.items()
        if pk in standing
    ]


def stage_counts(days: Sequence[dt.date], as_of: dt.datetime) -> list[Counter[str]]:
    """How many rows ``people.in_stages`` has of each stage on each of several days; two queries for all days."""
    moves = list(
        _agreed(max(days), as_of).order_by("effective_on", "id").values_list("effective_on", "person", "stage")
    )
    entered = Registration.objects.filter(effective_on__lte=max(days), recorded_at__lte=as_of)
    known_end = Case(When(ended_recorded_at__lte=as_of, then=F("ended_on")), output_field=DateField())
    spans = list(entered.values_list("person", "effective_on", known_end))
    found, stage, done = {}, dict[int, str](), 0
    for day in sorted(set(days)):
        while done < len(moves) and moves[done][0] <= day:
            stage[moves[done][1]] = moves[done][2]
            done += 1
        standing = {person for person, first, last in spans if first <= day and (last is None or last > day)}
        found[day] = Counter(stage[person] for person in standing if person in stage)
    return [found[day] for day in days]


def _moved(
    authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime, *, up: bool
) -> QuerySet[StageChange]:
    """Agreed moves inwards or outwards; a stage that the definition no longer knows lies outside of all."""
    orders = [When(stage=key, then=order) for key, order in _stage_orders(authority).items()]
    befores = [When(before=key, then=order) for key, order in _stage_orders(authority).items()]
    rows = _agreed(end, as_of).filter(effective_on__gte=start).exclude(before="")
    rows = rows.annotate(
        into=Case(*orders, default=0, output_field=IntegerField()),
        out_of=Case(*befores, default=0, output_field=IntegerField()),
    )
    return rows.filter(into__gt=F("out_of")) if up else rows.filter(into__lte=F("out_of"))


def _moves(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime, *, up: bool) -> list[Row]:
    labels = _stage_labels(authority)
    return [
        Row(
            row.public_id,
            row.effective_on,
            f"{labels.get(row.before, row.before)} → {labels.get(row.stage, row.stage)}",
            (row.before, row.stage),
        )
        for row in _moved(authority, start, end, as_of, up=up)
    ]


@measure(
    "people.stage_up", label="内がわの層へ進んだ人", unit="人", note="ご本人の「はい」の日で数えます。",
    keys=lambda authority, start, end, as_of: keyed(_moved(authority, start, end, as_of, up=True)),
)  # fmt: skip
def stage_up(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Agreed moves inwards in the period; codes: from, to."""
    return _moves(authority, start, end, as_of, up=True)


@measure(
    "people.stage_down",
    label="外がわの層へ戻った人",
    unit="人",
    note="ご本人が決めた日で数えます。よしあしではありません。",
    keys=lambda authority, start, end, as_of: keyed(_moved(authority, start, end, as_of, up=False)),
)
def stage_down(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Moves outwards in the period; codes: from, to."""
    return _moves(authority, start, end, as_of, up=False)


def _resting(end: dt.date, as_of: dt.datetime) -> QuerySet[Pause]:
    """The rests that run, as known at ``as_of``: of each person the one written last."""
    running = Pause.objects.filter(Q(until=None) | Q(until__gte=end), starts_on__lte=end, recorded_at__lte=as_of)
    running = running.exclude(lifted_on__lte=end, lifted_recorded_at__lte=as_of).order_by()
    return Pause.objects.filter(pk__in=running.values("person_id").annotate(last=Max("pk")).values("last"))


@measure(
    "people.pauses", label="いまはお休み中の人", unit="人", stock=True, note="期間の最後の日に、お休みしている人。",
    keys=lambda _authority, _start, end, as_of: keyed(_resting(end, as_of), day="starts_on"),
)  # fmt: skip
def pauses(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Rests that run on the last day, as known at ``as_of``; one for each person."""
    return [Row(row.public_id, row.starts_on, "お休み") for row in _resting(end, as_of)]


def _spoken(start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[ContactNote]:
    begin = dt.datetime.combine(start, dt.time.min, tzinfo=clock.TOKYO)
    until = dt.datetime.combine(end + dt.timedelta(days=1), dt.time.min, tzinfo=clock.TOKYO)
    return ContactNote.objects.filter(spoken_at__gte=begin, spoken_at__lt=until, recorded_at__lte=as_of)


def _notes_keys(_authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> Keyed:
    return keyed(_spoken(start, end, as_of), day=TruncDate("spoken_at", tzinfo=clock.TOKYO))


@measure("people.contact_notes", label="連絡の記録", unit="件", note="期間の中に話した記録。", keys=_notes_keys)
def contact_notes(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Notes of contacts in the period; the code is the way."""
    return [
        Row(row.public_id, row.spoken_at.astimezone(clock.TOKYO).date(), row.get_way_display(), (row.way,))
        for row in _spoken(start, end, as_of)
    ]


def _kept(start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[ContactNote]:
    return ContactNote.objects.filter(kept_on__range=(start, end), kept_recorded_at__lte=as_of)


@measure(
    "people.promises_kept", label="守った約束", unit="件", note="期間の中に果たした、次の連絡の約束。",
    keys=lambda _authority, start, end, as_of: keyed(_kept(start, end, as_of), day="kept_on"),
)  # fmt: skip
def promises_kept(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Promises kept in the period."""
    return [Row(row.public_id, row.kept_on or end, "約束", (row.way,)) for row in _kept(start, end, as_of)]


def _founded(end: dt.date, as_of: dt.datetime) -> QuerySet[Organization]:
    rows = Organization.objects.filter(effective_on__lte=end, recorded_at__lte=as_of, contractor=False)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=end))


@measure(
    "people.organizations", label="登録している団体", unit="団体", stock=True, note="期間の最後の日に続いている団体。",
    keys=lambda _authority, _start, end, as_of: keyed(_founded(end, as_of)),
)  # fmt: skip
def organizations(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Organisations that stand on the last day; contractors are not counted."""
    return [Row(row.public_id, row.effective_on, row.name, (row.sector,)) for row in _founded(end, as_of)]


def _raised(start: dt.date, end: dt.date, as_of: dt.datetime) -> QuerySet[Concern]:
    return Concern.objects.filter(raised_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "people.concerns", label="困りごと・懸念", unit="件", note="期間の中に書かれた困りごと。",
    keys=lambda _authority, start, end, as_of: keyed(_raised(start, end, as_of), day="raised_on"),
)  # fmt: skip
def concerns(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Concerns raised in the period."""
    rows = _raised(start, end, as_of)
    return [Row(row.public_id, row.raised_on, row.heading, ("urgent",) if row.urgent else ()) for row in rows]


def _stage_labels(authority: Authority) -> dict[str, str]:
    return {stage.key: str(stage.label) for stage in current(authority).people.stages}


def _stage_orders(authority: Authority) -> dict[str, int]:
    return {key: stage.order for key, stage in by_key(current(authority).people.stages).items()}
