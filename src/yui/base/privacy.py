"""Every stored field declares its class, its purpose and how long it is kept.

Classes follow the Japanese guideline for municipal information security (総務省 ガイドライン, 令和6年10月改定):
``public``, ``c2`` (機密性2: for use inside the office), ``c3c`` (personal data of the registry: contact, wishes) and
``c3b`` (a leak gravely harms a person). The 個人情報ファイル簿 in ``docs/reference/fields.md`` is generated from this.
"""

from dataclasses import dataclass, field

CLASSES = ("public", "c2", "c3c", "c3b")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a model says of its own fields."""

    purpose: str
    retention: str
    classes: dict[str, str] = field(default_factory=dict)

    def personal(self) -> frozenset[str]:
        """The names of the fields that hold personal data."""
        return frozenset(name for name, kind in self.classes.items() if kind in ("c3c", "c3b"))


def declare(
    *, purpose: str, retention: str, public: str = "", c2: str = "", c3c: str = "", c3b: str = ""
) -> Declaration:
    """Declare fields by class, as blank-separated names. A name given twice raises ``ValueError``."""
    classes: dict[str, str] = {}
    for kind, names in (("public", public), ("c2", c2), ("c3c", c3c), ("c3b", c3b)):
        for name in names.split():
            if name in classes:
                raise ValueError(f"field {name} is declared twice")
            classes[name] = kind
    return Declaration(purpose, retention, classes)
