"""The channels: each folder here is one, found by looking. A new channel is a new folder with a ``CHANNEL``."""

import functools
import importlib
import pkgutil
from typing import Protocol

from yui.base.messages.models import Message


class Undelivered(Exception):
    """It did not go out. ``code`` is kept, never the text of a server; ``final`` means that trying again is vain."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.final = final


class Channel(Protocol):
    """What a folder offers."""

    key: str
    label: str
    by_itself: bool
    """Whether the house delivers it; otherwise it waits until staff have printed it or called."""

    def address_fault(self, address: str) -> str:
        """A Japanese sentence that says what is wrong with the address, or an empty text."""

    def deliver(self, message: Message) -> None:
        """Hand the message over. Raises ``Undelivered``."""


@functools.cache
def channels() -> dict[str, Channel]:
    """Every channel by its key."""
    found: dict[str, Channel] = {}
    for entry in pkgutil.iter_modules(__path__):
        if entry.ispkg:
            channel = importlib.import_module(f"{__name__}.{entry.name}").CHANNEL
            found[channel.key] = channel
    return found
