"""Sentences for the codes of the engine: data files beside the organs, read here and nowhere else.

A file is `{section: {code: {language: template}}}`; templates name their values: `{label}`.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

from yui.engine.faults import Fault, one_line, written

LANGUAGES = ("ja", "ja-easy", "en", "pt-br", "vi")
Catalogue = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def catalogue(organ: str) -> Catalogue:
    """All sentences of an organ, e.g. `matching`; the empty name is the engine's own reading."""
    package = f"yui.engine.{organ}" if organ else "yui.engine"
    loaded: Catalogue = json.loads(files(package).joinpath("sentences.json").read_text("utf-8"))
    return loaded


def say(organ: str, section: str, code: str, values: Mapping[str, object], language: str = "ja") -> str:
    """The sentence of a code in a language. An unknown code or value raises KeyError: it is our own mistake."""
    return catalogue(organ)[section][code][language].format_map(values)


def places(template: str) -> frozenset[str]:
    """The names of the values that a template needs."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def line(fault: Fault, organ: str, language: str = "ja") -> str:
    """One line for one fault: `path: what is wrong`."""
    own = organ if fault.code in catalogue(organ).get("faults", {}) else ""
    return f"{written(fault.path)}: {one_line(say(own, 'faults', fault.code, fault.values, language))}"
