"""Forms of written-in figures. Words for staff."""

import unicodedata
from decimal import Decimal
from typing import Any

from django import forms

from yui.base.ui.fields import JapaneseDateField
from yui.office.indicators.models import DIGITS, PLACES, Indicator


class AmountField(forms.DecimalField):
    """A number as people write it: 0.26, ０．２６, 1,500."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        """The exact number."""
        text = unicodedata.normalize("NFKC", str(value or "")).replace(",", "").strip()
        return super().to_python(text)


class EnterForm(forms.Form):
    """Where an indicator stood on a day."""

    effective_on = JapaneseDateField(label="いつの値", error_messages={"required": "いつの値かを書いてください。"})
    place = forms.CharField(
        label="地域", max_length=60, help_text="プログラムをした地域の名前。",
        error_messages={"required": "地域の名前を書いてください。"},
    )  # fmt: skip
    value = AmountField(
        label="その日までの値", min_value=0, max_digits=DIGITS, decimal_places=PLACES,
        error_messages={
            "required": "値を書いてください。", "invalid": "数で書いてください（例：0.26、1,500）。",
            "min_value": "0以上の数で書いてください。",
            "max_decimal_places": f"小数は{PLACES}けたまでで書いてください。",
        },
    )  # fmt: skip
    source = forms.CharField(
        label="出典", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="どの調査・資料の、どこに書いてあるか。例：令和7年度 市民アンケート 集計表 3ページ",
        error_messages={"required": "出典を書いてください。あとから確かめられるようにするためです。"},
    )  # fmt: skip

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = f"その日までの値（{indicator.unit}）"
        basis = "はじめからふえた分です。" if indicator.basis == "increase" else "はじめからの合計です。"
        self.fields["value"].help_text = f"{basis}小数は 0.26 のように書きます。"
        if indicator.per != "area":
            del self.fields["place"]


class WithdrawForm(forms.Form):
    """Taking a value back."""

    reason = forms.CharField(
        label="取り消すわけ", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "取り消すわけを書いてください。"},
    )  # fmt: skip
