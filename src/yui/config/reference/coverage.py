"""docs/reference/coverage.md and its sisters: the page is made by ``base/definitions``; here its folder is named."""

from yui.base.definitions.coverage import coverage
from yui.config.reference import ROOT


def page(town: str) -> str:
    """The table of one town, from the folder that is shipped."""
    return coverage(ROOT / "definitions" / town)
