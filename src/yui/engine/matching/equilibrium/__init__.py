"""Expected pairs in a crowded town: `balance(Crowd)` for code, `answer_equilibrium(json) -> json` for the command line."""

from yui.engine.matching.equilibrium.answer import answer_equilibrium
from yui.engine.matching.equilibrium.balance import Balance, Crowd, balance

__all__ = ["Balance", "Crowd", "answer_equilibrium", "balance"]
