"""The question ``assign``: deferred acceptance, the exact maximum with its checker, and minima, against named peers."""

import statistics
import time
from importlib.util import find_spec
from random import Random

from benchmarks.figures import Figure, table
from benchmarks.timing import cpu, paired
from yui.engine.matching.assignment import assign, read_question, solver
from yui.engine.matching.assignment.flat import FlatAsking
from yui.engine.matching.assignment.market import Market, market
from yui.engine.matching.assignment.network import network
from yui.engine.matching.assignment.orders import Orders
from yui.engine.matching.verification import answer_verify


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


def deferred_acceptance() -> list[Figure]:
    """The matching alone, from lists of numbers; the peer builds its objects and solves, once, for it takes long."""
    asked = question(10_000, 50, 10, track="stable")
    small = market(read_question(asked), Orders(read_question(asked)))
    ours = 1000 * paired(lambda: FlatAsking(small, small.caps), runs=9)[0]
    plain, capped = (large_market(regions) for regions in (0, 10))
    large, regional = paired(lambda: FlatAsking(plain, plain.caps), lambda: FlatAsking(capped, capped.caps), runs=9)
    theirs = _by_matching(small)
    told = "not installed" if theirs is None else f"{ours:.2f} ms, {theirs:.1f} s"
    return [
        Figure("deferred acceptance 10,000 × 50 × 10", "matching 1.4 (one run)", told,
               None if theirs is None else theirs * 1000 / ours, 5_000, 30_000, "×"),
        Figure("100,000 × 1,000 × 20 choices", "absolute", f"{large * 1000:.0f} ms", large * 1000, 100, 15, "ms", most=True),
        Figure("the same with 10 regional caps", "own plain run", f"{regional * 1000:.0f} ms, {large * 1000:.0f} ms",
               regional / large, 3, 1.5, "×", most=True),
    ]  # fmt: skip


def _by_matching(small: Market) -> float | None:
    """Seconds of the library `matching` for the same market; its outcome has to be ours."""
    if find_spec("matching") is None:
        return None
    from matching.games import HospitalResident

    # It takes no hospital that nobody wants, and knows names only.
    wishes = {n: [f"a{a}" for a in mine] for n, mine in enumerate(small.wishes) if mine}
    lines = {f"a{a}": [person for person, _ in line] for a, line in enumerate(small.lines) if line}
    caps = {name: small.caps[int(name[1:])] for name in lines}
    start = time.process_time()
    solution = HospitalResident.create_from_dictionaries(wishes, lines, caps).solve(optimal="resident")
    taken = time.process_time() - start
    held = {person.name: place.name for place, people in solution.items() for person in people}
    mine = {p: wishes[p][js[0]] for p, js in enumerate(FlatAsking(small, small.caps).holdings()) if js}
    if held != mine:
        raise AssertionError("matching decided otherwise")
    return taken


def largest_total() -> list[Figure]:
    """The whole answer and its verification against the bare solve of the same arrays."""
    asked = question(10_000, 300, 20, track="welfare")
    parsed = read_question(asked)
    net = network(parsed, Orders(parsed)).without(frozenset(), minima=False)
    job = "welfare 10,000 × 300 × 20, lottery and verification"
    if find_spec("ortools") is None:
        return [Figure(job, "bare OR-Tools solve", "not installed", None, 2, 1.2, "×", most=True)]

    def whole() -> None:
        answer_verify({"instance": asked, "answer": assign(parsed)})

    ours, theirs = paired(whole, lambda: solver.maximum(net))
    return [Figure(job, "bare OR-Tools solve", f"{ours:.2f} s, {theirs:.2f} s", ours / theirs, 2, 1.2, "×", most=True)]


def run_or_cancel() -> list[Figure]:
    """Minima of 70 % of the places, against the bound that holds without minima."""
    found = []
    for persons, programs, seconds, aim in ((1_000, 50, 0.1, 0.05), (10_000, 300, 13, 2)):
        asked = question(persons, programs, 10 if persons == 1_000 else 20, track="welfare")
        for rule in asked["programs"].values():
            rule["min"] = rule["cap"] * 7 // 10
        parsed = read_question(asked)
        answers = []
        taken = statistics.median(cpu(lambda q=parsed, a=answers: a.append(assign(q))) for _ in range(3))
        share = 100 * answers[0]["value"] / answers[0]["quality"]["bound"]
        size, told = f"{persons:,} × {programs}", f"{share:.2f} % in {taken:.2f} s"
        found.append(Figure(f"run or cancel {size}: of the bound", "proven bound", told, share, 99.5, 99.9, "%"))
        found.append(Figure(f"run or cancel {size}: time", "absolute", told, taken, seconds, aim, "s", most=True))
    return found


deferred_run = table("deferred acceptance, one thread (medians)", deferred_acceptance)
welfare_run = table("the exact maximum (median of 3, processor time)", largest_total)
minima_run = table("run or cancel (median of 3, processor time)", run_or_cancel)


def large_market(regions: int) -> Market:
    """100,000 persons, 1,000 programmes, 20 wishes each, as dense lists."""
    asked = read_question(question(100_000, 1000, 20, track="stable", regions=regions))
    return market(asked, Orders(asked))
