"""What the people wing can import: a list of people."""

from collections.abc import Mapping, Sequence

from yui.base.access.permissions import Permission
from yui.base.exchange.models import ImportRow
from yui.base.exchange.registry import Importer, register_importer
from yui.people.imports.columns import columns, presets
from yui.people.imports.plans import plan
from yui.people.imports.standing import LABELS
from yui.people.imports.undoing import LEFT_LABELS, undo
from yui.people.imports.writing import write
from yui.people.models import Person


def names_of(rows: Sequence[ImportRow]) -> Mapping[str, tuple[str, str]]:
    """The names of the persons of these rows that still stand and may be listed, with the name of their page."""
    ids = [row.subject_id for row in rows]
    found = Person.objects.filter(public_id__in=ids, erased_at=None, hidden=False)
    return {public_id: (name, "people:person") for public_id, name in found.values_list("public_id", "display_name")}


PEOPLE = register_importer(
    Importer(
        kind="people",
        label="人財の名簿",
        noun="人",
        permission=Permission.PERSON_IMPORT,
        columns=columns,
        presets=presets,
        plan=plan,
        write=write,
        undo=undo,
        left_labels=LABELS | LEFT_LABELS,
        names_of=names_of,
    )
)
