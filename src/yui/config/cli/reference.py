"""``yui reference write``: write the generated pages of docs/reference anew."""

import argparse
from importlib.util import find_spec


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--check`` writes nothing and fails where a page is stale."""
    parser.add_argument("act", choices=["write", "check"])


def run(given: argparse.Namespace) -> int:
    """Delegates to the writer of the pages."""
    from yui.config.cli import set_up

    if find_spec("yui.config.reference") is None:
        print("この版には、docs/reference を書く部分がありません。")
        return 1
    set_up()
    from yui.config.reference import write

    stale = write(check=given.act == "check")
    for page in stale:
        print(f"{'古くなっています' if given.act == 'check' else '書きました'}: {page}")
    return 1 if stale and given.act == "check" else 0
