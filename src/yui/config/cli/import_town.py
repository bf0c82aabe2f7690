"""``yui import-town DIR``: bring in a town that ``yui export`` wrote, all of it or nothing."""

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where, under which key."""
    parser.add_argument("folder", type=Path, help="yui export が作ったフォルダー")
    parser.add_argument("--key", default="", help="まちのキーを変えるとき（例: konan-shi）")
    parser.add_argument("--dry-run", action="store_true", help="たしかめるだけで、何も残さない")


def run(given: argparse.Namespace) -> int:
    """Check, write, say what to do next. Exit 1 with a sentence when refused; then nothing has changed."""
    from yui.config.cli import set_up

    set_up()
    from yui.config.cli.migrate import bring_up_to_date
    from yui.config.cli.moving.arriving import import_town
    from yui.config.cli.moving.checking import NotImportable

    bring_up_to_date()
    try:
        arrival = import_town(given.folder, print, key=given.key, dry_run=given.dry_run)
    except NotImportable as error:
        print(error)
        return 1
    rows = sum(table["rows"] for table in arrival.manifest["tables"].values())
    if given.dry_run:
        print(f"{arrival.town.name}の{rows:,}行は取り込めます。たしかめただけで、何も残していません。")
        return 0
    print(f"{arrival.town.name}の{rows:,}行とファイル{len(arrival.manifest['files']):,}個を取り込みました。")
    print(
        f"アカウントを{arrival.new_accounts:,}つ作りました。パスワードと二要素は移しません。メールの番号でログインします。"
    )
    if stopped := sum(arrival.stopped.values()):
        print(f"出る前だった連絡と仕事{stopped:,}件は、ここでは止めました。元のところが出します。")
    print("ログインのカードと、手紙やメールの中の返事のアドレスは、新しく出しなおします。")
    return 0
