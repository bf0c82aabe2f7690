"""Rule profiles as data: the rules of a call and its expenses, shipped or a town's own."""

from pathlib import Path

from yui.engine.profile.read import NAMES, needed, read_object, read_profile, shipped_profile
from yui.engine.profile.types import Category, Expenses, Floor, Honorarium, Profile, Selection, Tie
from yui.engine.profile.words import answer_profile, channel_name, sentences, words

SHIPPED = Path(__file__).parent / "shipped"

__all__ = [
    "NAMES",
    "SHIPPED",
    "Category",
    "Expenses",
    "Floor",
    "Honorarium",
    "Profile",
    "Selection",
    "Tie",
    "answer_profile",
    "channel_name",
    "needed",
    "read_object",
    "read_profile",
    "sentences",
    "shipped_profile",
    "words",
]
