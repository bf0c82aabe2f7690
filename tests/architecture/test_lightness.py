"""The web process does not load what is dear; ``yui engine`` does not load Django."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEAR = ["scipy", "numba", "matplotlib", "sudachipy", "typst", "ortools", "docx", "openpyxl", "xlsxwriter", "jpholiday"]


def run(code: str, tmp_path: Path) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "YUI_VAR": str(tmp_path)}
    env.pop("PYTEST_VERSION", None)
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=True
    ).stdout.strip()


def test_the_addresses_load_nothing_dear(tmp_path):
    code = (
        "import sys, os; os.environ['DJANGO_SETTINGS_MODULE']='yui.config.settings'\n"
        "import django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "from yui.engine.text import name_tokens, rounds\n"
        "name_tokens('見本 太郎', 'ミホン タロウ'); list(rounds('みほん'))\n"  # the search of names reads no dictionary
        f"print([m for m in {DEAR!r} if m in sys.modules])"
    )
    assert run(code, tmp_path) == "[]"


def test_the_engine_command_loads_no_django(tmp_path):
    code = (
        "import sys, io\n"
        'asked = b\'{"k":1,"direction":"person","persons":{},"opportunities":{}}\'\n'
        "sys.stdin = io.TextIOWrapper(io.BytesIO(asked))\n"
        "from yui.config.cli import main\n"
        "main(['engine', 'recommend', '-'])\n"
        "print('django' in sys.modules)"
    )
    assert run(code, tmp_path).splitlines()[-1] == "False"
