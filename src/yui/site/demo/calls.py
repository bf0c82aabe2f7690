"""An invented call of the demonstration town, around today: announced ten days ago, with questions in every state."""

import datetime as dt
from typing import Any

from django.conf import settings

from yui.base.access.actor import actor_for, system_actor
from yui.base.approvals.domain import approve
from yui.base.approvals.models import Approval
from yui.base.definitions.checks import plain
from yui.base.definitions.reading import Sheet, read
from yui.office.calls.domain import announce_call, draft_answer, enter_question, publish_answer, write_rules
from yui.office.calls.models import Call, CallVersion, Question
from yui.office.calls.schedule import written
from yui.office.calls.states import QuestionState
from yui.site.demo.people import Town

PATTERN, KEY, COMMISSION = "kurihara/call-r6.yaml", "r9", "r8"
TITLE = "見本のまちの人財活躍支援業務 企画提案募集（架空）"
BEGAN = 10
"""Days since the announcement."""
DAYS: dict[str, tuple[int, str]] = {
    "announced": (-BEGAN, ""), "questions": (4, "17:00"), "answers": (8, "17:00"), "proposals": (18, "17:00"),
    "presentation": (24, ""), "contract_end": (380, ""),
}  # fmt: skip
"""Days from today and the time of each entry; what is not here is told by the part of a month."""
QUESTIONS = (
    ("架空まちづくり社", "email", "共同体で応募するとき、様式第1号は代表だけが出せばよいですか。",
     "代表の団体が1部を出してください。構成員の名前は、企画提案書の実施体制に書いてください。", "published"),
    ("例示コンサル", "email", "プレゼンテーションの時間は決まっていますか。",
     "時間は、提案を出した方に通知でお知らせします。", "drafted"),
    ("試案デザイン", "email", "見積書に、打合せの交通費を入れてもよいですか。", "", "received"),
    ("架空 健一", "phone", "電話で聞いてもよいですか。", "", "refused"),
)  # fmt: skip


def build_calls(town: Town) -> None:
    """A call in the shape of a real one, with invented days; its first questions."""
    actor = system_actor(town.authority, "demo")
    officer = actor_for(town.accounts["officer"], town.authority)
    call = Call.objects.create(
        authority=town.authority, key=KEY, commission_key=COMMISSION, title=TITLE, recorded_at=town.at(town.ago(20)),
        made_by=town.accounts["officer"],
    )  # fmt: skip
    CallVersion.objects.create(
        authority=town.authority, call=call, number=1, rules={}, profile={}, recorded_at=town.at(town.ago(20))
    )
    write_rules(actor=actor, call=call, version=call.version, sheet=Sheet(f"call-{KEY}.yaml", _rules(town.today)))
    announce_call(actor=officer, call=call)
    began = town.at(town.ago(BEGAN), 9)
    Call.objects.filter(pk=call.pk).update(announced_at=began)
    CallVersion.objects.filter(call=call).update(effective_at=began)
    call.refresh_from_db()
    for number, (asker, channel, asked, answer, state) in enumerate(QUESTIONS):
        question = enter_question(
            actor=officer, call=call, channel=channel, received_at=town.at(town.ago(6 - number), 11), text=asked,
            asker=asker, asker_mail="shitsumon@example.jp" if channel == "email" else "",
        )  # fmt: skip
        if answer:
            _answer(town, question, answer, publish=state == QuestionState.PUBLISHED)


def _answer(town: Town, question: Question, answer: str, *, publish: bool) -> None:
    actor = system_actor(town.authority, "demo")
    draft_answer(actor=actor, question=question, version=question.version, masked=question.text, answer=answer)
    if publish:
        approve(actor=actor, approval=Approval.objects.get(object_id=question.public_id))
        question.refresh_from_db()
        publish_answer(actor=actor, question=question)


def _rules(today: dt.date) -> dict[str, Any]:
    """The rules of a real call with another name and days around today."""
    data: dict[str, Any] = plain(read(settings.DEFINITIONS_DIR / PATTERN).data)
    data |= {"key": KEY, "commission": COMMISSION}
    for name, value in (("title", TITLE), ("cap", 4_800_000), ("contact", "地域みらい課（見本）")):
        data[name] = _invented(value)
    data["submission"]["ways"] = _invented("持参、書留郵便、またはこのサイトから")
    data["submission"]["channels"] = _invented(["hand", "mail", "web"])
    data["submission"]["place"] = _invented("見本市役所 地域みらい課（架空）")
    for moment in data["schedule"]:
        later = today + dt.timedelta(days=35)
        when = f"{later:%Y-%m} 下旬"
        if moment["key"] in DAYS:
            days, time = DAYS[moment["key"]]
            when = written(today + dt.timedelta(days=days), time)
        moment["closes"] = _invented(when)
        if "opens" in moment:
            moment["opens"] = _invented(written(today - dt.timedelta(days=BEGAN)))
    return data


def _invented(value: object) -> dict[str, object]:
    return {"default": value, "note": "見本の値です。"}
