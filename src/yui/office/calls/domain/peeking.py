"""A look at what is not one's own, or not yet open: refused, and kept in the record."""

from typing import NoReturn

from django.db import models

from yui.base.access.actor import Actor
from yui.base.access.errors import Refused
from yui.base.audit.record import record


def note_peek(actor: Actor, code: str, thing: models.Model | None) -> None:
    """Keep that somebody tried to look. Call it outside a transaction that the refusal takes back."""
    record(actor, "peek.refused", thing, details={"code": code})


def refuse_peek(actor: Actor, code: str, thing: models.Model | None, sentence: str) -> NoReturn:
    """Keep it, and refuse."""
    note_peek(actor, code, thing)
    raise Refused(sentence, code)
