"""``yui search rebuild`` makes the index of the search anew, for one town or for all."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and for which town."""
    parser.add_argument("act", choices=["rebuild"])
    parser.add_argument("town", nargs="?", default="", help="まちの名前（konan など）。なければすべて")


def run(given: argparse.Namespace) -> int:
    """Exit 2 when there is no such town."""
    from yui.config.cli import set_up

    set_up()
    from yui.base.search.domain import rebuild
    from yui.base.tenancy.models import Authority
    from yui.base.tenancy.scope import authority_scope

    towns = Authority.objects.filter(key=given.town) if given.town else Authority.objects.all()
    if not towns:
        print(f"まち「{given.town}」はありません。")
        return 2
    for town in towns:
        with authority_scope(town):
            print(f"{town.name}: {rebuild(town):,}件")
    return 0
