"""Exact numbers: whole numbers, decimals as text, fractions. Nothing is rounded that a rule does not round."""

import re
from fractions import Fraction

from yui.engine.faults import PathStep
from yui.engine.reading import MOST_SCORED, Log, integer

Exact = int | Fraction
Path = tuple[PathStep, ...]

_DECIMAL = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_SHARE = re.compile(r"[0-9]{1,15}/[1-9][0-9]{0,14}")


def exact(
    value: object, path: Path, log: Log, *, least: Exact | None = None, most: Exact | None = MOST_SCORED
) -> Exact | None:
    """A whole number or a decimal as text (`"59.8"`). A number with a point in JSON is a fault, never rounded."""
    made: Exact
    if isinstance(value, int) and not isinstance(value, bool):
        made = value
    elif isinstance(value, str) and _DECIMAL.fullmatch(value):
        made = whole_if_whole(Fraction(value))
    else:
        log.fault(path, "not_exact")
        return None
    if least is not None and made < least:
        log.fault(path, "too_small", least=written_exactly(least))
    elif most is not None and made > most:
        log.fault(path, "too_large", most=written_exactly(most))
    elif made < -MOST_SCORED:
        log.fault(path, "too_small", least=-MOST_SCORED)
    else:
        return made
    return None


def yen(value: object, path: Path, log: Log) -> int | None:
    """Whole yen, zero or more."""
    return integer(value, path, log, least=0, most=MOST_SCORED)


def share(value: object, path: Path, log: Log) -> Fraction | None:
    """A part of a whole as text (`"1/10"`), above 0 and below 1."""
    if not isinstance(value, str) or not _SHARE.fullmatch(value):
        log.fault(path, "not_a_share")
        return None
    made = Fraction(value)
    if not 0 < made < 1:
        log.fault(path, "not_a_share")
        return None
    return made


def times(value: object, path: Path, log: Log) -> Fraction | None:
    """A factor as text (`"6/5"`), one or more."""
    if not isinstance(value, str) or not _SHARE.fullmatch(value) or Fraction(value) < 1:
        log.fault(path, "not_a_factor")
        return None
    return Fraction(value)


def whole_if_whole(value: Exact) -> Exact:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def written_exactly(value: Exact) -> int | str:
    """A whole number as it is, a finite decimal as `"59.8"`, anything else as `"405/7"`."""
    if isinstance(value, int):
        return value
    if value.denominator == 1:
        return value.numerator
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
