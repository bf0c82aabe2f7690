"""Reads the stored versions: what an authority runs from now, and what a check compares with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_scopes import get_scope

from yui.base.definitions.checks import assemble
from yui.base.definitions.definition import Definition
from yui.base.definitions.models import SCHEME, DefinitionVersion
from yui.base.definitions.sections import autodiscover, section_of
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope

_KEPT = 32
_assembled: dict[tuple[Any, ...], Definition] = {}
_loads = 0


class NoDefinition(LookupError):
    """Nothing has been loaded for the authority yet."""


def current(authority: Authority) -> Definition:
    """The definition from the newest versions: one small query per authority object, no parsing when known."""
    open_scope = get_scope().get("authority")
    if open_scope == authority:  # whoever asks with another copy of the row in one request asks no query
        authority = open_scope
    remembered = authority.__dict__.get("_definition")
    if remembered is not None and remembered[0] == _loads:
        return remembered[1]
    with _scope(authority):
        newest = newest_versions()
        if not any(row["kind"] == SCHEME for row in newest):
            raise NoDefinition(f"no definition has been loaded for {authority.key}")
        name = (authority.pk, *((row["pk"], row["digest"]) for row in newest))
        if name not in _assembled:
            if len(_assembled) >= _KEPT:
                _assembled.clear()
            _assembled[name] = _assemble(newest)
    authority.__dict__["_definition"] = (_loads, _assembled[name])
    return _assembled[name]


def newest_versions() -> list[dict[str, Any]]:
    """pk, kind, key, version and digest of the newest version of each; inside a scope."""
    rows = DefinitionVersion.objects.order_by("kind", "key", "version").values("pk", "kind", "key", "version", "digest")
    return list({(row["kind"], row["key"]): row for row in rows}.values())


def stored_data(authority: Authority) -> dict[str, Any]:
    """The plain data of the newest versions by file stem; empty before the first load."""
    with _scope(authority):
        pks = [row["pk"] for row in newest_versions()]
        found = DefinitionVersion.objects.filter(pk__in=pks).values_list("data", flat=True)
        return {stem: content for data in found for stem, content in data.items()}


def loaded_anew() -> None:
    """Called after a load: what this process remembers is read again."""
    global _loads
    _loads += 1


def _assemble(newest: list[dict[str, Any]]) -> Definition:
    sections = autodiscover()
    models = {}
    for data in DefinitionVersion.objects.filter(pk__in=[row["pk"] for row in newest]).values_list("data", flat=True):
        for stem, content in data.items():
            section = section_of(f"{stem}.yaml", sections)
            if section is not None:
                models[f"{stem}.yaml"] = section.model.model_validate(content)
    versions = {_name(row): row["version"] for row in newest}
    return assemble(models, sections, versions)


def _name(row: dict[str, Any]) -> str:
    return SCHEME if row["kind"] == SCHEME else f"{row['kind']}:{row['key']}"


@contextmanager
def _scope(authority: Authority) -> Iterator[None]:
    """The authority's scope, opened unless it is open already."""
    if get_scope().get("authority") == authority:
        yield
        return
    with authority_scope(authority):
        yield
