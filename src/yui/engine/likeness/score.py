"""How much two registrations are alike: whole points, added up from a table that the pages print.

A name in common is needed: a household has one telephone and one address, and is not one person. Against a likeness
speaks another year of birth; a slip of the pen in it (one year off, two digits exchanged) weighs little.
"""

from dataclasses import dataclass

from yui.engine.likeness.home import Home, home_of, is_same
from yui.engine.text import digits, fold, fold_loose

LIKELY = 60
"""From so many points on two registrations are shown as perhaps one person."""
POINTS = {
    "same_reading": 30,
    "near_reading": 25,
    "same_name": 25,
    "same_phone": 35,
    "same_mail": 35,
    "same_address": 35,
    "same_year": 15,
    "near_year": -10,
    "other_year": -70,
}
"""Code → points. Of readings and of years one counts."""
SENTENCES = {
    "same_reading": "よみが同じ",
    "near_reading": "よみが似ている",
    "same_name": "お名前の文字が同じ",
    "same_phone": "電話番号が同じ",
    "same_mail": "メールが同じ",
    "same_address": "住所が同じ",
    "same_year": "生まれた年が同じ",
    "near_year": "生まれた年が少しちがう",
    "other_year": "生まれた年がちがう",
}
NAMES = frozenset({"same_reading", "near_reading", "same_name"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one registration. ``phones``, ``mails``, ``homes``: as they were written."""

    name: str = ""
    reading: str = ""
    birth_year: int | None = None
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The sum and the codes it is made of, in the order of the table."""

    points: int
    reasons: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Whether a human should look: enough points, and a name in common."""
        return self.points >= LIKELY and bool(NAMES & set(self.reasons))


@dataclass(frozen=True, slots=True)
class Ready:
    """What is known, folded once, so that one registration can be compared with many."""

    name: str
    reading: str
    loose: str
    birth_year: int | None
    phones: frozenset[str]
    mails: frozenset[str]
    homes: tuple[Home, ...]


def ready(known: Known) -> Ready:
    """Fold what is known."""
    heard = known.reading or known.name
    return Ready(
        _name(known.name), _name(heard), fold_loose(heard), known.birth_year,
        frozenset(number for text in known.phones if (number := digits(text))),
        frozenset(mail for text in known.mails if (mail := text.strip().casefold())),
        tuple(home_of(home) for home in known.homes),
    )  # fmt: skip


def compare(one: Known | Ready, other: Known | Ready) -> Likeness:
    """How alike two registrations are. The order of the two makes no difference."""
    a, b = (known if isinstance(known, Ready) else ready(known) for known in (one, other))
    found = {*_names(a, b), *_contacts(a, b), *_years(a.birth_year, b.birth_year)}
    reasons = tuple(code for code in POINTS if code in found)
    return Likeness(sum(POINTS[code] for code in reasons), reasons)


def describe(reasons: tuple[str, ...] | list[str]) -> list[str]:
    """The codes in words, without a value: nothing of the other registration is told."""
    return [SENTENCES[code] for code in reasons if code in SENTENCES]


def _names(one: Ready, other: Ready) -> set[str]:
    found = set()
    if one.name and one.name == other.name:
        found.add("same_name")
    if one.reading and one.reading == other.reading:
        found.add("same_reading")
    elif one.loose and one.loose == other.loose:
        found.add("near_reading")
    return found


def _name(text: str) -> str:
    """The key of a name; the parts of one in Latin letters may stand in any order (Maria Silva, SILVA María)."""
    parts = [fold(part) for part in text.replace(",", " ").replace("、", " ").replace("・", " ").split()]
    return "".join(sorted(parts)) if all(part.isascii() for part in parts) else "".join(parts)


def _contacts(one: Ready, other: Ready) -> set[str]:
    found = set()
    if one.phones & other.phones:
        found.add("same_phone")
    if one.mails & other.mails:
        found.add("same_mail")
    if any(is_same(a, b) for a in one.homes for b in other.homes):
        found.add("same_address")
    return found


def _years(one: int | None, other: int | None) -> set[str]:
    if one is None or other is None:
        return set()
    if one == other:
        return {"same_year"}
    slip = abs(one - other) == 1 or sorted(str(one)) == sorted(str(other))
    return {"near_year" if slip else "other_year"}
