"""The pools of a large town, in the hands of the compiled tier."""

from collections.abc import Sequence

import numpy as np

from yui.engine.matching.columns import Array
from yui.engine.matching.prices import Ranked, position_weights
from yui.engine.matching.top import Arrays, Top

LARGEST = 2**62


class FlatPools:
    """What ``prices.PlainPools`` is, over arrays: ``top`` are the best of each person before prices."""

    def __init__(self, arrays: Arrays, top: Top, k: int) -> None:
        from yui.engine.matching.pricing import draw_all

        self.top, self.width = top, arrays.width
        self.k = min(k, top.ids.shape[1])
        self.luck = np.zeros(top.ids.shape, dtype=np.int32)
        draw_all(top.ids, arrays.names, arrays.longest, self.luck)
        self.weights = np.array(position_weights(self.k), dtype=np.int64)

    def ranked(self, prices: Sequence[int]) -> Ranked:
        """Every pool re-ranked under prices. Raises OverflowError beyond 64 bits."""
        from yui.engine.matching.pricing import rank

        if max(prices, default=0) >= LARGEST:
            raise OverflowError("prices leave 64 bits")
        lists = np.empty((len(self.top.ids), self.k), dtype=np.int32)
        exposures = np.zeros(self.width, dtype=np.int64)
        paid = np.array(prices, dtype=np.int64)
        total, shown = rank(self.top.ids, self.top.scores, self.luck, paid, self.weights, lists, exposures)
        return Ranked(exposures.tolist(), int(total), lambda: self._named(lists), int(shown))

    def _named(self, lists: Array) -> tuple[tuple[int, ...], ...]:
        places = np.maximum(lists, 0)
        named = np.where(lists < 0, -1, np.take_along_axis(self.top.ids, places, axis=1)).tolist()
        return tuple(tuple(j for j in row if j >= 0) for row in named)
