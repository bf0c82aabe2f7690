"""The `select` question from JSON. Every fault at once, each with its path."""

from yui.engine.exact import Exact, exact, yen
from yui.engine.faults import Faults
from yui.engine.profile import Selection, needed
from yui.engine.reading import LARGEST, LONGEST_ID, Log, Obj, Pairs, Path, obj, text
from yui.engine.selection.types import MOMENTS, Proposal, Question, Sheet

KNOWN = frozenset({"profile", "cap", "proposals", "members", "sheets", "orders", "committee_decision"})
PROPOSAL = frozenset(
    {"id", "applicant", "estimate", "stage1", "withdrawn", "disqualified", "estimate_unsuitable"}
)  # fmt: skip
SHEET = frozenset({"total", "items", "themes"})
Ids = frozenset[str] | None
"""Known ids; None where nothing can be said about them."""

SHOWN = 60
"""Characters of a strange key that a fault repeats."""


def read_question(given: object) -> Question:
    """Read one question. Raises Faults."""
    log = Log()
    root = obj(given, (), log, KNOWN)
    if root is None:
        raise Faults(log.faults)
    profile = needed(root, "selection")
    if profile is None or profile.selection is None:
        log.raise_if_any()
        raise AssertionError("a profile that cannot be read is a fault")
    rules = profile.selection
    cap = yen(root.data["cap"], root.at("cap"), log) if root.has("cap") else None
    proposals = _proposals(root, rules)
    members = _members(root)
    ids, names = _listed(root, "proposals", "id"), _listed(root, "members", None)
    sheets = _sheets(root, rules, names, ids)
    orders = _orders(root, names, ids)
    decision = named(root.data["committee_decision"], root.at("committee_decision"), log) if root.has(
        "committee_decision"
    ) else None  # fmt: skip
    if decision is not None and ids is not None and decision not in ids:
        log.fault(root.at("committee_decision"), "unknown_id", id=short(decision))
    log.raise_if_any()
    return Question(
        profile, rules, cap, tuple(sorted(proposals, key=lambda one: one.id)), tuple(sorted(members)), sheets, orders,
        decision, tuple(sorted(log.ignored)),
    )  # fmt: skip


def named(value: object, path: Path, log: Log) -> str | None:
    """An id: text of 1 to 200 characters."""
    if isinstance(value, str) and value.isascii() and 0 < len(value) <= LONGEST_ID:
        return value
    made = text(value, path, log)
    if made is None:
        return None
    if not made:
        log.fault(path, "empty_text")
        return None
    if len(made) > LONGEST_ID:
        log.fault(path, "id_too_long", most=LONGEST_ID)
        return None
    return made


def _listed(root: Obj, key: str, inner: str | None) -> frozenset[str] | None:
    """Every id that a list names, were it beside other faults; None where there is no list to look into."""
    listed = root.data.get(key)
    if not isinstance(listed, list):
        return None
    ids = [one.get(inner) if isinstance(one, dict) else None for one in listed] if inner else listed
    return frozenset(one for one in ids if isinstance(one, str))


def short(name: str) -> str:
    """A strange name as a fault repeats it."""
    return name if len(name) <= SHOWN else name[:SHOWN] + "…"


def once(ids: list[tuple[str, Path]], log: Log) -> None:
    """A fault for each id that stood earlier in the same list."""
    seen: set[str] = set()
    for name, path in ids:
        if name in seen:
            log.fault(path, "twice", id=short(name))
        seen.add(name)


def _members(root: Obj) -> list[str]:
    if not root.has("members"):
        root.log.fault(root.at("members"), "missing")
        return []
    made = root.each("members", lambda value, path, log: _placed(named(value, path, log), path))
    if not made and root.data["members"] == []:
        root.log.fault(root.at("members"), "empty_list")
    once(made, root.log)
    return [name for name, _ in made]


def _placed(name: str | None, path: Path) -> tuple[str, Path] | None:
    return None if name is None else (name, path)


def _proposals(root: Obj, rules: Selection) -> list[Proposal]:
    if not root.has("proposals"):
        root.log.fault(root.at("proposals"), "missing")
        return []
    made = root.each("proposals", lambda value, path, log: _proposal(value, path, log, rules))
    once([(one.id, path) for one, path in made], root.log)
    return [one for one, _ in made]


