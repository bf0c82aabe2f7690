"""Keys for searching and matching Japanese names and words. Stored texts are never changed."""

from yui.engine.text.fold import digits, fold, fold_loose
from yui.engine.text.tokens import expand, readable, tokens

__all__ = ["digits", "expand", "fold", "fold_loose", "readable", "tokens"]
