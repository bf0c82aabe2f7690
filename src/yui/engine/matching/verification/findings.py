"""One finding: a code and its values, and the line it is told in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yui.engine.sentences import say

ORGAN = "matching.verification"


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer claims or does that does not hold."""

    code: str
    values: Mapping[str, object]

    def line(self, language: str = "ja") -> str:
        """`code: sentence`, in one line."""
        told = say(ORGAN, "findings", self.code, self.values, language)
        return "".join(sign if sign.isprintable() else "�" for sign in f"{self.code}: {told}")


def found(code: str, **values: object) -> Finding:
    """A finding."""
    return Finding(code, values)


def lines(findings: Iterable[Finding]) -> list[str]:
    """The lines of findings, each once, in a fixed order."""
    return sorted({one.line() for one in findings})
