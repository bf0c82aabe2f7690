"""One value for "may this be?": falsy when refused, and it can say why by a code."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verdict:
    """`code` is empty when allowed. `a & b` is the first refusal, or allowed."""

    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return not self.code

    def __and__(self, other: "Verdict") -> "Verdict":
        return other if self else self


ALLOWED = Verdict()


def refused(code: str, **values: object) -> Verdict:
    """A refusal for the reason `code`."""
    return Verdict(code, values)
