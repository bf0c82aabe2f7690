"""The questions that examples.yaml may put to a call. Pure; every answer is exact."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from yui.base.definitions.schema import Example, ExampleFault, by_key, exact
from yui.engine.profile.types import Deposit
from yui.engine.selection import deposit
from yui.office.calls.schedule import TOKYO, answer_ends, asking_ends, day_of, in_time


def _call(definition: Any, given: Mapping[str, Any]) -> Any:
    for call in definition.calls:
        if given.get("call") in (None, call.key):
            return call
    raise ExampleFault("この公募はありません。")


def _named(items: Any, name: str, what: str) -> Any:
    for item in items:
        if name in (item.key, item.name):
            return item
    raise ExampleFault(f"{what}「{name}」はありません。")


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _in_time(definition: Any, given: Mapping[str, Any]) -> bool:
    call = _call(definition, given)
    moment = _named(call.schedule, given["name"], "日程")
    arrived = datetime.fromisoformat(str(given["arrived"])).replace(tzinfo=TOKYO)
    return in_time(moment.closes.value, arrived, last_instant_in=call.submission.last_instant_in.value)


def _when(definition: Any, given: Mapping[str, Any]) -> str:
    moment = _named(_call(definition, given).schedule, given["name"], "日程")
    written: str = moment.closes.value
    day = day_of(written)
    return written if day is None else day.isoformat()


def _copies(definition: Any, given: Mapping[str, Any]) -> int | None:
    copies = _named(_call(definition, given).papers, given["name"], "書類").copies
    return copies.value if copies else None


def _form(definition: Any, given: Mapping[str, Any]) -> str | None:
    form = _named(_call(definition, given).papers, given["name"], "書類").form
    return form.value if form else None


def _points(definition: Any, given: Mapping[str, Any]) -> int:
    call = _call(definition, given)
    if "group" in given:
        return int(_named(call.criteria, given["group"], "分類").points.value)
    if "stage" in given:
        return sum(group.points.value for group in call.criteria if group.stage == given["stage"])
    return int(call.selection.full_marks.value)


def _reaches_floor(definition: Any, given: Mapping[str, Any]) -> bool:
    """``points``: each member's points for one proposal, whole or decimals as text."""
    selection = _call(definition, given).selection
    points = [exact(one) for one in given["points"]]
    floor = selection.floor
    if floor.measured.value == "mean_of_members":
        return sum(points) / len(points) >= exact(floor.share.value) * floor.of_points.value
    reached = sum(1 for one in points if one >= floor.points.value)
    return 2 * reached > len(points)


def _tie(definition: Any, given: Mapping[str, Any]) -> str:
    for tie in _call(definition, given).selection.ties:
        if tie.order == given["order"]:
            return str(tie.rule)
    raise ExampleFault(f"同点のときの{given['order']}番目の決まりはありません。")


def _cut(definition: Any, given: Mapping[str, Any]) -> bool:
    shortlist = _call(definition, given).selection.shortlist
    return shortlist is not None and given["qualified"] >= shortlist.from_number.value


def _window(definition: Any, given: Mapping[str, Any]) -> Any:
    notice = _named(_call(definition, given).notices, given["name"], "通知")
    if notice.explanation is None:
        raise ExampleFault(f"通知「{given['name']}」に、説明を求める期間はありません。")
    return notice.explanation


def _asking_ends(definition: Any, given: Mapping[str, Any]) -> str:
    return asking_ends(_day(given["notice"]), _window(definition, given)).isoformat()


def _answer_ends(definition: Any, given: Mapping[str, Any]) -> str:
    return answer_ends(_day(given["notice"]), _window(definition, given)).isoformat()


def _deposit(definition: Any, given: Mapping[str, Any]) -> int:
    rule = _call(definition, given).deposit
    local = exact(rule.local_share.value) if rule.local_share else None
    least = Deposit(exact(rule.share.value), local, rule.rounding.value)
    return deposit(given["amount"], least, local=bool(given.get("local")))


def _within_cap(definition: Any, given: Mapping[str, Any]) -> bool:
    return bool(given["estimate"] <= _call(definition, given).cap.value)


def _eligible(definition: Any, given: Mapping[str, Any]) -> bool:
    """``holds``: the keys of the requirements that hold."""
    known = by_key(_call(definition, given).eligibility)
    unknown = set(given["holds"]) - set(known)
    if unknown:
        raise ExampleFault(f"参加資格に {'、'.join(sorted(unknown))} はありません。")
    return set(known) == set(given["holds"])


EXAMPLES: dict[str, Example] = {
    "公募：期限に間に合う": _in_time,
    "公募：日程": _when,
    "公募：提出部数": _copies,
    "公募：様式": _form,
    "公募：配点": _points,
    "公募：最低基準に届く": _reaches_floor,
    "公募：同点のとき": _tie,
    "公募：提案者をしぼる": _cut,
    "公募：説明を求められる最後の日": _asking_ends,
    "公募：説明の回答の最後の日": _answer_ends,
    "公募：契約保証金": _deposit,
    "公募：上限額に収まる": _within_cap,
    "公募：参加資格がある": _eligible,
}
