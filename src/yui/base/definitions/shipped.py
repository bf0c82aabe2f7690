"""The definition folders that lie ready on the installation, to be read and copied."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .commands import definitions_dir
from .reading import read


@dataclass(frozen=True, slots=True)
class ShippedTown:
    """A folder by its key, with the town's name and the documents it is made from."""

    key: str
    name: str
    prefecture: str
    documents: tuple[str, ...]


def shipped_folder(key: str) -> Path:
    """Where it lies. Only ask for a key that ``shipped_towns`` named."""
    return definitions_dir() / key


def shipped_towns() -> list[ShippedTown]:
    """Every folder with a readable scheme, by key; none where the installation has no folder."""
    root = definitions_dir()
    found = []
    for path in sorted(root.glob("*/scheme.yaml")) if root.is_dir() else ():
        scheme = read(path).data
        authority = scheme.get("authority") if isinstance(scheme, Mapping) else None
        if not isinstance(authority, Mapping) or not isinstance(authority.get("name"), str):
            continue
        source = path.with_name("source.yaml")
        listed = read(source).data if source.exists() else None
        documents = listed.get("documents", []) if isinstance(listed, Mapping) else []
        titles = tuple(str(one.get("title", "")) for one in documents if isinstance(one, Mapping))
        found.append(ShippedTown(path.parent.name, authority["name"], str(authority.get("prefecture", "")), titles))
    return found
