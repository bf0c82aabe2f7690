"""What this wing can count. Each figure is dated rows: steps of introductions and acts of the ledger."""

import datetime as dt
from collections import Counter

from django.db.models import QuerySet

from yui.base.definitions import current
from yui.base.measures.registry import measure
from yui.base.measures.types import Keyed, KeySource, Row, keyed, one_each
from yui.base.tenancy.models import Authority
from yui.introductions.models import Candidate, Exposure, IntroductionChange
from yui.introductions.states import State
from yui.introductions.unasked import waiting

Day, Moment = dt.date, dt.datetime


def _reached(state: State, start: Day, end: Day, as_of: Moment) -> QuerySet[IntroductionChange]:
    return IntroductionChange.objects.filter(
        state=state, effective_on__range=(start, end), recorded_at__lte=as_of
    ).exclude(before=state)


def _keys(state: State) -> KeySource:
    return lambda _authority, start, end, as_of: keyed(_reached(state, start, end, as_of), "introduction__public_id")


def _changes(state: State, start: Day, end: Day, as_of: Moment) -> list[Row]:
    found = _reached(state, start, end, as_of)
    return [
        Row(row.introduction.public_id, row.effective_on, row.introduction.opportunity.title)
        for row in found.select_related("introduction__opportunity")
    ]


