"""``make bench``: prints one table a subject. Medians of several runs in one process group, nothing tuned for it.

``python -m benchmarks engine`` or ``pages`` runs one subject; ``YUI_BENCH_PEOPLE`` sets the size of the town.
"""

import sys

from benchmarks import assignment, engine, imports, pages, process

SUBJECTS = {
    "engine": engine.run,
    "assignment": assignment.run,
    "process": process.run,
    "pages": pages.run,
    "imports": imports.run,
}


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
