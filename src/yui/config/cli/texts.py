"""``yui texts``: what a language still lacks a reader for, and what a reader has read."""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

FIELDS = ("text", "ja", "said")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which language; with a file, what was read."""
    parser.add_argument("language", choices=["ja-easy", "en", "pt-br", "vi"], help="ことば")
    parser.add_argument("--read", type=Path, metavar="FILE", help="読んで、よいと言われた行だけを残した CSV")
    parser.add_argument("--by", default="", help="読んだ人（--read のとき）")


def run(given: argparse.Namespace) -> int:
    """Print what nobody has read yet, as CSV; or list what was read."""
    from yui.config.cli import set_up

    set_up()
    from yui.base import clock
    from yui.base.definitions.reviews import REVIEWED, Review, add_reviews, reviewed_marks

    texts = dict(_texts(given.language))
    marks = reviewed_marks(given.language)
    if given.read is None:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(FIELDS)
        for mark, (source, said) in texts.items():
            if mark not in marks:
                writer.writerow([mark, source, said])
        return 0
    if not given.by:
        print("読んだ人を --by に書いてください。")
        return 1
    with given.read.open(encoding="utf-8-sig", newline="") as file:
        read = [row["text"] for row in csv.DictReader(file)]
    known = [mark for mark in read if mark in texts]
    today = clock.today().isoformat()
    added = add_reviews(REVIEWED, [Review(given.language, mark, given.by, today) for mark in known])
    left = len(set(texts) - reviewed_marks(given.language))
    print(f"{added}の文を、読んだものとして書きました。まだ読まれていない文は{left}です。")
    if len(known) < len(read):
        print(f"{len(read) - len(known)}行は、その後に変わったか、ない文なので、書いていません。")
    return 0


def _texts(language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every text of the catalogue and of the shipped definitions by its mark."""
    from django.conf import settings

    from yui.base.definitions.commands import definitions_dir
    from yui.base.definitions.reading import read, walk
    from yui.base.definitions.reviews import mark_of
    from yui.base.ui import catalogues

    for message in catalogues.read(settings.LOCALE_PATHS[0], language):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[0]
        for said in [message.string] if isinstance(message.string, str) else message.string:
            yield mark_of(source, said), (source, said)
    for path in sorted(definitions_dir().glob("*/*.yaml")):
        for _place, value in walk(read(path).data):
            if isinstance(value, dict) and "ja" in value and value.get(language):
                yield mark_of(value["ja"], value[language]), (value["ja"], value[language])
