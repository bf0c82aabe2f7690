"""Reading commissions: the present one, what it owes, its meetings. Call inside the authority's scope."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, Value

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.access.roles import ROLES
from yui.base.definitions import Definition
from yui.base.tenancy.addresses import town_url
from yui.office.commissions.models import Commission, Deliverable, Engagement, Meeting, OwedChange, Paper
from yui.office.commissions.states import CHIPS, LABELS, STEPS, WAITING, State
from yui.office.definition import Commission as CommissionPart

Owed = Deliverable | Paper
KINDS: dict[str, type[Deliverable] | type[Paper]] = {"deliverable": Deliverable, "paper": Paper}
SOON_DAYS = 14
SHOWN = ("key", "public_id", "title", "state", "due_on", "due_note")
"""What a line says of a thing owed."""


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One thing owed, ready for a list: the chip tells its state, the due chip how near the day is."""

    owed: Owed
    kind: str
    path: str
    label: str
    label_chip: str
    due: str
    due_chip: str
    open: bool
    """The contractor still has to hand it in."""


def present_commission(day: dt.date) -> Commission | None:
    """The commission whose term holds the day; else the newest that has begun; else the first to come."""
    found = list(Commission.objects.select_related("authority").order_by("-starts_on"))
    now = [one for one in found if one.starts_on <= day <= one.ends_on]
    begun = [one for one in found if one.starts_on <= day]
    return next(iter(now or begun or found[-1:]), None)


def commission_of(key: str) -> Commission | None:
    """The commission of that key, or the present one without a key."""
    return (
        Commission.objects.select_related("authority").filter(key=key).first()
        if key
        else present_commission(clock.today())
    )


def kind_of(owed: Owed) -> str:
    """deliverable or paper."""
    return "deliverable" if isinstance(owed, Deliverable) else "paper"


def owed_path(owed: Owed) -> str:
    """The path of its page."""
    return town_url(owed.authority, f"office:{kind_of(owed)}", public_id=owed.public_id)


def owed_lines(commission: Commission, kind: str, today: dt.date) -> list[OwedLine]:
    """Everything of a kind in the order of the contract; each paper that repeats is followed by its occasions."""
    found = KINDS[kind].objects.filter(commission=commission).select_related("authority")
    return [line_of(owed, today) for owed in found]


def due_lines(commission: Commission, today: dt.date, within: int = SOON_DAYS) -> list[OwedLine]:
    """What the contractor has to hand in within so many days or is late with, the earliest first."""
    near = Q(commission=commission, state__in=WAITING, due_on__lte=today + dt.timedelta(days=within))
    deliverables = Deliverable.objects.filter(near).order_by().values_list(Value("deliverable"), *SHOWN)
    papers = Paper.objects.filter(near).exclude(repeats=True, occasion_on=None).order_by()
    lines = [
        line_of(KINDS[kind](authority=commission.authority, **dict(zip(SHOWN, values, strict=True))), today)
        for kind, *values in deliverables.union(papers.values_list(Value("paper"), *SHOWN), all=True)
    ]
    return soon(lines, today, within)


def soon(lines: list[OwedLine], today: dt.date, within: int = SOON_DAYS) -> list[OwedLine]:
    """Those of the lines that have to be handed in within so many days or are late, the earliest first."""
    last = today + dt.timedelta(days=within)
    found = [line for line in lines if line.open and line.owed.due_on is not None and line.owed.due_on <= last]
    return sorted(found, key=lambda line: (line.owed.due_on or today, line.owed.title))


def line_of(owed: Owed, today: dt.date) -> OwedLine:
    """One line of a list."""
    state = State(owed.state)
    template = isinstance(owed, Paper) and owed.repeats and owed.occasion_on is None
    waiting = state in WAITING and not template
    due, chip = _due(owed.due_on, owed.due_note, today) if waiting else ("", "")
    label = "そのつど" if template else LABELS[state]
    return OwedLine(owed, kind_of(owed), owed_path(owed), label, "" if template else CHIPS[state], due, chip, waiting)


def missing_of(commission: Commission) -> list[Owed]:
    """Everything mandatory that has not been accepted, in the order of the contract."""
    wanted = Q(commission=commission, mandatory=True) & ~Q(state=State.ACCEPTED)
    papers = Paper.objects.filter(wanted).exclude(repeats=True, occasion_on=None)
    return [*Deliverable.objects.filter(wanted), *papers]


def changes_of(owed: Owed) -> list[tuple[OwedChange, str]]:
    """Its dated steps with the words for each, newest first."""
    found = OwedChange.objects.filter(kind=kind_of(owed), object_id=owed.public_id).select_related("by")
    return [(change, STEPS[State(change.state)]) for change in found.order_by("-id")]


def meetings_of(commission: Commission) -> list[Meeting]:
    """Its meetings, newest first, those called off left out."""
    return list(Meeting.objects.filter(commission=commission, called_off_on=None))


def minutes_paper(meeting: Meeting) -> Paper | None:
    """The 打合せ記録簿 that a meeting owes."""
    return Paper.objects.filter(occasion_id=meeting.public_id).select_related("authority").first()


def startable(definition: Definition) -> list[CommissionPart]:
    """The commissions that the definition in force describes and nobody has begun, the newest first."""
    begun = set(Commission.objects.values_list("key", flat=True))
    return [part for part in reversed(definition.commissions) if part.key not in begun]


def engagements_of(commission: Commission) -> list[Engagement]:
    """Who is or was engaged, the oldest first."""
    return list(Engagement.objects.filter(commission=commission).select_related("organization"))


def staff_of(engagement: Engagement) -> list[tuple[Grant, str]]:
    """The roles held through an engagement, with their words."""
    found = Grant.objects.filter(engagement_id=engagement.public_id).select_related("account")
    return [(grant, ROLES[grant.role].label) for grant in found if grant.role in ROLES]


def _due(due_on: dt.date | None, note: str, today: dt.date) -> tuple[str, str]:
    if due_on is None:
        return note, ""
    left = (due_on - today).days
    if left < 0:
        return f"{-left}日すぎ", "danger"
    if left <= SOON_DAYS:
        return ("きょうまで" if left == 0 else f"あと{left}日"), "warn"
    return f"{due_on.month}月{due_on.day}日まで", ""