@measure("introductions.proposed", label="紹介の提案", unit="件", keys=_keys(State.PROPOSED))
def introductions_proposed(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions that a coordinator proposed."""
    return _changes(State.PROPOSED, start, end, as_of)


@measure("introductions.both_yes", label="双方が「はい」と答えた紹介", unit="件", keys=_keys(State.ACCEPTED))
def introductions_agreed(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions to which both sides said yes."""
    return _changes(State.ACCEPTED, start, end, as_of)


@measure("introductions.met", label="顔合わせをした紹介", unit="件", keys=_keys(State.MET))
def introductions_met(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Pairs that met."""
    return _changes(State.MET, start, end, as_of)


@measure("introductions.together", label="協働が始まった紹介", unit="件", keys=_keys(State.WORKING))
def introductions_together(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Pairs that began to work together."""
    return _changes(State.WORKING, start, end, as_of)


@measure(
    "introductions.declined",
    label="見送りになった紹介",
    unit="件",
    note="どちらの返事かは数えません。",
    keys=_keys(State.DECLINED),
)
def introductions_declined(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions that one side declined; which one is not told."""
    return _changes(State.DECLINED, start, end, as_of)


@measure("introductions.follow_ups", label="3か月後の確認をした紹介", unit="件", keys=_keys(State.FOLLOWED_UP))
def follow_ups_done(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Introductions whose sides were asked how it went on."""
    return _changes(State.FOLLOWED_UP, start, end, as_of)


def _asked(start: Day, end: Day, as_of: Moment) -> QuerySet[Exposure]:
    return Exposure.objects.filter(act=Exposure.Act.ASKED, effective_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "introductions.persons_asked", label="声をかけた人", unit="人",
    keys=lambda _authority, start, end, as_of: one_each(_asked(start, end, as_of), "person__public_id"),
)  # fmt: skip
def persons_asked(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Persons asked at least once; the day is that of the first time in the period."""
    return _grouped(one_each(_asked(start, end, as_of), "person__public_id"))


def _newcomers(_authority: Authority, start: Day, end: Day, as_of: Moment) -> Keyed:
    ever = Exposure.objects.filter(act=Exposure.Act.ASKED, recorded_at__lte=as_of)
    return one_each(ever, "person__public_id").filter(counted_day__range=(start, end))


def _grouped(found: Keyed) -> list[Row]:
    return [Row(row["counted_key"], row["counted_day"]) for row in found]


@measure("introductions.newcomers_asked", label="はじめて声をかけた人", unit="人", keys=_newcomers)
def newcomers_asked(authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Persons who were asked for the first time ever."""
    return _grouped(_newcomers(authority, start, end, as_of))


def _lists_keys(_authority: Authority, start: Day, end: Day, as_of: Moment) -> Keyed:
    return keyed(_shown(start, end, as_of), "list__public_id", "list__made_on").distinct()


def _shown(start: Day, end: Day, as_of: Moment) -> QuerySet[Exposure]:
    return Exposure.objects.filter(
        act=Exposure.Act.SHOWN, effective_on__range=(start, end), recorded_at__lte=as_of, list__isnull=False
    )


@measure("introductions.lists_shown", label="人が見た候補の一覧", unit="件", keys=_lists_keys)
def candidate_lists_shown(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Lists of candidates that somebody looked at."""
    found = (
        _shown(start, end, as_of)
        .values("list__public_id", "list__made_on", "list__audience")
        .order_by("list__public_id")
        .distinct()
    )
    return [Row(row["list__public_id"], row["list__made_on"], codes=(row["list__audience"],)) for row in found]


@measure(
    "introductions.days_to_meeting",
    label="提案から顔合わせまでの日数",
    unit="件",
    note="件数です。日数は各行にあり、まん中の値を「公平のようす」で示します。",
    keys=lambda _authority, start, end, as_of: keyed(_met(start, end, as_of), "introduction__public_id"),
)
def days_to_meeting(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Pairs that met, each with the days since the proposal as its code (``days:12``)."""
    found = _met(start, end, as_of).select_related("introduction__opportunity")
    return [
        Row(
            row.introduction.public_id,
            row.effective_on,
            row.introduction.opportunity.title,
            (f"days:{(row.effective_on - row.introduction.proposed_on).days}",),
        )
        for row in found
    ]


def _met(start: Day, end: Day, as_of: Moment) -> QuerySet[IntroductionChange]:
    return IntroductionChange.objects.filter(state=State.MET, effective_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "introductions.asked", label="声かけ", unit="件", note="1人に1つの出番をたずねるごとに1件です。",
    keys=lambda _authority, start, end, as_of: keyed(_asked(start, end, as_of)),
)  # fmt: skip
def asked(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Each asking, with the pseudonymous id of the person as its code."""
    found = _asked(start, end, as_of).select_related("opportunity", "person")
    return [
        Row(row.public_id, row.effective_on, row.opportunity.title, (f"person:{row.person.public_id}",))
        for row in found
    ]


@measure("introductions.over_cap", label="1人あたりの上限をこえた声かけ", unit="件")
def over_cap(authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Askings of a calendar month beyond the definition's cap: there should be none."""
    cap = current(authority).introductions.load_cap_per_month.value
    seen: Counter[tuple[str, int, int]] = Counter()
    found = []
    for row in asked(authority, start, end, as_of):
        month = (row.codes[0], row.effective_on.year, row.effective_on.month)
        seen[month] += 1
        if seen[month] > cap:
            found.append(row)
    return found


def _fair_keys(_authority: Authority, start: Day, end: Day, as_of: Moment) -> Keyed:
    found = Candidate.objects.filter(fair_place=True, list__made_on__range=(start, end), list__made_at__lte=as_of)
    return one_each(found, "person__public_id", "list__made_on")


@measure("introductions.fair_places", label="公平の枠で候補に入った人", unit="人", keys=_fair_keys)
def fair_places(authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Persons who stood in a list by the exposure rule; the day is that of the first time in the period."""
    return _grouped(_fair_keys(authority, start, end, as_of))


@measure(
    "introductions.never_asked", label="半年声のかかっていない人", unit="人", stock=True,
    note="出番の候補になることに同意し、お休み中でなく、定めた日数のあいだ一度も声のかかっていない人です。",
    keys=lambda authority, _start, end, as_of: waiting(authority, end, as_of),
)  # fmt: skip
def never_asked(authority: Authority, _start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Who waits on the last day; the day of a row is since when."""
    found = waiting(authority, end, as_of).values_list("counted_key", "counted_day")
    return [Row(key, since, codes=(f"days:{(end - since).days}",)) for key, since in found]
