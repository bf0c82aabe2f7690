"""Invented questions: strategies for small ones, and a town of any size from a seed."""

from random import Random

from hypothesis import strategies as st

ids = st.sampled_from(["a", "b", "c", "d", "e", "人1", "人2", "x y", "9", "10"])
keys = st.sampled_from(["草刈り", "本", "t1", "t2", "話す"])
small = st.integers(-3, 9)
counts = st.dictionaries(keys, small, max_size=4)
slots = st.lists(st.one_of(st.integers(0, 4), st.sampled_from(["土朝", "日昼"])), max_size=3)
languages = st.lists(st.sampled_from(["ja", "pt", "vi"]), max_size=2)
place = st.tuples(st.sampled_from([34.99, 35.0, 35.04, 36.0]), st.sampled_from([136.05, 136.08, 136.2])).map(list)
age = st.integers(10, 30)
ages = st.tuples(age, age).map(sorted)

shared = {
    "tags": counts,
    "skills": counts,
    "interests": counts,
    "text": counts,
    "slots": slots,
    "stage": st.integers(0, 3),
    "motivation": st.integers(0, 5),
    "languages": languages,
    "place": place,
}
person = st.fixed_dictionaries(
    {},
    optional={
        **shared,
        "age": st.one_of(age, ages),
        "reach_km": st.one_of(st.integers(0, 40), st.just(2.5)),
        "consents": st.lists(st.sampled_from(["introduce", "news"])),
        "blocked": st.lists(ids, max_size=2),
        "resting": st.booleans(),
        "asked": st.integers(0, 2),
        "load": st.integers(0, 3),
        "load_cap": st.integers(1, 4),
    },
)
opportunity = st.fixed_dictionaries(
    {},
    optional={
        **shared,
        "age": ages,
        "online": st.booleans(),
        "needs_consents": st.lists(st.sampled_from(["introduce", "news"]), max_size=1),
        "organization": st.sampled_from(["g1", "g2"]),
        "open": st.booleans(),
        "freshness": st.integers(0, 3),
    },
)
weights = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("tags", "skills", "interests", "text", "motivation", "time", "distance", "freshness"), small
    ),
)
bands = st.lists(st.tuples(st.sampled_from([1, 3.5, 5, 20, 200]), small).map(list), max_size=3)
fairness = st.one_of(
    st.just({"rule": "none"}),
    st.fixed_dictionaries(
        {"rule": st.just("price"), "rounds": st.integers(0, 6), "pool": st.integers(1, 9), "floor": st.just(1)}
    ),
    st.fixed_dictionaries({"rule": st.just("newcomer_share"), "one_in": st.integers(1, 4)}),
)


def questions(rule=fairness):
    return st.fixed_dictionaries(
        {
            "persons": st.dictionaries(ids, person, max_size=6),
            "opportunities": st.dictionaries(ids, opportunity, max_size=6),
            "weights": weights,
            "fairness": rule,
            "why_not": st.just(True),
        },
        optional={
            "k": st.integers(1, 4),
            "direction": st.sampled_from(["person", "opportunity"]),
            "tables": st.fixed_dictionaries({"distance": bands}),
            "lottery": st.fixed_dictionaries({"seed": st.text(max_size=5).filter(str.isprintable)}),
        },
    )


def town(persons, opportunities, seed=1, **more):
    """A lifelike question of any size."""
    random = Random(seed)

    def some(prefix, kinds, most):
        return {f"{prefix}{random.randrange(kinds)}": random.randint(1, 3) for _ in range(random.randint(1, most))}

    def where():
        return [34.95 + random.random() / 5, 136.0 + random.random() / 5]

    return {
        "k": 5,
        "weights": {
            "tags": 2,
            "skills": 4,
            "interests": 5,
            "text": 1,
            "motivation": 1,
            "time": 3,
            "distance": 1,
            "freshness": 1,
        },
        "tables": {"distance": [[2, 10], [5, 6], [15, 2]]},
        "lottery": {"seed": "20261120-0417"},
        "persons": {
            f"p{n}": {
                "tags": some("t", 30, 5),
                "skills": some("s", 40, 4),
                "interests": some("i", 20, 4),
                "text": some("w", 300, 12),
                "age": random.randint(15, 85),
                "slots": random.sample(range(21), 5),
                "stage": random.randint(0, 3),
                "motivation": random.randint(1, 5),
                "languages": ["ja"],
                "place": where(),
                "reach_km": 15,
                "consents": ["introduce"],
                "resting": random.random() < 0.1,
                "asked": random.randint(0, 3),
                "load": random.randint(0, 3),
                "load_cap": 4,
            }
            for n in range(persons)
        },
        "opportunities": {
            f"o{n}": {
                "tags": some("t", 30, 5),
                "skills": some("s", 40, 3),
                "interests": some("i", 20, 3),
                "text": some("w", 300, 20),
                "age": [random.choice([0, 18]), 120],
                "slots": random.sample(range(21), 3),
                "stage": random.randint(0, 1),
                "motivation": random.randint(1, 5),
                "languages": ["ja"],
                "place": where(),
                "needs_consents": ["introduce"],
                "organization": f"g{n % 40}",
                "freshness": random.randint(0, 3),
            }
            for n in range(opportunities)
        },
        **more,
    }
