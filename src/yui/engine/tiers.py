"""Which tier decides: plain Python and numpy, or the same decision translated by numba. The answer is the same.

Numba costs a third of a second to import and more to translate, so it is taken for large work only, and only where it
is installed (``pip install yui[kernels]``). Nothing that a page asks is large work.
"""

from functools import cache
from importlib.util import find_spec

LARGE = 200_000
"""Steps of a decision (wishes asked, pairs scored) from which the compiled tier saves more than it costs."""


@cache
def installed() -> bool:
    """Whether numba is there."""
    return find_spec("numba") is not None


def compiled(steps: int) -> bool:
    """Whether a decision of so many steps is left to the compiled tier."""
    return steps >= LARGE and installed()
