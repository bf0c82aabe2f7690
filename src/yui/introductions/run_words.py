"""What a run over the town says, in sentences to read aloud; and what a change would change. No names.

All numbers come from exact fractions and whole numbers; what is shown is whole percent or hundredths, halves up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from yui.activities.models import Opportunity
from yui.introductions.fairness import percent
from yui.introductions.models import TownRun
from yui.introductions.rows import Json
from yui.introductions.runs import NEW, NOW

SAME, ORDER, MEMBERS = "変わりません", "順番が変わります", "顔ぶれが変わります"
TONES = {SAME: "", ORDER: "info", MEMBERS: "accent"}
NOTHING = "ありません"


@dataclass(frozen=True, slots=True)
class Figures:
    """Ginis in hundredths, shares in percent. ``prices``: by public id of the 出番, ``None`` where the rule has none."""

    gini_things: int
    gini_hosts: int
    least: int
    never: list[str]
    fresh: int
    kept: int
    prices: Mapping[str, int] | None

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Label and number with its unit."""
        return [
            ("出番のあいだのかたより（0はみな同じ、100は1つだけ）", str(self.gini_things)),
            ("団体のあいだのかたより", str(self.gini_hosts)),
            ("いちばん出ない出番（平均にくらべて）", f"{self.least}％"),
            ("だれの一覧にも出ない出番", f"{len(self.never)}件"),
            ("候補にのる方のうち、まだ声のかかっていない方", f"{self.fresh}％"),
            ("点の合計（公平のきまりがないときを100として）", f"{self.kept}％"),
        ]


@dataclass(frozen=True, slots=True)
class ListChange:
    """One 出番 before and after: pseudonymous ids, and how many are new or gone."""

    title: str
    kind: str
    before: list[str]
    after: list[str]

    @property
    def came(self) -> list[str]:
        """Who would be shown newly."""
        return [who for who in self.after if who not in self.before]

    @property
    def went(self) -> list[str]:
        """Who would not be shown any more."""
        return [who for who in self.before if who not in self.after]

    @property
    def tone(self) -> str:
        """Of the chip."""
        return TONES[self.kind]


def figures_of(run: TownRun, name: str = NOW) -> Figures:
    """The figures of a run that is done, by some of its rules."""
    found = run.figures[name]
    mean = Fraction(found["mean"])
    return Figures(
        gini_things=_hundredths(found["gini_things"]),
        gini_hosts=_hundredths(found["gini_hosts"]),
        least=int(100 * found["least"] / mean + Fraction(1, 2)) if mean else 0,
        never=list(found["never"]),
        fresh=percent(found["fresh"], found["places"]),
        kept=_kept(found),
        prices=found["prices"],
    )


def _kept(found: Json) -> int:
    if found["kept"] is not None:
        return _hundredths(found["kept"])
    return percent(found["score"], found["best"]) if found["best"] > 0 else 100


def _hundredths(fraction: str) -> int:
    return int(Fraction(fraction) * 100 + Fraction(1, 2))


def aloud(run: TownRun) -> list[str]:
    """What an officer can read to a meeting of a run by the rules in force."""
    found, known = figures_of(run), run.facts
    sentences = [
        f"席のある出番{known['things']}件と、登録した方{known['persons']:,}人で、町ぜんたいの一覧を計算しました。",
        f"出番のあいだのかたよりは{found.gini_things}、団体のあいだのかたよりは{found.gini_hosts}です。"
        "0はみな同じ、100は1つだけが見えている状態です。",
        f"いちばん出ない出番は、平均の{found.least}％の見えかたです。だれの一覧にも出ない出番は{len(found.never)}件です。",
        f"候補にのる方のうち、まだ声のかかっていない方は{found.fresh}％です。",
        f"今月のお願いが上限に達している方は{known['at_cap']}人、お休み中の方は{known['resting']}人です。",
        f"公平のきまりがあっても、点の合計は{found.kept}％が残ります。",
    ]
    if known["asked_of"] < known["persons"]:
        sentences.insert(1, f"かたよりは、くじで選んだ{known['asked_of']:,}人で計算しました。")
    if known["things"] < known["open_things"]:
        sentences.insert(1, f"席のある{known['open_things']:,}件のうち、新しい{known['things']}件です。")
    priced = [price for price in (found.prices or {}).values() if price]
    if found.prices is None:
        sentences.append("いまのきまりでは、出番に値段（引く点）はありません。")
    else:
        sentences.append(
            f"値段（引く点）のある出番は{len(priced)}件、いちばん高いものは{max(priced, default=0)}点です。"
        )
    return sentences


def priced(run: TownRun, name: str = NOW) -> list[tuple[str, int]]:
    """All prices: title of the 出番 and points, the dearest first."""
    prices = figures_of(run, name).prices or {}
    return prices_told(prices, titles_of(prices))


def prices_told(prices: Mapping[str, int], titles: Mapping[str, str]) -> list[tuple[str, int]]:
    """The same with titles that are known."""
    return sorted(((titles.get(key, key), price) for key, price in prices.items()), key=lambda row: (-row[1], row[0]))


def changes_of(run: TownRun) -> list[ListChange]:
    """Each 出番 of a preview; those with new faces first."""
    titles = titles_of(run.lists)
    found = []
    for key, one in run.lists.items():
        before, after = one[NOW]["ids"], one[NEW]["ids"]
        kind = SAME if before == after else ORDER if set(before) == set(after) else MEMBERS
        found.append(ListChange(titles.get(key, key), kind, before, after))
    order = [MEMBERS, ORDER, SAME]
    return sorted(found, key=lambda change: (order.index(change.kind), change.title))


def compared(run: TownRun) -> list[tuple[str, str, str]]:
    """Label, now, and by the change."""
    now, new = figures_of(run, NOW), figures_of(run, NEW)
    return [(label, before, after) for (label, before), (_, after) in zip(now.rows, new.rows, strict=True)]


def told_of_change(run: TownRun) -> list[str]:
    """What would change, in sentences."""
    changes, now, new = changes_of(run), figures_of(run, NOW), figures_of(run, NEW)
    kinds = [change.kind for change in changes]
    came = [who for change in changes for who in change.came]
    went = [who for change in changes for who in change.went]
    moved = len(changes) - kinds.count(SAME)
    sentences = [
        f"席のある出番{len(changes)}件のうち、候補の一覧が変わるのは{moved}件です。"
        f"顔ぶれが変わるのは{kinds.count(MEMBERS)}件、順番だけが変わるのは{kinds.count(ORDER)}件です。",
        f"新しく候補にのる方は、のべ{len(came)}人（{len(set(came))}人）です。のらなくなる方は、のべ{len(went)}人（{len(set(went))}人）です。",
        _moved("まだ声のかかっていない方の割合", now.fresh, new.fresh, "％"),
        _moved("出番のあいだのかたより", now.gini_things, new.gini_things, ""),
        _moved("団体のあいだのかたより", now.gini_hosts, new.gini_hosts, ""),
        _moved("だれの一覧にも出ない出番", len(now.never), len(new.never), "件"),
    ]
    return sentences if moved else [sentences[0], *sentences[2:]]


def _moved(what: str, before: int, after: int, unit: str) -> str:
    if before == after:
        return f"{what}は、{before}{unit}のままです。"
    return f"{what}は、{before}{unit}から{after}{unit}になります。"


def titles_of(keys: Iterable[str]) -> dict[str, str]:
    """Titles of 出番 by public id."""
    wanted = list(keys)
    if not wanted:
        return {}
    return dict(Opportunity.objects.filter(public_id__in=wanted).order_by().values_list("public_id", "title"))
