"""The definition's words as the matching question needs them: slots as numbers, stages as order, tokens of a text."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from yui.base.definitions import Definition, by_key
from yui.engine.text import tokens

Slots = list[int]
_PARTS = ((12, "morning"), (17, "afternoon"), (24, "evening"))
"""Hour before which a part of the day lies."""
SHORTEST_WORD = 2
"""A single sign (人, 日) says nothing about what somebody would like to do."""


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or that month's last."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Vocabulary:
    """Made once for a question."""

    def __init__(self, definition: Definition) -> None:
        people = definition.people
        self._canonical = definition.introductions.canonical()
        self._synonyms = frozenset(self._canonical.items())
        self._slots = by_key(people.slots)
        self._stages = {stage.key: stage.order for stage in people.stages}
        self._skills = by_key(people.skills)
        self._interests = by_key(people.interests)
        self._chosen_slots: dict[frozenset[str], Slots] = {}

    def tokens(self, text: str) -> dict[str, int]:
        """The words of a text, synonyms told as one. Each counts once: whoever writes much is not ahead of others."""
        return {word: 1 for word in tokens(text, self._canonical) if len(word) >= SHORTEST_WORD}

    def tokens_of_public(self, text: str) -> dict[str, int]:
        """The same of a text that everybody may read, remembered: an 出番 is asked about again and again."""
        return dict.fromkeys(_remembered(text, self._synonyms), 1)

    def stage_order(self, key: str) -> int:
        """1 is the outermost ring; whoever never moved stands there."""
        return self._stages.get(key, 1)

    def themes_of(self, skills: Iterable[str], interests: Iterable[str]) -> set[str]:
        """Themes that chosen skills and interests lead to."""
        items: list[Any] = [self._skills[key] for key in skills if key in self._skills]
        items += [self._interests[key] for key in interests if key in self._interests]
        return {theme for item in items for theme in item.themes}

    def slots_of(self, keys: Iterable[str]) -> Slots:
        """Numbers of the chosen slots. One that names any day or part stands for all it covers; "any time" for none,
        because it constrains nothing."""
        wanted = frozenset(keys)
        if wanted not in self._chosen_slots:  # a town has few ways to choose and many who choose
            self._chosen_slots[wanted] = self._covered(wanted)
        return list(self._chosen_slots[wanted])

    def _covered(self, keys: Iterable[str]) -> Slots:
        chosen = [self._slots[key] for key in keys if key in self._slots]
        if any(slot.day == "any" and slot.part == "any" for slot in chosen):
            return []
        return sorted(
            slot.number
            for slot in self._slots.values()
            if slot.day != "any"
            and slot.part != "any"
            and any(one.day in (slot.day, "any") and one.part in (slot.part, "any") for one in chosen)
        )

    def slots_at(self, moment: dt.datetime) -> Slots:
        """The slot in which a moment of Asia/Tokyo lies; empty where the definition has none for it."""
        day = {5: "saturday", 6: "sunday"}.get(moment.weekday(), "weekday")
        part = next(name for hour, name in _PARTS if moment.hour < hour)
        return [slot.number for slot in self._slots.values() if slot.day == day and slot.part == part]


@lru_cache(maxsize=5000)
def _remembered(text: str, synonyms: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(word for word in tokens(text, dict(synonyms)) if len(word) >= SHORTEST_WORD)
