"""Two rounds of the demonstration town: one takes wishes, one is published and told. The lottery is real, its seed invented."""

import datetime as dt
import hashlib
import itertools
import json

from yui.activities.assignments import sealing
from yui.activities.assignments.domain.drawing import draw_lots
from yui.activities.assignments.instances import answered, instance_of, written
from yui.activities.assignments.models import (
    RankedWish,
    Round,
    RoundProgramme,
    RoundRegion,
    SealedSeed,
    WishSheet,
)
from yui.activities.domain.next_things import choose_next_things
from yui.activities.models import (
    Activity,
    Application,
    Opportunity,
    OpportunityChange,
    OpportunityChoice,
    Session,
)
from yui.base.access.actor import system_actor
from yui.site.demo.people import Town

RESIDENT = 0
"""Number of the person of the button; without a place in the published round, so that the page shows two other things."""
SUMMER = (
    ("夏の里山プログラム", "炭焼き小屋の手入れ", 2, 0, "", 0, (0, 40, 41, 42, 43, 44)),
    ("夏の里山プログラム", "湧き水の道しるべづくり", 2, 0, "高校生", 1, (40, 45, 46, 47)),
    ("夏の里山プログラム", "夜の森の案内役", 4, 3, "", 0, (48,)),
)  # fmt: skip
WINTER = (
    ("冬の手しごとプログラム", "しめ縄づくりの手ほどき", 3, 0, "", 0, (50, 51, 52, 53, 54)),
    ("冬の手しごとプログラム", "みそ仕込みの手伝い", 4, 2, "はじめての人", 1, (51, 55, 56)),
    ("冬の手しごとプログラム", "竹灯りをともす役", 2, 0, "", 0, (50, 52, 57)),
)  # fmt: skip
Row = tuple[str, str, int, int, str, int, tuple[int, ...]]


def build_assignments(town: Town) -> None:
    """One round a month old and told; one that takes wishes for another nine days."""
    past = _round(town, "夏の里山プログラムの席決め", 40, 12, SUMMER)
    _tell(town, past)
    coming = _round(town, "冬の手しごとプログラムの席決め", 5, -9, WINTER)
    coming.state = "open"
    coming.save(update_fields=["state"])


def _round(town: Town, title: str, opened: int, closed: int, rows: tuple[Row, ...]) -> Round:
    """``opened``, ``closed``: days ago; a negative number is to come."""
    made = Round.objects.create(
        authority=town.authority, title=title, opens_on=town.ago(opened), closes_on=town.ago(closed), state="closed",
        about="市内のみんなと、市外からも参加できるプログラムです。席より希望が多いので、くじで決めます。",
        announced_at=town.at(town.ago(opened + 3)), recorded_at=town.at(town.ago(opened + 4)),
        made_by=town.accounts["coordinator"],
    )  # fmt: skip
    region = RoundRegion.objects.create(authority=town.authority, round=made, name="石部", cap=6)
    sheets: dict[int, WishSheet] = {}
    for number, row in enumerate(rows):
        programme = _programme(town, made, row, opened, region if number < 2 else None)
        for who in row[-1]:
            sheet = sheets.get(who) or _sheet(town, made, who, opened)
            sheets[who] = sheet
            rank = sheet.wishes.count() + 1
            RankedWish.objects.create(authority=town.authority, sheet=sheet, programme=programme, rank=rank)
    seed = _seed(made, sheets.get(RESIDENT))
    made.commitment = sealing.commitment_of(made.public_id, seed)
    made.save(update_fields=["commitment"])
    SealedSeed.objects.create(
        authority=town.authority, round=made, sealed=sealing.seal(seed), sealed_at=town.at(town.ago(opened + 3))
    )
    return made


def _seed(found: Round, sheet: WishSheet | None) -> str:
    """Invented, and such that the person of the button has no place where they wish for one."""
    for number in itertools.count():
        seed = hashlib.sha256(f"見本の種{number}".encode()).hexdigest()
        if sheet is None:
            return seed
        told = json.loads(answered(written(instance_of(found, seed))))
        if not told["matching"][sheet.public_id]:
            return seed
    raise AssertionError


def _programme(town: Town, made: Round, row: Row, opened: int, region: RoundRegion | None) -> RoundProgramme:
    title, name, places, least, group, reserved, _ = row
    host, day = town.groups[1], town.today + dt.timedelta(days=30)
    since = town.ago(opened + 5)
    activity, _fresh = Activity.objects.get_or_create(
        authority=town.authority, title=title,
        defaults={
            "about": "地域で受け入れる、短いプログラムです。", "host_organization": host, "district": host.district,
            "initiated_by": "contractor", "effective_on": since, "recorded_at": town.at(since),
            "commission_key": f"{town.authority.key}-r8",
        },
    )  # fmt: skip
    hour = 9 + made.programmes.count() * 3
    session = Session.objects.create(
        authority=town.authority, activity=activity, starts_at=town.at(day, hour), ends_at=town.at(day, hour + 2),
        place="見本まちづくりセンター", code=f"k{opened:02d}{hour:02d}x",
    )  # fmt: skip
    opportunity = Opportunity.objects.create(
        authority=town.authority, activity=activity, session=session, kind="programme", title=name, state="closed",
        about="道具は用意します。はじめての方も歓迎です。", place=session.place, district=host.district,
        smallest_minutes=120, capacity=places, opened_on=since, recorded_at=town.at(since),
    )  # fmt: skip
    OpportunityChoice.objects.create(
        authority=town.authority, opportunity=opportunity, kind="theme", key="kankyo"
    )  # fmt: skip
    for before, state in (("", "submitted"), ("submitted", "open"), ("open", "closed")):
        OpportunityChange.objects.create(
            authority=town.authority, opportunity=opportunity, before=before, state=state, effective_on=since,
            recorded_at=town.at(since),
        )  # fmt: skip
    return RoundProgramme.objects.create(
        authority=town.authority, round=made, opportunity=opportunity, cap=places, least=least, region=region,
        reserve_group=group, reserve_places=reserved,
    )  # fmt: skip


def _sheet(town: Town, made: Round, who: int, opened: int) -> WishSheet:
    said = town.ago(opened - 2)
    return WishSheet.objects.create(
        authority=town.authority, round=made, person=town.people[who], way="paper" if who % 5 == 2 else "web",
        groups=["高校生"] if who == 47 else [], effective_on=said, recorded_at=town.at(said, 9, who % 60),
    )  # fmt: skip


def _tell(town: Town, made: Round) -> None:
    """Drawn in the night, published two days later; what each person has among their applications."""
    house = system_actor(town.authority, "demonstration")
    draw_lots(actor=house, round=made)
    made.refresh_from_db()
    made.state, made.published_at = "published", town.at(town.ago(9))
    made.save(update_fields=["state", "published_at"])
    for sheet in WishSheet.objects.filter(round=made).select_related("person", "programme__opportunity"):
        first = sheet.wishes.select_related("programme__opportunity").order_by("rank")[0].programme.opportunity
        opportunity = sheet.programme.opportunity if sheet.programme else first
        sheet.application = Application.objects.create(
            authority=town.authority, person=sheet.person, opportunity=opportunity, effective_on=town.ago(9),
            state="placed" if sheet.programme else "no_place", recorded_at=town.at(town.ago(9)),
            ended_at=None if sheet.programme else town.at(town.ago(9)),
        )  # fmt: skip
        sheet.save(update_fields=["application"])
        if not sheet.programme:
            choose_next_things(actor=house, application=sheet.application)
