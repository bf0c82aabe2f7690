"""What was applied, in order: a code with values, told in one sentence from the data beside the organ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yui.engine.sentences import say


@dataclass(frozen=True, slots=True)
class Step:
    """`values` are what an answer shows: numbers, texts, lists of texts, objects of numbers."""

    rule: str
    values: Mapping[str, object]


def told(organ: str, steps: Iterable[Step]) -> list[dict[str, object]]:
    """The steps as they stand in an answer."""
    return [{"rule": step.rule, "says": sentence(organ, step), "values": dict(step.values)} for step in steps]


def sentence(organ: str, step: Step, language: str = "ja") -> str:
    """The sentence of a step; lists and objects among its values are written out."""
    return say(organ, "steps", step.rule, {name: _flat(value) for name, value in step.values.items()}, language)


def _flat(value: object) -> object:
    if isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return "、".join([f"{key} {_flat(inner)}" for key, inner in value.items()]) or "なし"
    if isinstance(value, list):
        return "、".join([str(_flat(inner)) for inner in value]) or "なし"
    return "なし" if value is None else value
