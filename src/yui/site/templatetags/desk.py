"""Words of the desk: tones to kinds of chips, steps of an approval."""

from collections.abc import Sequence
from typing import Any

from django import template

from yui.base.approvals.states import STEP_LABELS
from yui.base.definitions.comparing import Change, Side

register = template.Library()
KINDS = {"neutral": "", "info": "info", "good": "ok", "warn": "warn", "late": "danger"}


@register.filter
def chip_kind(tone: str) -> str:
    """The kind of ``c-chip`` for the tone of a line of work."""
    return KINDS[tone]


@register.filter
def nth(items: Sequence[Any], index: int) -> Any:
    """The item of a sequence at a place that is a variable."""
    return items[index]


@register.filter
def approval_step(step: str) -> str:
    """The word for a step of an approval."""
    return STEP_LABELS.get(step, step)


@register.filter
def both_sides(change: Change) -> list[tuple[Side | None, str]]:
    """Before and after of a change, each with its heading."""
    return [(change.before, "まえ"), (change.after, "あと")]
