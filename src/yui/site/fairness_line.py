"""One sentence on the officer's home: how the asking was spread this month. The whole page is in introductions."""

import datetime as dt
from collections import Counter

from django.db.models import Min

from yui.introductions.fairness import percent
from yui.introductions.models import Exposure


def fairness_line(today: dt.date) -> str:
    """How many were asked this month, how many of them for the first time, and the share of the most asked tenth."""
    asked = Exposure.objects.filter(act=Exposure.Act.ASKED)
    month = Counter(asked.filter(effective_on__range=(today.replace(day=1), today)).values_list("person_id", flat=True))
    if not month:
        return "今月は、まだどなたにも声をかけていません。"
    first = asked.filter(person__in=month).order_by().values_list("person_id").annotate(first=Min("effective_on"))
    fresh = sum(1 for _, day in first.values_list("person_id", "first") if day >= today.replace(day=1))
    top = sum(count for _, count in month.most_common(max(1, len(month) // 10)))
    return (
        f"今月は{len(month)}人に声をかけました。うち{fresh}人は、はじめての方です。"
        f"声をかけた方のうち多い順に1割の方へは、{percent(top, month.total())}％です。"
    )
