"""What the Word form and the Excel annex of a report hold: tags, cells, a sample. Pure; no model and no clock."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from yui.base.documents.excel import Sheet
from yui.office.indicators.queries import Evidence, MonthFigure

TAGS: dict[str, str] = {
    "month": "報告の月（令和8年11月）",
    "date": "報告の日（令和8年12月1日）",
    "addressee": "あて先（湖南市長）",
    "town": "市の名",
    "commission": "業務の名",
    "contractor": "受託者の名",
    "version": "版の番号（1から）",
    "reason": "直した理由（はじめの版では空）",
    "sections": "見守る項目のくり返し。中で section.number、section.name、section.lines、section.figures",
    "figures": "数字のくり返し。中で figure.label、figure.value、figure.total、figure.target、figure.unit、figure.verdict",
    "outside": "ゆいの外で数える指標のくり返し。中で one.label、one.value、one.target、one.source",
    "events": "催しのくり返し。中で event.title、event.times、event.people",
    "meetings": "会議のくり返し。中で meeting.date、meeting.kind",
    "next_month": "来月の予定のくり返し",
    "attachments": "別添のくり返し",
}
MINUTES_TAGS: dict[str, str] = {
    "commission": "業務の名",
    "town": "市の名",
    "contractor": "受託者の名",
    "kind": "会議の名（月次報告会 など）",
    "date": "日（令和8年10月30日）",
    "time": "時刻",
    "place": "場所",
    "attendees": "出席した人",
    "agenda": "議題のくり返し（1行ずつ）",
    "decisions": "決まったことのくり返し（1行ずつ）",
    "homework": "宿題のくり返し（1行ずつ）",
    "next": "次回",
}


def report_context(
    *,
    facts: Mapping[str, Any],
    monitored: Sequence[Mapping[str, str]],
    lines: Sequence[Mapping[str, str]],
    figures: Sequence[MonthFigure],
    version: int,
    reason: str,
) -> dict[str, Any]:
    """The values of the tags. ``monitored``: the matters of the contract; ``lines``: what was chosen to be said."""
    told = [figure_words(figure) for figure in figures]
    by_heading = {figure.key: figure.heading for figure in figures}
    sections = []
    for number, matter in enumerate(monitored, start=1):
        own = [one for one in told if by_heading[one["key"]] == matter["key"]]
        said = [line["text"] for line in lines if line["heading"] == matter["key"]]
        said = said or ["数字は、下の表のとおりです。" if own else "今月は、ありません。"]
        sections.append({"number": number, "name": matter["name"], "lines": said, "figures": own})
    return {"outside": [], **facts, "version": version, "reason": reason, "sections": sections, "figures": told}


def figure_words(figure: MonthFigure) -> dict[str, Any]:
    """One figure as the form shows it: numbers with thousands marks, an em dash where there is no target."""
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "value": f"{figure.value:,}",
        "total": f"{figure.total:,}",
        "target": figure.target_text,
        "verdict": figure.verdict,
    }


def annex_sheets(figures: Sequence[MonthFigure], evidence: Mapping[str, Evidence], month: str) -> list[Sheet]:
    """数字, then for each figure the rows of the month, then all rows since the beginning."""
    front = Sheet(
        "数字",
        ["項目", "単位", month, "契約から", "目標", "数え方"],
        [
            [
                figure.label,
                figure.unit,
                figure.value,
                figure.total,
                figure.target,
                evidence[figure.measure].measure.note,
            ]
            for figure in figures
        ],
    )
    head = ["番号", "日", "内容", "しるし"]
    months = [
        Sheet(
            figure.label,
            head,
            [[row.key, row.effective_on, row.label, " ".join(row.codes)] for row in evidence[figure.measure].month],
        )
        for figure in figures
    ]
    whole = Sheet(
        "契約からの根拠",
        ["項目", *head],
        [
            [figure.label, row.key, row.effective_on, row.label, " ".join(row.codes)]
            for figure in figures
            for row in evidence[figure.measure].total
        ],
    )
    return [front, *months, whole]


def sample_context() -> dict[str, Any]:
    """A whole report of invented content, for a trial of a town's own form."""
    figure = {
        "key": "sample", "label": "登録した人", "unit": "人", "value": "26", "total": "296", "target": "350人",
        "verdict": "めやすどおりです",
    }  # fmt: skip
    names = (
        "アクター・サポーターとの関係構築",
        "コーディネーター候補者等の課題と解決策",
        "登録者の活用とネットワーク形成",
    )
    return {
        "month": "令和8年11月",
        "date": "令和8年12月1日",
        "addressee": "見本市長",
        "town": "見本市",
        "commission": "令和8年度見本市人財活躍支援業務委託",
        "contractor": "まちのわ例示社",
        "version": 1,
        "reason": "",
        "sections": [
            {"number": number, "name": name, "lines": ["見本の文です。"], "figures": [figure]}
            for number, name in enumerate(names, start=1)
        ],
        "figures": [figure],
        "outside": [
            {
                "label": "見本の割合",
                "value": "0.31ポイント",
                "target": "0.26ポイントの増加",
                "source": "見本の調査 3ページ",
            }
        ],
        "events": [{"title": "見本の会", "times": 2, "people": 12}],
        "meetings": [{"date": "11月30日", "kind": "月次報告会"}],
        "next_month": ["見本の予定"],
        "attachments": ["根拠の一覧（エクセル）"],
    }


def minutes_sample() -> dict[str, Any]:
    """Invented minutes, for a trial of a town's own form."""
    return {
        "commission": "令和8年度見本市人財活躍支援業務委託",
        "town": "見本市",
        "contractor": "まちのわ例示社",
        "kind": "月次報告会",
        "date": "令和8年10月30日",
        "time": "14時",
        "place": "見本市役所 会議室1",
        "attendees": "見本 太郎、例示 花子",
        "agenda": ["10月の数字"],
        "decisions": ["冬の出番をふやす"],
        "homework": ["受託者：案をつくる"],
        "next": "令和8年11月30日 14時",
    }


def file_title(month: dt.date, month_words: str, version: int) -> str:
    """令和8年11月分 月次報告, with the version from the second on."""
    return f"{month_words}分 月次報告{'' if version == 1 else f' 第{version}版'}"
