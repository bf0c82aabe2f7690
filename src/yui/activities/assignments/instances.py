"""The question to the engine, written from a round: numbers of sheets and opportunities, no names. Reads only."""

import hashlib
import json
from typing import Any

from yui.activities.assignments.models import RankedWish, Round, RoundProgramme, WishSheet
from yui.engine.matching.assignment import answer_assign
from yui.engine.matching.verification import answer_verify

POINTS = {1: 3, 2: 2}
"""Points of a first and a second wish where nobody gave any; every later wish has one."""


def instance_of(found: Round, seed: str) -> dict[str, Any]:
    """The ``assign`` question of everything that is wished now."""
    programmes = list(found.programmes.select_related("opportunity", "region").order_by("id"))
    ids = {row.pk: row.opportunity.public_id for row in programmes}
    sheets = list(WishSheet.objects.filter(round=found, withdrawn_at=None).order_by("id"))
    wishes: dict[int, list[RankedWish]] = {sheet.pk: [] for sheet in sheets}
    rows = RankedWish.objects.filter(sheet__round=found, sheet__withdrawn_at=None).order_by("sheet_id", "rank", "id")
    for wish in rows:
        wishes[wish.sheet_id].append(wish)
    numbers = {sheet.pk: sheet.public_id for sheet in sheets}
    question: dict[str, Any] = {
        "track": found.track,
        "persons": {
            sheet.public_id: _person(sheet, [ids[wish.programme_id] for wish in wishes[sheet.pk]]) for sheet in sheets
        },
        "programs": {ids[row.pk]: _programme(row) for row in programmes},
        "lottery": {"seed": seed},
    }
    regions = {row.name: {"cap": row.cap} for row in found.regions.all()}
    if regions:
        question["regions"] = regions
    every = [wish for mine in wishes.values() for wish in mine]
    if found.track == Round.Track.STABLE:
        question["orientation"] = found.orientation
        for row in programmes:
            asked = [wish for wish in every if wish.programme_id == row.pk]
            if any(wish.standing != RankedWish.Standing.USUAL for wish in asked):
                question["programs"][ids[row.pk]]["prio"] = _classes(asked, numbers)
    else:
        question["weights"] = {
            f"{numbers[wish.sheet_id]}|{ids[wish.programme_id]}": points_of(wish)
            for wish in every
            if wish.standing != RankedWish.Standing.NOT
        }
    return question


def points_of(wish: RankedWish) -> int:
    """The points of a pair: as written, else by the rank of the wish."""
    return wish.points if wish.points is not None else POINTS.get(wish.rank, 1)


def written(value: Any) -> str:
    """A question as it is published: the same bytes for the same question."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(", ", ": ")) + "\n"


def answered(instance: str) -> str:
    """The answer as the command ``yui engine assign`` writes it, byte for byte."""
    return json.dumps(answer_assign(json.loads(instance)), ensure_ascii=False) + "\n"


def faults_of(instance: str, answer: str) -> list[str]:
    """What the independent verification finds; empty for a right answer."""
    told: Any = answer_verify(json.loads(check_file(instance, answer)))
    return list(told["findings"])


def check_file(instance: str, answer: str) -> str:
    """The file for ``yui engine verify``: both files, unchanged, in one."""
    return f'{{"instance": {instance.strip()}, "answer": {answer.strip()}}}\n'


def digest(text: str) -> str:
    """As ``sha256sum`` says it of the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def _person(sheet: WishSheet, prefs: list[str]) -> dict[str, Any]:
    person: dict[str, Any] = {"prefs": prefs}
    if sheet.groups:
        person["groups"] = sorted(sheet.groups)
    return person


def _programme(row: RoundProgramme) -> dict[str, Any]:
    made: dict[str, Any] = {"cap": row.cap}
    if row.least:
        made["min"] = row.least
    if row.region is not None:
        made["region"] = row.region.name
        if row.target:
            made["target"] = row.target
    if row.reserve_group and row.reserve_places:
        made["reserve"] = {"group": row.reserve_group, "n": row.reserve_places}
    return made


def _classes(asked: list[RankedWish], numbers: dict[int, str]) -> list[list[str]]:
    order = (RankedWish.Standing.FIRST, RankedWish.Standing.USUAL, RankedWish.Standing.LAST)
    classes = [sorted(numbers[wish.sheet_id] for wish in asked if wish.standing == level) for level in order]
    return [members for members in classes if members]
