"""The whole table of the matching engine: every figure beside what it must reach and what it aims at."""

import json
import os
import subprocess
import sys

from benchmarks.figures import HEAD, Row

NAMES = ("top", "vectors", "deferred", "welfare", "minima", "evenness", "changes")


def run() -> tuple[str, Row, list[Row]]:
    """Each subject in a process of its own, so that memory is its own too; pairs are taken in turns inside it."""
    rows: list[Row] = []
    for name in NAMES:
        ended = subprocess.run(
            [sys.executable, "-m", "benchmarks", name], env={**os.environ, "YUI_BENCH_ROWS": "1"}, stdout=subprocess.PIPE, text=True
        )  # fmt: skip
        if ended.returncode:
            rows.append((name, "", f"ended with {ended.returncode}", "—", "", "", "not measured"))
        else:
            rows += [tuple(row) for row in json.loads(ended.stdout.splitlines()[-1])]
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    return f"the matching engine, one thread (load of the machine: {load})", HEAD, rows
