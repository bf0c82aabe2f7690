"""Small pieces of Markdown that every page is made of."""

from collections.abc import Iterable, Sequence


def page_of(title: str, source: str, lead: str, *parts: str) -> str:
    """A whole page: title, where it comes from, what it says, then the parts with a blank line between."""
    note = f"{source} から作ったページです（`yui reference write`）。手で直しません。"
    return "\n\n".join([f"# {title}", note, lead, *(part.rstrip("\n") for part in parts)]) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. A cell may hold any text; signs that would break the table are replaced."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell(one) for one in row) + " |" for row in rows]
    return "\n".join(lines)


def cell(text: str) -> str:
    """One cell on one line."""
    return text.replace("|", "｜").replace("\n", " ").strip()


def code(*words: str) -> str:
    """Each word as code, separated by blanks."""
    return " ".join(f"`{word}`" for word in words if word)
