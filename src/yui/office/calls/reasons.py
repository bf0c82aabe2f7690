"""Why an applicant was not chosen, in sentences that staff may change; and what such a text must not tell. Pure.

Codes come from the engine (``engine.selection.REASONS``) and from the states of an applicant.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from yui.engine.profile import Selection

BEST = {
    "rank_sum": "審査委員ごとの順位の合計が、最も小さい提案ではありませんでした。",
    "total": "合計点が、最も高い提案ではありませんでした。",
    "mean": "平均点が、最も高い提案ではありませんでした。",
    "place_count": "1位とした審査委員の数が、最も多い提案ではありませんでした。",
}
TIED = "同じ成績の提案があり、審査委員会の協議により、ほかの提案を選びました。"
NO_CANDIDATE = "審査の結果、候補者となる提案がありませんでした。"
NOT_INVITED = "参加資格はありますが、評価点の高い順に選んだ者のなかに入りませんでした。"
_CODES = {
    "over_cap": "見積額が、上限額（{cap}円）を超えていました。",
    "two_proposals": "同じ応募者から、2つ以上の提案がありました。",
    "no_majority": "{floor}点以上をつけた審査委員が、過半数に達しませんでした。",
    "below_floor": "審査委員の平均点が、最低基準の{floor}点に達しませんでした。",
    "estimate_unsuitable": "見積額が、提案の内容や業務の規模に見合うと認められませんでした。",
    "disqualified": "失格の事由に当たると認めました。",
}
_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*点")
_NAME_PARTS = re.compile(
    r"(株式会社|有限会社|合同会社|一般社団法人|公益社団法人|一般財団法人|特定非営利活動法人|NPO法人)"
)
SHORTEST_NAME = 2


def sentence(code: str, selection: Selection, *, cap: int, unsuitable: str = "") -> str:
    """The sentence of a code of the engine. ``unsuitable``: what staff wrote of the estimate."""
    floor = "" if selection.floor is None else str(selection.floor.points)
    said = _CODES[code].format(cap=f"{cap:,}", floor=floor)
    return f"{said}{unsuitable}" if code == "estimate_unsuitable" else said


def outcome_code(answered: Mapping[str, Any], ids: Iterable[str]) -> str:
    """Why the engine did not select these ids of one applicant: one of its codes, ``tied``, ``no_candidate`` or ``not_best``."""
    out = answered.get("not_selectable", {})
    own = [out[one] for one in ids if one in out]
    if own:
        return str(own[0])
    if answered.get("winner") is None:
        return "no_candidate"
    return "tied" if set(ids) & set(answered.get("tied", ())) else "not_best"


def not_selected(code: str, selection: Selection, *, cap: int, unsuitable: str = "") -> str:
    """The sentence for an applicant whose proposal was not the best, or could not be selected."""
    if code == "tied":
        return TIED
    if code == "no_candidate":
        return NO_CANDIDATE
    if code == "not_best":
        return BEST[selection.aggregation]
    return sentence(code, selection, cap=cap, unsuitable=unsuitable)


def bare(text: str) -> str:
    """A text as it is compared: one width, no spaces, no form of company."""
    return re.sub(r"\s+", "", _NAME_PARTS.sub("", unicodedata.normalize("NFKC", text))).casefold()


def names_told(text: str, names: Iterable[str]) -> list[str]:
    """Which of these names stand in a text, also without their form of company or with other spaces."""
    said = bare(text)
    return [name for name in names if len(bare(name)) >= SHORTEST_NAME and bare(name) in said]


def points_told(text: str, others: Iterable[str], own: Iterable[str]) -> list[str]:
    """Which points of others stand in a text as 「…点」 and are not the applicant's own or the rule's."""
    said = _POINTS.findall(unicodedata.normalize("NFKC", text))
    known = set(own)
    theirs = set(others) - known
    return [one for one in said if one in theirs]


def points_in(row: Mapping[str, Any]) -> set[str]:
    """Every number of points in a row of the engine's table."""
    found = {str(row[key]) for key in ("total", "themes", "mean") if row.get(key) is not None}
    return found | {str(total) for total in row.get("totals", {}).values()}
