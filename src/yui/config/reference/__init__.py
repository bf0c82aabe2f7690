"""The generated pages of docs/reference: each file here reads one thing of the code and writes one page.

``write`` is what ``yui reference write`` calls; a test compares ``pages()`` with what is committed.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "reference"

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
    "coverage.md": "coverage",
    "house.md": "house",
    "house.svg": "picture",
}


def generator(name: str) -> Callable[[], str]:
    """The function that writes the page of that name."""
    made: Callable[[], str] = import_module(f"yui.config.reference.{GENERATORS[name]}").page
    return made


def pages() -> dict[str, str]:
    """Every page: file name → text. Needs Django set up; reads no database."""
    return {name: generator(name)() for name in GENERATORS}


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
