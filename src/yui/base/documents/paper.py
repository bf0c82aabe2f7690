"""PDF by typst, which is loaded only when needed. Data goes in as JSON, never as a piece of the source."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
WANTED = {"Noto Sans CJK JP": "NotoSansCJK*", "Noto Sans": "NotoSans-*", "IPAexGothic": "ipaexg*"}
JAPANESE = ("Noto Sans CJK JP", "IPAexGothic")
PRELUDE = """#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 20mm)
#set text(lang: "ja", region: "jp", size: 10.5pt, font: {fonts}, fallback: true)
"""


class NoFont(RuntimeError):
    """The host has no font with Japanese letters; ``yui doctor`` says which to install."""


@functools.cache
def fonts() -> tuple[str, ...]:
    """The wanted families that the host has, best first."""
    present = []
    for family, pattern in WANTED.items():
        if any(next(folder.rglob(pattern), None) for folder in FONT_FOLDERS if folder.is_dir()):
            present.append(family)
    return tuple(present)


def pdf(source: str, data: dict[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """Compile ``source``, in which ``data`` is the given values, to PDF/A-2b. The source can read no file but ``files``.

    ``files``: pictures by a name of our own making, such as ``0.jpg``.
    Raises ``NoFont`` when Japanese would come out as boxes and ``RuntimeError`` for a fault in the source.
    """
    import typst

    if not set(fonts()) & set(JAPANESE):
        raise NoFont("no Japanese font")
    listed = "(" + "".join(f'"{family}",' for family in fonts()) + ")"
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.typ"
        for name, content in (files or {}).items():
            (Path(folder) / Path(name).name).write_bytes(content)
        page.write_text(PRELUDE.replace("{fonts}", listed) + source, encoding="utf-8")
        made = typst.compile(
            page,
            root=folder,
            format="pdf",
            font_paths=[str(path) for path in FONT_FOLDERS if path.is_dir()],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2b"],
        )
    return bytes(made)
