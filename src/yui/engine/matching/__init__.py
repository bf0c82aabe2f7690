"""Who fits what, and why: `types → read → filters → scores → ranking → prices → listing → explain → exposure`.

`recommend(Instance) -> Result` for code, `answer_recommend(json) -> json` for the command line.
"""

from yui.engine.matching.answer import answer_recommend
from yui.engine.matching.explain import reasons
from yui.engine.matching.read import read_instance
from yui.engine.matching.recommend import recommend
from yui.engine.matching.types import (
    LIMITS,
    PART_CODES,
    TERMS,
    Entry,
    Fairness,
    Instance,
    Opportunity,
    Part,
    Person,
    Result,
    Step,
)

__all__ = [
    "LIMITS",
    "PART_CODES",
    "TERMS",
    "Entry",
    "Fairness",
    "Instance",
    "Opportunity",
    "Part",
    "Person",
    "Result",
    "Step",
    "answer_recommend",
    "read_instance",
    "reasons",
    "recommend",
]
