"""The words in which every section of a definition is declared: texts, settings, items, sections.

Pure pydantic. A wing's ``definition.py`` imports from here alone, so that ``yui definition check`` needs no Django.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, field_validator, model_validator

MAIN_LANGUAGE = "ja"
EASY_LANGUAGE = "ja-easy"
KEY_PATTERN = r"^[a-z][a-z0-9_]*$"

Value = TypeVar("Value")
Path = tuple[str | int, ...]
"""Where a value stands in a file: mapping keys and list positions."""


class Part(BaseModel):
    """Base of everything in a definition: closed (an unknown key is a fault) and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(RootModel[dict[str, Annotated[str, Field(min_length=1)]]]):
    """What a resident reads, in every language of the scheme. ``ja`` is always there; ``check`` asks for the rest."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root")
    @classmethod
    def _has_main_language(cls, value: dict[str, str]) -> dict[str, str]:
        if MAIN_LANGUAGE not in value:
            raise ValueError("日本語の文（ja）を書いてください。")
        return value

    @property
    def ja(self) -> str:
        return self.root[MAIN_LANGUAGE]

    def in_language(self, code: str | None) -> str:
        """The text in ``code``; else, for a reader of another language, easy Japanese; else Japanese."""
        wanted = (code or MAIN_LANGUAGE).lower()
        if wanted in self.root:
            return self.root[wanted]
        if wanted != MAIN_LANGUAGE and EASY_LANGUAGE in self.root:
            return self.root[EASY_LANGUAGE]
        return self.ja

    def __str__(self) -> str:
        return self.ja


class Setting(Part, Generic[Value]):
    """One value with its origin. Read ``.value``.

    In YAML either ``{value: 2000, source: 令和8年度 仕様書 6.(2)⑤}``, stated by a document, or
    ``{default: 14, note: 文書に定めがない…}``, chosen because the document leaves it open.
    """

    value: Value
    source: str | None = None
    note: str | None = None
    by_default: bool = False

    @model_validator(mode="before")
    @classmethod
    def _open_value(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            raise ValueError("{value: …, source: …} か {default: …, note: …} の形で書いてください。")
        if "default" in given:
            if "value" in given:
                raise ValueError("value と default は、どちらか一方だけを書いてください。")
            if not given.get("note"):
                raise ValueError("default には、なぜその値かを note に書いてください。")
            rest = {name: item for name, item in given.items() if name != "default"}
            return {**rest, "value": given["default"], "by_default": True}
        if "value" in given and not given.get("source"):
            raise ValueError(
                "value には、出典を source に書いてください。文書に定めがなければ default と note にします。"
            )
        return given


class Item(Part):
    """One entry of a list. Its key is for ever: it may be retired from a day on, never removed nor used again."""

    key: str = Field(pattern=KEY_PATTERN)
    source: str | None = None
    note: str | None = None
    retired: date | None = None


ItemType = TypeVar("ItemType", bound=Item)


def active(items: Iterable[ItemType], on: date) -> list[ItemType]:
    """The items that may be chosen on a day: retired ones are still known, but no longer offered."""
    return [item for item in items if item.retired is None or item.retired > on]


def by_key(items: Iterable[ItemType]) -> dict[str, ItemType]:
    """Items by key, retired ones included (old records still name them)."""
    return {item.key: item for item in items}


def _not_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("数を書いてください。")
    return value


Count = Annotated[int, BeforeValidator(_not_bool), Field(ge=0, strict=True)]
"""A whole number, zero or more."""
Positive = Annotated[int, BeforeValidator(_not_bool), Field(ge=1, strict=True)]
"""A whole number, one or more."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


def _amount(value: Any) -> Any:
    written_exactly = isinstance(value, str) and _DECIMAL.match(value)
    if isinstance(value, bool) or not (isinstance(value, int) or written_exactly) or Fraction(value) < 0:
        raise ValueError('整数か、引用符で囲んだ小数（"0.26" など）を書いてください。')
    return value


def _share(value: Any) -> Any:
    if not isinstance(value, str) or not _SHARE.match(value) or Fraction(value) < 0:
        raise ValueError('割合を、引用符で囲んだ分数（"1/10" など）で書いてください。')
    return value


_DECIMAL = re.compile(r"^\d+(\.\d+)?$")
_SHARE = re.compile(r"^\d+/[1-9]\d*$")
Yen = Count
"""Whole yen, tax included unless the place says otherwise."""
Amount = Annotated[int | str, BeforeValidator(_amount)]
"""A number as it is written: whole, or a decimal as text, so that nothing is rounded. Read it with ``exact``."""
Share = Annotated[str, BeforeValidator(_share)]
"""A part of a whole, as a fraction in text."""


def exact(amount: int | str) -> Fraction:
    """The exact value of an ``Amount`` or a ``Share``."""
    return Fraction(amount)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a section's own check found: where (inside the section's file) and what is expected, in Japanese."""

    path: Path
    expected: str


class ExampleFault(Exception):
    """An example cannot be read: it names something the definition does not have. The text is Japanese."""


Example = Callable[[Any, Mapping[str, Any]], Any]
"""(definition, what is given) → the answer that the example's ``expect`` is compared with."""


@dataclass(frozen=True, slots=True)
class Section:
    """A file of the definition folder, declared by the wing that reads it.

    ``file`` is a name such as ``people.yaml`` or, with ``many``, a pattern such as ``commission-*.yaml``. A town whose
    document has nothing of the kind leaves an ``optional`` file out; the section is then None. ``checks`` run
    when every section reads well: ``check(definition, section_value)`` yields problems. ``examples`` answer the kinds
    of ``examples.yaml``.
    """

    name: str
    file: str
    model: type[Part]
    many: bool = False
    optional: bool = False
    checks: Sequence[Callable[[Any, Any], Iterable[Problem]]] = ()
    examples: Mapping[str, Example] = field(default_factory=dict)

    def holds(self, file_name: str) -> bool:
        """Whether a file of the folder belongs to this section."""
        if not self.many:
            return file_name == self.file
        head, _, tail = self.file.partition("*")
        return file_name.startswith(head) and file_name.endswith(tail) and len(file_name) > len(head) + len(tail)

    def key_in(self, file_name: str) -> str:
        """What stands for the ``*`` in the name of one of its files: the key that is written inside."""
        head, _, tail = self.file.partition("*")
        return file_name.removeprefix(head).removesuffix(tail)


class Marked(Part):
    """A value that is shown but not true in life: ``fictional: true`` puts a mark beside it on the page."""

    text: str
    fictional: bool = False


class Range(Part):
    """A closed range of days; either end may be open."""

    first: date | None = None
    last: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first and self.last and self.first > self.last:
            raise ValueError("終わりの日が始まりの日より前です。")
        return self
