"""The price of one more seat, from any maximum matching: shortest paths from a programme that sheds one to a free end.

These are the largest of all dual prices, so every maximum matching gives the same: they belong to the question and not
to the solver, and they prove the maximum to anyone who multiplies them out.
"""

from dataclasses import dataclass

import numpy as np

from yui.engine.matching.assignment.network import Array, Held, Network


@dataclass(frozen=True, slots=True)
class Prices:
    """What a seat costs, the region's part included, and that part alone."""

    seat: list[int]
    region: list[int]


def losses(net: Network, held: Held) -> Array:
    """The least loss when one person moves: from a programme (row) to another (column); the last is "no place"."""
    nowhere = len(net.programmes)
    size = nowhere + 1
    least = np.full(size * size, net.infinite, dtype=net.weight.dtype)
    start = np.array(net.start, dtype=np.int64)
    kept = np.flatnonzero(held)
    degree = (start[1:] - start[:-1])[net.person[kept]]
    ends = np.repeat(np.cumsum(degree), degree)
    other = np.repeat(start[net.person[kept]], degree) + np.arange(len(ends)) - (ends - np.repeat(degree, degree))
    source = np.repeat(kept, degree)
    free = ~held[other]
    source, other = source[free], other[free]
    np.minimum.at(least, net.programme[source] * size + net.programme[other], net.weight[source] - net.weight[other])
    np.minimum.at(least, net.programme[kept] * size + nowhere, net.weight[kept])
    idle = np.array([n > 0 for n in net.spare(held)], dtype=bool)
    newly = np.flatnonzero(~held & idle[net.person]) if len(net.person) else kept[:0]
    np.minimum.at(least, nowhere * size + net.programme[newly], -net.weight[newly])
    return least.reshape(size, size)


def prices(net: Network, held: Held) -> Prices:
    """Prices of a matching that is a maximum and meets every minimum of `net`."""
    counts = net.counts(held)
    totals = net.region_totals(counts)
    loss = losses(net, held)
    m, endless = len(net.programmes), net.infinite
    away = np.full(m + 1, endless, dtype=net.weight.dtype)
    away[m] = 0
    region = [0 if total < cap else endless for total, cap in zip(totals, net.region_caps, strict=True)]
    while True:
        before, region_before = away, region
        away = np.minimum(away, (loss + away[None, :]).min(axis=1))
        for a, count in enumerate(counts):
            if count < net.caps[a]:
                away[a] = min(away[a], 0 if net.region[a] < 0 else region[net.region[a]])
        region = [
            min([known, *(int(away[a]) for a in members if counts[a] > net.least[a])])
            for known, members in zip(region, net.region_members, strict=True)
        ]
        if region == region_before and bool((away == before).all()):
            break
    return Prices(
        seat=[net.unreachable if n >= endless // 2 else int(n) for n in away[:m]],
        region=[net.unreachable if n >= endless // 2 else int(n) for n in region],
    )
