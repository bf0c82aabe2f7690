"""The generated pages of docs/reference: each file here reads one thing of the code and writes one page.

``write`` is what ``yui reference write`` calls; a test compares ``pages()`` with what is committed.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
FOLDER = ROOT / "docs" / "reference"
FIRST_TOWN = "konan"

# file → module of this package; each has ``page() -> str``
GENERATORS: dict[str, str] = {
    "roles.md": "roles",
    "states.md": "states",
    "fields.md": "fields",
    "settings.md": "settings",
    "commands.md": "commands",
    "routes.md": "routes",
    "measures.md": "measures",
    "components.md": "components",
    "house.md": "house",
    "house.svg": "picture",
}
# one page for each town's definition that lists the items of a document
COVERAGE: dict[str, str] = {
    "coverage.md" if folder.parent.name == FIRST_TOWN else f"coverage-{folder.parent.name}.md": folder.parent.name
    for folder in sorted((ROOT / "definitions").glob("*/source.yaml"))
}
PAGES: tuple[str, ...] = (*GENERATORS, *COVERAGE)


def generator(name: str) -> Callable[[], str]:
    """The function that writes the page of that name."""
    if name in COVERAGE:
        return partial(import_module("yui.config.reference.coverage").page, COVERAGE[name])
    made: Callable[[], str] = import_module(f"yui.config.reference.{GENERATORS[name]}").page
    return made


def pages() -> dict[str, str]:
    """Every page: file name → text. Needs Django set up; reads no database."""
    return {name: generator(name)() for name in PAGES}


def write(*, check: bool = False) -> list[str]:
    """Write the pages that differ and name them; with ``check`` only name them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, text in pages().items():
        target = FOLDER / name
        if target.exists() and target.read_text(encoding="utf-8") == text:
            continue
        stale.append(f"docs/reference/{name}")
        if not check:
            target.write_text(text, encoding="utf-8")
    return stale
