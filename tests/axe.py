"""axe-core for browser tests: fetched from the npm registry when first needed, kept under ``YUI_VAR``, never committed."""

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

VERSION = "4.14.1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROOT = Path(__file__).resolve().parents[1]


class AxeMissing(RuntimeError):
    """There is no npm, or the registry can not be reached."""


def folder() -> Path:
    """Where tools of the tests are kept."""
    return Path(os.environ.get("YUI_VAR", ROOT / "var")) / "tools"


def axe_source() -> str:
    """The text of ``axe.min.js`` of the pinned version."""
    kept = folder() / f"axe-{VERSION}.min.js"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        _fetch(kept)
    return kept.read_text()


def _fetch(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise AxeMissing("npm is needed to fetch axe-core for the accessibility tests")
    work = kept.parent / f"axe-{os.getpid()}"
    work.mkdir(exist_ok=True)
    try:
        done = subprocess.run(
            [npm, "pack", "--silent", f"axe-core@{VERSION}"], cwd=work, capture_output=True, text=True, timeout=120
        )
        packed = next(work.glob("axe-core-*.tgz"), None)
        if done.returncode or packed is None:
            raise AxeMissing(f"npm could not fetch axe-core {VERSION}: {done.stderr.strip()[-300:]}")
        with tarfile.open(packed) as archive:
            member = archive.extractfile("package/axe.min.js")
            if member is None:
                raise AxeMissing("the package holds no axe.min.js")
            text = member.read()
        part = kept.with_suffix(f".{hashlib.sha256(text).hexdigest()[:8]}")
        part.write_bytes(text)
        part.replace(kept)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def violations(page: Any, *, exclude: tuple[str, ...] = ()) -> list[str]:
    """What axe finds on a Playwright page: one line for each rule and element. Every disclosure is opened first.

    The script runs by the browser's debugger, so the page's strict policy needs no hole.
    """
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(axe_source() + "\n; undefined")
    found = page.evaluate(
        """async ([rules, exclude]) => {
            const context = exclude.length ? { exclude: exclude.map((one) => [one]) } : document;
            const result = await axe.run(context, { runOnly: { type: 'tag', values: rules } });
            return result.violations.flatMap((rule) => rule.nodes.map(
                (node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\\n').slice(1).join(' ').trim()}`));
        }""",
        [RULES, list(exclude)],
    )
    return sorted(found)
