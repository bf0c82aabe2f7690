"""Small pure functions for figures: pace, rates, spread, evenness, small cells. Fractions, never floats."""

from yui.engine.indicators.evenness import gini
from yui.engine.indicators.progress import Comparison, Standing, compare, permille, rate
from yui.engine.indicators.small_cells import hidden, published
from yui.engine.indicators.spread import median, p90
from yui.engine.indicators.suppression import Shown, Table, hidden_in, suppress

__all__ = [
    "Comparison",
    "Shown",
    "Standing",
    "Table",
    "compare",
    "gini",
    "hidden",
    "hidden_in",
    "median",
    "p90",
    "permille",
    "published",
    "rate",
    "suppress",
]
