"""What the prospects can count. None of it counts a registered person; rows recorded after ``as_of`` do not count."""

import datetime as dt

from django.db.models import QuerySet

from yui.base.measures.registry import measure
from yui.base.measures.types import Keyed, Row, keyed
from yui.base.tenancy.models import Authority
from yui.people.prospects.models import BenefitShown, Hearing, Invitation, Prospect, Roster, RosterEntry

Day, Moment = dt.date, dt.datetime


def _hearings(start: Day, end: Day, as_of: Moment) -> QuerySet[Hearing]:
    return Hearing.objects.filter(held_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "prospects.hearings", label="ヒアリング", unit="件", note="団体・学校・企業に話を聞いた回数です。",
    keys=lambda _authority, start, end, as_of: keyed(_hearings(start, end, as_of), day="held_on"),
)  # fmt: skip
def hearings(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Talks with organisations, schools and firms; the kind is the code."""
    return [Row(row.public_id, row.held_on, row.place, (row.kind,)) for row in _hearings(start, end, as_of)]


def _invitations(start: Day, end: Day, as_of: Moment) -> QuerySet[Invitation]:
    return Invitation.objects.filter(sent_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "prospects.invitations", label="お誘い", unit="件", note="回覧板など、一度に多くの方へのお誘いも1件です。",
    keys=lambda _authority, start, end, as_of: keyed(_invitations(start, end, as_of), day="sent_on"),
)  # fmt: skip
def invitations(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Invitations; the channel is the code."""
    return [Row(row.public_id, row.sent_on, row.to_words, (row.channel,)) for row in _invitations(start, end, as_of)]


def _heard_of(start: Day, end: Day, as_of: Moment) -> QuerySet[Prospect]:
    return Prospect.objects.filter(effective_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "prospects.heard_of", label="新しい潜在候補", unit="人", note="登録している人とは別に数えます。",
    keys=lambda _authority, start, end, as_of: keyed(_heard_of(start, end, as_of)),
)  # fmt: skip
def heard_of(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Prospects written down in the period; the source is the code, and there is no name."""
    return [Row(row.public_id, row.effective_on, "", (row.source,)) for row in _heard_of(start, end, as_of)]


def _joined(start: Day, end: Day, as_of: Moment) -> QuerySet[Prospect]:
    return Prospect.objects.filter(
        ended_how=Prospect.Ending.REGISTERED, ended_on__range=(start, end), recorded_at__lte=as_of
    )


@measure(
    "prospects.registered", label="登録につながった潜在候補", unit="人",
    keys=lambda _authority, start, end, as_of: keyed(_joined(start, end, as_of), day="ended_on"),
)  # fmt: skip
def registered(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Prospects who registered."""
    return [Row(row.public_id, row.ended_on or end, "", (row.source,)) for row in _joined(start, end, as_of)]


def _shown(start: Day, end: Day, as_of: Moment) -> QuerySet[BenefitShown]:
    return BenefitShown.objects.filter(shown_on__range=(start, end), recorded_at__lte=as_of)


@measure(
    "prospects.benefits_shown", label="参画のメリットの説明", unit="件", note="1人に1つのメリットを説明するごとに1件です。",
    keys=lambda _authority, start, end, as_of: keyed(_shown(start, end, as_of), day="shown_on"),
)  # fmt: skip
def benefits_shown(_authority: Authority, start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Benefits explained; the benefit is the code."""
    return [Row(row.public_id, row.shown_on, "", (row.benefit,)) for row in _shown(start, end, as_of)]


def _listed(kind: str, end: Day, as_of: Moment) -> QuerySet[RosterEntry]:
    begun = RosterEntry.objects.filter(roster__kind=kind, effective_on__lte=end, recorded_at__lte=as_of)
    return begun.exclude(ended_on__lte=end)


def _listed_keys(kind: str, end: Day, as_of: Moment) -> Keyed:
    return keyed(_listed(kind, end, as_of))


@measure(
    "prospects.actor_candidates", label="地域アクターの候補", unit="件", stock=True,
    keys=lambda _authority, _start, end, as_of: _listed_keys(Roster.Kind.ACTOR, end, as_of),
)  # fmt: skip
def actor_candidates(_authority: Authority, _start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Candidates who stand in lists of actors on the last day."""
    return [Row(row.public_id, row.effective_on) for row in _listed(Roster.Kind.ACTOR, end, as_of)]


@measure(
    "prospects.coordinator_candidates", label="中間支援コーディネーターの候補", unit="件", stock=True,
    keys=lambda _authority, _start, end, as_of: _listed_keys(Roster.Kind.COORDINATOR, end, as_of),
)  # fmt: skip
def coordinator_candidates(_authority: Authority, _start: Day, end: Day, as_of: Moment) -> list[Row]:
    """Candidates who stand in lists of coordinators on the last day."""
    return [Row(row.public_id, row.effective_on) for row in _listed(Roster.Kind.COORDINATOR, end, as_of)]
