"""The other forms of the room: calculator, checking, evidence, budget, statements, binders, filters. Words for staff."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings

from yui.base.files.forms import UploadField
from yui.office.commissions.wording import fiscal_year_words
from yui.office.expenses.evidence_kinds import KINDS, wanted_of
from yui.office.expenses.forms.fields import YenField
from yui.office.expenses.forms.lines import honorarium_fields
from yui.office.expenses.models import BudgetEntry
from yui.office.expenses.rules import CONTRACT, SOURCES, Rules


class HonorariumForm(forms.Form):
    """The calculator: what the table allows for one invitation."""

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in honorarium_fields(rules).items():
            if name != "ground":
                self.fields[name] = field
        self.fields["paid"] = YenField(
            label="払う予定の額（円）", required=False, help_text="空なら、上限の額だけを出します。"
        )


class ReasonForm(forms.Form):
    """Why something is taken back, or put right."""

    reason = forms.CharField(
        label="わけ", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "わけを書いてください。"},
    )  # fmt: skip


class CheckForm(forms.Form):
    """確認 or 差戻し of a line or a statement."""

    answer = forms.ChoiceField(
        label="どうしますか", choices=[("accept", "確認した"), ("return", "差し戻す")], widget=forms.RadioSelect,
        error_messages={"required": "どちらかを選んでください。"},
    )  # fmt: skip
    comment = forms.CharField(
        label="ことば", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="差し戻すときは、何をなおせばよいかを書きます。",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A return needs its words."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "return" and not cleaned.get("comment", "").strip():
            self.add_error("comment", "差し戻すときは、何をなおせばよいかを書いてください。")
        return cleaned


class EvidenceForm(forms.Form):
    """A photo or PDF of a kind."""

    kind = forms.ChoiceField(
        label="証拠の種類", widget=forms.RadioSelect(attrs={"block": False}),
        error_messages={"required": "証拠の種類を選んでください。"},
    )  # fmt: skip
    file = UploadField(
        label="写真かPDF", widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        help_text=f"スマートフォンのカメラで撮った写真も使えます。{settings.YUI_UPLOAD_LIMIT // (1024 * 1024)}MBまで。撮った場所などの記録は、自動で消します。",
        error_messages={"required": "写真かPDFを選んでください。", "empty": "ファイルが空です。もう一度選んでください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, category: str, present: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = wanted_of(category)
        order = [*wanted, *(kind for kind in KINDS if kind not in wanted)]
        self.fields["kind"].choices = [(kind, KINDS[kind]) for kind in order]  # type: ignore[attr-defined]
        self.initial.setdefault("kind", next((kind for kind in wanted if kind not in present), order[0]))


class AmountForm(forms.Form):
    """What an amount of the budget is from today: of the contract, or of a category, in one 年度."""

    category = forms.ChoiceField(label="何の額")
    fiscal_year = forms.TypedChoiceField(label="年度", coerce=int)
    amount = YenField(label="これからの額（円）", error_messages={"required": "額を書いてください。"})
    reason = forms.CharField(
        label="わけ", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="はじめて書くときは、空でかまいません。変えるときは、変更契約の日や番号なども書きます。",
    )  # fmt: skip

    def __init__(self, *args: Any, rules: Rules, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.key, one.name) for one in rules.eligible]
        self.fields["category"].choices = [(BudgetEntry.Kind.CONTRACT.value, "契約額"), *named]  # type: ignore[attr-defined]
        self.fields["fiscal_year"].choices = [(year, fiscal_year_words(year)) for year in years]  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        """Of the contract, or of a category."""
        chosen = self.cleaned_data["category"]
        return BudgetEntry.Kind.CONTRACT if chosen == BudgetEntry.Kind.CONTRACT else BudgetEntry.Kind.PLAN


class TransferForm(forms.Form):
    """流用."""

    fiscal_year = forms.TypedChoiceField(label="年度", coerce=int)
    from_category = forms.ChoiceField(label="どの費目から", error_messages={"required": "元の費目を選んでください。"})
    category = forms.ChoiceField(label="どの費目へ", error_messages={"required": "先の費目を選んでください。"})
    amount = YenField(label="うつす額（円）", min_value=1, error_messages={"required": "額を書いてください。"})
    reason = forms.CharField(
        label="わけ", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "流用のわけを書いてください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, rules: Rules, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="transfer_%s", **kwargs)  # it stands beside the other form
        named = [(one.key, one.name) for one in rules.eligible]
        for name in ("from_category", "category"):
            self.fields[name].choices = named  # type: ignore[attr-defined]
        self.fields["fiscal_year"].choices = [(year, fiscal_year_words(year)) for year in years]  # type: ignore[attr-defined]


class StatementForm(forms.Form):
    """Asking for a statement."""

    phase = forms.ChoiceField(
        label="どの書類", widget=forms.RadioSelect(attrs={"block": True}),
        choices=[
            ("settlement", "精算書：確認ずみの明細から"), ("estimate", "予算書（見積り）：はじめの予算から"),
            ("amendment", "予算書（変更）：変更・流用のあとの予算から"),
        ],
        initial="settlement", error_messages={"required": "どの書類かを選んでください。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="わけ", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="同じ書類をもう一度つくるときに書きます。",
    )  # fmt: skip


class BinderForm(forms.Form):
    """Asking for a binder."""

    source = forms.ChoiceField(
        label="どの行を綴じますか", required=False, widget=forms.RadioSelect(attrs={"block": True}),
        choices=[("", "すべての行"), *((key, f"{words}が入っている行だけ") for key, words in SOURCES.items() if key != CONTRACT)],
    )  # fmt: skip


class FilterForm(forms.Form):
    """Which lines the ledger shows. Everything may stay empty; what is not known is left out."""

    category = forms.ChoiceField(label="費目", required=False)
    state = forms.ChoiceField(label="状態", required=False)
    year = forms.ChoiceField(label="年度", required=False)
    finding = forms.ChoiceField(
        label="判定", required=False,
        choices=[("", "すべて"), ("ineligible", "対象外の額がある"), ("bare", "証拠がない")],
    )  # fmt: skip
    word = forms.CharField(
        label="ことば", required=False, max_length=60, help_text="払った先・内容・番号でさがします。"
    )

    def __init__(
        self, given: Mapping[str, Any], *, rules: Rules, states: Mapping[Any, str], years: Sequence[int]
    ) -> None:
        super().__init__(given)
        named = [(one.key, one.name) for one in rules.headings.values()]
        self.fields["category"].choices = [("", "すべて"), *named]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", "すべて"), *((str(key), words) for key, words in states.items())]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", "すべて"), *((str(year), fiscal_year_words(year)) for year in years)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """The filters that are set and known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
