"""A maximum matching of a network: by OR-Tools where it is installed and the numbers fit, else by insertion.

Which of the two ran cannot be seen in an answer: prices belong to the question, and ties are decided afterwards.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from yui.engine.matching.assignment.insertion import Insertion
from yui.engine.matching.assignment.network import Held, Network

FEW_PAIRS = 400
"""Below this the import of the solver costs more than it saves."""

SOLVER_LIMIT = 2**58


def maximum(net: Network) -> Held:
    """The pairs of one maximum matching. Minima of `net` are met wherever they can be."""
    if len(net.weight) > FEW_PAIRS and net.total * 4 < SOLVER_LIMIT and not any(net.least):
        quick = _by_or_tools(net)
        if quick is not None:
            return quick
    return Insertion(net).enter([p for p, most in enumerate(net.most) for _ in range(most)])


def _by_or_tools(net: Network) -> Held | None:
    """Minimum-cost circulation: source, persons, programmes, regions, sink; None where OR-Tools is not installed."""
    if find_spec("ortools") is None:
        return None
    # An optional dependency, and a dear one: loaded only where it is used.
    flow: Any = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    n, m, r = len(net.persons), len(net.programmes), len(net.region_caps)
    source, sink = n + m + r, n + m + r + 1
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        net.person, n + net.programme, np.ones(len(net.weight), dtype=np.int64), -net.weight.astype(np.int64)
    )
    places = np.arange(m, dtype=np.int64) + n
    ends = np.array([sink if at < 0 else n + m + at for at in net.region], dtype=np.int64)
    people, regions = np.arange(n, dtype=np.int64), np.arange(r, dtype=np.int64) + n + m
    most = sum(net.most)
    for tails, heads, caps in (
        (places, ends, net.caps),
        (regions, np.full(r, sink, dtype=np.int64), [min(cap, most) for cap in net.region_caps]),
        (np.full(n, source, dtype=np.int64), people, net.most),
        (np.array([source]), np.array([sink]), [most]),
    ):
        flow.add_arcs_with_capacity_and_unit_cost(
            tails, heads, np.array(caps, dtype=np.int64), np.zeros(len(tails), dtype=np.int64)
        )
    flow.set_nodes_supplies(np.array([source, sink]), np.array([most, -most]))
    if flow.solve() != flow.OPTIMAL:
        return None
    return np.asarray(flow.flows(pairs)) > 0
