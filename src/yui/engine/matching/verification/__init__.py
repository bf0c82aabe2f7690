"""Whether an answer of `assign` holds, from the published files alone: nothing of what decided it is used here.

`claims → lottery → places → stable | welfare, ties → findings → answer`.
"""

from yui.engine.matching.verification.answer import answer_verify

__all__ = ["answer_verify"]
