"""How evenly prices show the opportunities, and what that costs in utility."""

import numpy as np

from benchmarks.figures import Figure, table
from benchmarks.timing import cpu
from benchmarks.vectors import DENSE, question, vectors
from yui.engine.indicators.evenness import gini
from yui.engine.matching.columns import Columns
from yui.engine.matching.pools import FlatPools
from yui.engine.matching.prices import priced
from yui.engine.matching.top import Arrays
from yui.engine.matching.types import Fairness

PERSONS, OPPORTUNITIES, K, POOL, ROUNDS = 100_000, 5_000, 10, 50, 10


def figures() -> list[Figure]:
    """The rule ``price`` as a town would run it: pool of 50, 10 rounds."""
    chance = np.random.default_rng(7)
    instance = question(vectors(PERSONS, DENSE, chance), vectors(OPPORTUNITIES, DENSE, chance))
    arrays = Arrays(instance, Columns(instance))
    open_to = np.zeros(arrays.room, dtype=np.int64)
    pools = FlatPools(arrays, arrays.top(POOL, open_to=open_to), K)
    plain = pools.ranked([0] * OPPORTUNITIES)
    outcome = priced(pools, arrays.in_order(open_to), Fairness("price", rounds=ROUNDS, pool=POOL))
    taken = cpu(lambda: priced(pools, arrays.in_order(open_to), Fairness("price", rounds=ROUNDS, pool=POOL)))
    after = float(gini(pools.ranked(outcome.prices).exposures))
    kept = 100 * float(outcome.utility_kept or 0)
    told = f"{after:.3f} at {kept:.1f} % of utility, prices in {taken:.1f} s"
    job = f"Gini over 出番 at ≥ 98 % of utility, {PERSONS:,} × {OPPORTUNITIES:,}"
    against = f"plain top 10 ({float(gini(plain.exposures)):.3f})"
    return [Figure(job, against, told, after if kept >= 98 else None, 0.12, 0.05, "", most=True)]


run = table(f"fairness: one price per opportunity, pool of {POOL}, {ROUNDS} rounds", figures)
