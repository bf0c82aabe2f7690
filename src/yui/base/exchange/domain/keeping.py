"""What the verbs of an import share: its row under lock in a state that allows the step, and letting go of its file."""

from collections.abc import Collection

from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.exchange.models import Import
from yui.base.exchange.queries import importer_of
from yui.base.exchange.states import IMPORT_STATES
from yui.base.files.domain import remove_file
from yui.base.files.models import Attachment


def held(batch: Import, allowed: Collection[str]) -> Import:
    """The row locked for this transaction. Raises ``NotPossible`` where it stands elsewhere by now."""
    fresh = Import.objects.select_for_update(of=("self",)).select_related("file", "authority").get(pk=batch.pk)
    if fresh.state not in allowed:
        label = IMPORT_STATES[fresh.state].staff_label
        raise NotPossible(f"この取込は、いま「{label}」です。ページを開きなおしてください。", "import_state")
    return fresh


def drop_file(actor: Actor, file: Attachment | None) -> None:
    """Delete the file that was taken in; its bytes go with the commit."""
    if file is not None:
        permission = importer_of(Import.objects.get(public_id=file.related_id)).permission
        remove_file(actor=actor, attachment=file, permission=permission, thing=file)
