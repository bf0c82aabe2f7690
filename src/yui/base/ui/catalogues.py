"""The gettext catalogues: which sentences the pages and the code hold, and which of them a language still lacks.

Source strings are Japanese. Catalogues live in ``src/yui/locale/<locale>/LC_MESSAGES/django.po``; easy Japanese is
``ja_Easy``, as Django writes ``ja-easy``. Neither GNU gettext nor a network is needed.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Yui (結). Source strings are Japanese.\n#"
# Plural forms (gettext); babel knows no "ja_Easy", so a catalogue is read without a locale and told its form.
PLURALS = {
    "ja_Easy": "nplurals=1; plural=0;",
    "vi": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "pt_BR": "nplurals=2; plural=(n > 1);",
}

MessageId = str | tuple[str, str]


def sources(root: Path) -> dict[tuple[MessageId, str | None], list[tuple[str, int]]]:
    """Every sentence to translate below ``root`` with its context, and the places (file, line) where it stands."""
    found: dict[tuple[MessageId, str | None], list[tuple[str, int]]] = {}
    for path in sorted([*root.rglob("*.html"), *root.rglob("*.py"), *root.rglob("templates/**/*.txt")]):
        if "tests" in path.parts:
            continue
        place = path.relative_to(root).as_posix()
        for line, message, context in _sentences(path):
            found.setdefault((message, context), []).append((place, line))
    return found


def _sentences(path: Path) -> Iterator[tuple[int, MessageId, str | None]]:
    text = path.read_text()
    code = text if path.suffix == ".py" else templatize(text, origin=str(path))
    code = f"# coding: utf-8\n{code}"  # what Django makes of a template is no Python that could be asked for it
    for line, message, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        single = message[:2] if isinstance(message, tuple | list) else message
        yield line - 1, (tuple(single) if isinstance(single, list) else single), context  # type: ignore[misc]


def path_of(folder: Path, language: str) -> Path:
    """Where the catalogue of a language lies; ``language`` as in the settings (``pt-br``)."""
    return folder / to_locale(language) / "LC_MESSAGES" / "django.po"


def read(folder: Path, language: str) -> Catalog:
    """The catalogue of a language; an empty one when there is no file yet."""
    path = path_of(folder, language)
    if not path.exists():
        return Catalog(charset="utf-8", header_comment=HEADER, fuzzy=False)
    return read_po(BytesIO(path.read_bytes()), charset="utf-8")


def missing(root: Path, folder: Path, language: str) -> list[str]:
    """The sentences below ``root`` that a language does not have, with the first place of each."""
    catalogue = read(folder, language)
    lacking = []
    for (message, context), places in sources(root).items():
        known = catalogue.get(message if isinstance(message, str) else message[0], context)
        strings = [known.string] if known and isinstance(known.string, str) else list(known.string if known else [])
        if not strings or not all(strings) or (known and known.fuzzy):
            lacking.append(f"{places[0][0]}: {message if isinstance(message, str) else message[0]}")
    return lacking


def write(root: Path, folder: Path, language: str) -> int:
    """Bring a catalogue up to date: new sentences are added empty, old translations stay, what is gone is dropped.

    Returns how many sentences still lack a translation.
    """
    old, fresh = read(folder, language), Catalog(charset="utf-8", header_comment=HEADER, fuzzy=False)
    plural = PLURALS.get(to_locale(language), "nplurals=1; plural=0;")
    forms = int(plural[len("nplurals=")])
    for (message, context), places in sorted(sources(root).items(), key=lambda item: item[1][0]):
        known = old.get(message if isinstance(message, str) else message[0], context)
        string = known.string if known else ("" if isinstance(message, str) else ("",) * forms)
        fresh.add(message, string, locations=[(place, None) for place, _line in places[:3]], context=context)
    path = path_of(folder, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, fresh, omit_header=True, width=0)
    head = f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: {to_locale(language)}\\n"\n'
    head += f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural}\\n"\n\n'
    lines = out.getvalue().decode().splitlines(keepends=True)  # babel writes two forms to a catalogue of no locale
    path.write_text(head + "".join(line for line in lines if forms > 1 or not line.startswith("msgstr[1]")))
    return len(missing(root, folder, language))
