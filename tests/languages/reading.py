"""Reading a page as somebody who knows no Japanese: what is left when everything marked as Japanese is taken away."""

import re
from html.parser import HTMLParser

JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-鿿々]")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNREAD = {"title", "script", "style", "textarea"}
"""The window's title repeats the heading and the town's name; what a person typed is their own."""
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label")


class Page(HTMLParser):
    """``left``: Japanese outside of ``lang="ja"``; ``marked``: the texts inside; ``spoken``: attributes read aloud."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.left: list[str] = []
        self.marked: list[str] = []
        self.spoken: list[str] = []
        self.feed(html)
        self.close()

    @property
    def aside(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        aside = self.aside or tag in UNREAD or given.get("lang") == "ja"
        if not aside:
            self.spoken += [str(given[name]) for name in SPOKEN if JAPANESE.search(given.get(name) or "")]
        if tag not in VOID:
            self.open.append((tag, aside))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of a picture, closed at once."""

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, _aside = self.open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if JAPANESE.search(data):
            (self.marked if self.aside else self.left).append(data.strip())

    def unmarked(self) -> list[str]:
        """Every Japanese text and spoken attribute that is not the repetition of a marked name."""
        names = sorted(set(self.marked), key=len, reverse=True)
        found = list(self.left)
        for text in self.spoken:
            rest = text
            for name in names:
                rest = rest.replace(name, "")
            if JAPANESE.search(rest):
                found.append(f"[{text}]")
        return found
