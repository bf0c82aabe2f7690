"""The `verify` question as JSON in, JSON out: what `yui engine verify` prints. It shares only types and reading with
what it checks."""

from yui.engine.matching.verification.claims import Case, read_case
from yui.engine.matching.verification.columns import columns, held_pairs, weightless
from yui.engine.matching.verification.findings import ORGAN, Finding, lines
from yui.engine.matching.verification.lottery import check_lottery, persons_in_line
from yui.engine.matching.verification.places import check_persons, check_sizes, check_told, places
from yui.engine.matching.verification.stable import check_stability
from yui.engine.matching.verification.ties import check_ties
from yui.engine.matching.verification.welfare import check_prices, check_value
from yui.engine.sentences import say


def answer_verify(question: object) -> dict[str, object]:
    """Raises Faults."""
    return verify(read_case(question))


def verify(case: Case) -> dict[str, object]:
    """Check an answer; each finding is one line."""
    question, claims = case.question, case.claims
    seen, line = places(question, claims), persons_in_line(question)
    stable = question.track == "stable"
    checks: dict[str, list[Finding]] = {
        "checked_persons": list(check_persons(question, claims, set() if stable else weightless(question, claims))),
        "checked_sizes": list(check_sizes(question, seen)),
        "checked_told": list(check_told(question, claims, seen)),
        "checked_lottery": list(check_lottery(question, claims, line)),
    }
    unchecked = []
    if stable:
        checks["checked_stability"] = list(check_stability(question, claims, seen))
    else:
        held = held_pairs(question, seen)
        checks["checked_value"] = list(check_value(question, claims, held))
        if claims.prices is None:
            unchecked.append("unchecked_maximum")
        else:
            pairs = columns(question, claims.prices, seen, held)
            checks["checked_maximum"] = list(check_prices(question, claims.prices, seen, pairs))
            checks["checked_ties"] = list(check_ties(question, claims.prices, seen, pairs, line))
    findings = lines(one for some in checks.values() for one in some)
    steps: list[tuple[str, dict[str, object]]] = [(rule, {"findings": len(some)}) for rule, some in checks.items()]
    steps += [(rule, {}) for rule in unchecked]
    return {
        "ok": not findings,
        "findings": findings,
        "steps": [
            {"rule": rule, "says": say(ORGAN, "steps", rule, values), "values": values} for rule, values in steps
        ],
        "ignored": list(case.ignored),
    }
