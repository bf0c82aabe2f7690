"""States as a table: who must act, what staff and residents read, what may follow what.

A wing declares its table in its own `states.py`; labels are source texts there, keys never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yui.engine.faults import Fault
from yui.engine.verdict import ALLOWED, Verdict, refused


@dataclass(frozen=True, slots=True)
class State:
    """`owner` is the role whose turn it is; a final state still has one, who answers for it."""

    key: str
    owner: str
    staff_label: str
    resident_label: str


@dataclass(frozen=True)
class StateTable:
    """The states of one kind of thing. The first state is where it begins."""

    name: str
    states: Sequence[State]
    transitions: Mapping[str, frozenset[str] | set[str]]

    @property
    def start(self) -> str:
        return self.states[0].key

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(state.key for state in self.states)

    def __getitem__(self, key: str) -> State:
        return next(state for state in self.states if state.key == key)

    def following(self, key: str) -> tuple[str, ...]:
        """What may follow, in the order of declaration."""
        after = self.transitions.get(key, frozenset())
        return tuple(one for one in self.keys if one in after)

    def is_final(self, key: str) -> bool:
        return not self.transitions.get(key)

    def allows(self, frm: str, to: str) -> Verdict:
        """May a thing move? Refused with `state_unknown`, `state_same`, `state_final` or `state_forbidden`."""
        for key in (frm, to):
            if key not in self.keys:
                return refused("state_unknown", state=key)
        if to in self.transitions.get(frm, ()):
            return ALLOWED
        if frm == to:
            return refused("state_same", state=frm)
        if self.is_final(frm):
            return refused("state_final", state=frm)
        return refused("state_forbidden", frm=frm, to=to, possible=self.following(frm))

    def check(self) -> tuple[Fault, ...]:
        """What is wrong with the table itself; empty when it is sound."""
        if not self.states:
            return (Fault((self.name,), "states_none"),)
        faults = [Fault((self.name, key), "state_twice") for key in sorted(set(self.keys)) if self.keys.count(key) > 1]
        for state in self.states:
            for word in ("owner", "staff_label", "resident_label"):
                if not getattr(state, word).strip():
                    faults.append(Fault((self.name, state.key), f"state_without_{word}"))
        for frm, after in self.transitions.items():
            for key in sorted({frm, *after} - set(self.keys)):
                faults.append(Fault((self.name, key), "state_unknown"))
        reached = self._reached()
        faults += [
            Fault((self.name, key), "state_unreachable") for key in dict.fromkeys(self.keys) if key not in reached
        ]
        return tuple(faults)

    def mermaid(self) -> str:
        """The diagram for the generated reference, with staff labels."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{state.staff_label}" as {state.key}' for state in self.states]
        lines.append(f"    [*] --> {self.start}")
        lines += [f"    {key} --> {after}" for key in self.keys for after in self.following(key)]
        lines += [f"    {key} --> [*]" for key in self.keys if self.is_final(key)]
        return "\n".join(lines) + "\n"

    def table(self) -> str:
        """The same as a Markdown table: key, owner, both labels, what may follow."""
        lines = ["| state | owner | staff | resident | next |", "|---|---|---|---|---|"]
        for state in self.states:
            after = ", ".join(self.following(state.key)) or "–"
            lines.append(f"| {state.key} | {state.owner} | {state.staff_label} | {state.resident_label} | {after} |")
        return "\n".join(lines) + "\n"

    def _reached(self) -> frozenset[str]:
        reached: set[str] = set()
        open_keys = [self.start]
        while open_keys:
            key = open_keys.pop()
            if key not in reached:
                reached.add(key)
                open_keys += self.following(key)
        return frozenset(reached)
