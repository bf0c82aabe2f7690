"""The only clock of the house: today and now in Asia/Tokyo.

``YUI_TODAY=2027-02-20`` (``yui serve --today``) shifts both by whole days, so that what falls due later can be
tried today. Nothing else in the house reads the system's clock.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> dt.datetime:
    """The present instant, aware, in Asia/Tokyo."""
    real = timezone.now().astimezone(TOKYO)
    if not settings.YUI_TODAY:
        return real
    return real.replace(tzinfo=None).combine(dt.date.fromisoformat(settings.YUI_TODAY), real.time(), tzinfo=TOKYO)


def today() -> dt.date:
    """The calendar day in Asia/Tokyo."""
    return now().date()
