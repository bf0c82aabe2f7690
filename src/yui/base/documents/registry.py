"""Which documents there are: each wing declares its forms in ``document_forms.py``."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of document: its tags, each with what it holds, and the template that is shipped, built in code."""

    kind: str
    label: str
    tags: Mapping[str, str]
    build: Callable[[], bytes]
    sample: Mapping[str, Any] = field(default_factory=dict)
    """A whole context; an uploaded template is filled with it once before it is kept."""


_forms: dict[str, Form] = {}


def declare_form(form: Form) -> Form:
    """Declare a form. A kind declared twice raises ``ValueError``."""
    present = _forms.get(form.kind)
    if present is not None and present.build is not form.build:
        raise ValueError(f"form {form.kind} is declared twice")
    _forms[form.kind] = form
    return form


def get_form(kind: str) -> Form:
    """The form of that kind; ``KeyError`` when no wing declares it."""
    return _forms[kind]


def all_forms() -> tuple[Form, ...]:
    """Every form, by kind."""
    return tuple(_forms[kind] for kind in sorted(_forms))


@functools.lru_cache(maxsize=32)
def default_template(kind: str) -> bytes:
    """The shipped template, built at its first use."""
    return get_form(kind).build()
