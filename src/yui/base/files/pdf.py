"""Looking at a PDF's pages in a process of its own, bounded in time and memory: a hostile file stops that process alone."""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_PROGRAM = Path(__file__).with_name("pdf_facts.py")
SECONDS = 20
"""Of the wall clock and of the processor; a proposal of 40 pages takes about one."""


@dataclass(frozen=True, slots=True)
class Page:
    """``width`` and ``height`` in points. ``sizes``: tenths of a point → characters."""

    width: int
    height: int
    numbered: bool
    sizes: dict[int, int]


@dataclass(frozen=True, slots=True)
class Pages:
    """``fault`` is empty, or says why nothing could be seen: encrypted, broken, too_big, too_slow."""

    fault: str
    count: int = 0
    pages: tuple[Page, ...] = ()


def pages_of(data: bytes, seconds: int = SECONDS) -> Pages:
    """The facts of a PDF. Never raises for what the file holds."""
    try:
        done = subprocess.run(  # noqa: S603 (our own program, nothing of the file in the arguments)
            [sys.executable, "-I", str(_PROGRAM)],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
        )
    except subprocess.TimeoutExpired:
        return Pages("too_slow")
    if done.returncode != 0:
        return Pages("too_slow" if done.returncode < 0 else "broken")
    told = json.loads(done.stdout)
    pages = tuple(
        Page(one["width"], one["height"], one["numbered"], {int(k): v for k, v in one["sizes"].items()})
        for one in told["pages"]
    )
    return Pages(told["fault"], told.get("count", 0), pages)
