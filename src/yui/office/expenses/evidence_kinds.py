"""Which kinds of evidence a category asks for (P-832), and how complete a line or a category is. No model, no view."""

from collections.abc import Collection
from dataclasses import dataclass

KINDS: dict[str, str] = {
    "receipt": "領収書",
    "invoice": "請求書",
    "payment": "支払の記録（振込の控えなど）",
    "rate_basis": "時間単価の根拠",
    "time_log": "作業時間の記録",
    "route": "経路の比較",
    "trip_report": "出張の報告",
    "lodging_invoice": "食事の内わけがある宿泊の請求書",
    "class_ground": "区分の根拠（経歴など）",
    "time_distance": "時間と距離の記録",
    "order": "発注書・見積書",
    "delivery": "納品書",
    "sample": "できあがりの見本",
    "consultation": "協議の記録",
    "other": "そのほか",
}
WANTED: dict[str, tuple[str, ...]] = {
    "personnel": ("rate_basis", "time_log"),
    "assistants": ("time_log", "receipt"),
    "travel": ("route", "receipt", "trip_report"),
    "lodging": ("lodging_invoice",),
    "honorarium": ("class_ground", "time_distance", "receipt"),
    "printing": ("order", "delivery", "invoice", "payment", "sample"),
    "facility": ("invoice", "receipt"),
    "rental": ("invoice", "receipt"),
    "outsourcing": ("order", "delivery", "invoice", "payment"),
    "communications": ("receipt",),
    "consumables": ("receipt",),
    "other": ("consultation", "receipt"),
    "management_fee": (),
}
"""By category; one that is not here asks for a receipt."""


def wanted_of(category: str) -> tuple[str, ...]:
    """The kinds that a complete line of this category has."""
    return WANTED.get(category, ("receipt",))


def missing_of(category: str, present: Collection[str]) -> list[str]:
    """The names of the kinds that are not there yet."""
    return [KINDS[kind] for kind in wanted_of(category) if kind not in present]


@dataclass(slots=True)
class Meter:
    """How complete the evidence of a category is, in pieces and in lines."""

    category: str
    name: str
    needed: bool
    """Whether the document lets no line of it be settled without evidence."""
    lines: int = 0
    bare: int = 0
    wanted: int = 0
    there: int = 0

    def count(self, present: Collection[str]) -> None:
        """Add a line with the kinds that it has."""
        self.lines += 1
        self.bare += not present
        kinds = wanted_of(self.category)
        self.wanted += len(kinds)
        self.there += sum(kind in present for kind in kinds)

    @property
    def share(self) -> int:
        """In whole percent; full where nothing is asked for."""
        return self.there * 100 // self.wanted if self.wanted else 100
