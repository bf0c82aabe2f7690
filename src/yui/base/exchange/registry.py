"""What can be imported. A wing declares its importer in ``importers.py``; the exchange knows none of them by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.exchange.faults import Fault
from yui.base.tenancy.models import Authority

if TYPE_CHECKING:
    from yui.base.exchange.models import Import, ImportRow


@dataclass(frozen=True, slots=True)
class Column:
    """Something a file may tell. ``names``: headings under which it is known; ``group``: for the list of choices."""

    key: str
    label: str
    names: tuple[str, ...] = ()
    required: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready mapping for the exports of another product. ``signs``: headings by which such a file is known."""

    key: str
    label: str
    signs: tuple[str, ...]
    columns: Mapping[str, str]
    """Heading → key of a column."""


@dataclass(frozen=True, slots=True)
class Value:
    """One cell that is imported: what it says, where it stands and under which heading."""

    text: str
    cell: str
    heading: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file with the cells that are imported, by the key of their column. Empty cells are absent."""

    number: int
    values: Mapping[str, Value]
    places: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Where each column stands: position and heading; also those whose cell is empty in this row."""


@dataclass(slots=True)
class Planned:
    """What is to be done with a row. ``action`` is ``add``, ``update``, ``skip`` or ``fault``."""

    line: Line
    action: str
    name: str = ""
    """How the list calls the row."""
    subject: Any = None
    """The row of ours that is updated or left alone."""
    content: Any = None
    """What the importer read from the line."""
    faults: list[Fault] = field(default_factory=list)
    changes: tuple[str, ...] = ()
    """Words for what an update would change."""

    @property
    def stopped(self) -> bool:
        """Whether a fault keeps the row out."""
        return any(fault.stops for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Policy:
    """How the town wants it done. ``existing``: update or skip rows that are known. ``mend``: codes of faults whose
    suggestion is taken. ``doubles``: whether rows that may be there already are imported."""

    existing: str = "update"
    mend: frozenset[str] = frozenset()
    doubles: bool = True


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of import.

    ``plan(authority, lines, policy)`` reads and writes nothing. ``write(actor, batch, planned)`` carries it out inside
    the caller's transaction and returns the rows to be kept for undo, not yet saved. ``undo(actor, batch, rows)``
    takes back what nobody has changed since, in the caller's transaction, and writes into each row's ``outcome``
    and ``left`` what became of it.
    """

    kind: str
    label: str
    """What a file of it is called: 人財の名簿."""
    noun: str
    """The counter of a row: 人."""
    permission: Permission
    columns: Callable[[Authority], Sequence[Column]]
    presets: Callable[[], Sequence[Preset]]
    plan: Callable[[Authority, Sequence[Line], Policy], list[Planned]]
    write: "Callable[[Actor, Import, Sequence[Planned]], list[ImportRow]]"
    undo: "Callable[[Actor, Import, Sequence[ImportRow]], None]"
    left_labels: Mapping[str, str] = field(default_factory=dict)
    """Key of what undo left alone → words."""
    names_of: "Callable[[Sequence[ImportRow]], Mapping[str, tuple[str, str]]]" = lambda rows: {}
    """Public id of a subject → its name and the name of its page's address, for those that still stand."""


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> Importer:
    """Declare an importer; called once, by the module ``importers.py`` of a wing."""
    if importer.kind in _importers:
        raise ValueError(f"importer {importer.kind} is declared twice")
    _importers[importer.kind] = importer
    return importer


def get_importer(kind: str) -> Importer:
    """The importer of that kind; ``KeyError`` when there is none."""
    return _importers[kind]


def importers() -> tuple[Importer, ...]:
    """All of them, by kind."""
    return tuple(importer for _, importer in sorted(_importers.items()))
