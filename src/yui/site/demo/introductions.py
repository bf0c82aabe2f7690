"""A year of introductions, with the ledger of who was shown and asked, and what is due today."""

import datetime as dt

from yui.activities.models import Opportunity, Tie
from yui.introductions.domain.proposing import find_parts
from yui.introductions.models import Answer, AnswerLink, Exposure, Introduction, IntroductionChange
from yui.people.models import ContactNote, Person
from yui.site.demo import words
from yui.site.demo.people import Town

PAST = 150
REASONS_DAYS = 45
"""Older introductions of the demonstration carry no reasons: nobody opens them, and each costs a question."""
ROADS = [
    (["proposed", "asking", "accepted", "meeting", "met", "working", "outcome", "followed_up"], 5),
    (["proposed", "asking", "accepted", "meeting", "met", "working", "followed_up"], 4),
    (["proposed", "asking", "accepted", "meeting", "met", "outcome", "followed_up"], 2),
    (["proposed", "asking", "declined"], 3),
]
GAPS = {"proposed": 0, "asking": 0, "accepted": 3, "declined": 4, "meeting": 5, "met": 12, "working": 14,
        "outcome": 60, "followed_up": 104}  # fmt: skip


def build_introductions(town: Town) -> None:
    """About 120 introductions; most ended, some waiting for an answer, one check overdue."""
    opportunities = list(Opportunity.objects.select_related("activity__host_organization").exclude(state="submitted"))
    hosted = [o for o in opportunities if o.activity.host_organization_id]
    # people 6 to 25 raised a hand and were never asked: the desk shows them
    able = [p for n, p in enumerate(town.people) if n >= 26 and (town.today - town.registered[n]).days > 45]
    for number in range(PAST):
        person, opportunity = able[number * 7 % len(able)], hosted[number * 11 % len(hosted)]
        since = town.registered[town.people.index(person)]
        start = min(max(town.ago(345 - number * 337 // PAST), since + dt.timedelta(days=7)), town.ago(8))
        road = town.chance.choices([r for r, _ in ROADS], [w for _, w in ROADS])[0]
        _past(town, person, opportunity, start, road)
    _waiting(town, hosted)


def _past(town: Town, person: Person, opportunity: Opportunity, start: dt.date, road: list[str]) -> None:
    done = [s for s in road if start + dt.timedelta(days=GAPS[s]) <= town.today]
    last = done[-1]
    met_on = start + dt.timedelta(days=GAPS["met"])
    introduction = Introduction.objects.create(
        authority=town.authority, opportunity=opportunity, person=person, state=last, proposed_on=start,
        coordinator=town.accounts["coordinator"], why="落ち着いて話を聞いてくださる方です。はじめは私も一緒に行きます。",
        answer_due_on=start + dt.timedelta(days=7),
        meeting_at=town.at(met_on) if "meeting" in done else None,
        follow_up_on=met_on + dt.timedelta(days=92) if "met" in done else None,
        met_on=met_on if "met" in done else None,
        parts=find_parts(town.authority, person, opportunity) if start >= town.ago(REASONS_DAYS) else [],
    )  # fmt: skip
    _rows(town, introduction, start, done)


def _rows(town: Town, introduction: Introduction, start: dt.date, done: list[str]) -> None:
    """The dated steps, the answers, the ledger and the tie of one introduction."""
    before = ""
    acts = {"proposed": "shown", "asking": "asked", "accepted": "accepted", "met": "met", "declined": "declined"}
    group = introduction.opportunity.activity.host_organization
    for state in done:
        day = start + dt.timedelta(days=GAPS[state])
        IntroductionChange.objects.create(
            authority=town.authority, introduction=introduction, before=before, state=state, effective_on=day,
            recorded_at=town.at(day, 15), account=town.accounts["coordinator"],
        )  # fmt: skip
        if state in acts:
            Exposure.objects.create(
                authority=town.authority, person=introduction.person, opportunity=introduction.opportunity,
                organization=group, act=acts[state], rule="newcomer_share", effective_on=day,
                recorded_at=town.at(day, 15), rank=1 if state == "proposed" else None,
            )  # fmt: skip
        before = state
    if "accepted" in done or "declined" in done:
        day = start + dt.timedelta(days=2)
        for side in ("person", "host"):
            Answer.objects.create(
                authority=town.authority, introduction=introduction, side=side,
                yes="accepted" in done or side == "host", how=town.chance.choice(["link", "phone", "page"]),
                answered_on=day, recorded_at=town.at(day, 18),
            )  # fmt: skip
    if "met" in done and group is not None:
        day = start + dt.timedelta(days=GAPS["met"])
        Tie.objects.create(
            authority=town.authority, person=introduction.person, other_organization=group, first_time=True,
            introduction_id=introduction.public_id, said_by="both", effective_on=day, recorded_at=town.at(day, 16),
        )  # fmt: skip


def _waiting(town: Town, hosted: list[Opportunity]) -> None:
    """What today's desk needs: two answers awaited, one check overdue, one at the meeting."""
    open_ones = [o for o in hosted if o.state == "open"]
    first = next((o for o in open_ones if o.title == "土曜の朝、絵本を1冊読む"), open_ones[0])
    taro, minori, kenichi = town.people[0], town.people[3], town.people[2]
    for person, opportunity, days, yes in ((taro, first, 2, False), (minori, open_ones[4], 5, True)):
        start = town.ago(days)
        row = Introduction.objects.create(
            authority=town.authority, opportunity=opportunity, person=person, state="asking", proposed_on=start,
            coordinator=town.accounts["coordinator"], answer_due_on=start + dt.timedelta(days=7),
            why="落ち着いた声の方です。はじめは私も一緒に行きます。",
            parts=find_parts(town.authority, person, opportunity),
        )  # fmt: skip
        _asked(town, row, start)
        _rows(town, row, start, ["proposed", "asking"])
        if yes:
            day = town.ago(days - 1)
            Answer.objects.create(
                authority=town.authority, introduction=row, side="person", yes=True, how="phone", answered_on=day,
                recorded_at=town.at(day, 10, 20), recorded_by=town.accounts["coordinator"],
                words="子どもの声が聞けるのは、ありがたいね",
            )  # fmt: skip
    start = town.ago(110)
    late = Introduction.objects.create(
        authority=town.authority, opportunity=open_ones[7], person=kenichi, state="working", proposed_on=start,
        coordinator=town.accounts["coordinator"], answer_due_on=start + dt.timedelta(days=7),
        why="昨年、同じ会で3回読んでくださいました。", meeting_at=town.at(start + dt.timedelta(days=12)),
        met_on=start + dt.timedelta(days=12), follow_up_on=town.ago(4),
        parts=find_parts(town.authority, kenichi, open_ones[7]),
    )  # fmt: skip
    _rows(town, late, start, ["proposed", "asking", "accepted", "meeting", "met", "working"])


def _asked(town: Town, row: Introduction, day: dt.date) -> None:
    """How both sides were asked: the person on the telephone, the group by mail."""
    for side, channel in (("person", "phone"), ("host", "mail")):
        AnswerLink.objects.create(
            authority=town.authority, introduction=row, side=side, token_hash=f"{row.public_id}-{side}", channel=channel,
            sent_on=day, expires_on=row.answer_due_on,
        )  # fmt: skip


def build_notes(town: Town) -> None:
    """What was said on the telephone over the year, three promises for today, and what the reports quote."""
    chance, me = town.chance, town.accounts["coordinator"]
    for number in range(160):
        day = town.ago(chance.randint(1, 330))
        person = town.people[(number * 3) % len(town.people)]
        if town.registered[town.people.index(person)] > day:
            continue
        heading, text = words.REPORT_LINES[number % len(words.REPORT_LINES)] if number % 9 == 0 else ("", "")
        ContactNote.objects.create(
            authority=town.authority, person=person, account=me, way=chance.choice(["phone", "phone", "visit", "mail"]),
            spoken_at=town.at(day, chance.randint(9, 17)), recorded_at=town.at(day, 18),
            content=chance.choice(words.SAYINGS), report_heading=heading, report_text=text,
        )  # fmt: skip
    promises = [(0, "絵本の出番のお返事を聞く。耳が遠いのでゆっくり。", "午前中"),
                (1, "「畑を手伝いたい」とのこと。はじめての電話。", ""),
                (10, "通訳の会の日程をつたえる。やさしい日本語で。", "夕方")]  # fmt: skip
    for index, promise, when in promises:
        ContactNote.objects.create(
            authority=town.authority, person=town.people[index], account=me, way="phone",
            spoken_at=town.at(town.ago(3), 14), recorded_at=town.at(town.ago(3), 14), content="また電話すると約束した。",
            promise=promise, promised_for=town.today, promised_time=when,
        )  # fmt: skip
    ContactNote.objects.create(
        authority=town.authority, person=town.people[2], account=me, way="phone", spoken_at=town.at(town.ago(9), 11),
        recorded_at=town.at(town.ago(9), 11), content="こども食堂の送り迎えの話。", promised_for=town.ago(2),
        promise="送り迎えの車が見つかったか、知らせる。",
    )  # fmt: skip
