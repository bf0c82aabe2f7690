"""Whether two registrations may be one person: points with reasons, no model, no threshold that is not written down."""

from yui.engine.likeness.home import home_key, same_home
from yui.engine.likeness.score import LIKELY, POINTS, Known, Likeness, Ready, compare, describe, ready

__all__ = ["LIKELY", "POINTS", "Known", "Likeness", "Ready", "compare", "describe", "home_key", "ready", "same_home"]
