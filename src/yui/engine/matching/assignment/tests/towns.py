"""Invented instances with every feature mixed, and the contract read once more by looking at every matching."""

from hashlib import sha256
from itertools import chain, combinations, product
from random import Random

from hypothesis import strategies as st


def instance(random, persons, programs, *, track="stable", minima=True, regions=True, several=False, reserves=True):
    """A small question. What `random` draws decides the rest."""
    names, offered = [f"人{n}" for n in range(persons)], [f"出{n}" for n in range(programs)]
    asked = {"track": track, "persons": {}, "programs": {}, "weights": {}, "lottery": {"seed": str(random.random())}}
    asked["orientation"] = random.choice(["person", "program"])
    if random.random() < 0.3:
        asked["lottery"] = {"order": random.sample(names, persons)}
    if regions:
        asked["regions"] = {region: {"cap": random.randint(0, 4)} for region in ("北", "南")}
    for name in names:
        most = random.choice([1, 1, 2, 0]) if several else 1
        prefs = random.sample(offered, random.randint(0, programs))
        asked["persons"][name] = {"prefs": prefs, "max": most, "groups": random.choice([[], ["若者"]])}
        for a in offered:
            if random.random() < 0.7:
                asked["weights"][f"{name}|{a}"] = random.randint(-1, 3)
    for a in offered:
        cap = random.randint(0, 4)
        rule = {"cap": cap}
        if minima and random.random() < 0.6:
            rule["min"] = random.randint(0, cap)
        if regions and random.random() < 0.6:
            rule |= {"region": random.choice(["北", "南"]), "target": random.randint(0, 2)}
        if reserves and random.random() < 0.4:
            rule["reserve"] = {"group": "若者", "n": random.randint(0, 2)}
        if random.random() < 0.6:
            line = [name for name in random.sample(names, persons) if random.random() < 0.85]
            rule["prio"] = []
            while line:
                n = random.randint(1, 3)
                rule["prio"].append(line[:n] if n > 1 else line[0])
                line = line[n:]
        asked["programs"][a] = rule
    return asked


def instances(persons=5, programs=4, **fixed):
    """Questions of at most this size. `fixed` sets features that are otherwise drawn."""

    def made(seed, n, m, flags):
        features = dict(zip(("minima", "regions", "several", "reserves"), flags, strict=True)) | fixed
        if features["several"]:
            n, m = min(n, 4), min(m, 3)  # every matching is looked at
        return instance(Random(seed), n, m, **features)

    flags = st.tuples(*[st.booleans()] * 4)
    return st.builds(made, st.integers(0, 2**32), st.integers(0, persons), st.integers(1, programs), flags)


def hashed(asked, program, person):
    return sha256(f"{asked['lottery'].get('seed', '')}|{program}|{person}".encode()).hexdigest()


def lines(asked):
    """For each programme everyone it accepts, first in line first."""
    order, made = asked["lottery"].get("order"), {}
    for a, rule in asked["programs"].items():
        classes = rule.get("prio", [list(asked["persons"])])
        classes = [one if isinstance(one, list) else [one] for one in classes]
        made[a] = [
            name
            for one in classes
            for name in sorted(one, key=lambda name, a=a: order.index(name) if order else hashed(asked, a, name))
        ]
    return made


def chosen(asked, line, a, names, seats):
    """Whom a programme takes: reserved seats first, the rest by line."""
    ordered = sorted(names, key=line[a].index)
    reserve = asked["programs"][a].get("reserve", {"group": None, "n": 0})
    group = [name for name in ordered if reserve["group"] in asked["persons"][name]["groups"]]
    reserved = group[: min(reserve["n"], seats)]
    return {*reserved, *[name for name in ordered if name not in reserved][: seats - len(reserved)]}


def matchings(asked, options):
    """Every choice of programmes for every person out of what `options` gives her."""
    sets = []
    for name, person in asked["persons"].items():
        most = min(person["max"], len(options[name]))
        sets.append(list(chain.from_iterable(combinations(options[name], n) for n in range(most + 1))))
    for combination in product(*sets):
        yield dict(zip(asked["persons"], combination, strict=True))


