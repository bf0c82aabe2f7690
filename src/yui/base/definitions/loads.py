"""How a wing hears of a load: it registers and is called in the transaction of the load."""

from collections.abc import Mapping
from typing import Any, Protocol

from yui.base.access.actor import Actor


class OnLoad(Protocol):
    """What a wing does. It answers with sentences for whoever loaded; an error takes the whole load back."""

    def __call__(self, *, actor: Actor, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """``before`` and ``after``: plain data by file stem; ``before`` is empty at the first load."""


_listening: list[OnLoad] = []


def on_load(reaction: OnLoad) -> None:
    """Call ``reaction`` at every load of a definition."""
    if reaction not in _listening:
        _listening.append(reaction)


def tell_loaded(*, actor: Actor, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Call whoever registered; what they have to say."""
    return tuple(sentence for one in _listening for sentence in one(actor=actor, before=before, after=after))
