"""``yui worker``: takes jobs, sends messages, seals the audit. Any number may run."""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--once`` is for a host that starts commands by a timer."""
    parser.add_argument("--once", action="store_true", help="いまあるものだけを片づけて終わる")


def run(given: argparse.Namespace) -> int:
    """Work until stopped."""
    from yui.config.cli import set_up

    set_up()
    from yui.base import clock
    from yui.base.jobs import worker

    if given.once:
        worker.minute()
        worker.day(clock.today())
        worker.work_through()
        worker.minute()
    else:
        worker.Worker().run()
    return 0
