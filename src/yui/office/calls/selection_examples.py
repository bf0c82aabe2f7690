"""Examples that put a whole question to the engine: selection, shortlist, receipt. Answers are words or numbers."""

from collections.abc import Callable, Mapping
from typing import Any

from yui.base.definitions.schema import Example, ExampleFault
from yui.engine.faults import Faults
from yui.engine.profile.types import CHANNELS
from yui.engine.selection import answer_receipt, answer_select, answer_shortlist, answer_window
from yui.engine.sentences import line, say
from yui.office.profiles import profile_of

Given = Mapping[str, Any]
ESTIMATE = 3_000_000
"""Of every proposal whose estimate an example does not name."""

CHANNEL_NAMES = {say("profile", "channels", code, {}): code for code in CHANNELS}
WHEN = {"通知の前": "before_notice", "通知の後": "after_notice"}
KINDS = {"書類": "papers", "質問": "question"}


def asked(definition: Any, answer: Callable[[object], dict[str, object]], question: Mapping[str, Any]) -> Any:
    """The engine's answer with the profile of this definition. Raises ExampleFault where the question is faulty."""
    try:
        return answer({"profile": profile_of(definition, "examples"), **question})
    except Faults as wrong:
        raise ExampleFault("、".join(line(fault, "selection") for fault in wrong.faults)) from wrong


def _select(definition: Any, given: Given) -> Any:
    """`points`: member → proposal → total (a decimal as text); the rest by proposal, where an example needs it."""
    points: Mapping[str, Mapping[str, Any]] = given["points"]
    names = dict.fromkeys(name for mine in points.values() for name in mine)
    themes = given.get("themes", {})
    question = {
        "cap": definition.calls[-1].cap.value,
        "proposals": [_proposal(name, given) for name in names],
        "members": list(points),
        "sheets": {
            member: {name: {"total": total, "themes": themes.get(member, {}).get(name)} for name, total in mine.items()}
            for member, mine in points.items()
        },
        "orders": given.get("orders", {}),
        "committee_decision": given.get("committee"),
    }
    return asked(definition, answer_select, question)


def _proposal(name: str, given: Given) -> dict[str, Any]:
    def of(key: str, default: Any = None) -> Any:
        return given.get(key, {}).get(name, default)

    return {
        "id": name,
        "applicant": of("applicants", name),
        "estimate": of("estimates", ESTIMATE),
        "stage1": of("stage1"),
        "withdrawn": WHEN.get(of("withdrawn")),
        "disqualified": WHEN.get(of("disqualified")),
        "estimate_unsuitable": name in given.get("unsuitable", ()),
    }


def _winner(definition: Any, given: Given) -> str:
    found = _select(definition, given)
    return str(found["winner"] or say("selection", "status", found["status"], {}))


def _why_not(definition: Any, given: Given) -> str | None:
    code = _select(definition, given)["not_selectable"].get(given["of"])
    return None if code is None else say("selection", "not_selectable", code, {})


def _gap(definition: Any, given: Given) -> list[str]:
    found = _select(definition, given)["incomplete"]
    return [
        f"{gap['member']} {gap['proposal'] or ''}：{say('selection', 'gaps', gap['why'], {})}".replace(" ：", "：")
        for gap in found
    ]


def _of_table(key: str) -> Example:
    def of(definition: Any, given: Given) -> Any:
        return _select(definition, given)["table"][given["of"]][key]

    return of


def _invited(definition: Any, given: Given) -> list[str]:
    return list(_shortlisted(definition, given)["invited"])


def _margin(definition: Any, given: Given) -> Any:
    return _shortlisted(definition, given)["narrow_margin"]


def _shortlisted(definition: Any, given: Given) -> Any:
    qualified = [{"id": name, "stage1": points} for name, points in given["points"].items()]
    return asked(definition, answer_shortlist, {"qualified": qualified})


def _received(definition: Any, given: Given) -> str:
    question = {
        "kind": KINDS[given.get("kind", "書類")],
        "deadline": _instant(given["deadline"]),
        "received_at": _instant(given["arrived"]),
        "channel": CHANNEL_NAMES[given["channel"]],
    }
    why = asked(definition, answer_receipt, question)["why"]
    return "受け付ける" if why is None else say("selection", "receipt", why, {})


def _instant(written: Any) -> str:
    return str(written).replace(" ", "T") + "+09:00"


def _warned(definition: Any, given: Given) -> list[str]:
    question = {"clock": "explanation", "notice_date": str(given["notice"])}
    found = asked(definition, answer_window, question)["warnings"]
    return [say("selection", "steps", code, {}) for code in found]


SELECTION_EXAMPLES: dict[str, Example] = {
    "選定：候補者": _winner,
    "選定：順": lambda definition, given: list(_select(definition, given)["order"]),
    "選定：並んだ提案": lambda definition, given: list(_select(definition, given)["tied"]),
    "選定：候補者にならないわけ": _why_not,
    "選定：採点がそろわないところ": _gap,
    "選定：順位の合計": _of_table("rank_sum"),
    "選定：委員の付けた順位": _of_table("ranks"),
    "選定：合計点": _of_table("total"),
    "選定：平均": _of_table("mean"),
    "公募：しぼった結果": _invited,
    "公募：もれた者との差": _margin,
    "公募：受け付ける": _received,
    "公募：説明の期間の知らせ": _warned,
}
