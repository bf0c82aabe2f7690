"""What is sent to residents is in their language, from the subject to the last line.

What is sent to staff is Japanese. The phone's notes are read by staff, who say them; their last line is an instruction in Japanese.
"""

import datetime as dt
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

import yui
from tests.languages.reading import JAPANESE
from yui.base import clock
from yui.base.messages.render import render
from yui.base.ui.tests.test_catalogues import KANJI, LONGEST, READING, TWICE_NOT
from yui.config.cli.preparing import compile_translations

HOUSE = Path(yui.__file__).parent
TEMPLATES = sorted(
    str(path).rpartition("/templates/")[2]
    for path in HOUSE.glob("**/templates/**/messages/*.txt")
    if not path.name.endswith(".phone.txt") and "staff" not in path.parts
)
FOREIGN = [code for code, _name in settings.LANGUAGES if not code.startswith("ja")]
AT = dt.datetime(2026, 11, 28, 10, 30, tzinfo=clock.TOKYO)
VALUES = {
    "to_name": "Exempla", "title": "Books", "opportunity_title": "Books", "host": "Group", "starts_at": AT,
    "meeting_at": AT, "due": AT.date(), "session": {"starts_at": AT, "place": "Hall"}, "place": "Hall", "months": 3,
    "who": "30s", "why": "Because", "reasons": ["Near"], "other": "Ficticia", "words": "Hello", "code": "000000",
    "position": 3, "answer_until": AT, "link": "https://example.jp/",
}  # fmt: skip
BRANCHES = [
    {}, {"is_host": True}, {"reminder": True}, {"channel": "phone"}, {"channel": "letter"}, {"starts_at": None},
    {"starts_at": None, "any_time": True}, {"place": "", "online": True}, {"application": {"state": "waiting"}},
    {"next_things": [{"title": "Garden", "session": {"starts_at": AT}, "page": "p"}, {"title": "Tea", "when_text": "Tue"}]},
    {"reason": "ended"},
    {"ways": [{"channel": "mail", "address": "a"}, {"channel": "phone", "address": "b"}, {"channel": "letter"}]},
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """As before serving."""
    compile_translations()


@pytest.mark.parametrize(("template", "language"), product(TEMPLATES, FOREIGN))
def test_a_message_is_in_the_language_of_its_receiver(template, language):
    for branch in BRANCHES:
        subject, body = render(template, VALUES | branch, language=language, authority=None)
        assert subject
        assert not JAPANESE.search(subject + body), f"{subject}\n{body}"


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_message_in_easy_japanese_is_easy(template):
    """Readings on kanji, sentences of 40 letters, no said twice; what was put in keeps its own words."""
    for branch in BRANCHES:
        subject, body = render(template, VALUES | branch, language="ja-easy", authority=None)
        for line in filter(JAPANESE.search, f"{subject}\n{body}".splitlines()):
            assert not KANJI.search(re.sub(r"令和\d+年|\d+[年月日時分回人]|[（(]?[月火水木金土日][)）]", "", line)), (
                line
            )
            plain = re.sub(r"[ 　]|https?://\S+", "", READING.sub("", line))
            for sentence in plain.split("。"):
                assert len(sentence) <= LONGEST, sentence
                assert not TWICE_NOT.search(sentence), sentence
