"""What introductions do by themselves, once a day in each town."""

import datetime as dt

from yui.base.access.actor import system_actor
from yui.base.jobs.registry import every_day
from yui.base.tenancy.models import Authority
from yui.introductions.domain import remind_waiting, send_follow_ups


@every_day("introductions.remind")
def remind(authority: Authority, today: dt.date) -> int:
    """A reminder by mail, once, shortly before the day."""
    return remind_waiting(actor=system_actor(authority, "introductions"), authority=authority, today=today)


@every_day("introductions.follow_up")
def follow_up(authority: Authority, today: dt.date) -> int:
    """3か月後: both sides are asked how it went on."""
    return send_follow_ups(actor=system_actor(authority, "introductions"), authority=authority, today=today)
