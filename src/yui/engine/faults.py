"""What is wrong with an input: a place, a code and values. The sentence lives beside the engine, as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PathStep = str | int


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `path` leads from the root of the input to the place."""

    path: tuple[PathStep, ...]
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def inside(self, *prefix: PathStep) -> "Fault":
        """The same fault seen from further outside, e.g. from the array that holds the object."""
        return Fault((*prefix, *self.path), self.code, self.values)


class Faults(Exception):
    """Raised with every fault of an input at once, in a fixed order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{written(fault.path)}: {fault.code}" for fault in self.faults))


def written(path: tuple[PathStep, ...]) -> str:
    """The path as one printable line: `persons.p1.age`, `[2].k`; the root is `$`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return one_line(text) or "$"


def one_line(text: str) -> str:
    """The text on one printable line: line ends and control characters are written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text)
