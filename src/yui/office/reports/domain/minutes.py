"""打合せ記録簿 as Word, from the minutes of a meeting, and handing it in for the paper that the meeting owes."""

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.documents.domain import make_document
from yui.base.documents.models import Document
from yui.base.files import store
from yui.engine.calendar import wareki
from yui.office.commissions.domain import submit_owed
from yui.office.commissions.models import Meeting, Paper
from yui.office.commissions.queries import minutes_paper
from yui.office.reports.facts import contractor_of


def make_minutes(*, actor: Actor, meeting: Meeting) -> Document:
    """Write the Word file of a meeting that was held. Each time a new one; older ones stay."""
    require(actor, Permission.MEETING_WRITE, meeting)
    if meeting.minutes_at is None:
        raise NotPossible("まだ記録がありません。会議の記録を書いてから作ってください。", "no_minutes")
    held = meeting.held_at.astimezone(clock.TOKYO)
    return make_document(
        actor=actor,
        kind="minutes",
        title=f"打合せ記録簿 {wareki(held.date())}",
        context=minutes_context(meeting),
        snapshot={"meeting": meeting.public_id, "version": meeting.version},
        name=f"打合せ記録簿_{wareki(held.date())}.docx",
        permission=Permission.MEETING_WRITE,
        thing=meeting,
        related=("meeting", meeting.public_id),
        data_class="c3c",
    )


def submit_minutes(*, actor: Actor, meeting: Meeting) -> Paper:
    """Write the Word file and hand it in as the 打合せ記録簿 of this meeting."""
    require(actor, Permission.COMMISSION_WRITE, meeting)
    paper = minutes_paper(meeting)
    if paper is None:
        raise NotPossible("この会議には、出す記録簿がありません。", "nothing_owed")
    attachment = make_minutes(actor=actor, meeting=meeting).attachment
    with store.open_path(attachment.path) as handle:
        submit_owed(actor=actor, owed=paper, upload=handle.read(), name=attachment.name)
    paper.refresh_from_db()
    return paper


def minutes_context(meeting: Meeting) -> dict[str, object]:
    """The values of the tags."""
    held = meeting.held_at.astimezone(clock.TOKYO)
    return {
        "commission": meeting.commission.title,
        "town": meeting.authority.name,
        "contractor": contractor_of(meeting.commission, held.date()),
        "kind": Meeting.Kind(meeting.kind).label,
        "date": wareki(held.date()),
        "time": _time(held.hour, held.minute),
        "place": meeting.place,
        "attendees": meeting.attendees,
        "agenda": _lines(meeting.agenda),
        "decisions": _lines(meeting.decisions),
        "homework": _lines(meeting.homework),
        "next": _next(meeting),
    }


def _next(meeting: Meeting) -> str:
    if meeting.next_at is None:
        return "未定"
    day = meeting.next_at.astimezone(clock.TOKYO)
    return f"{wareki(day.date())} {_time(day.hour, day.minute)}"


def _time(hour: int, minute: int) -> str:
    return f"{hour}時{minute}分" if minute else f"{hour}時"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()] or ["なし"]
