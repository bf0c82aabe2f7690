"""Cold start and memory of a web worker, beside the budgets of the house."""

import os
import statistics
import subprocess
import sys
import tempfile

Row = tuple[str, ...]
CODE = """
import time; start = time.perf_counter()
import os; os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.config.settings")
from yui.config.wsgi import application
from django.urls import get_resolver; get_resolver().url_patterns
took = time.perf_counter() - start
pages = int(open("/proc/self/statm").read().split()[1])
print(took, pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
"""
BARE = """
import time; start = time.perf_counter()
import django
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="x"); django.setup()
urlpatterns = []
from django.core.wsgi import get_wsgi_application; get_wsgi_application()
took = time.perf_counter() - start
import os
pages = int(open("/proc/self/statm").read().split()[1])
print(took, pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
"""


def measured(code: str, runs: int = 5) -> tuple[float, float]:
    """Median seconds and megabytes of a fresh interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "YUI_VAR": folder}
        found = []
        for _ in range(runs):
            out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
            found.append(tuple(float(x) for x in out.stdout.split()))
    return statistics.median(f[0] for f in found), statistics.median(f[1] for f in found)


def run() -> tuple[str, Row, list[Row]]:
    """Ours and a Django process without any application."""
    seconds, megabytes = measured(CODE)
    bare_seconds, bare_megabytes = measured(BARE)
    rows = [
        ("cold start", f"{seconds:.2f} s", "≤ 2.5 s", f"{bare_seconds:.2f} s", f"{seconds / bare_seconds:.1f} ×"),
        ("memory after start", f"{megabytes:.0f} MB", "≤ 150 MB", f"{bare_megabytes:.0f} MB",
         f"{megabytes / bare_megabytes:.1f} ×"),
    ]  # fmt: skip
    return "web process (median of 5 fresh interpreters)", ("what", "yui", "budget", "bare Django", "ratio"), rows
