"""Whether two registrations may be one person: points with reasons, no model, no threshold that is not written down."""

from yui.engine.likeness.home import home_key, same_home
from yui.engine.likeness.score import LIKELY, POINTS, Known, Likeness, compare, describe

__all__ = ["LIKELY", "POINTS", "Known", "Likeness", "compare", "describe", "home_key", "same_home"]
