"""Small pure functions for figures: pace, rates, spread, evenness, small cells. Fractions, never floats."""

from yui.engine.indicators.evenness import gini
from yui.engine.indicators.progress import Comparison, Standing, compare, permille, rate
from yui.engine.indicators.small_cells import hidden, published
from yui.engine.indicators.spread import median, p90

__all__ = ["Comparison", "Standing", "compare", "gini", "hidden", "median", "p90", "permille", "published", "rate"]
