"""The question ``recommend`` against a numpy brute force of the same scores with masks for the limits."""

from collections.abc import Callable
from random import Random

import numpy as np

from benchmarks.timing import median_ms
from yui.engine.matching import read_instance, recommend

Row = tuple[str, ...]


def question(persons: int, opportunities: int) -> dict:
    """A random town: skills, interests, slots, places, from a fixed seed."""
    chance = Random(7)
    keys = [f"k{n}" for n in range(40)]
    return {
        "k": 10, "direction": "person", "weights": {"skills": 3, "interests": 2, "time": 2, "distance": 1},
        "tables": {"distance": [[2, 10], [5, 6], [15, 2]]},
        "persons": {
            f"p{n}": {
                "skills": dict.fromkeys(chance.sample(keys, 4), 1), "interests": dict.fromkeys(chance.sample(keys, 4), 1),
                "slots": chance.sample(range(1, 13), 3), "place": [35 + chance.random() / 10, 136 + chance.random() / 10],
                "reach_km": 15,
            }
            for n in range(persons)
        },
        "opportunities": {
            f"o{n}": {
                "skills": dict.fromkeys(chance.sample(keys, 3), 1), "interests": dict.fromkeys(chance.sample(keys, 3), 1),
                "slots": chance.sample(range(1, 13), 2), "place": [35 + chance.random() / 10, 136 + chance.random() / 10],
                "organization": f"g{n % 50}",
            }
            for n in range(opportunities)
        },
        "lottery": {"seed": "bench"},
    }  # fmt: skip


def brute(asked: dict, k: int) -> Callable:
    """Dense matrices, one product a term, a mask for the slots, argpartition: no reasons, no exact ties."""
    keys = [f"k{n}" for n in range(40)]

    def dense(side: str, term: str) -> np.ndarray:
        return np.array([[row[term].get(key, 0) for key in keys] for row in asked[side].values()], dtype=np.int32)

    def slots(side: str) -> np.ndarray:
        return np.array([[n in row["slots"] for n in range(1, 13)] for row in asked[side].values()], dtype=np.int32)

    parts = [(3, dense("persons", "skills"), dense("opportunities", "skills"))]
    parts.append((2, dense("persons", "interests"), dense("opportunities", "interests")))
    mine, theirs = slots("persons"), slots("opportunities")

    def work() -> np.ndarray:
        shared = mine @ theirs.T
        score = 2 * shared + sum(weight * (a @ b.T) for weight, a, b in parts)
        score[shared == 0] = -1
        return np.argpartition(-score, k, axis=1)[:, :k]

    return work


def run() -> tuple[str, Row, list[Row]]:
    """Three sizes of a town."""
    rows = []
    for persons, opportunities in ((300, 120), (2000, 200), (10000, 120)):
        asked = question(persons, opportunities)
        instance = read_instance(asked)
        ours = median_ms(lambda instance=instance: recommend(instance), runs=3)
        peer = median_ms(brute(asked, 10), runs=3)
        rows.append((f"{persons} × {opportunities}", f"{ours:.0f} ms", f"{peer:.1f} ms", f"{ours / peer:.0f} ×"))
    title = "recommend: exact top 10 with limits and reasons, against numpy brute force without reasons (median of 3)"
    return title, ("persons × 出番", "yui", "numpy", "ratio"), rows
