"""One sentence on the officer's home: how the asking was spread this month. The whole page is in introductions."""

import datetime as dt
from collections import Counter

from django.db.models import Exists, OuterRef

from yui.introductions.fairness import percent
from yui.introductions.models import Exposure

TENTH = 10
"""Fewer persons than these have no tenth."""


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
    told = f"今月は{len(month)}人に声をかけました。うち{fresh}人は、はじめての方です。"
    if len(month) < TENTH:
        return told
    top = sum(count for _, count in month.most_common(len(month) // TENTH))
    return f"{told}声かけの{percent(top, month.total())}％を、多い順に1割の方が受けています。"
