"""``yui export TOWN DIR``: everything of one town, to take along: rows, accounts by mail, chained audit, files."""

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which town, where to."""
    parser.add_argument("town", help="まちのキー（例: konan）")
    parser.add_argument("folder", type=Path, help="作るフォルダー。空か、まだないこと")
    parser.add_argument("--close", action="store_true", help="移すとき：このまちを閉じて、だれもはいれなくしてから出す")


def run(given: argparse.Namespace) -> int:
    """Write the folder; readable by its owner only."""
    from yui.config.cli import set_up

    set_up()
    from yui.base.tenancy.models import Authority
    from yui.config.cli.moving.leaving import export_town, fingerprint

    authority = Authority.objects.filter(key=given.town).first()
    if authority is None:
        print(f"「{given.town}」というまちはありません。")
        return 1
    if given.folder.exists() and any(given.folder.iterdir()):
        print(f"{given.folder} が空ではありません。")
        return 1
    manifest = export_town(authority, given.folder, print, close=given.close)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    print(f"{authority.name}の{rows:,}行とファイル{len(manifest['files']):,}個を {given.folder} に出しました。")
    print(f"包みのしるし（SHA-256）: {fingerprint(given.folder)}")
    if manifest["waiting"]:
        print(f"まだ出ていないメールが{manifest['waiting']:,}件あります。出しおえてから、もう一度出してください。")
    if given.close:
        print(f"{authority.name}を、ここでは閉じました。")
    print("個人情報が入っています。持ち主だけが読めるようにしてあります。")
    return 0
