"""What the command line needs of the database: the town by its key, made when it is new."""

from pathlib import Path as FilePath
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import system_actor
from yui.base.definitions.checks import read_folder
from yui.base.definitions.domain import FaultyDefinition, Loaded, load
from yui.base.definitions.queries import stored_data
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope


def load_as_command(folder: FilePath) -> Loaded:
    """Load a folder for the town that it names. A faulty folder makes no town. Raises as ``load`` does."""
    key = folder.resolve().name
    authority = Authority.objects.filter(key=key).first()
    if authority is None:
        reading = read_folder(folder)
        if reading.faults:
            raise FaultyDefinition(reading.faults)
    with transaction.atomic():
        if authority is None:
            authority = Authority.objects.create(key=key, name=key, created_at=clock.now())
        with authority_scope(authority):
            return load(actor=system_actor(authority, "definition load"), folder=folder)


def stored_for(key: str) -> dict[str, Any]:
    """The stored data of a town by its key; empty when the town is not known."""
    authority = Authority.objects.filter(key=key).first()
    return stored_data(authority) if authority else {}
