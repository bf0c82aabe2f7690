"""From parts of a score to plain sentences: the engine's own words with the labels of the definition."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from yui.activities.models import Opportunity
from yui.base.definitions import Definition, by_key
from yui.base.definitions.town_words import speaking
from yui.engine.matching import Part
from yui.engine.matching import reasons as weightiest
from yui.engine.sentences import say
from yui.people.models import Person

ORGAN = "matching"
Given = Mapping[str, Any]


class Words:
    """Labels by part code and key, in one language."""

    def __init__(self, definition: Definition, language: str = "ja") -> None:
        people = definition.people
        self.language = language if language in definition.scheme.languages else "ja"
        self.most = definition.introductions.reasons_shown.value
        self._labels = {
            "tag": by_key(people.themes),
            "skill": by_key(people.skills),
            "interest": by_key(people.interests),
        }

    def sentence(self, part: Part) -> str:
        """What a part says."""
        items = self._labels.get(part.code)
        label = part.label
        if items is not None and label in items:
            label = items[label].label.in_language(self.language)
        return say(ORGAN, "parts", part.code, {"label": label, "amount": abs(part.amount)}, self.language)


def parts_of(rows: Iterable[Given]) -> list[Part]:
    """Stored parts as the engine's."""
    return [Part(row["term"], row["value"], row.get("amount", row["value"])) for row in rows]


def three(rows: Iterable[Given], words: Words, opportunity: Opportunity | None = None) -> list[str]:
    """The weightiest reasons as sentences. Where the score has fewer, what is true of the 出番 itself fills up."""
    found = [words.sentence(part) for part in weightiest(parts_of(rows), words.most)]
    if opportunity is not None:
        found += [line for line in _true_of(opportunity, words.language) if line not in found]
    return found[: words.most]


def _true_of(opportunity: Opportunity, language: str) -> list[str]:
    """Reasons that hold for everybody: the smallest piece, first-timers, online, any time."""
    with speaking(language):
        found = []
        if opportunity.smallest_minutes:
            found.append(gettext("%(minutes)s分だけでも参加できます") % {"minutes": opportunity.smallest_minutes})
        if opportunity.first_timers:
            found.append(gettext("はじめての方を歓迎しています"))
        if opportunity.any_time:
            found.append(gettext("都合のよいときに参加できます"))
        if opportunity.online:
            found.append(gettext("オンラインでも参加できます"))
        return found


def all_parts(rows: Sequence[Given], words: Words) -> list[tuple[str, int]]:
    """Every part with its points, for staff who open the account."""
    return [(words.sentence(part), part.value) for part in parts_of(rows)]


def age_band(person: Person, definition: Definition, today: dt.date, language: str = "ja") -> str:
    """年代, from the year of birth alone; empty where it is not known."""
    return age_band_of(person.birth_year, definition, today, language)


def age_band_of(birth_year: int | None, definition: Definition, today: dt.date, language: str = "ja") -> str:
    """The same from a year."""
    if not birth_year:
        return ""
    age = today.year - birth_year
    for band in definition.people.age_bands:
        if band.first <= age and (band.last is None or age <= band.last):
            return str(band.label.in_language(language))
    return ""


def nobody_named(person: Person, definition: Definition, today: dt.date, language: str = "ja") -> str:
    """What a host may see before the person's yes: 年代 and the district in which the person acts."""
    with speaking(language):
        district = gettext("%(place)s（およそ）") % {"place": person.district.name} if person.district else ""
        found = [text for text in (age_band(person, definition, today, language), district) if text]
        return ("・" if language.startswith("ja") else ", ").join(found) or gettext("登録された方")
