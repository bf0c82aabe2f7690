"""``yui demo``: make the invented town once."""

import argparse
import os
from importlib.util import find_spec


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(given: argparse.Namespace) -> int:
    """Make the tables and the town where they are absent."""
    os.environ["YUI_DEMO"] = "1"
    from yui.config.cli import set_up
    from yui.config.cli.migrate import bring_up_to_date

    set_up()
    bring_up_to_date()
    print("架空のまちを作りました。" if load_demo() else "架空のまちは、もうあります。")
    return 0


def load_demo() -> bool:
    """Build the town unless it is there. Returns whether it was built."""
    if find_spec("yui.site.demo.load") is None:
        return False
    from yui.site.demo.kurihara import build_kurihara
    from yui.site.demo.load import build_town
    from yui.site.demo.prefecture import build_council
    from yui.site.demo.results import build_results
    from yui.site.demo.selections import build_selections

    built = [build() for build in (build_town, build_council, build_kurihara, build_selections, build_results)]
    return any(built)
