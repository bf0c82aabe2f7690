"""Keys for searching and matching Japanese names and words. Stored texts are never changed."""

from yui.engine.text.fold import digits, fold, fold_loose
from yui.engine.text.names import Question, Round, Token, name_tokens, rounds
from yui.engine.text.nearness import thinned
from yui.engine.text.tokens import expand, readable, tokens

__all__ = [
    "Question",
    "Round",
    "Token",
    "digits",
    "expand",
    "fold",
    "fold_loose",
    "name_tokens",
    "readable",
    "rounds",
    "thinned",
    "tokens",
]
