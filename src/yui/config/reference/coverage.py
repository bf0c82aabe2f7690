"""docs/reference/coverage.md: the page is made by ``base/definitions``; here its folder is named."""

from yui.base.definitions.coverage import coverage
from yui.config.reference import FOLDER

TOWN = "konan"


def page() -> str:
    """The table of the first town, from the folder that is shipped."""
    return coverage(FOLDER.parents[1] / "definitions" / TOWN)
