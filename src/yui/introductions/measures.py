"""What this wing can count. Each figure is dated rows: steps of introductions and acts of the ledger."""

import datetime as dt

from django.db.models import Min

from yui.base.measures.registry import measure
from yui.base.measures.types import Row
from yui.base.tenancy.models import Authority
from yui.introductions.models import Exposure, IntroductionChange
from yui.introductions.states import State

Day, Moment = dt.date, dt.datetime


def _changes(state: State, start: Day, end: Day, as_of: Moment) -> list[Row]:
    found = IntroductionChange.objects.filter(
        state=state, effective_on__range=(start, end), recorded_at__lte=as_of
    ).exclude(before=state)
    return [
        Row(row.introduction.public_id, row.effective_on, row.introduction.opportunity.title)
        for row in found.select_related("introduction__opportunity")
    ]


@measure("introductions_proposed", label="紹介の提案", unit="件")
def introductions_proposed(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions that a coordinator proposed."""
    return _changes(State.PROPOSED, start, end, as_of)


@measure("introductions_agreed", label="双方が「はい」と答えた紹介", unit="件")
def introductions_agreed(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions to which both sides said yes."""
    return _changes(State.ACCEPTED, start, end, as_of)


@measure("introductions_met", label="顔合わせをした紹介", unit="件")
def introductions_met(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Pairs that met."""
    return _changes(State.MET, start, end, as_of)


@measure("introductions_together", label="協働が始まった紹介", unit="件")
def introductions_together(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Pairs that began to work together."""
    return _changes(State.WORKING, start, end, as_of)


@measure("introductions_declined", label="見送りになった紹介", unit="件", note="どちらの返事かは数えません。")
def introductions_declined(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions that one side declined; which one is not told."""
    return _changes(State.DECLINED, start, end, as_of)


@measure("follow_ups_done", label="3か月後の確認をした紹介", unit="件")
def follow_ups_done(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions whose sides were asked how it went on."""
    return _changes(State.FOLLOWED_UP, start, end, as_of)


@measure("persons_asked", label="声をかけた人", unit="人")
def persons_asked(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Persons asked at least once; the day is that of the first time in the period."""
    first = (
        Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__range=(start, end), recorded_at__lte=as_of)
        .values("person__public_id")
        .annotate(first=Min("effective_on"))
        .order_by("person__public_id")
    )
    return [Row(row["person__public_id"], row["first"]) for row in first]


@measure("newcomers_asked", label="はじめて声をかけた人", unit="人")
def newcomers_asked(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Persons who were asked for the first time ever."""
    first = (
        Exposure.objects.filter(act=Exposure.Act.ASKED, recorded_at__lte=as_of)
        .values("person__public_id")
        .annotate(first=Min("effective_on"))
        .filter(first__range=(start, end))
        .order_by("person__public_id")
    )
    return [Row(row["person__public_id"], row["first"]) for row in first]


@measure("candidate_lists_shown", label="人が見た候補の一覧", unit="件")
def candidate_lists_shown(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Lists of candidates that somebody looked at."""
    found = (
        Exposure.objects.filter(
            act=Exposure.Act.SHOWN, effective_on__range=(start, end), recorded_at__lte=as_of, list__isnull=False
        )
        .values("list__public_id", "list__made_on", "list__audience")
        .order_by("list__public_id")
        .distinct()
    )
    return [Row(row["list__public_id"], row["list__made_on"], codes=(row["list__audience"],)) for row in found]


@measure(
    "days_to_meeting",
    label="提案から顔合わせまでの日数",
    unit="件",
    note="件数です。日数は各行にあり、まん中の値を「公平のようす」で示します。",
)
def days_to_meeting(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Pairs that met, each with the days since the proposal as its code (``days:12``)."""
    found = IntroductionChange.objects.filter(
        state=State.MET, effective_on__range=(start, end), recorded_at__lte=as_of
    ).select_related("introduction__opportunity")
    return [
        Row(
            row.introduction.public_id,
            row.effective_on,
            row.introduction.opportunity.title,
            (f"days:{(row.effective_on - row.introduction.proposed_on).days}",),
        )
        for row in found
    ]
