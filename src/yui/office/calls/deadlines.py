"""Until when papers of a stage are taken, and by the engine's receipt whether something came in time."""

import datetime as dt

from yui.base.access.errors import NotPossible
from yui.engine.profile.types import Receipt
from yui.engine.selection.clocks import refusal
from yui.office.calls.rules import Announced
from yui.office.calls.schedule import TOKYO, day_of

_LEAST = dt.timedelta(microseconds=1)


def closing(announced: Announced, stage: str) -> dt.datetime:
    """The last instant that is in time. Without a written time the whole day counts.

    Raises ``NotPossible`` where the schedule names only a part of a month.
    """
    written = announced.deadline(stage)
    if written is None:
        day = day_of(announced.moment(announced.stage(stage).due).closes.value)
        if day is None:
            raise NotPossible("提出の期限の日が、まだ決まっていません。", "no_deadline")
        return dt.datetime.combine(day, dt.time.max, tzinfo=TOKYO)
    return written if announced.rules.submission.last_instant_in.value else written - _LEAST


def closed(announced: Announced, stage: str, now: dt.datetime) -> bool:
    """Whether nothing that comes now is in time any more."""
    return now > closing(announced, stage)


def verdict(announced: Announced, stage: str, channel: str, received_at: dt.datetime) -> str:
    """Empty where it is accepted; else the engine's code: ``late``, ``counter_closed`` or ``channel_not_allowed``."""
    return refusal(receipt_rule(announced), channel, closing(announced, stage), received_at.astimezone(TOKYO)) or ""


def takes_web(announced: Announced) -> bool:
    """Whether papers are taken through the portal at all."""
    return "web" in receipt_rule(announced).channels


def receipt_rule(announced: Announced) -> Receipt:
    """How papers may come in. LookupError where the profile has no such part."""
    rules = announced.profile.receipt
    if rules is None:
        raise LookupError("the profile has no receipt")
    return rules["papers"]