def inside(asked, matching):
    return {a: [name for name, mine in matching.items() if a in mine] for a in asked["programs"]}


def totals(asked, matching):
    held = inside(asked, matching)
    regions = asked.get("regions", {})
    return {r: sum(len(held[a]) for a, rule in asked["programs"].items() if rule.get("region") == r) for r in regions}


def feasible(asked, matching):
    held = inside(asked, matching)
    sizes = all(len(held[a]) <= rule["cap"] for a, rule in asked["programs"].items())
    runs = all(not held[a] or len(held[a]) >= rule.get("min", 0) for a, rule in asked["programs"].items())
    return sizes and runs and all(n <= asked["regions"][r]["cap"] for r, n in totals(asked, matching).items())


def objections(asked, line, matching):
    """(blocking pairs under weak stability, cancelled programmes that enough persons would prefer)."""
    held, full, pairs, coalitions = inside(asked, matching), totals(asked, matching), [], []
    for a, rule in asked["programs"].items():
        region = rule.get("region")
        cap = asked["regions"][region]["cap"] if region else 0
        want = [name for name in line[a] if _prefers(asked["persons"][name], matching[name], a)]
        if rule.get("min") and not held[a]:
            if len(want) >= rule["min"] and (not region or full[region] + rule["min"] <= cap):
                coalitions.append(a)
            continue
        for name in want:
            room = len(held[a]) < rule["cap"] and (not region or full[region] < cap)
            if room or name in chosen(asked, line, a, [*held[a], name], len(held[a])):
                pairs.append((name, a))
    return pairs, coalitions


def _prefers(person, mine, a):
    wishes = person["prefs"]
    if a not in wishes or a in mine:
        return False
    return len(mine) < person["max"] or any(wishes.index(a) < wishes.index(b) for b in mine)


def stable_matchings(asked):
    line = lines(asked)
    options = {name: [a for a in person["prefs"] if name in line[a]] for name, person in asked["persons"].items()}
    for matching in matchings(asked, options):
        if feasible(asked, matching) and objections(asked, line, matching) == ([], []):
            yield matching


def best_welfare(asked):
    """The largest total and the matching that the rule for ties names."""
    names = asked["lottery"].get("order") or sorted(asked["persons"], key=lambda name: hashed(asked, "", name))
    options = {
        name: sorted(
            (a for a in asked["programs"] if f"{name}|{a}" in asked["weights"]),
            key=lambda a, name=name: hashed(asked, a, name),
        )
        for name in names
    }
    best = None
    for matching in matchings(asked, options):
        if feasible(asked, matching):
            value = sum(asked["weights"][f"{name}|{a}"] for name, mine in matching.items() for a in mine)
            merit = (value, [[a in matching[name] for a in options[name]] for name in names])
            if best is None or merit > best[0]:
                best = (merit, matching)
    return best[0][0], {name: list(best[1][name]) for name in sorted(names)}


def shuffled(value, random):
    """The same JSON with the keys of every object in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], random) for key in random.sample(list(value), len(value))}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def crowd(persons, programs, wishes, *, seed=1, share=0.0, regions=0, several=1, track="stable"):
    """A larger question: `share` of the capacity is the minimum."""
    random = Random(seed)
    offered = [f"出{n}" for n in range(programs)]
    cap = max(1, persons // programs)
    asked = {"track": track, "persons": {}, "programs": {}, "weights": {}, "lottery": {"seed": "見本"}}
    for n in range(persons):
        mine = random.sample(offered, wishes)
        asked["persons"][f"人{n}"] = {"prefs": mine, "max": random.randint(1, several)}
        asked["weights"] |= {f"人{n}|{a}": random.randint(1, 20) for a in mine}
    for n, a in enumerate(offered):
        asked["programs"][a] = {"cap": random.randint(1, 2 * cap)}
        asked["programs"][a]["min"] = int(asked["programs"][a]["cap"] * share)
        if regions:
            asked["programs"][a]["region"] = f"地{n % regions}"
    if regions:
        asked["regions"] = {f"地{n}": {"cap": max(1, int(persons / regions * 0.8))} for n in range(regions)}
    return asked
