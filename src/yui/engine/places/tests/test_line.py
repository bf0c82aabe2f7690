"""The waiting list: never more than there are, nobody overtaken, the same from the same events, whatever happens."""

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from yui.engine.places import Asked, Filled, Rule, Stand, fill

START = dt.datetime(2026, 11, 2, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
TERM = dt.timedelta(hours=48)
RULES = st.builds(
    Rule,
    capacity=st.integers(1, 8),
    kept=st.integers(0, 4),
    kept_until=st.one_of(st.none(), st.integers(0, 20).map(lambda days: START.date() + dt.timedelta(days=days))),
)


@dataclass(frozen=True)
class Event:
    """What happens: somebody asks, leaves or answers, or hours pass."""

    what: str
    key: str = ""
    first_timer: bool = False
    hours: int = 0


@dataclass(frozen=True)
class Town:
    """The line and the clock, as the house keeps them."""

    rule: Rule
    now: dt.datetime = START
    line: tuple[Asked, ...] = ()

    def after(self, event: Event) -> "Town":
        line, now = self.line, self.now
        if event.what == "ask" and all(row.key != event.key for row in line):
            line = (*line, Asked(event.key, Stand.NEW, event.first_timer))
        elif event.what == "leave":
            line = tuple(row for row in line if row.key != event.key)
        elif event.what == "accept":
            line = tuple(
                replace(row, stand=Stand.PLACED, answer_until=None)
                if row.key == event.key and row.stand is Stand.OFFERED
                else row
                for row in line
            )
        elif event.what == "wait":
            now += dt.timedelta(hours=event.hours)
        return Town(self.rule, now, settled(self.rule, line, now))

    def run(self, events: list[Event]) -> "Town":
        town = self
        for event in events:
            town = town.after(event)
        return town

    def stands(self) -> dict[str, Stand]:
        return {row.key: row.stand for row in self.line}


def settled(rule: Rule, line: tuple[Asked, ...], now: dt.datetime) -> tuple[Asked, ...]:
    told = fill(rule, line, now)
    found = []
    for row in line:
        if row.key in told.placed:
            row = replace(row, stand=Stand.PLACED)
        elif row.key in told.offered:
            row = replace(row, stand=Stand.OFFERED, answer_until=now + TERM)
        elif row.key in told.waiting:
            row = replace(row, stand=Stand.WAITING)
        if row.key not in told.lapsed:
            found.append(row)
    return tuple(found)


KEYS = st.sampled_from([f"p{number:02d}" for number in range(14)])
EVENTS = st.one_of(
    st.builds(Event, what=st.just("ask"), key=KEYS, first_timer=st.booleans()),
    st.builds(Event, what=st.sampled_from(["leave", "accept"]), key=KEYS),
    st.builds(Event, what=st.just("wait"), hours=st.integers(1, 96)),
)
STORIES = st.lists(EVENTS, max_size=60)


@given(RULES, STORIES)
def test_there_are_never_more_places_than_there_are(rule, story):
    town = Town(rule)
    for event in story:
        town = town.after(event)
        holding = [row for row in town.line if row.stand in (Stand.PLACED, Stand.OFFERED)]
        assert len(holding) <= rule.capacity


@given(RULES, STORIES)
def test_nobody_is_overtaken_but_for_a_place_kept_for_first_timers(rule, story):
    """In every single pass: whoever goes before somebody earlier in the line takes a place the earlier could not have."""
    town = Town(rule)
    for event in story:
        before, town = town, town.after(event)
        stood = before.stands()
        had = {key for key, stand in stood.items() if stand is not Stand.WAITING}
        gained = [r for r in town.line if r.stand in (Stand.PLACED, Stand.OFFERED) and r.key not in had]
        kept = rule.kept_on(town.now.date())
        order = [row.key for row in town.line]
        for winner in gained:
            passed = [r for r in town.line if r.stand is Stand.WAITING and order.index(r.key) < order.index(winner.key)]
            assert not any(row.first_timer for row in passed)
            if passed:
                assert winner.first_timer
                assert sum(r.first_timer and r.stand in (Stand.PLACED, Stand.OFFERED) for r in town.line) <= kept


@given(RULES, STORIES)
def test_no_place_stays_empty_while_somebody_waits_who_may_have_it(rule, story):
    town = Town(rule).run(story)
    waiting = [row for row in town.line if row.stand is Stand.WAITING]
    free = rule.capacity - sum(row.stand in (Stand.PLACED, Stand.OFFERED) for row in town.line)
    if waiting and free:
        assert not any(row.first_timer for row in waiting)
        assert free <= rule.kept_on(town.now.date())


@given(RULES, STORIES)
def test_a_place_kept_is_never_held_by_somebody_who_has_been_before(rule, story):
    town = Town(replace(rule, kept_until=None)).run(story)
    others = sum(not row.first_timer and row.stand in (Stand.PLACED, Stand.OFFERED) for row in town.line)
    assert others <= rule.capacity - rule.kept_on(town.now.date())


@given(RULES, STORIES, KEYS, KEYS)
def test_two_who_leave_or_answer_at_once_end_the_same_in_either_order(rule, story, one, other):
    town = Town(rule).run(story)
    for first, second in (("leave", "leave"), ("accept", "leave"), ("accept", "accept")):
        if one == other:
            continue
        stands = town.stands()
        if first == "accept" and stands.get(one) is not Stand.OFFERED:
            continue  # who has no offer yet may get one by the other's leaving: there the order is the answer
        if second == "accept" and stands.get(other) is not Stand.OFFERED:
            continue
        here, there = Event(first, one), Event(second, other)
        assert town.run([here, there]) == town.run([there, here])


@given(RULES, STORIES)
def test_the_same_story_gives_the_same_line_and_a_second_pass_changes_nothing(rule, story):
    town = Town(rule).run(story)
    assert town == Town(rule).run(story)
    again = fill(rule, town.line, town.now)
    assert (again.lapsed, again.placed, again.offered) == ((), (), ())


@given(RULES, STORIES)
def test_a_lapsed_or_declined_offer_goes_to_exactly_the_next(rule, story):
    """Without kept places: one who leaves an offer hands it to the first who waits and to nobody else."""
    town = Town(replace(rule, kept=0)).run(story)
    offered = [row for row in town.line if row.stand is Stand.OFFERED]
    waiting = [row.key for row in town.line if row.stand is Stand.WAITING]
    for row in offered:
        after = town.after(Event("leave", row.key))
        gained = [key for key, stand in after.stands().items() if stand is Stand.OFFERED and key in waiting]
        assert gained == waiting[:1]


def test_eight_places_and_fourteen_who_ask():
    line = tuple(Asked(f"p{number:02d}", Stand.NEW, number >= 12) for number in range(14))
    told = fill(Rule(8, kept=1), line, START)
    assert told == Filled(
        lapsed=(), placed=(*(f"p{n:02d}" for n in range(7)), "p12"), offered=(),
        waiting=("p07", "p08", "p09", "p10", "p11", "p13"),
    )  # fmt: skip
    assert (told.position("p07"), told.position("p13"), told.position("p00")) == (1, 6, 0)


def test_where_nobody_can_be_asked_any_more_nobody_is_passed_either():
    line = (Asked("early", Stand.WAITING), Asked("late", Stand.NEW))
    assert fill(Rule(1, offers=False), line, START) == Filled((), (), (), ("early", "late"))
    assert fill(Rule(2, offers=False), line, START).placed == ("late",)


def test_kept_places_are_everybodys_after_their_day():
    line = (Asked("known", Stand.WAITING),)
    rule = Rule(2, kept=2, kept_until=START.date())
    assert fill(rule, line, START).waiting == ("known",)
    assert fill(rule, line, START + dt.timedelta(days=1)).offered == ("known",)
