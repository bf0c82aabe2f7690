"""The published lottery: who stands before whom, and which programme takes its turn first."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import numpy as np

from yui.engine.matching.assignment.types import Question, Weights
from yui.engine.matching.lottery import Array, tickets


def digest(seed: str, programme: str, person: str) -> bytes:
    """`printf 'seed|programme|person' | sha256sum`; digests compare like their hexadecimal writing."""
    return sha256(f"{seed}|{programme}|{person}".encode()).digest()


class Orders:
    """The orders that the lottery of a question gives."""

    def __init__(self, question: Question) -> None:
        self.lottery = question.lottery
        named = question.lottery.order
        self.place = {} if named is None else {name: at for at, name in enumerate(named)}
        self._persons: list[str] | None = None
        self._ranked: Array | None = None
        self._lines: dict[str, list[Sequence[str]]] = {}

    def persons(self, names: Iterable[str]) -> list[str]:
        """All persons: by the permutation, by the hash of `seed||person`, or by id. Hashed once."""
        if self._persons is None:
            self._persons = self.within("", names)
        return self._persons

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

    def ranked(self, weights: Weights) -> Array:
        """The pairs of each person by the hash of `seed|programme|person`, persons in the order of ids: positions among
        the weights. Without a seed its text is empty. Hashed once.
        """
        if self._ranked is None:
            seed, names = self.lottery.seed or "", (weights.programmes, weights.persons)
            self._ranked = by_ticket(weights.person, tickets(seed, *names, weights.programme, weights.person))
        return self._ranked

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


def by_ticket(owner: Array, drawn: Array) -> Array:
    """Positions by owner, those of one owner by her tickets. As much of a ticket as fits beside the owner mostly tells
    them apart; else all of it is read.
    """
    bits = int(owner.max(initial=0)).bit_length()
    key = (owner.astype(np.uint64) << np.uint64(63 - bits)) | (drawn[:, 0] >> np.uint64(bits + 1))
    order: Array = np.argsort(key)
    sorted_key = key[order]
    if (sorted_key[1:] == sorted_key[:-1]).any():
        order = np.lexsort((*drawn.T[::-1], owner))
    return order
