"""Small calls for the tests: points by member, proposals in a line."""


def proposal(name, estimate=3_000_000, **given):
    return {"id": name, "applicant": f"applicant {name}", "estimate": estimate, **given}


def call(profile, points, *, estimates=None, stage1=10, themes=None, **given):
    """`points`: member → proposal → total of the sheet."""
    names = sorted({name for mine in points.values() for name in mine})
    more = {} if profile == "kurihara" else {"stage1": stage1}
    sheets = {
        member: {
            name: {"total": total} | ({} if themes is None else {"themes": themes[member][name]})
            for name, total in mine.items()
        }
        for member, mine in points.items()
    }
    return {
        "profile": profile,
        "proposals": [proposal(name, (estimates or {}).get(name, 3_000_000), **more) for name in names],
        "members": list(points),
        "sheets": sheets,
    } | given


def changed(question, name, **given):
    """The question with one proposal changed."""
    proposals = [one | given if one["id"] == name else one for one in question["proposals"]]
    return question | {"proposals": proposals}
