"""Who has a place, who is offered one until when, and who waits at which position. See docs/algorithms/places.md."""

from yui.engine.places.deadlines import Pace, answer_until
from yui.engine.places.line import Asked, Filled, Rule, Stand, fill, free_for

__all__ = ["Asked", "Filled", "Pace", "Rule", "Stand", "answer_until", "fill", "free_for"]
