"""The rules in force in words that everybody reads: on the public page in the visitor's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yui.base.access.roles import ROLES
from yui.base.definitions import Definition
from yui.introductions.models import RuleVersion
from yui.introductions.rules import InForce, Values, differences, of_definition, of_row

TOLD = {
    "tags": (_("分野"), _("同じ分野があるごとに。自分でえらんだ分野は、強く数えます。")),
    "skills": (_("手を貸せること"), _("同じものがあるごとに。")),
    "interests": (_("やってみたいこと"), _("同じものがあるごとに。")),
    "text": (_("自由に書いたことば"), _("同じことばがあるごとに。")),
    "motivation": (_("活動したい気持ち"), _("気持ちの強さに合わせて。")),
    "time": (_("時間"), _("重なる時間帯1つごとに。")),
    "distance": (_("近さ"), _("下の距離の表の点に、重さをかけます。")),
    "freshness": (_("新しさ"), _("30日以内に出た出番だけ。")),
}
"""By term: what is looked at, and how it is counted."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of versions. ``changed``: label, before, after."""

    row: RuleVersion
    by: str
    changed: list[tuple[str, str, str]]


def weight_lines(values: Values) -> list[tuple[Any, int, Any]]:
    """What is looked at, how much it counts, how it is counted; in the published order."""
    return [(label, values.weights.get(term, 0), how) for term, (label, how) in TOLD.items()]


def public_sentence(definition: Definition, values: Values, language: str) -> str:
    """The exposure rule for everybody: the town's own sentence while the rule is the one it speaks of."""
    if of_definition(definition.introductions).fairness() == values.fairness():
        return str(definition.introductions.fairness.public_sentence.in_language(language))
    if values.rule == "newcomer_share":
        told = gettext("候補%(n)d人に1人は、まだ声のかかっていない人です。") % {"n": values.one_in}
    elif values.rule == "price":
        told = gettext("よく紹介される出番から点を引き、あまり紹介されない出番を出やすくします。")
    else:
        told = gettext("点の高い順にならべます。")
    return f"{told} {gettext('同じ点なら、公開したくじで順番を決めます。')}"


def decided_by(row: RuleVersion | None) -> str:
    """Who decided it: a role, never a name."""
    if row is None or row.basis == RuleVersion.Basis.DEFINITION:
        return gettext("導入したときの定義")
    return gettext(ROLES[row.role].label) if row.role in ROLES else gettext("市")


def version_lines(rules: InForce) -> list[VersionLine]:
    """Every version, the newest first."""
    rows = list(RuleVersion.objects.order_by("-number"))
    earlier = {row.number: of_row(row) for row in rows}
    return [
        VersionLine(
            row,
            decided_by(row),
            differences(earlier[row.number - 1], of_row(row)) if row.number - 1 in earlier else [],
        )
        for row in rows
    ]
