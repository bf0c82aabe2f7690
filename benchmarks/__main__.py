"""``make bench``: prints one table a subject. Medians of several runs in one process group, nothing tuned for it.

``python -m benchmarks engine`` or ``pages`` runs one subject, ``python -m benchmarks top`` one part of the engine's;
``YUI_BENCH_PEOPLE`` sets the size of the town.
"""

import json
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: the engine's figures are of one thread
os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks import (
    assignment,
    calls,
    changes,
    engine,
    evenness,
    imports,
    load,
    pages,
    process,
    recommend,
    rules,
    search,
    top,
    vectors,
)

SUBJECTS = {
    "engine": engine.run, "recommend": recommend.run, "rules": rules.run, "process": process.run, "search": search.run,
    "imports": imports.run, "pages": pages.run, "calls": calls.run, "load": load.run,
}  # fmt: skip
PARTS = {
    "top": top.run, "vectors": vectors.run, "deferred": assignment.deferred_run, "welfare": assignment.welfare_run,
    "minima": assignment.minima_run, "evenness": evenness.run, "changes": changes.run,
}  # fmt: skip


def main() -> int:
    """Run the named subjects, or all."""
    wanted = sys.argv[1:] or list(SUBJECTS)
    for name in wanted:
        title, head, rows = (SUBJECTS | PARTS)[name]()
        if os.environ.get("YUI_BENCH_ROWS"):
            print(json.dumps(rows))
            continue
        print(f"\n{title}")
        widths = [max(len(str(row[n])) for row in [head, *rows]) for n in range(len(head))]
        for row in [head, *rows]:
            print("  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
