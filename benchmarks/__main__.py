"""``make bench``: prints one table a subject. Medians of several runs in one process group, nothing tuned for it.

``python -m benchmarks engine`` or ``pages`` runs one subject; ``YUI_BENCH_PEOPLE`` sets the size of the town.
"""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: the engine's figures are of one thread

from benchmarks import assignment, calls, engine, imports, load, pages, process, rules, search, top

SUBJECTS = {
    "engine": engine.run, "top": top.run, "assignment": assignment.run, "calls": calls.run, "rules": rules.run, "process": process.run,
    "search": search.run, "imports": imports.run, "pages": pages.run, "load": load.run,
}  # fmt: skip


def main() -> int:
    """Run the named subjects, or all."""
    wanted = sys.argv[1:] or list(SUBJECTS)
    for name in wanted:
        title, head, rows = SUBJECTS[name]()
        print(f"\n{title}")
        widths = [max(len(str(row[n])) for row in [head, *rows]) for n in range(len(head))]
        for row in [head, *rows]:
            print("  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)))
    return 0


sys.exit(main())
