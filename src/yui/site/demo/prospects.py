"""Whom the demonstration town heard of: hearings, prospects, invitations by every channel, two lists of candidates."""

from typing import Any

from yui.people.prospects.models import BenefitShown, Hearing, Invitation, Prospect, Roster, RosterEntry
from yui.site.demo import words
from yui.site.demo.people import Town

HEARINGS = [
    (150, "想定高等学校 地域部", "school", "部活動の先生方", "地域に出たい生徒が30人ほどいる。放課後の1時間なら出やすい。", "", 0),
    (96, "見本区自治会", "group", "区長と役員", "草刈りの担い手が減った。若い世帯は日曜の朝なら来られる。", "", 0),
    (41, "例示製作所（架空）", "firm", "総務の方", "社員の地域活動を応援したい。防災の資格を持つ人がいる。", "社内報にのせる文を送る", 3),
    (12, "架空大学 ボランティア室", "school", "担当の職員", "学生は短い期間のものを探している。学園祭で呼びかけられる。", "学園祭の机を申し込む", -2),
]  # fmt: skip
PROSPECTS = [
    ("仮定 さとる", "カテイ サトル", "hearing", 2, "防災士。訓練の進行ができる。", "spoken", "防災の集まりにお誘いする", 0),
    ("想像 ゆうこ", "ソウゾウ ユウコ", "introduction", None, "元保育士。読み聞かせが上手。", "written", "見学の日を決める", 4),
    ("例え まさる", "タトエ マサル", "event", None, "山の手入れにくわしい。", "unknown", "紹介してくれた方に、連絡してよいか聞いてもらう", -3),
    ("仮名 りょう", "カメイ リョウ", "hearing", 3, "動画を作れる学生。", "spoken", "", None),
    ("架空区の会計の方", "", "hearing", 1, "区の会計を長くつとめた。お名前はまだ聞いていない。", "unknown", "", None),
    ("見立て あかね", "ミタテ アカネ", "circular", None, "回覧板を見て電話をくれた。", "spoken", "登録の紙を送る", 1),
]  # fmt: skip


def build_prospects(town: Town) -> None:
    """All of it in the last half year; two steps are due today, one is late."""
    me, now = town.accounts["coordinator"], town.at(town.today, 8)
    own = {"authority": town.authority, "recorded_at": now}
    hearings = [
        Hearing.objects.create(
            **own, place=place, kind=kind, held_on=town.ago(days), who=who, heard=heard, account=me, next_step=step,
            next_on=town.ago(-ahead) if step else None,
        )
        for days, place, kind, who, heard, step, ahead in HEARINGS
    ]  # fmt: skip
    many = [
        Invitation.objects.create(
            **own, channel=channel, to_words=where, copies=copies, sent_on=town.ago(days), account=me
        )
        for channel, where, copies, days in (
            ("circular", "石部学区の全戸", 1400, 60), ("paper", "図書館と公民館", 200, 45), ("web", "市のSNS", 1, 30),
        )
    ]  # fmt: skip
    prospects = [
        Prospect.objects.create(
            **own, name=name, kana=kana, source=source, about=about, agreed=agreed, next_step=step,
            hearing=hearings[heard] if heard is not None else None, district=town.districts[number % 5],
            invited_by=many[0] if source == "circular" else None, effective_on=town.ago(30 + number),
            touched_on=town.ago(5 + number), agreed_on=None if agreed == "unknown" else town.ago(20),
            next_on=town.ago(-ahead) if ahead is not None else None, contact=f"0748-00-{5500 + number}",
        )
        for number, (name, kana, source, heard, about, agreed, step, ahead) in enumerate(PROSPECTS)
    ]  # fmt: skip
    _invitations(town, prospects, own)
    _joined(town, own, many)
    _rosters(town, prospects, own)
    BenefitShown.objects.bulk_create(
        BenefitShown(**own, account=me, benefit=key, way=way, shown_on=town.ago(days), **{kind: thing})
        for kind, thing, key, way, days in (
            ("hearing", hearings[0], "chance_to_act", "paper", 150), ("hearing", hearings[2], "network", "spoken", 41),
            ("prospect", prospects[0], "network", "spoken", 12), ("prospect", prospects[1], "chance_to_act", "paper", 9),
            ("person", town.people[0], "learning", "spoken", 80),
        )
    )  # fmt: skip


def _invitations(town: Town, prospects: list[Prospect], own: dict[str, Any]) -> None:
    """One each of those who agreed; one by the friend of somebody who has not."""
    for prospect, channel, days, outcome in (
        (prospects[0], "phone", 9, "yes"), (prospects[1], "letter", 12, "waiting"), (prospects[2], "introduction", 8, "later"),
        (prospects[3], "mail", 4, "waiting"),
    ):  # fmt: skip
        answered = town.ago(days - 3) if outcome != "waiting" else None
        Invitation.objects.create(
            **own, prospect=prospect, channel=channel, sent_on=town.ago(days), outcome=outcome, answered_on=answered,
            account=town.accounts["coordinator"],
        )  # fmt: skip


def _joined(town: Town, own: dict, many: list[Invitation]) -> None:
    """Four who registered since: two by an invitation of their own, two by the circular."""
    for number, channel in enumerate(("phone", "introduction", "", "")):
        person = town.people[40 + number]
        day = max(town.registered[40 + number], town.ago(59))
        prospect = Prospect.objects.create(
            **own, source="circular" if not channel else "introduction", agreed="spoken", agreed_on=day, person=person,
            effective_on=day, touched_on=day, ended_on=day, ended_how=Prospect.Ending.REGISTERED, erased_at=town.at(day),
            invited_by=None if channel else many[0],
        )  # fmt: skip
        if channel:
            Invitation.objects.create(
                **own, prospect=prospect, channel=channel, sent_on=day, outcome="yes", answered_on=day, registered_on=day,
                account=town.accounts["coordinator"],
            )  # fmt: skip


def _rosters(town: Town, prospects: list[Prospect], own: dict[str, Any]) -> None:
    """The two lists of the contract's beginning."""
    owed = {item.key: item.name for item in town.definition.commission.start_deliverables}
    for kind, key, rows in (
        (Roster.Kind.ACTOR, "actor_list", words.ACTORS), (Roster.Kind.COORDINATOR, "coordinator_list", words.COORDINATORS),
    ):  # fmt: skip
        roster = Roster.objects.create(
            **own, kind=kind, title=owed[key], made_on=town.ago(100), account=town.accounts["coordinator"]
        )
        for who, number, field, qualities, experience, sources in rows:
            thing = {"person": town.people, "organization": town.groups, "prospect": prospects}[who][number]
            RosterEntry.objects.create(
                **own, roster=roster, field=field, qualities=qualities, experience=experience, sources=sources,
                effective_on=town.ago(90), **{who: thing},
            )  # fmt: skip
