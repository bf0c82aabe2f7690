"""``yui engine`` as it is called: a batch of selections, ten thousand expense lines, one small question.

Beside each figure the time that Python alone needs to read and write the same JSON.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.timing import median_ms
from yui.engine.expenses.answer import expenses
from yui.engine.expenses.read import read_question
from yui.engine.selection import answer_select

Row = tuple[str, ...]
COMMAND = "import sys; from yui.engine.cli import main; sys.exit(main(sys.argv[1:]))"
BARE = "import sys, json; from pathlib import Path; json.dumps(json.loads(Path(sys.argv[2]).read_bytes()))"


def selection(chance: Random, proposals: int = 5, members: int = 5) -> dict:
    """A random call of Kurihara with an order in every sheet."""
    names = [f"P{n}" for n in range(proposals)]
    jury = [f"M{n}" for n in range(members)]
    return {
        "profile": "kurihara", "cap": 3_465_000,
        "proposals": [
            {"id": name, "applicant": name, "estimate": chance.randint(10**6, 3_465_000)} for name in names
        ],
        "members": jury,
        "sheets": {member: {name: {"total": chance.randint(50, 100)} for name in names} for member in jury},
        "orders": dict.fromkeys(jury, names),
    }  # fmt: skip


def lines(chance: Random, count: int) -> list[dict]:
    """Random expenses over the categories of Kurihara."""
    own: dict[str, dict] = {
        "printing": {}, "travel": {"cheapest": 9000}, "lodging": {"nights": 2, "meals": 0}, "consumables": {},
        "personnel": {"rate": 1850, "hours": "7.5"}, "honorarium": {"class": "A", "minutes": 70, "one_way_km": "320"},
        "other": {"consulted_on": "2024-03-01"}, "works": {}, "management_fee": {},
    }  # fmt: skip
    made = []
    for n in range(count):
        code = chance.choice(list(own))
        day = f"2024-{chance.randint(4, 12):02}-{chance.randint(1, 28):02}"
        line = {
            "id": f"L{n}",
            "category": code,
            "paid": chance.randint(1, 30_000),
            "date": day,
            "evidence": ["receipt"],
        }
        made.append(line | own[code])
    return made


def command_seconds(code: str, *words: str, runs: int = 5) -> float:
    """Median seconds of a fresh interpreter."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - start)
    return median(taken)


def run() -> tuple[str, Row, list[Row]]:
    """Selections, expenses and the start of the command."""
    chance = Random(5)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for title, question, asked, budget in (
            ("1,000 selections, one batch", "select", [selection(chance) for _ in range(1000)], "≤ 1.0 s"),
            (
                "10,000 expense lines, with JSON",
                "expenses",
                {"profile": "kurihara", "lines": lines(chance, 10_000)},
                "",
            ),
            ("one deposit", "deposit", {"profile": "sanda", "amount": 41_640_000}, ""),
        ):
            file = Path(folder) / f"{question}.json"
            file.write_text(json.dumps(asked), "utf-8")
            ours, bare = command_seconds(COMMAND, question, str(file)), command_seconds(BARE, question, str(file))
            rows.append((title, f"{ours:.2f} s", budget, f"{bare:.2f} s", f"{ours / bare:.1f} ×"))
    big = selection(chance, proposals=30, members=15)
    rows.append(
        ("one selection, 30 × 15, in the process", f"{median_ms(lambda: answer_select(big)):.1f} ms", "", "", "")
    )
    asked = {"profile": "kurihara", "lines": lines(chance, 10_000)}
    whole = median_ms(lambda: expenses(read_question(asked)))
    rows.append(("10,000 expense lines read and judged, in the process", f"{whole / 1000:.3f} s", "≤ 0.2 s", "", ""))
    return "rules (median of 5 fresh interpreters)", ("what", "yui", "budget", "JSON alone", "ratio"), rows
