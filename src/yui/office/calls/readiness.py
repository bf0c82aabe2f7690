"""Whether a call can be announced: everything that an announcement states, with what is missing in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yui.office.calls.definition import Call as Rules
from yui.office.calls.schedule import cut_off, day_of

VALUES, FILE = "values", "file"
ANNOUNCED, CONTRACT, CONTRACT_END = "announced", "contract", "contract_end"
"""Entries that every schedule has."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that an announcement states. ``missing``: sentences, none where it is there. ``place``: where it is
    filled in: ``values`` (the form, at the field ``anchor``) or ``file`` (the YAML).
    """

    name: str
    missing: tuple[str, ...] = ()
    place: str = FILE
    anchor: str = ""


def needs(rules: Rules, now: datetime) -> list[Need]:
    """Everything that is announced, in the order of the announcement."""
    return [
        Need("業務の名前", _blank(rules.title.value, "業務の名前がありません。"), VALUES, "title"),
        Need("目的", _none([one.summary for one in rules.purposes], "目的がありません。")),
        Need("上限額（税込み）", () if rules.cap.value > 0 else ("上限額が0円です。",), VALUES, "cap"),
        Need("期間", tuple(_term(rules)), FILE),
        Need("応募資格", _none([one.summary for one in rules.eligibility], "応募資格がありません。")),
        *_schedule(rules, now),
        Need("提出書類と部数", tuple(_papers(rules))),
        Need("提出先と出し方", tuple(_submission(rules))),
        Need("評価項目と配点", tuple(_points(rules)), VALUES, "levels"),
        Need("選び方", _blank(rules.selection.body.value, "審査する組織がありません。")),
        Need("失格", _none([one.summary for one in rules.disqualifications], "失格になる場合がありません。")),
        Need("問合せ先", _blank(rules.contact.value, "問合せ先がありません。"), VALUES, "contact"),
    ]


def missing(rules: Rules, now: datetime) -> list[Need]:
    """What is missing; empty when the call can be announced."""
    return [need for need in needs(rules, now) if need.missing]


def _blank(text: str, sentence: str) -> tuple[str, ...]:
    return () if text.strip() else (sentence,)


def _none(texts: list[str], sentence: str) -> tuple[str, ...]:
    return () if any(text.strip() for text in texts) else (sentence,)


def _term(rules: Rules) -> Iterator[str]:
    keys = {one.key for one in rules.schedule}
    if CONTRACT not in keys:
        yield "日程に、契約の日（contract）がありません。"
    if CONTRACT_END not in keys:
        yield "日程に、契約の終わり（contract_end）がありません。"


def _schedule(rules: Rules, now: datetime) -> Iterator[Need]:
    moments = {one.key: one for one in rules.schedule}
    if ANNOUNCED not in moments:
        yield Need("日程：公告の日", ("日程に、公告の日（announced）がありません。",))
    deadlines = {stage.due: f"「{stage.name}」の書類の締切" for stage in rules.stages}
    deadlines[rules.questions.until] = "質問の締切"
    for key, name in deadlines.items():
        when = moments[key].closes.value
        end = cut_off(when)
        if end is None:
            yield Need(
                f"日程：{name}", (f"{name}の時刻がありません。何時までかを入れてください。",), VALUES, f"closes_{key}"
            )
        elif end <= now:
            yield Need(f"日程：{name}", (f"{name}が、もう過ぎています。",), VALUES, f"closes_{key}")
        else:
            yield Need(f"日程：{name}", (), VALUES, f"closes_{key}")
    for before, after in (
        (rules.questions.until, rules.questions.answered),
        (rules.stages[-1].due, rules.presentation.on),
    ):
        first, then = (day_of(moments[key].closes.value) for key in (before, after))
        if first is not None and then is not None and then < first:
            sentence = f"「{moments[after].name}」が、「{moments[before].name}」より前の日です。"
            yield Need("日程：順番", (sentence,), VALUES, f"closes_{after}")
    if day_of(moments[rules.questions.answered].closes.value) is None:
        sentence = "質問に答える日がありません。"
        yield Need("日程：質問への回答", (sentence,), VALUES, f"closes_{rules.questions.answered}")


def _papers(rules: Rules) -> Iterator[str]:
    for paper in rules.papers:
        if paper.stage and paper.copies is None:
            yield f"「{paper.name}」の部数がありません。"


def _submission(rules: Rules) -> Iterator[str]:
    if not rules.submission.place.value.strip():
        yield "提出先がありません。"
    if not rules.submission.channels.value:
        yield "出し方がありません。"
    if not rules.questions.channels.value:
        yield "質問の受け付け方がありません。"


def _points(rules: Rules) -> Iterator[str]:
    for group in rules.criteria:
        for criterion in group.criteria:
            open_levels = [level.name for level in criterion.levels if level.points.value is None]
            if open_levels:
                yield f"「{criterion.name}」の段階に、点がありません（{'、'.join(open_levels)}）。文書が決めていないので、公告の前に入れます。"
                continue
            points = [level.points.value or 0 for level in criterion.levels]
            if any(point > criterion.points.value for point in points):
                yield f"「{criterion.name}」の段階の点が、配点の{criterion.points.value}点をこえています。"
            elif points != sorted(points, reverse=True):
                yield f"「{criterion.name}」の段階の点が、順と合いません。上の段階ほど高くします。"
