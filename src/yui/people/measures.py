"""What the people wing can count. Rows recorded after ``as_of`` do not count; an end recorded later has not happened."""

import datetime as dt

from django.db.models import Q, QuerySet

from yui.base import clock
from yui.base.definitions import by_key, current
from yui.base.measures.registry import measure
from yui.base.measures.types import Row
from yui.base.tenancy.models import Authority
from yui.people.models import Concern, ContactNote, Organization, Pause, Registration, StageChange


def _standing(rows: QuerySet[Registration], end: dt.date, as_of: dt.datetime) -> QuerySet[Registration]:
    """Registrations that run on the evening of ``end``, as it was known at ``as_of``."""
    begun = rows.filter(effective_on__lte=end, recorded_at__lte=as_of)
    return begun.exclude(ended_on__lte=end, ended_recorded_at__lte=as_of)


@measure(
    "people.registered", label="登録している人", unit="人", stock=True, note="期間の最後の日に、登録が続いている人。"
)
def registered(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Registrations that stand on the last day: new minus ended since the beginning."""
    rows = _standing(Registration.objects.all(), end, as_of)
    return [Row(row.public_id, row.effective_on, "登録", (row.received,)) for row in rows]


@measure("people.registrations_new", label="新しい登録", unit="人", note="期間の中に登録が始まった人。")
def registrations_new(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Registrations that began in the period."""
    rows = Registration.objects.filter(effective_on__range=(start, end), recorded_at__lte=as_of)
    return [Row(row.public_id, row.effective_on, "登録", (row.received,)) for row in rows]


@measure("people.registrations_ended", label="終わった登録", unit="人", note="期間の中に登録が終わった人。")
def registrations_ended(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Registrations that ended in the period."""
    rows = Registration.objects.filter(ended_on__range=(start, end), ended_recorded_at__lte=as_of)
    return [Row(row.public_id, row.ended_on or end, "登録の終わり") for row in rows]


def _agreed(end: dt.date, as_of: dt.datetime) -> QuerySet[StageChange]:
    rows = StageChange.objects.filter(effective_on__lte=end, recorded_at__lte=as_of)
    return rows.exclude(agreed_on=None)


@measure("people.in_stages", label="層ごとの人数", unit="人", stock=True, note="登録が続いている人の、最後の日の層。")
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


def _moves(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime, *, up: bool) -> list[Row]:
    orders, labels = _stage_orders(authority), _stage_labels(authority)
    rows = _agreed(end, as_of).filter(effective_on__gte=start).exclude(before="")
    return [
        Row(
            row.public_id,
            row.effective_on,
            f"{labels.get(row.before, row.before)} → {labels.get(row.stage, row.stage)}",
            (row.before, row.stage),
        )
        for row in rows
        if (orders.get(row.stage, 0) > orders.get(row.before, 0)) is up
    ]


@measure("people.stage_up", label="内がわの層へ進んだ人", unit="人", note="ご本人の「はい」の日で数えます。")
def stage_up(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Agreed moves inwards in the period; codes: from, to."""
    return _moves(authority, start, end, as_of, up=True)


@measure(
    "people.stage_down",
    label="外がわの層へ戻った人",
    unit="人",
    note="ご本人が決めた日で数えます。よしあしではありません。",
)
def stage_down(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Moves outwards in the period; codes: from, to."""
    return _moves(authority, start, end, as_of, up=False)


@measure(
    "people.pauses", label="いまはお休み中の人", unit="人", stock=True, note="期間の最後の日に、お休みしている人。"
)
def pauses(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Rests that run on the last day, as known at ``as_of``; one for each person."""
    running = Pause.objects.filter(Q(until=None) | Q(until__gte=end), starts_on__lte=end, recorded_at__lte=as_of)
    running = running.exclude(lifted_on__lte=end, lifted_recorded_at__lte=as_of)
    last = {row.person_id: row for row in running.order_by("id")}
    return [Row(row.public_id, row.starts_on, "お休み") for row in last.values()]


@measure("people.contact_notes", label="連絡の記録", unit="件", note="期間の中に話した記録。")
def contact_notes(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Notes of contacts in the period; the code is the way."""
    rows = ContactNote.objects.filter(spoken_at__date__range=(start, end), recorded_at__lte=as_of)
    return [
        Row(row.public_id, row.spoken_at.astimezone(clock.TOKYO).date(), row.get_way_display(), (row.way,))
        for row in rows
    ]


@measure("people.promises_kept", label="守った約束", unit="件", note="期間の中に果たした、次の連絡の約束。")
def promises_kept(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Promises kept in the period."""
    rows = ContactNote.objects.filter(kept_on__range=(start, end), kept_recorded_at__lte=as_of)
    return [Row(row.public_id, row.kept_on or end, "約束", (row.way,)) for row in rows]


@measure(
    "people.organizations", label="登録している団体", unit="団体", stock=True, note="期間の最後の日に続いている団体。"
)
def organizations(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Organisations that stand on the last day; contractors are not counted."""
    rows = Organization.objects.filter(effective_on__lte=end, recorded_at__lte=as_of, contractor=False)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=end))
    return [Row(row.public_id, row.effective_on, row.name, (row.sector,)) for row in rows]


@measure("people.concerns", label="困りごと・懸念", unit="件", note="期間の中に書かれた困りごと。")
def concerns(authority: Authority, start: dt.date, end: dt.date, as_of: dt.datetime) -> list[Row]:
    """Concerns raised in the period."""
    rows = Concern.objects.filter(raised_on__range=(start, end), recorded_at__lte=as_of)
    return [Row(row.public_id, row.raised_on, row.heading, ("urgent",) if row.urgent else ()) for row in rows]


def _stage_labels(authority: Authority) -> dict[str, str]:
    return {stage.key: str(stage.label) for stage in current(authority).people.stages}


def _stage_orders(authority: Authority) -> dict[str, int]:
    return {key: stage.order for key, stage in by_key(current(authority).people.stages).items()}
