"""docs/reference/coverage.md: the page is made by ``base/definitions``; here the folders are named."""

from yui.base.definitions.coverage import coverage, shipped
from yui.config.reference import FOLDER


def page() -> str:
    """The tables of every town, from the folders that are shipped."""
    return coverage(shipped(FOLDER.parents[1] / "definitions"))
