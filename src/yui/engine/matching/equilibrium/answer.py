"""The `equilibrium` question as JSON in, JSON out: what `yui engine equilibrium` prints."""

import numpy as np

from yui.engine.faults import Faults
from yui.engine.matching.equilibrium.balance import Balance, Crowd, balance
from yui.engine.matching.steps import rounded
from yui.engine.reading import Log, Obj, Path, number, obj
from yui.engine.sentences import say

ORGAN = "matching.equilibrium"
MATRIX, CONSTANT = frozenset({"K", "tolerance"}), frozenset({"n", "m", "constant", "tolerance"})
LEAST, MOST = 1e-100, 1e100
"""Bounds of K: products with shares and sums over all rows stay inside what a floating number can hold."""
MOST_SIDE = 10**9


def answer_equilibrium(question: object) -> dict[str, object]:
    """Raises Faults."""
    crowd = read_crowd(question)
    return as_json(crowd, balance(crowd))


def read_crowd(question: object) -> Crowd:
    """Read one question. Raises Faults."""
    log = Log()
    root = obj(question, (), log, None)
    if root is None:
        raise Faults(log.faults)
    matrix = root.has("K") or not (root.has("n") or root.has("m") or root.has("constant"))
    for key in root.data.keys() - (MATRIX if matrix else CONSTANT):
        log.ignore(root.at(key))
    tolerance = 1e-9
    if root.has("tolerance"):
        tolerance = number(root.data["tolerance"], root.at("tolerance"), log, least=LEAST, most=1) or tolerance
    kernel, rows, columns = (_matrix(root), 1, 1) if matrix else _constant(root)
    log.raise_if_any()
    return Crowd(kernel, rows, columns, float(tolerance), full=matrix, ignored=tuple(sorted(log.ignored)))


def _matrix(root: Obj) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    if not root.has("K"):
        root.log.fault(root.at("K"), "missing")
    lists = root.each("K", _row)
    width = len(lists[0]) if lists else 0
    for at, values in enumerate(lists):
        if len(values) != width:
            root.log.fault((*root.at("K"), at), "not_rectangular", width=width)
    if root.log.faults:
        return np.zeros((0, 0))
    return np.array(lists, dtype=np.float64).reshape(len(lists), width)


def _row(value: object, path: Path, log: Log) -> list[float] | None:
    if not isinstance(value, list):
        log.fault(path, "not_array")
        return None
    found = [number(item, (*path, at), log, least=LEAST, most=MOST) for at, item in enumerate(value)]
    return [0.0 if item is None else float(item) for item in found]


def _constant(root: Obj) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float64]], int, int]:
    rows = root.integer("n", least=1, most=MOST_SIDE, required=True) or 1
    columns = root.integer("m", least=1, most=MOST_SIDE, required=True) or 1
    if not root.has("constant"):
        root.log.fault(root.at("constant"), "missing")
        return np.zeros((0, 0)), rows, columns
    constant = number(root.data["constant"], root.at("constant"), root.log, least=LEAST, most=MOST)
    return np.full((1, 1), constant or 1.0, dtype=np.float64), rows, columns


def as_json(crowd: Crowd, found: Balance) -> dict[str, object]:
    """The published shape; every number is an integer or rounded to 9 decimals."""
    mu: object = [[rounded(value) for value in row] for row in found.mu.tolist()]
    rows, columns = found.mu.shape
    sizes = {"rows": rows * crowd.rows, "columns": columns * crowd.columns}
    values: list[tuple[str, dict[str, object]]] = [
        ("read", dict(sizes)),
        ("fitted", {"rounds": found.rounds, "residual": rounded(found.residual), "tolerance": crowd.tolerance}),
        ("reached" if found.reached else "not_reached", {}),
    ]
    return {
        "mu": mu if crowd.full else rounded(float(found.mu[0, 0])),
        "rounds": found.rounds,
        "residual": rounded(found.residual),
        "steps": [{"rule": rule, "says": say(ORGAN, "steps", rule, told), "values": told} for rule, told in values],
        "ignored": list(crowd.ignored),
    }
