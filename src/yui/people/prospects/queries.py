"""Asking about prospects, hearings, invitations and candidate lists. Call inside the authority's scope."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import Reason, record_reading
from yui.base.definitions import Definition, by_key
from yui.people.models import Person
from yui.people.prospects.models import Hearing, Invitation, Prospect, Roster, RosterEntry
from yui.people.queries import with_stage

NOT_AGREED = "（同意をたしかめている方）"
ENDED = "（消した方）"


def open_prospects() -> QuerySet[Prospect]:
    """Whoever is still a prospect: with a step first, the nearest day first; then by reading."""
    return Prospect.objects.filter(ended_on=None).select_related("district").order_by("kana", "id")


def prospects_due(today: dt.date) -> QuerySet[Prospect]:
    """Whose next step has come."""
    return open_prospects().filter(next_on__lte=today).order_by("next_on", "id")


def hearings_due(today: dt.date) -> QuerySet[Hearing]:
    """Hearings whose agreed step has come and is not done."""
    rows = Hearing.objects.filter(next_on__lte=today, next_done_on=None).exclude(next_step="")
    return rows.order_by("next_on", "id")


def ended_prospects() -> QuerySet[Prospect]:
    """Who registered or was erased: dated rows without values."""
    return Prospect.objects.exclude(ended_on=None).select_related("person").order_by("-ended_on", "-id")


def called(prospect: Prospect) -> str:
    """The name as the desk shows it: after a registration that of the person, unless the person is hidden or erased."""
    if prospect.person is not None:
        person = prospect.person
        return ENDED if person.hidden or person.erased_at is not None else person.display_name
    return prospect.name or ENDED


def read_contact(*, actor: Actor, prospect: Prospect) -> str:
    """How to reach a prospect. The reading is written into the audit first."""
    require(actor, Permission.PROSPECT_READ, prospect)
    record_reading(actor, person_id=prospect.public_id, fields=["prospect.contact"], reason=Reason.CALL)
    return prospect.contact


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """Of one channel: invitations, copies, answers, yeses, registrations."""

    label: str
    invitations: int
    copies: int
    answered: int
    yes: int
    registered: int

    @property
    def copies_text(self) -> str:
        """1,400部."""
        return f"{self.copies:,}部"


def by_channel(definition: Definition, start: dt.date, end: dt.date) -> list[ChannelFigures]:
    """Invited → answered → registered, of the invitations of a period, for each channel of the definition.

    Of an invitation of many, whoever came by it has answered; and counts as registered when they registered without
    an invitation of their own.
    """
    rows = Invitation.objects.filter(sent_on__range=(start, end)).order_by()
    own = {
        row["channel"]: row
        for row in rows.values("channel").annotate(
            made=Count("pk"), sheets=Sum("copies"),
            said=Count("pk", filter=~Q(answered_on=None)), yes=Count("pk", filter=Q(outcome=Invitation.Outcome.YES)),
            led=Count("pk", filter=~Q(registered_on=None)),
        )
    }  # fmt: skip
    credited = Exists(Invitation.objects.filter(prospect=OuterRef("pk")).exclude(registered_on=None))
    alone = Q(ended_how=Prospect.Ending.REGISTERED, led=False)
    came = {
        row["invited_by__channel"]: row
        for row in Prospect.objects.filter(invited_by__in=rows)
        .annotate(led=credited)
        .order_by()
        .values("invited_by__channel")
        .annotate(said=Count("pk"), joined=Count("pk", filter=alone))
    }
    nothing = {"made": 0, "sheets": 0, "said": 0, "yes": 0, "led": 0, "joined": 0}
    found = []
    for channel in definition.people.prospects.channels:
        mine, others = own.get(channel.key, nothing), came.get(channel.key, nothing)
        answered = mine["said"] + others["said"]
        yes = mine["yes"] + others["said"]
        found.append(
            ChannelFigures(
                channel.label, mine["made"], mine["sheets"] or 0, answered, yes, mine["led"] + others["joined"]
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate, as page and document show it. ``named``: whether the name may go into a document."""

    entry: RosterEntry
    name: str
    paper_name: str
    kind: str
    field: str


def lines_of(roster: Roster, definition: Definition, today: dt.date) -> list[CandidateLine]:
    """The candidates of a list in the order in which they were entered. Hidden and erased persons are in no list.

    A prospect who has not yet agreed to be contacted has no name in a document that leaves the desk.
    """
    rows = list(
        roster.entries.filter(ended_on=None)
        .exclude(person__hidden=True)
        .select_related("person", "organization", "prospect")
    )
    ids = [row.person_id for row in rows if row.person_id]
    stages = dict(with_stage(Person.objects.filter(pk__in=ids), today).values_list("pk", "stage_key"))
    labels = {stage.key: stage.label.ja for stage in definition.people.stages}
    themes = by_key(definition.people.themes)
    found = []
    for row in rows:
        field = themes[row.field].label.ja if row.field in themes else ""
        if row.person is not None:
            stage = labels.get(stages.get(row.person_id) or "", "")
            kind = f"登録している方（{stage}）" if stage else "登録している方"
            name = paper = row.person.display_name
        elif row.organization is not None:
            kind, name, paper = "団体", row.organization.name, row.organization.name
        else:
            prospect = row.prospect
            kind, name = "潜在候補", prospect.name
            paper = NOT_AGREED if prospect.agreed == Prospect.Agreed.UNKNOWN else name
        found.append(CandidateLine(row, name, paper, kind, field))
    return found
