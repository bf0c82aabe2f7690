"""The form of a line. Which fields it has follows from the rules of its category; the form itself judges nothing."""

import datetime as dt
from typing import Any

from django import forms

from yui.base.ui.fields import JapaneseDateField
from yui.office.expenses.forms.fields import ExactField, StaysField, YenField
from yui.office.expenses.rules import CONTRACT, SOURCES, Heading, Rules

FROM_SOURCE = "from_"


class LineForm(forms.Form):
    """One line of the ledger. ``facts`` is what the engine judges; the form itself judges nothing."""

    spent_on = JapaneseDateField(
        label="使った日", error_messages={"required": "使った日を書いてください。"},
        help_text="この日の年度の経費になります。例：令和8年11月20日、R8.11.20、2026/11/20",
    )  # fmt: skip
    payee = forms.CharField(label="払った先", max_length=200, error_messages={"required": "払った先を書いてください。"})
    purpose = forms.CharField(
        label="何のために、何を", max_length=300, help_text="例：移住フェア（仙台）の出展のための宿泊",
        error_messages={"required": "何のために使ったかを書いてください。"},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rules: Rules, heading: Heading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.heading = rules, heading
        for name, field in _facts_of(rules, heading).items():
            self.fields[name] = field
        for key, words in SOURCES.items():
            self.fields[FROM_SOURCE + key] = YenField(label=f"財源：{words}（円）", required=False)
        first = self.fields[FROM_SOURCE + CONTRACT]
        first.help_text = "4つの財源がどれも空なら、全額をこの契約で払います。合計は、かかった額までです。"

    def written(self) -> dict[str, Any]:
        """What the verbs take."""
        cleaned = self.cleaned_data
        facts: dict[str, Any] = {}
        for name in _facts_of(self.rules, self.heading):
            value = cleaned.get(name)
            if name == "ground" or value in (None, "", []):
                continue
            facts[name] = value.isoformat() if isinstance(value, dt.date) else value
        sources = {key: cleaned[FROM_SOURCE + key] for key in SOURCES if cleaned.get(FROM_SOURCE + key)}
        return {
            "category": self.heading.key, "spent_on": cleaned["spent_on"], "payee": cleaned["payee"].strip(),
            "purpose": cleaned["purpose"].strip(), "ground": cleaned.get("ground", "").strip(), "facts": facts,
            "sources": sources,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An amount in one of the ways that the category allows."""
        cleaned = super().clean() or {}
        if "paid" in self.fields and not self.fields["paid"].required and cleaned.get("paid") is None:
            computed = cleaned.get("rate") is not None and cleaned.get("hours")
            if not computed and not cleaned.get("stays") and not self.errors.get("paid"):
                self.add_error("paid", "払った額を書いてください。")
        return cleaned

    @property
    def own_fields(self) -> list[Any]:
        """The fields before the sources, as bound fields."""
        return [field for field in self.visible_fields() if not field.name.startswith(FROM_SOURCE)]

    @property
    def source_fields(self) -> list[Any]:
        """Who pays."""
        return [field for field in self.visible_fields() if field.name.startswith(FROM_SOURCE)]

    @property
    def missing(self) -> list[str]:
        """The labels of what has still to be written before a line can be judged, or of what is not clear."""
        return [str(self.fields[name].label) for name in self.errors if name in self.fields]


def line_initial(expense: Any) -> dict[str, Any]:
    """The form as a line stands."""
    facts = dict(expense.facts)
    if "consulted_on" in facts:
        facts["consulted_on"] = dt.date.fromisoformat(facts["consulted_on"])
    return {
        "spent_on": expense.spent_on, "payee": expense.payee, "purpose": expense.purpose, "ground": expense.ground,
        "version": expense.version, **facts, **{FROM_SOURCE + key: value for key, value in expense.sources.items()},
    }  # fmt: skip


def _facts_of(rules: Rules, heading: Heading) -> dict[str, forms.Field]:
    """The fields that the rules of a category need, in the order of the form."""
    engine = rules.profile.expenses
    one = ((engine.categories if engine else None) or {}).get(heading.key)
    made: dict[str, forms.Field] = {}
    hourly, lodging = bool(one and one.rate_times_hours), bool(one and one.night_limit is not None)
    if hourly:
        made["rate"] = YenField(label="時間単価（円）", error_messages={"required": "時間単価を書いてください。"})
        made["hours"] = ExactField(
            label="作業時間（時間）", help_text="例：7.5", error_messages={"required": "作業時間を書いてください。"}
        )
    if one and one.honorarium_table:
        made |= honorarium_fields(rules)
    if lodging:
        made["nights"] = _count("泊数", "泊数を書いてください。")
        made["people"] = _count("人数", "人数を書いてください。")
        made["stays"] = StaysField(
            label="1人1泊ごとの額（円）", required=False, widget=forms.Textarea(attrs={"rows": 3}),
            help_text="額が泊や人でちがうときだけ。空白か改行で区切ります。書くと、1つずつ上限とくらべます。",
        )  # fmt: skip
    free = hourly or lodging
    made["paid"] = YenField(
        label="払った額（円、税込み）", required=not free,
        help_text="空なら、時間単価×作業時間です。" if hourly else "空なら、1人1泊ごとの額の合計です。" if lodging else "",
        error_messages={"required": "払った額を書いてください。"},
    )  # fmt: skip
    made["tax"] = YenField(label="うち消費税（円）", required=False, help_text="分かるときだけ。")
    if one and one.food_excluded:
        made["meals"] = YenField(label="うち飲食代（円）", required=False, help_text="払った額に入っている食事の代金。")
    if one and one.cheapest_route:
        made["cheapest"] = YenField(
            label="最も安い経路の額（円）", required=False, help_text="くらべた経路のうち、いちばん安いもの。"
        )
        made["ground"] = forms.CharField(
            label="経路の比較",
            required=False,
            max_length=300,
            help_text="例：バス 3,200円、新幹線 5,400円。バスを利用。",
        )
    if one and one.own_supply_at_cost:
        made["own_supply_cost"] = YenField(
            label="自社から調達したときの原価（円）",
            required=False,
            help_text="自社から調達したときだけ。利益は入れません。",
        )
    if one and one.consulted_before:
        made["consulted_on"] = JapaneseDateField(
            label="市と協議した日", required=False, help_text="使う日より前でないと、対象になりません。"
        )
    return made


def honorarium_fields(rules: Rules) -> dict[str, forms.Field]:
    return {
        "class": forms.ChoiceField(
            label="謝金の区分", widget=forms.RadioSelect(attrs={"block": True}), choices=class_choices(rules),
            error_messages={"required": "区分を選んでください。"},
        ),
        "ground": forms.CharField(
            label="その区分にしたわけ", max_length=300, help_text="例：弁護士。登録から12年（日本弁護士連合会の検索で確認）。",
            error_messages={"required": "区分のわけを書いてください。"},
        ),
        "minutes": forms.IntegerField(
            label="招く時間（分）", min_value=1, max_value=100_000, widget=forms.TextInput(attrs={"data-width": "10"}),
            error_messages={"required": "時間を分で書いてください。", "invalid": "分の数で書いてください（例：90）。"},
        ),
        "one_way_km": ExactField(
            label="片道の距離（km）", required=False, help_text="空なら 0 km です。例：320",
        ),
    }  # fmt: skip


def class_choices(rules: Rules) -> list[tuple[str, str]]:
    """A, B, C with the price and who belongs to it."""
    return [
        (one.mark, f"{one.mark}（1時間 {one.yen_per_hour.value:,}円）：" + "、".join(who.name for who in one.who))
        for one in rules.classes
    ]


def _count(label: str, required: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=10_000, initial=1, widget=forms.TextInput(attrs={"data-width": "4"}),
        error_messages={
            "required": required, "invalid": f"{label}は数で書いてください。", "min_value": "1以上で書いてください。",
        },
    )  # fmt: skip
