"""The `deposit` question: the least 契約保証金 of a contract."""

from fractions import Fraction

from yui.engine.exact import yen
from yui.engine.faults import Faults
from yui.engine.profile import needed
from yui.engine.profile.types import Deposit
from yui.engine.reading import Log, obj
from yui.engine.steps import Step, told

ORGAN = "selection"


def answer_deposit(question: object) -> dict[str, object]:
    """Raises Faults."""
    log = Log()
    root = obj(question, (), log, frozenset({"profile", "amount", "head_office_in_town"}))
    if root is None:
        raise Faults(log.faults)
    profile = needed(root, "deposit")
    if not root.has("amount"):
        log.fault(root.at("amount"), "missing")
        amount = None
    else:
        amount = yen(root.data["amount"], root.at("amount"), log)
    local = root.boolean("head_office_in_town") or False
    log.raise_if_any()
    assert profile is not None and profile.deposit is not None and amount is not None
    rule = profile.deposit
    part = share_of(rule, local=local)
    made = deposit(amount, rule, local=local)
    code = "deposit_local" if local and rule.local_share is not None else "deposit"
    values = {"amount": amount, "share": f"{part.numerator}/{part.denominator}"}
    rounding = Step(f"rounded_{rule.rounding}", {"deposit": made})
    return {
        "deposit": made,
        "steps": told(ORGAN, [Step(code, values), rounding]),
        "ignored": sorted(log.ignored),
    }


def share_of(rule: Deposit, *, local: bool) -> Fraction:
    return rule.local_share if local and rule.local_share is not None else rule.share


def deposit(amount: int, rule: Deposit, *, local: bool) -> int:
    """Whole yen: 「以上」 is rounded up."""
    exact = amount * share_of(rule, local=local)
    return -(-exact.numerator // exact.denominator) if rule.rounding == "up" else exact.numerator // exact.denominator
