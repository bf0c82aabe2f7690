"""The contract once more, read pair by pair in plain Python: what the arrays must agree with."""

from hashlib import sha256
from math import asin, cos, radians, sin, sqrt

KEYED = {"tags": "tag", "skills": "skill", "interests": "interest", "text": "text"}


def metres(a, b):
    (la, lo), (lb, mo) = (tuple(map(radians, place)) for place in (a, b))
    chord = sin((la - lb) / 2) ** 2 + cos(la) * cos(lb) * sin((lo - mo) / 2) ** 2
    return round(2 * 6_371_008.8 * asin(sqrt(min(1.0, chord))))


def limit(p, name, o):
    low, high = p["age"] if isinstance(p.get("age"), list) else (p.get("age"), p.get("age"))
    if low is not None and "age" in o and (low < o["age"][0] or high > o["age"][1]):
        return "age"
    for field in ("slots", "languages"):
        if p.get(field) and o.get(field) and not set(p[field]) & set(o[field]):
            return field
    if "stage" in p and "stage" in o and p["stage"] < o["stage"]:
        return "stage"
    placed = "place" in p and "place" in o
    if placed and "reach_km" in p and not o.get("online") and metres(p["place"], o["place"]) > p["reach_km"] * 1000:
        return "place"
    if set(o.get("needs_consents", [])) - set(p.get("consents", [])):
        return "consents"
    if "load_cap" in p and p.get("load", 0) >= p["load_cap"]:
        return "load"
    if name in p.get("blocked", []):
        return "blocked"
    if p.get("resting"):
        return "resting"
    return None if o.get("open", True) else "open"


def parts(question, p, o):
    weights, found = question.get("weights", {}), {}
    for term, prefix in KEYED.items():
        for key in p.get(term, {}).keys() & o.get(term, {}).keys():
            found[f"{prefix}:{key}"] = weights.get(term, 0) * p[term][key] * o[term][key]
    found["motivation"] = weights.get("motivation", 0) * p.get("motivation", 0) * o.get("motivation", 0)
    found["time"] = weights.get("time", 0) * len(set(p.get("slots", [])) & set(o.get("slots", [])))
    found["freshness"] = weights.get("freshness", 0) * o.get("freshness", 0)
    if "place" in p and "place" in o:
        far = metres(p["place"], o["place"])
        bands = [worth for up_to, worth in question.get("tables", {}).get("distance", []) if far <= up_to * 1000]
        found["distance"] = weights.get("distance", 0) * (bands[0] if bands else 0)
    return {term: value for term, value in found.items() if value}


def lists(question):
    seed = question.get("lottery", {}).get("seed")
    by_person = question.get("direction", "person") == "person"
    out = {name: [] for name in question["persons" if by_person else "opportunities"]}
    for person, p in question["persons"].items():
        for opportunity, o in question["opportunities"].items():
            if limit(p, opportunity, o) is None:
                found = parts(question, p, o)
                holder, other = (person, opportunity) if by_person else (opportunity, person)
                luck = "" if seed is None else sha256(f"{seed}|{opportunity}|{person}".encode()).hexdigest()
                out[holder].append((-sum(found.values()), luck, other, found))
    return {
        holder: [(other, -minus, found) for minus, _, other, found in sorted(entries, key=lambda e: e[:3])][
            : question.get("k")
        ]
        for holder, entries in out.items()
    }


def excluded(question):
    return {
        person: {name: why for name, o in question["opportunities"].items() if (why := limit(p, name, o))}
        for person, p in question["persons"].items()
    }
