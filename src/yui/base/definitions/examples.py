"""examples.yaml: what the definition means, in sentences an officer can read, run each time the folder is checked."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from .definition import Definition
from .reading import Fault, Sheet
from .schema import ExampleFault, Part, Section

EXAMPLES_FILE = "examples.yaml"


class ExampleCase(Part):
    """``say`` is the sentence; ``kind`` names the question; ``given`` its facts; ``expect`` the answer."""

    say: str
    kind: str
    given: dict[str, Any] = {}
    expect: Any


class ExamplesFile(Part):
    """examples.yaml"""

    examples: Annotated[list[ExampleCase], Field(min_length=1)]


def run_examples(model: Any, definition: Definition, sheet: Sheet, sections: Sequence[Section]) -> Iterator[Fault]:
    """A fault for each example that the definition does not fulfil, naming the sentence and both answers."""
    kinds = {kind: answer for section in sections for kind, answer in section.examples.items()}
    for index, case in enumerate(model.examples):
        place = ("examples", index)
        if case.kind not in kinds:
            yield sheet.fault((*place, "kind"), f"例の種類「{case.kind}」はありません。使えるのは：{'、'.join(kinds)}")
            continue
        try:
            answer = kinds[case.kind](definition, case.given)
        except ExampleFault as fault:
            yield sheet.fault((*place, "given"), str(fault))
            continue
        except KeyError as missing:
            yield sheet.fault((*place, "given"), f"例に「{missing.args[0]}」が要ります。")
            continue
        except (TypeError, ValueError, AttributeError):
            yield sheet.fault((*place, "given"), "例の given の書き方が合いません。数や日付の形を見直してください。")
            continue
        if answer != _comparable(case.expect):
            yield sheet.fault(
                (*place, "expect"),
                f"例と合いません：「{case.say}」。定義の答えは {_told(answer)}、例は {_told(case.expect)}。",
            )


def _comparable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _told(value: Any) -> str:
    if value is True:
        return "はい"
    if value is False:
        return "いいえ"
    return "なし" if value is None else str(value)
