"""A profile from JSON: by the name of a shipped one, or an object of the same shape. Every fault with its path."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from yui.engine.calendar.given import clock
from yui.engine.calendar.windows import WindowRule
from yui.engine.exact import share
from yui.engine.faults import Faults
from yui.engine.profile.read_expenses import read_expenses, read_honorarium
from yui.engine.profile.read_selection import read_selection
from yui.engine.profile.types import CHANNELS, PAPER_KINDS, Counter, Deposit, Profile, Receipt, Shortlist
from yui.engine.reading import LARGEST, Log, Obj, Path, obj, text

NAMES = ("kurihara", "sanda", "unnan")
"""The shipped profiles, one file each in `shipped/`, written from the definitions of these authorities."""

PARTS = ("selection", "shortlist", "windows", "receipt", "deposit", "honorarium", "expenses")
KNOWN = frozenset({"name", "title", *PARTS, "steps", "ignored"})
"""`steps` and `ignored` stand in what `yui engine profile` prints; they carry no rule."""

MOST_DAYS = 366


@cache
def shipped(name: str) -> Mapping[str, object]:
    """The data of a shipped profile. KeyError for any other name."""
    if name not in NAMES:
        raise KeyError(name)
    made: Mapping[str, object] = json.loads(files(__package__).joinpath("shipped", f"{name}.json").read_text("utf-8"))
    return made


@cache
def shipped_profile(name: str) -> Profile:
    """A shipped profile, read once. KeyError for any other name."""
    log = Log()
    made = read_object(shipped(name), (), log)
    log.raise_if_any()
    assert made is not None
    return made


def read_profile(value: object, path: Path, log: Log) -> Profile | None:
    """A name or an object; None after a fault."""
    if value is None:
        log.fault(path, "missing")
        return None
    if not isinstance(value, str):
        return read_object(value, path, log)
    if value not in NAMES:
        log.fault(path, "not_one_of", choices=", ".join(NAMES))
        return None
    return shipped_profile(value)


def needed(asked: Obj, part: str) -> Profile | None:
    """The profile of a question, which must have the named part; None after a fault."""
    made = read_profile(asked.data.get("profile"), asked.at("profile"), asked.log)
    if made is not None and getattr(made, part) is None:
        asked.log.fault(asked.at("profile"), "no_such_rules", part=part)
        return None
    return made


def read_object(value: object, path: Path, log: Log) -> Profile | None:
    """An object of the published shape. A part that is absent or null is a rule that the document does not have."""
    root = obj(value, path, log, KNOWN)
    if root is None:
        return None
    before = len(log.faults)
    name = root.text("name", required=True)
    selection, shortlist = root.obj("selection", None), root.obj("shortlist", frozenset({"at_least", "choose"}))
    honorarium, expenses = root.obj("honorarium", None), root.obj("expenses", None)
    table = None if honorarium is None else read_honorarium(honorarium)
    made = Profile(
        name=name or "",
        title=root.text("title") or name or "",
        selection=None if selection is None else read_selection(selection),
        shortlist=None if shortlist is None else _shortlist(shortlist),
        windows=_windows(root),
        receipt=_receipts(root),
        deposit=_deposit(root),
        honorarium=table,
        expenses=None if expenses is None else read_expenses(expenses, table is not None),
    )
    return None if len(log.faults) > before else made


def _shortlist(given: Obj) -> Shortlist:
    at_least = given.integer("at_least", least=1, most=LARGEST, required=True) or 1
    choose = given.integer("choose", least=1, most=LARGEST, required=True) or 1
    return Shortlist(at_least, choose)


def _windows(root: Obj) -> Mapping[str, WindowRule] | None:
    inner = root.obj("windows", None)
    if inner is None:
        return None
    made: dict[str, WindowRule] = {}
    for name in sorted(inner.data):
        one = inner.obj(name, frozenset({"ask_days", "answer_days", "starts", "closed_days"}))
        if one is not None:
            made[name] = _window(one)
    return made or None


def _window(given: Obj) -> WindowRule:
    starts = given.text("starts", one_of=("day_after_notice", "day_of_notice"))
    closed = given.text("closed_days", one_of=("counted", "left_out", "moved_on"))
    return WindowRule(
        given.integer("ask_days", least=1, most=MOST_DAYS, required=True) or 1,
        given.integer("answer_days", least=1, most=MOST_DAYS, required=True) or 1,
        "day_of_notice" if starts == "day_of_notice" else "day_after_notice",
        "left_out" if closed == "left_out" else "moved_on" if closed == "moved_on" else "counted",
    )


def _receipts(root: Obj) -> Mapping[str, Receipt] | None:
    inner = root.obj("receipt", frozenset(PAPER_KINDS))
    if inner is None:
        return None
    made: dict[str, Receipt] = {}
    for kind in PAPER_KINDS:
        one = inner.obj(kind, frozenset({"channels", "counter"}))
        if one is not None:
            if not one.has("channels"):
                one.log.fault(one.at("channels"), "missing")
            made[kind] = Receipt(tuple(one.each("channels", _channel)), _counter(one))
    return made or None


def _channel(value: object, path: Path, log: Log) -> str | None:
    made = text(value, path, log)
    if made is not None and made not in CHANNELS:
        log.fault(path, "not_one_of", choices=", ".join(CHANNELS))
        return None
    return made


def _counter(given: Obj) -> Counter | None:
    one = given.obj("counter", frozenset({"opens", "closes", "last_day"}))
    if one is None:
        return None
    opens = clock(one.data.get("opens"), one.at("opens"), one.log)
    closes = clock(one.data.get("closes"), one.at("closes"), one.log)
    last = clock(one.data["last_day"], one.at("last_day"), one.log) if one.has("last_day") else closes
    if opens is None or closes is None or last is None:
        return None
    if not opens < closes:
        one.log.fault(one.at("closes"), "reversed")
    return Counter(opens, closes, last)


def _deposit(root: Obj) -> Deposit | None:
    one = root.obj("deposit", frozenset({"share", "local_share", "rounding"}))
    if one is None:
        return None
    made = share(one.data.get("share"), one.at("share"), one.log)
    local = share(one.data["local_share"], one.at("local_share"), one.log) if one.has("local_share") else None
    rounding = one.text("rounding", one_of=("up", "down"))
    return None if made is None else Deposit(made, local, "down" if rounding == "down" else "up")


def profile_named(name: str) -> Mapping[str, object]:
    """The data of a shipped profile for the command line. Raises Faults for any other name."""
    log = Log()
    if name not in NAMES:
        log.fault((name,), "not_one_of", choices=", ".join(NAMES))
        raise Faults(log.faults)
    return shipped(name)
