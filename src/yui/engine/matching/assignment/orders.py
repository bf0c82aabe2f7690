"""The published lottery: who stands before whom, and which programme takes its turn first."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from yui.engine.matching.assignment.types import Question


def digest(seed: str, programme: str, person: str) -> bytes:
    """`printf 'seed|programme|person' | sha256sum`; digests compare like their hexadecimal writing."""
    return sha256(f"{seed}|{programme}|{person}".encode()).digest()


class Orders:
    """The orders that the lottery of a question gives."""

    def __init__(self, question: Question) -> None:
        self.lottery = question.lottery
        named = question.lottery.order
        self.place = {} if named is None else {name: at for at, name in enumerate(named)}
        self._ranks: dict[str, list[str]] = {}
        self._lines: dict[str, list[Sequence[str]]] = {}

    def persons(self, names: Iterable[str]) -> list[str]:
        """All persons: by the permutation, by the hash of `seed||person`, or by id."""
        return self.within("", names)

    def within(self, programme: str, names: Iterable[str]) -> list[str]:
        """The persons of one priority class of a programme, first in line first."""
        if self.place:
            return sorted(names, key=self.place.__getitem__)
        if self.lottery.seed is None:
            return sorted(names)
        seed = self.lottery.seed
        return sorted(names, key=lambda name: (digest(seed, programme, name), name))

    def programmes(self, names: Iterable[str]) -> list[str]:
        """The order of turns among programmes: by the hash of `seed|programme|`, or by id."""
        seed = self.lottery.seed
        return sorted(names) if seed is None else sorted(names, key=lambda name: (digest(seed, name, ""), name))

    def ranks(self, person: str, names: Iterable[str]) -> list[str]:
        """All programmes of a person by the hash of `seed|programme|person`; without a seed its text is empty."""
        if person not in self._ranks:
            seed = self.lottery.seed or ""
            self._ranks[person] = sorted(names, key=lambda name: (digest(seed, name, person), name))
        return self._ranks[person]

    def lines(self, question: Question) -> dict[str, list[Sequence[str]]]:
        """For each programme all its acceptable applicants, class by class; hashed once."""
        if not self._lines:
            asking: dict[str, list[str]] = {name: [] for name in question.programmes}
            for name, person in question.persons.items():
                for wish in person.prefs if person.most else ():
                    asking[wish].append(name)
            self._lines = {name: line(question, self, name, names) for name, names in asking.items()}
        return self._lines


def line(question: Question, orders: Orders, programme: str, applicants: Iterable[str]) -> list[Sequence[str]]:
    """The acceptable applicants of a programme: its classes in order, each in the order of the lottery."""
    asking = set(applicants)
    classes = question.programmes[programme].classes
    if classes is None:
        return [orders.within(programme, asking)] if asking else []
    present = ([name for name in one if name in asking] for one in classes)
    return [orders.within(programme, names) if len(names) > 1 else names for names in present if names]
