"""The `window` and `receipt` questions: until when an explanation may be asked for; whether papers came in time."""

from datetime import date, datetime

from yui.engine.calendar.counting import is_working_day
from yui.engine.calendar.given import day, instant
from yui.engine.calendar.windows import window
from yui.engine.calendar.written import wareki_with_weekday
from yui.engine.faults import Faults
from yui.engine.profile import Profile, channel_name, needed
from yui.engine.profile.types import CHANNELS, PAPER_KINDS, Receipt
from yui.engine.reading import Log, Obj, obj
from yui.engine.steps import Step, told

ORGAN = "selection"


def answer_window(question: object) -> dict[str, object]:
    """Raises Faults."""
    root = _root(question, frozenset({"profile", "clock", "notice_date"}))
    profile = needed(root, "windows")
    clock = root.text("clock", required=True)
    notice = _day(root, "notice_date")
    rule = None if profile is None or profile.windows is None or clock is None else profile.windows.get(clock)
    if profile is not None and profile.windows is not None and clock is not None and rule is None:
        root.log.fault(root.at("clock"), "not_one_of", choices=", ".join(profile.windows))
    root.log.raise_if_any()
    assert rule is not None and notice is not None
    found = window(notice, rule)
    warnings = [
        code
        for code, end in (
            ("ask_until_not_a_working_day", found.ask_until),
            ("answer_by_not_a_working_day", found.answer_by),
        )
        if not is_working_day(end)
    ]
    steps = [
        Step(f"asking_{rule.starts}", {
            "notice": wareki_with_weekday(notice), "days": rule.ask_days, "first": wareki_with_weekday(found.ask_from),
            "last": wareki_with_weekday(found.ask_until),
        }),
        Step("answering", {
            "days": rule.answer_days, "asked": wareki_with_weekday(found.ask_until),
            "last": wareki_with_weekday(found.answer_by),
        }),
        Step(f"closed_days_{rule.closed_days}", {}),
        *(Step(code, {}) for code in warnings),
    ]  # fmt: skip
    return {
        "ask_from": found.ask_from.isoformat(),
        "ask_until": found.ask_until.isoformat(),
        "answer_by": found.answer_by.isoformat(),
        "warnings": warnings,
        "steps": told(ORGAN, steps),
        "ignored": sorted(root.log.ignored),
    }


def answer_receipt(question: object) -> dict[str, object]:
    """Raises Faults."""
    root = _root(question, frozenset({"profile", "kind", "deadline", "received_at", "channel"}))
    profile = needed(root, "receipt")
    kind = root.text("kind", one_of=PAPER_KINDS) or "papers"
    channel = root.text("channel", one_of=CHANNELS, required=True)
    deadline, received = _instant(root, "deadline"), _instant(root, "received_at")
    rule = _rule(profile, kind)
    if profile is not None and profile.receipt is not None and rule is None:
        root.log.fault(root.at("kind"), "no_such_rules", part=f"receipt.{kind}")
    root.log.raise_if_any()
    assert rule is not None and channel is not None and deadline is not None and received is not None
    why = refusal(rule, channel, deadline, received)
    told_at = {"received": _written(received), "deadline": _written(deadline)}
    steps = [Step("channel_allowed" if why != "channel_not_allowed" else why, {
        "channel": channel_name(channel), "channels": [channel_name(code) for code in rule.channels],
    })]  # fmt: skip
    if why != "channel_not_allowed":
        steps.append(Step("late" if why == "late" else "in_time", told_at))
    if why in (None, "counter_closed") and channel == "hand":
        steps.append(Step(*_counter_step(rule, why, deadline, received)))
    return {
        "accepted": why is None,
        "why": why,
        "steps": told(ORGAN, steps),
        "ignored": sorted(root.log.ignored),
    }


def refusal(rule: Receipt, channel: str, deadline: datetime, received: datetime) -> str | None:
    """None where it is accepted. Instants are in the time of Tokyo, down to the second."""
    if channel not in rule.channels:
        return "channel_not_allowed"
    if received > deadline:
        return "late"
    counter = rule.counter
    if channel != "hand" or counter is None:
        return None
    closes = counter.last_day if received.date() == deadline.date() else counter.closes
    open_now = is_working_day(received.date()) and counter.opens <= received.timetz().replace(tzinfo=None) <= closes
    return None if open_now else "counter_closed"


def _counter_step(
    rule: Receipt, why: str | None, deadline: datetime, received: datetime
) -> tuple[str, dict[str, object]]:
    counter = rule.counter
    if counter is None:
        return "counter_not_ruled", {}
    closes = counter.last_day if received.date() == deadline.date() else counter.closes
    values: dict[str, object] = {
        "opens": f"{counter.opens:%H:%M}",
        "closes": f"{closes:%H:%M}",
        "received": _written(received),
    }
    return ("counter_closed" if why else "counter_open"), values


def _rule(profile: Profile | None, kind: str) -> Receipt | None:
    return None if profile is None or profile.receipt is None else profile.receipt.get(kind)


def _written(moment: datetime) -> str:
    return f"{wareki_with_weekday(moment.date())} {moment:%H:%M:%S}"


def _root(question: object, known: frozenset[str]) -> Obj:
    log = Log()
    root = obj(question, (), log, known)
    if root is None:
        raise Faults(log.faults)
    return root


def _day(root: Obj, key: str) -> date | None:
    if not root.has(key):
        root.log.fault(root.at(key), "missing")
        return None
    return day(root.data[key], root.at(key), root.log)


def _instant(root: Obj, key: str) -> datetime | None:
    if not root.has(key):
        root.log.fault(root.at(key), "missing")
        return None
    return instant(root.data[key], root.at(key), root.log)
