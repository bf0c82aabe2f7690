"""The `shortlist` question: about how many of the qualified are invited to write a proposal."""

from yui.engine.exact import Exact, exact, written_exactly
from yui.engine.faults import Faults
from yui.engine.profile import Profile, needed
from yui.engine.reading import Log, Path, obj
from yui.engine.selection.read import needed_name, once
from yui.engine.steps import Step, told

ORGAN = "selection"


def answer_shortlist(question: object) -> dict[str, object]:
    """Raises Faults."""
    log = Log()
    root = obj(question, (), log, frozenset({"profile", "qualified"}))
    if root is None:
        raise Faults(log.faults)
    profile = needed(root, "shortlist")
    if not root.has("qualified"):
        log.fault(root.at("qualified"), "missing")
    full = profile.selection.stage1 if profile is not None and profile.selection is not None else None
    read = root.each("qualified", lambda value, path, log: _qualified(value, path, log, full))
    once([(name, (*path, "id")) for name, _, path in read], log)
    log.raise_if_any()
    assert profile is not None
    return _shortlist(profile, {name: points for name, points, _ in read}) | {"ignored": sorted(log.ignored)}


def invited(points: dict[str, Exact], at_least: int, choose: int) -> list[str]:
    """Best first. From `at_least` on, those down to the points of the `choose`-th; all where there are fewer."""
    best_first = sorted(points, key=lambda name: (-points[name], name))
    if len(points) < at_least or len(points) <= choose:
        return best_first
    last = points[best_first[choose - 1]]
    return [name for name in best_first if points[name] >= last]


def _shortlist(profile: Profile, points: dict[str, Exact]) -> dict[str, object]:
    rule = profile.shortlist
    assert rule is not None
    chosen = invited(points, rule.at_least, rule.choose)
    left = sorted(points.keys() - set(chosen), key=lambda name: (-points[name], name))
    margin = written_exactly(points[chosen[-1]] - points[left[0]]) if left else None
    values = {"qualified": len(points), "at_least": rule.at_least, "choose": rule.choose}
    steps = [Step("stage1_points", {"points": {name: written_exactly(points[name]) for name in [*chosen, *left]}})]
    steps.append(Step("shortlist_from" if len(points) >= rule.at_least else "shortlist_not_yet", values))
    if left:
        steps.append(Step("shortlist_cut", {"invited": len(chosen), "left": left, "margin": margin}))
    elif len(chosen) > rule.choose:
        steps.append(Step("shortlist_equal", {"invited": len(chosen), "choose": rule.choose}))
    else:
        steps.append(Step("shortlist_all", {"invited": len(chosen)}))
    return {"invited": chosen, "cut": bool(left), "narrow_margin": margin, "steps": told(ORGAN, steps)}


def _qualified(value: object, path: Path, log: Log, full: int | None) -> tuple[str, Exact, Path] | None:
    one = obj(value, path, log, frozenset({"id", "stage1"}))
    if one is None:
        return None
    name = needed_name(one, "id")
    if not one.has("stage1"):
        log.fault(one.at("stage1"), "missing")
        return None
    points = exact(one.data["stage1"], one.at("stage1"), log, least=0, most=full)
    return None if name is None or points is None else (name, points, path)
