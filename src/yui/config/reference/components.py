"""docs/reference/components.md: the parts of the pages, from their own declarations."""

from yui.base.ui import declarations
from yui.config.reference.imports import ROOT


def page() -> str:
    """The page that ``base/ui`` writes, of every component in its folder."""
    folder = ROOT / "base" / "ui" / "templates" / "cotton"
    return declarations.reference(declarations.components(folder)).rstrip("\n") + "\n"
