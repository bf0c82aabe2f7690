"""The pages of docs/reference say what the code says, and the list of variables is what the code reads."""

import ast
import re
from pathlib import Path

import pytest

from yui.config.reference import FOLDER, PAGES, generator
from yui.config.reference.imports import BASE, STOREYS, between_storeys, rooms_of_base, storeys
from yui.config.variables import RUN, VARIABLES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yui"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_not_stale(name):
    target = FOLDER / name
    assert target.exists(), f"docs/reference/{name} is missing: run `make reference`"
    assert target.read_text(encoding="utf-8") == generator(name)(), (
        f"docs/reference/{name} is stale: run `make reference`"
    )


def test_no_other_page_pretends_to_be_generated():
    found = {p.name for p in FOLDER.iterdir() if p.suffix in (".md", ".svg")}
    assert found == set(PAGES)


def read_from_the_environment():
    """Name → the text the code falls back to (``None`` where it is not one text), from calls on ``os.environ``."""
    found = {}
    for path in [*SOURCE.rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]:
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            if ast.unparse(node.func) not in ("os.environ.get", "os.getenv"):
                continue
            name = ast.literal_eval(node.args[0])
            given = node.args[1] if len(node.args) > 1 else None
            text = given.value if isinstance(given, ast.Constant) else None
            found.setdefault(name, set()).add(text)
    return found


def test_every_variable_the_code_reads_is_listed():
    read = set(read_from_the_environment()) - {"DJANGO_SETTINGS_MODULE", "PYTEST_VERSION"}
    assert read <= {v.name for v in VARIABLES}
    assert {v.name for v in VARIABLES if v.when == RUN} <= read


def test_every_default_is_the_one_of_the_code():
    read = read_from_the_environment()
    for variable in VARIABLES:
        if variable.given is not None:
            assert variable.given in read[variable.name], variable.name


def test_the_variables_of_the_tests_are_listed():
    scripts = [ROOT / "Makefile", *(p for p in (ROOT / "tests").iterdir() if p.is_file() and not p.suffix)]
    used = {name for p in scripts for name in re.findall(r"\$\{?(YUI_\w+|CI)\b", p.read_text(encoding="utf-8"))}
    used |= {name for p in scripts for name in re.findall(r"\b(YUI_\w+)=", p.read_text(encoding="utf-8"))}
    assert used <= {v.name for v in VARIABLES}


def test_the_picture_shows_every_storey_and_no_arc_runs_upwards():
    known = [room for storey in STOREYS for room in storey]
    folders = {p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists() and p.name != "locale"}
    assert set(storeys()) == folders
    assert all(known.index(frm) < known.index(to) for frm, to in between_storeys())
    assert rooms_of_base() == [room for room in BASE if room in rooms_of_base()]
