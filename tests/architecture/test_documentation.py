"""What the pages say can be followed: links lead somewhere, commands exist, words are explained, nothing is foreign."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps

from yui.base.access.roles import ROLES
from yui.config.reference.commands import goals, parsers

ROOT = Path(__file__).resolve().parents[2]
# Made by the journeys in a browser (see docs/pictures/README.md); once one is there, all must be.
PICTURES = {
    "front-1280", "desk-1280", "candidates-1280", "introduction-1280", "report-1280", "registration-390",
    "registered-390", "mypage-390",
}  # fmt: skip
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__", "build", "screenshots"}


def tracked():
    """Files under version control, or every file where there is no git."""
    if (ROOT / ".git").exists():
        made = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        return [p for name in made.stdout.split("\0") if name and (p := ROOT / name).is_file()]
    return [p for p in ROOT.rglob("*") if p.is_file() and not SKIPPED & set(p.relative_to(ROOT).parts)]


TRACKED = tracked()
PAGES = [p for p in TRACKED if p.suffix == ".md"]


def name_of(path):
    return str(path.relative_to(ROOT))


def without_code(text):
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_relative_link_leads_to_a_file(path):
    pictures = ROOT / "docs" / "pictures"
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:|#", target):
            continue
        found = (path.parent / unquote(target.split("#")[0])).resolve()
        if found.parent == pictures and found.suffix == ".png":
            assert found.stem in PICTURES, f"no test makes {found.name}"
            if not any(pictures.glob("*.png")):
                continue
        assert found.exists(), f"{name_of(path)} points to {target}"


def commands_in(text):
    """Everything written as code that begins with ``make`` or ``yui``: (command, second word)."""
    pieces = re.findall(r"```\w*\n(.*?)```", text, flags=re.S) + re.findall(r"`([^`\n]+)`", text)
    for line in "\n".join(pieces).splitlines():
        for found in re.finditer(r"(?:^|[\s;&/])(make|yui)\s+([a-z][\w-]*)(?:\s+([a-z|]+))?", line):
            yield found.groups()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_that_is_named_exists(path):
    made = {name for name, _ in goals()}
    words = {name.removeprefix("yui ").split()[0] for name, _ in parsers()} | {"engine"}
    definition = {name.split()[2] for name, _ in parsers() if name.startswith("yui definition ")}
    for command, first, second in commands_in(path.read_text(encoding="utf-8")):
        if command == "make":
            assert first in made, f"make {first}"
        else:
            assert first in words, f"yui {first}"
            if first == "definition" and second:
                assert set(second.split("|")) <= definition, f"yui definition {second}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_test_that_is_named_exists(path):
    for target in re.findall(r"`((?:tests|src)/[\w./]+?)(?:::(\w+))?`", path.read_text(encoding="utf-8")):
        file = ROOT / target[0]
        assert file.exists(), target[0]
        if target[1]:
            assert f"def {target[1]}(" in file.read_text(encoding="utf-8"), "::".join(target)


# Joined here, so that this file does not hold what it looks for.
FOREIGN = [
    "/" + "work/", "/" + "tmp/" + "wt", "/" + "root/", "files." + "pythonhosted", "py" + "pi.org", "registry." + "npmjs",
    "--" + "index-url", "--extra-" + "index-url",
]  # fmt: skip


def test_no_file_names_a_machine_or_a_package_index():
    found = []
    for path in TRACKED:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {word}" for word in FOREIGN if word in text]
        found += [f"{name_of(path)}: {m}" for m in re.findall(r"(?<![\w.])/home/[a-z]+/", text)]
    assert found == []


def test_every_model_stands_in_the_glossary():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"`(\w+)`", text))
    ours = {m.__name__ for m in apps.get_models() if m.__module__.startswith("yui.")}
    assert ours - words == set()


def test_every_role_with_screens_has_a_guide():
    folder = ROOT / "src" / "yui" / "site" / "templates" / "site" / "guides"
    made = {p.stem for p in folder.glob("*.html")}
    with_screens = {role.key for role in ROLES.values() if role.everywhere or role.own}
    assert made - {"none"} == with_screens


def test_every_decision_has_context_choice_and_price():
    pages = sorted(p for p in (ROOT / "docs" / "decisions").glob("*.md") if p.name != "README.md")
    assert pages
    for number, path in enumerate(pages, start=1):
        assert path.name.startswith(f"{number:04d}-"), path.name
        text = path.read_text(encoding="utf-8")
        for heading in ("## Context", "## Choice", "## Price"):
            assert heading in text, f"{path.name} lacks {heading}"
        assert text.count("\n") <= 45, f"{path.name} is longer than half a page"
