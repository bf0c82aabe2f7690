"""The k best of a large town against a numpy brute force with masks: one thread each, processor time, in turns."""

import resource
import statistics
from collections.abc import Callable

import numpy as np

from benchmarks.figures import Figure, table
from benchmarks.timing import cpu
from yui.engine.matching.columns import Columns, chord
from yui.engine.matching.top import Arrays
from yui.engine.matching.types import Instance, Opportunity, Person

PERSONS, OPPORTUNITIES, SAMPLE = 100_000, 10_000, 2_000
TAGS, SLOTS = 200, 21
BANDS = ((2000, 10), (5000, 6), (15000, 2))


def town(persons: int, opportunities: int) -> Instance:
    """A random town from a fixed seed: 8 of 200 tags (Zipf 0.7), slots, ages, stages, languages, places."""
    chance = np.random.default_rng(7)
    return Instance(
        persons={f"p{n:06d}": Person(**row, reach_m=15000, consents=frozenset({"introduce"}))
                 for n, row in enumerate(_side(chance, persons, 6))},
        opportunities={f"o{n:05d}": Opportunity(**row, needs_consents=frozenset({"introduce"}), freshness=n % 2)
                       for n, row in enumerate(_side(chance, opportunities, 2, asks=True))},
        k=10, bands=BANDS, seed="bench",
        weights={"tags": 2, "time": 3, "motivation": 1, "distance": 1, "freshness": 1},
    )  # fmt: skip


def _side(chance: np.random.Generator, count: int, slots: int, *, asks: bool = False) -> list[dict]:
    share = 1 / (np.arange(TAGS) + 1) ** 0.7
    tags = np.argsort(-(np.log(share / share.sum()) + chance.gumbel(size=(count, TAGS))), axis=1)[:, :8]
    points = chance.integers(1, 10, size=(count, 8))
    when = np.argsort(chance.random((count, SLOTS)), axis=1)[:, :slots]
    place = np.stack([34.9 + chance.random(count) * 0.3, 136 + chance.random(count) * 0.3], axis=1)
    age, stage, speaks = chance.integers(15, 86, count), chance.integers(0, 4, count), chance.random(count)
    return [
        {
            "tags": dict(zip((f"t{t}" for t in tags[n]), points[n].tolist(), strict=True)),
            "slots": frozenset(when[n].tolist()),
            "place": tuple(place[n].tolist()),
            "motivation": int(points[n][0]) % 5,
            "languages": frozenset({"ja"} if speaks[n] < 0.9 else {"pt"}),
            "stage": int(stage[n]) // (2 if asks else 1),
            "age": ((18 if age[n] < 60 else 0), (120 if age[n] > 30 else 64)) if asks else (int(age[n]),) * 2,
        }
        for n in range(count)
    ]


def brute(columns: Columns, persons: int) -> Callable[[], object]:
    """Dense products, a mask for each limit, argpartition: no reasons, no ties. ``persons``: how many are asked."""
    asked, offered = columns.persons[:persons], columns.opportunities
    tags, theirs = _dense(asked) * 2, _dense(offered).T
    slots, when = _slots(asked), _slots(offered).T
    age = np.array([p.age[0] for p in asked])[:, None]
    low, high = np.array([o.age for o in offered]).T
    stage, least = np.array([p.stage for p in asked])[:, None], np.array([o.stage for o in offered])
    speaks, used = (np.array(["ja" in one.languages for one in side]) for side in (asked, offered))
    motive, wanted = (np.array([one.motivation for one in side], dtype=np.float32) for side in (asked, offered))
    fresh = np.array([o.freshness for o in offered], dtype=np.float32)
    here, there = columns.person_points.astype(np.float32), columns.opportunity_points.astype(np.float32).T
    bands = [(chord(up_to), worth) for up_to, worth in BANDS]

    def work() -> None:
        for start in range(0, persons, 256):
            at = slice(start, min(start + 256, persons))
            shared, far = slots[at] @ when, 2 - 2 * (here[at] @ there)
            score = tags[at] @ theirs + 3 * shared + motive[at, None] * wanted + fresh
            score += np.select([far <= up_to for up_to, _ in bands], [worth for _, worth in bands], 0)
            fits = (shared > 0) & (age[at] >= low) & (age[at] <= high) & (stage[at] >= least)
            score[~(fits & (speaks[at, None] == used) & (far <= bands[-1][0]))] = -1
            np.argpartition(-score, 10, axis=1)[:, :10]

    return work


def _dense(side: list) -> np.ndarray:
    made = np.zeros((len(side), TAGS), dtype=np.float32)
    for row, one in enumerate(side):
        for key, value in one.tags.items():
            made[row, int(key[1:])] = value
    return made


def _slots(side: list) -> np.ndarray:
    made = np.zeros((len(side), SLOTS), dtype=np.float32)
    for row, one in enumerate(side):
        made[row, list(one.slots)] = 1
    return made


def figures() -> list[Figure]:
    """Ours over everyone, the peer over a sample of persons and scaled, in turns; then the reasons, and memory."""
    instance = town(PERSONS, OPPORTUNITIES)
    columns = Columns(instance)
    arrays, peer = Arrays(instance, columns), brute(columns, SAMPLE)
    arrays.told(arrays.top(10, rows=np.arange(PERSONS)))
    taken = []
    for _ in range(3):
        lists, theirs = cpu(lambda: arrays.top(10)), cpu(peer) * PERSONS / SAMPLE
        top = arrays.top(10)
        taken.append((lists, theirs, cpu(lambda top=top: arrays.told(top))))
    lists, theirs, reasons = (statistics.median(side) for side in zip(*taken, strict=True))
    ours = lists + reasons
    arrays.top(50)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    size = f"{PERSONS:,} × {OPPORTUNITIES:,}"
    return [
        Figure(f"top 10, limits, lottery, reasons, {size}", f"numpy with masks ({SAMPLE:,} persons, scaled)",
               f"{ours:.2f} s, {theirs:.1f} s", theirs / ours, 6, 50, "×"),
        Figure("reasons for every recommended pair", "the run without", f"{reasons * 1000:.0f} ms, {lists:.2f} s",
               100 * reasons / lists, 3, 1, "%", most=True),
        Figure(f"peak memory, {size}, pool of 50, question included", "absolute", f"{peak:.0f} MB", peak, 1500, 400, "MB", most=True),
    ]  # fmt: skip


run = table("recommend: the k best of a town (median of 3, processor time)", figures)
