"""How the number of an indicator is told. Exact: decimals stay as they were written, without zeros at the end."""

from decimal import Decimal
from fractions import Fraction

from yui.office.indicators.models import Indicator

BOUNDS = {"exact": "", "about": "程度", "at_least": "以上", "at_most": "以下"}


def amount_words(value: Decimal | int, unit: str = "") -> str:
    """1,500人, 0.26ポイント."""
    whole, _, part = f"{value:,f}".partition(".")
    part = part.rstrip("0")
    return f"{whole}{'.' if part else ''}{part}{unit}"


def target_words(indicator: Indicator) -> str:
    """600回, 1地域あたり 10人程度, 0.26ポイントの増加; a dash where there is none."""
    if indicator.target is None:
        return "—"
    words = amount_words(indicator.target, "" if indicator.up_to is not None else indicator.unit)
    if indicator.up_to is not None:
        words = f"{words}〜{amount_words(indicator.up_to, indicator.unit)}"
    words = f"{words}{BOUNDS.get(indicator.bound, '')}"
    words = f"1地域あたり {words}" if indicator.per == "area" else words
    return f"{words}の増加" if indicator.basis == "increase" else words


def goal_of(indicator: Indicator) -> Fraction | None:
    """What is compared with: the target, exactly."""
    return None if indicator.target is None else Fraction(indicator.target)