def _proposal(value: object, path: Path, log: Log, rules: Selection) -> tuple[Proposal, Path] | None:
    one = obj(value, path, log, PROPOSAL)
    if one is None:
        return None
    before = len(log.faults)
    name, applicant = needed_name(one, "id"), needed_name(one, "applicant")
    if one.has("estimate"):
        estimate = yen(one.data["estimate"], one.at("estimate"), log)
    else:
        estimate = None
        log.fault(one.at("estimate"), "missing")
    withdrawn, disqualified = one.text("withdrawn", one_of=MOMENTS), one.text("disqualified", one_of=MOMENTS)
    stage1: Exact | None = None
    if one.has("stage1"):
        stage1 = exact(one.data["stage1"], one.at("stage1"), log, least=0, most=rules.stage1 or None)
        stage1 = stage1 if rules.stage1 is not None else None
    elif rules.stage1 is not None and "before_notice" not in (withdrawn, disqualified):
        log.fault(one.at("stage1"), "missing")
    unsuitable = one.boolean("estimate_unsuitable") or False
    if len(log.faults) > before or name is None or applicant is None or estimate is None:
        return None
    made = Proposal(name, applicant, estimate, stage1, withdrawn, disqualified, unsuitable)  # type: ignore[arg-type]
    return made, (*path, "id")


def needed_name(one: Obj, key: str) -> str | None:
    """The id at a key that must be there."""
    if not one.has(key):
        one.log.fault(one.at(key), "missing")
        return None
    return named(one.data[key], one.at(key), one.log)


def _sheets(root: Obj, rules: Selection, members: Ids, ids: Ids) -> dict[str, dict[str, Sheet]]:
    outer = root.obj("sheets", None)
    made: dict[str, dict[str, Sheet]] = {}
    for member in outer.data if outer else ():
        assert outer is not None
        if members is not None and member not in members:
            root.log.fault((*outer.path, short(member)), "unknown_id", id=short(member))
            continue
        inner = outer.obj(member, None)
        if inner is None:
            continue
        made[member] = {}
        for proposal, value in inner.data.items():
            if ids is not None and proposal not in ids:
                root.log.fault((*inner.path, short(proposal)), "unknown_id", id=short(proposal))
            elif value is not None:
                sheet = _sheet(value, (*inner.path, proposal), root.log, rules)
                if sheet is not None:
                    made[member][proposal] = sheet
    return made


def _sheet(value: object, path: Path, log: Log, rules: Selection) -> Sheet | None:
    if isinstance(value, dict) and len(value) == 1 and not _twice(value):
        only = value.get("total")
        if type(only) is int and abs(only) <= LARGEST:
            return _in_range(only, None, rules)
    one = obj(value, path, log, SHEET)
    if one is None:
        return None
    total = exact(one.data["total"], one.at("total"), log) if one.has("total") else None
    themes = exact(one.data["themes"], one.at("themes"), log) if one.has("themes") else None
    if not one.has("items"):
        return _in_range(total, themes, rules)
    items = one.obj("items", frozenset(rules.points))
    if items is None:
        return None
    points = {code: exact(items.data[code], items.at(code), log) for code in rules.points if items.has(code)}
    if len(points) < len(rules.points):
        return Sheet(None, None, "blank")
    if any(value is None or not 0 <= value <= rules.points[code] for code, value in points.items()):
        return Sheet(None, None, "out_of_range")
    known = {code: value for code, value in points.items() if value is not None}
    summed, on_themes = sum(known.values()), sum(known[code] for code in rules.themes)
    if total is not None and total != summed:
        log.fault(one.at("total"), "not_the_sum", key="items")
    if rules.themes and themes is not None and themes != on_themes:
        log.fault(one.at("themes"), "not_the_sum", key="items")
    return Sheet(summed, on_themes if rules.themes else None)


def _twice(value: object) -> bool:
    """Whether a key was given more than once."""
    return isinstance(value, Pairs) and bool(value.twice)


def _in_range(total: Exact | None, themes: Exact | None, rules: Selection) -> Sheet:
    if total is None:
        return Sheet(None, None, "blank")
    if not 0 <= total <= rules.full:
        return Sheet(None, None, "out_of_range")
    if not rules.themes:
        return Sheet(total, None)
    if themes is not None and not 0 <= themes <= min(total, sum(rules.themes.values())):
        return Sheet(None, None, "out_of_range")
    return Sheet(total, themes)


def _all_once(given: object, ids: Ids) -> bool:
    """The common case: a list of listed ids, each once."""
    if ids is None or not isinstance(given, list):
        return False
    if not all(isinstance(name, str) and name in ids for name in given):
        return False
    return len(set(given)) == len(given)


def _orders(root: Obj, members: Ids, ids: Ids) -> dict[str, tuple[str, ...]]:
    outer = root.obj("orders", None)
    made: dict[str, tuple[str, ...]] = {}
    for member in outer.data if outer else ():
        assert outer is not None
        if members is not None and member not in members:
            root.log.fault((*outer.path, short(member)), "unknown_id", id=short(member))
            continue
        given = outer.data[member]
        if _all_once(given, ids):
            assert isinstance(given, list)
            made[member] = tuple(given)
            continue
        listed = outer.each(member, lambda value, path, log: _placed(named(value, path, log), path))
        once(listed, root.log)
        for name, path in listed:
            if ids is not None and name not in ids:
                root.log.fault(path, "unknown_id", id=short(name))
        made[member] = tuple(name for name, _ in listed)
    return made
