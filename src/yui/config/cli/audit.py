"""``yui audit verify`` recomputes the chain; ``yui audit seal`` seals what is not sealed yet."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("act", choices=["verify", "seal"])


def run(given: argparse.Namespace) -> int:
    """Exit 1 when the chain is broken."""
    from yui.config.cli import set_up

    set_up()
    if given.act == "seal":
        from yui.base.jobs.worker import seal_minutely

        print(f"{seal_minutely():,}行をつなぎました。")
        return 0
    from yui.base.audit.chain import verify

    found = verify()
    if not found.holds:
        print(
            f"つながりが切れています。{found.broken_at:,}番の行が合いません。その前の{found.sealed:,}行は合っています。"
        )
        return 1
    print(f"{found.sealed:,}行のつながりをたしかめました。まだつないでいない行: {found.unsealed:,}")
    return 0
