"""この結果を計算し直す: the question of a stored list, asked again with its own seed, rule and size.

The facts are those of today, because facts about persons are not kept twice; the rules are those of the list, also where
others came into force since. Where the facts have not changed, the digest of the question is the same and the answer must
be too; otherwise the page says so.
"""

from dataclasses import dataclass

from yui.base import clock
from yui.base.tenancy.models import Authority
from yui.engine.matching import read_instance, recommend
from yui.introductions import facts
from yui.introductions.domain.lists import SELF
from yui.introductions.models import CandidateList
from yui.introductions.rules import RULES_OF_QUESTION, InForce, in_force, of_number


@dataclass(frozen=True, slots=True)
class Line:
    """One place of the list: who stood there, and who would stand there now."""

    rank: int
    then: str
    score_then: int | None
    now: str
    score_now: int | None

    @property
    def same(self) -> bool:
        """Whether nothing changed at this place."""
        return self.then == self.now and self.score_then == self.score_now


@dataclass(frozen=True, slots=True)
class Again:
    """``same_facts``: the question is the one that was answered then."""

    same_facts: bool
    lines: list[Line]

    @property
    def same(self) -> bool:
        """Whether the whole list is the same."""
        return all(line.same for line in self.lines)


def question_of(authority: Authority, made: CandidateList) -> facts.Json:
    """The question with today's facts and the list's own rule."""
    return _gathered(authority, made).question


def rules_of(authority: Authority, made: CandidateList) -> InForce:
    """The version of the rules by which it was made."""
    number = made.rule.get("version")
    return in_force(authority, made.made_on) if number is None else of_number(authority, int(number))


def recompute(authority: Authority, made: CandidateList) -> Again:
    """Ask the engine once more."""
    gathered = _gathered(authority, made)
    result = recommend(read_instance(gathered.question))
    now = [(entry.id, entry.score) for entry in next(iter(result.lists.values()), ())]
    rows = made.candidates.select_related("person", "opportunity").order_by("rank")
    then = [((row.opportunity if made.direction == "person" else row.person).public_id, row.score) for row in rows]
    length = max(len(then), len(now))
    lines = [
        Line(
            index + 1,
            *(then[index] if index < len(then) else ("", None)),
            *(now[index] if index < len(now) else ("", None)),
        )
        for index in range(length)
    ]
    return Again(gathered.digest == made.digest, lines)


def _gathered(authority: Authority, made: CandidateList) -> facts.Gathered:
    today = clock.today()
    if made.opportunity is not None:
        found = facts.for_opportunity(authority, made.opportunity, today)
    elif made.person is not None:
        found = facts.for_person(authority, made.person, today, own=made.audience == SELF)
    else:
        raise LookupError("a list is about an opportunity or a person")
    found.under({name: made.rule[name] for name in RULES_OF_QUESTION if name in made.rule})
    found.under({"lottery": {"seed": made.seed}})
    return found
