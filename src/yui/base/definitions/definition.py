"""The definition as the wings read it: every section, typed by the wing that declared it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .schema import Part


@dataclass(frozen=True)
class Definition:
    """What a town runs from. Sections are attributes: ``.scheme``, ``.site``, ``.people``, ``.activities``,
    ``.introductions``, and ``.programmes`` and ``.expenses``, which are None where the town has none; commissions are
    ``.commissions`` (oldest first) and ``.commission`` (the newest); ``.calls`` are the calls for proposals.

    ``versions`` names the stored versions it was read from, e.g. ``{"scheme": 3, "commission:r8": 1}``; empty when it
    comes from a folder.
    """

    sections: Mapping[str, Part | None]
    commissions: Sequence[Any] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    calls: Sequence[Any] = ()

    def __getattr__(self, name: str) -> Any:
        sections = self.__dict__.get("sections", {})
        if name in sections:
            return sections[name]
        raise AttributeError(f"the definition has no section {name!r}")

    @property
    def commission(self) -> Any:
        """The newest commission. Raises LookupError where the town has none."""
        if not self.commissions:
            raise LookupError("the definition has no commission")
        return self.commissions[-1]

    def commission_of(self, key: str) -> Any:
        """A commission by its key. Raises LookupError."""
        for commission in self.commissions:
            if commission.key == key:
                return commission
        raise LookupError(f"the definition has no commission {key!r}")
