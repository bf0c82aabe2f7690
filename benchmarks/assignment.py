"""The question ``assign``: deferred acceptance, the exact maximum and the checker, against OR-Tools where it is installed."""

from collections.abc import Callable
from importlib.util import find_spec
from random import Random

from benchmarks.timing import median_ms
from yui.engine.matching.assignment import answer_assign, read_question, solver
from yui.engine.matching.assignment.deferred import Asking, asking
from yui.engine.matching.assignment.insertion import Insertion
from yui.engine.matching.assignment.market import Market, market
from yui.engine.matching.assignment.network import network
from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.verification import answer_verify

Row = tuple[str, ...]


def question(persons: int, programs: int, wishes: int, *, track: str, regions: int = 0) -> dict:
    """A random town: popular and unpopular programmes, weights 1 to 1000, from a fixed seed."""
    chance = Random(7)
    names = [f"A{n}" for n in range(programs)]
    weights = [1 / (n + 1) ** 0.7 for n in range(programs)]
    asked = {"track": track, "persons": {}, "programs": {}, "weights": {}, "lottery": {"seed": "bench"}}
    for n in range(persons):
        mine = list(dict.fromkeys(chance.choices(names, weights, k=3 * wishes)))[:wishes]
        asked["persons"][f"p{n}"] = {"prefs": mine}
        if track == "welfare":
            asked["weights"] |= {f"p{n}|{a}": chance.randint(1, 1000) for a in mine}
    for n, name in enumerate(names):
        asked["programs"][name] = {"cap": chance.randint(1, 2 * persons // programs)}
        if regions:
            asked["programs"][name] |= {"region": f"r{n % regions}", "target": asked["programs"][name]["cap"] // 2}
    if regions:
        asked["regions"] = {f"r{n}": {"cap": persons * 4 // 5 // regions} for n in range(regions)}
    return asked


def row(name: str, ours: Callable, peer: Callable | None) -> Row:
    """One line of the table."""
    mine = median_ms(ours, runs=3)
    if peer is None:
        return name, f"{mine:.0f} ms", "not installed", ""
    theirs = median_ms(peer, runs=3)
    return name, f"{mine:.0f} ms", f"{theirs:.0f} ms", f"{mine / theirs:.2f} ×"


def run() -> tuple[str, Row, list[Row]]:
    """The matching alone on the stable track; the maximum alone, then whole answers and their verification."""
    rows = []
    for persons, programs in ((10_000, 50), (10_000, 300)):
        plain, capped = (
            market(asked, Orders(asked))
            for asked in (read_question(question(persons, programs, 10, track="stable", regions=r)) for r in (0, 10))
        )
        name = f"deferred acceptance {persons} × {programs} × 10, regional caps against none"
        rows.append(row(name, lambda m=capped: Asking(m, m.caps), lambda m=plain: Asking(m, m.caps)))
    plain, capped = (large_market(r) for r in (0, 10))
    name = "deferred acceptance 100000 × 1000 × 20"
    rows.append(
        row(
            f"{name}, compiled tier against plain", lambda: asking(plain, plain.caps), lambda: Asking(plain, plain.caps)
        )
    )
    rows.append(
        row(
            f"{name}, regional caps against none",
            lambda: asking(capped, capped.caps),
            lambda: asking(plain, plain.caps),
        )
    )
    for persons, programs, wishes in ((1000, 50, 10), (3000, 100, 20)):
        asked = question(persons, programs, wishes, track="welfare")
        parsed = read_question(asked)
        net = network(parsed, Orders(parsed)).without(frozenset(), minima=False)
        everyone = [p for p, most in enumerate(net.most) for _ in range(most)]
        bare = (lambda net=net: solver.maximum(net)) if find_spec("ortools") else None
        size = f"{persons} × {programs} × {wishes}"
        rows.append(
            row(f"maximum {size}, insertion against OR-Tools", lambda n=net, e=everyone: Insertion(n).enter(e), bare)
        )
        rows.append(row(f"whole answer {size} against OR-Tools alone", lambda q=asked: answer_assign(q), bare))
        case = {"instance": asked, "answer": answer_assign(asked)}
        rows.append(row(f"verification {size} against OR-Tools alone", lambda c=case: answer_verify(c), bare))
    title = "assign: who goes where (median of 3)"
    return title, ("job", "yui", "peer", "ratio"), rows


def large_market(regions: int) -> Market:
    """100,000 persons, 1,000 programmes, 20 wishes each, as dense lists."""
    asked = read_question(question(100_000, 1000, 20, track="stable", regions=regions))
    return market(asked, Orders(asked))
