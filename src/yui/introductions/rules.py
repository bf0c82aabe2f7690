"""The rules of lists in force: how much each part of a score counts, and the exposure rule (decision 41).

They are the newest dated ``RuleVersion``. A town has its first from the definition with which it began; every other from
an approval. Where no row is written yet, the definition is what is in force.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yui.base.clock import TOKYO
from yui.base.definitions import current
from yui.base.definitions.models import SCHEME, DefinitionVersion
from yui.base.tenancy.models import Authority
from yui.introductions.definition import Introductions
from yui.introductions.models import RuleValues, RuleVersion, TownRun

FIRST = 1
RULES_OF_QUESTION = ("fairness", "weights", "tables", "k")
"""What of a stored list's rule belongs to the question of the engine."""
Json = dict[str, Any]
LABELS = {
    "tags": "分野", "skills": "手を貸せること", "interests": "やってみたいこと", "text": "自由に書いたことば",
    "motivation": "活動意欲", "time": "時間", "distance": "近さ", "freshness": "新しさ",
}  # fmt: skip
"""What a weight is for, in the order in which parts are listed."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a version sets. ``bands``: kilometres and points, from near to far."""

    weights: Mapping[str, int]
    bands: tuple[tuple[int, int], ...]
    rule: str
    one_in: int

    @property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(self.weights.values())

    def fairness(self) -> Json:
        """The exposure rule as the engine takes it."""
        return {"rule": self.rule, "one_in": self.one_in} if self.rule == "newcomer_share" else {"rule": self.rule}

    def question(self) -> Json:
        """The part of a question that these are."""
        return {
            "weights": dict(self.weights),
            "tables": {"distance": [list(band) for band in self.bands]},
            "fairness": self.fairness(),
        }

    def stored(self) -> Json:
        """As columns of a row."""
        bands = [list(band) for band in self.bands]
        return {"weights": dict(self.weights), "bands": bands, "rule": self.rule, "one_in": self.one_in}


@dataclass(frozen=True, slots=True)
class InForce:
    """A version as it is read. ``since`` is unknown where no row is written."""

    values: Values
    number: int = FIRST
    since: dt.date | None = None
    row: RuleVersion | None = None


def of_definition(rules: Introductions) -> Values:
    """What a definition says."""
    bands = tuple((band.up_to_km, band.points) for band in rules.distance_table)
    return Values(rules.weights.as_mapping(), bands, rules.fairness.rule.value, rules.fairness.one_in.value)


def of_row(row: RuleValues) -> Values:
    """What a version or a change says."""
    return Values(dict(row.weights), tuple((km, points) for km, points in row.bands), row.rule, row.one_in)


def in_force(authority: Authority, on: dt.date | None = None) -> InForce:
    """What holds now, or held at the end of a day. Call inside the authority's scope; one query."""
    rows = RuleVersion.objects.order_by("-number").select_related("decided_by")
    row = (rows if on is None else rows.filter(effective_on__lte=on)).first()
    if row is None and on is not None:  # before the first day that is written down
        row = rows.last()
    return told(row) if row is not None else InForce(of_definition(current(authority).introductions))


def of_number(authority: Authority, number: int) -> InForce:
    """A version by its number."""
    row = RuleVersion.objects.filter(number=number).first()
    return told(row) if row is not None else InForce(of_definition(current(authority).introductions), number)


def number_of(question: Mapping[str, Any]) -> int:
    """The newest version by which a question was asked, also where another came into force while it was answered."""
    for row in RuleVersion.objects.order_by("-number"):
        values = of_row(row)
        asked = {**question, "fairness": {k: v for k, v in question["fairness"].items() if k != "prices"}}
        if all(asked[name] == value for name, value in values.question().items()):
            return row.number
    return FIRST


def asked_by(rules: InForce) -> Json:
    """The rules in force as part of a question about some: under ``price`` with the prices that the newest run over the
    whole town published, the same for everybody; before the first run there are none."""
    found = rules.values.question()
    if rules.values.rule == "price":
        runs = TownRun.objects.filter(change=None, number=rules.number).exclude(done_at=None)
        figures = runs.order_by("-asked_at", "-id").values_list("figures", flat=True).first()
        found["fairness"]["prices"] = {} if figures is None else figures["now"]["prices"]
    return found


def told(row: RuleVersion) -> InForce:
    """A row as it is read."""
    return InForce(of_row(row), row.number, row.effective_on, row)


def began_on() -> dt.date | None:
    """The day on which the first definition was loaded."""
    first = (
        DefinitionVersion.objects.filter(kind=SCHEME).order_by("version").values_list("loaded_at", flat=True).first()
    )
    return None if first is None else first.astimezone(TOKYO).date()


def differences(before: Values, after: Values) -> list[tuple[str, str, str]]:
    """What differs: label, before, after, in the words of staff."""
    found = [
        (LABELS[term], str(before.weights.get(term, 0)), str(after.weights.get(term, 0)))
        for term in LABELS
        if before.weights.get(term, 0) != after.weights.get(term, 0)
    ]
    if before.bands != after.bands:
        found.append(("距離の表", bands_told(before.bands), bands_told(after.bands)))
    if before.fairness() != after.fairness():
        found.append(("公平のきまり", rule_told(before), rule_told(after)))
    return found


def bands_told(bands: tuple[tuple[int, int], ...]) -> str:
    """A distance table on one line."""
    return "・".join(f"{km}kmまで{points}点" for km, points in bands)


def rule_told(values: Values) -> str:
    """The exposure rule in a few words."""
    return fairness_told(values.fairness())


def fairness_told(fairness: Mapping[str, Any]) -> str:
    """The same from the part of a question."""
    if fairness.get("rule") == "newcomer_share":
        return f"{fairness['one_in']}人に1人は、まだ声のかかっていない人"
    return "よく出る出番から点を引く" if fairness.get("rule") == "price" else "点の順のまま"
