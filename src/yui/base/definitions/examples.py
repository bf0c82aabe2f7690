"""examples.yaml: what the definition means, in sentences an officer can read, run each time the folder is checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from .definition import Definition
from .reading import Fault, Sheet
from .schema import Example, ExampleFault, Part, Section

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


@dataclass(frozen=True, slots=True)
class Answered:
    """An example with what came of it. ``why``: what does not fit, empty where it holds; ``at``: where in the case."""

    case: ExampleCase
    why: str = ""
    at: str = ""

    @property
    def holds(self) -> bool:
        """Whether the definition answers as the example says."""
        return not self.why


def answered(model: ExamplesFile, definition: Definition, sections: Sequence[Section]) -> Iterator[Answered]:
    """Every example put to the definition, in the order of the file."""
    kinds = {kind: answer for section in sections for kind, answer in section.examples.items()}
    for case in model.examples:
        yield _answered(case, kinds, definition)


def _answered(case: ExampleCase, kinds: Mapping[str, Example], definition: Definition) -> Answered:
    if case.kind not in kinds:
        return Answered(case, f"例の種類「{case.kind}」はありません。使えるのは：{'、'.join(kinds)}", "kind")
    try:
        answer = kinds[case.kind](definition, case.given)
    except ExampleFault as fault:
        return Answered(case, str(fault), "given")
    except KeyError as missing:
        return Answered(case, f"例に「{missing.args[0]}」が要ります。", "given")
    except (TypeError, ValueError, AttributeError):
        return Answered(case, "例の given の書き方が合いません。数や日付の形を見直してください。", "given")
    if answer == _comparable(case.expect):
        return Answered(case)
    told = f"定義の答えは {_told(answer)}、例は {_told(case.expect)}。"
    return Answered(case, f"例と合いません：「{case.say}」。{told}", "expect")


def run_examples(model: Any, definition: Definition, sheet: Sheet, sections: Sequence[Section]) -> Iterator[Fault]:
    """A fault for each example that the definition does not fulfil, naming the sentence and both answers."""
    for index, one in enumerate(answered(model, definition, sections)):
        if one.why:
            yield sheet.fault(("examples", index, one.at), one.why)


def _comparable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _told(value: Any) -> str:
    if value is True:
        return "はい"
    if value is False:
        return "いいえ"
    return "なし" if value is None else str(value)
