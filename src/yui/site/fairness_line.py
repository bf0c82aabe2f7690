"""One sentence on the officer's home: how the asking was spread this month. The whole page is in introductions."""

import datetime as dt
from collections import Counter

from django.db.models import Exists, OuterRef

from yui.introductions.fairness import percent
from yui.introductions.models import Exposure


def fairness_line(today: dt.date) -> str:
    """How many were asked this month, how many of them for the first time, and the share of the most asked tenth."""
    first = today.replace(day=1)
    asked = Exposure.objects.filter(act=Exposure.Act.ASKED)
    before = asked.filter(person=OuterRef("person"), effective_on__lt=first)
    rows = asked.filter(effective_on__range=(first, today)).order_by().annotate(known=Exists(before))
    known = dict(found := list(rows.values_list("person_id", "known")))
    month = Counter(person for person, _ in found)
    if not month:
        return "今月は、まだどなたにも声をかけていません。"
    fresh = sum(1 for before_too in known.values() if not before_too)
    top = sum(count for _, count in month.most_common(max(1, len(month) // 10)))
    return (
        f"今月は{len(month)}人に声をかけました。うち{fresh}人は、はじめての方です。"
        f"声の多い順に1割の方に、声かけの{percent(top, month.total())}％がかたよっています。"
    )
