"""Forms of the contracts' pages. Words for staff and contractors."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from yui.base.files.forms import UploadField
from yui.base.files.kinds import ALLOWED_SENTENCE
from yui.base.ui.fields import JapaneseDateField
from yui.engine.calendar.written import fiscal_year_label
from yui.office.contracts.models import Contract, NamedStaff, StaffChange
from yui.office.contracts.rules import CONSENTED, LISTED_IN_FORM, NOT_IN_PRINCIPLE, Rules
from yui.people.models import Organization

NOT_VALUES = ("commission_key", "version", "new_name")
NOT_YEN = re.compile(r"[,，\s円¥￥]")


class AmountField(forms.CharField):
    """Whole yen as people write them: 3,465,000, ３４６５０００円."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "円で。例：3,465,000")
        options.setdefault("error_messages", {"required": f"{options.get('label', '額')}を書いてください。"})
        super().__init__(**options)
        self.widget.attrs.setdefault("data-width", "20")
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: Any) -> int | None:
        """The amount; nothing where nothing was written."""
        if isinstance(value, int):
            return value
        text = NOT_YEN.sub("", unicodedata.normalize("NFKC", super().to_python(value)))
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 13:
            raise forms.ValidationError("金額は、円の数字だけで書いてください。例：3,465,000", code="invalid")
        return int(text)

    def prepare_value(self, value: Any) -> Any:
        """With commas; what was typed stays as it was typed."""
        return f"{value:,}" if isinstance(value, int) else value


def words(
    label: str, rows: int = 3, *, required: bool = True, limit: int = 2000, help_text: str = ""
) -> forms.CharField:
    """A field for several lines."""
    return forms.CharField(
        label=label, required=required, max_length=limit, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": f"{label}を書いてください。"},
    )  # fmt: skip


def day(label: str, *, required: bool = True, help_text: str = "") -> JapaneseDateField:
    """A field for a day."""
    options = {"help_text": help_text} if help_text else {}
    return JapaneseDateField(
        label=label, required=required, error_messages={"required": f"{label}を書いてください。"}, **options
    )


def upload(**options: Any) -> UploadField:
    """A field for a file of the contract."""
    options.setdefault("help_text", f"{ALLOWED_SENTENCE}{settings.YUI_UPLOAD_LIMIT // (1024 * 1024)}MBまで。")
    options.setdefault("error_messages", {"required": "ファイルを選んでください。", "empty": "ファイルが空です。"})
    return UploadField(**options)


class ContractForm(forms.Form):
    """A draft. ``commission_key`` is chosen once; ``version`` tells whether somebody saved in between."""

    commission_key = forms.ChoiceField(label="業務", widget=forms.RadioSelect)
    title = forms.CharField(
        label="契約の名前", max_length=200, error_messages={"required": "契約の名前を書いてください。"}
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="契約の相手（名簿の団体）", to_field_name="public_id", empty_label="選んでください",
        error_messages={"required": "契約の相手を選んでください。"}, help_text="名簿にないときは、下に名前を書きます。",
    )  # fmt: skip
    new_name = forms.CharField(label="新しい団体の名前", required=False, max_length=200)
    number = forms.CharField(label="契約番号", required=False, max_length=40)
    amount = AmountField(label="契約金額（税込み）")
    tax = AmountField(label="うち消費税")
    starts_on = day("契約のはじめの日")
    ends_on = day("契約のおわりの日")
    head_office_in_town = forms.BooleanField(
        label="本社・本店が市内にある", required=False, help_text="契約保証金の割合が変わることがあります。"
    )
    selection_id = forms.ChoiceField(
        label="公募で選んだ相手", required=False, help_text="公募によらないときは、選びません。"
    )
    reflected = words("提案から仕様書・業務計画書に反映したこと", 4, required=False, limit=4000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization],
        chosen: Sequence[tuple[str, str]] = (),
        parts: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["selection_id"].choices = [("", "公募によらない"), *chosen]  # type: ignore[attr-defined]
        field: Any = self.fields["organization"]
        field.queryset, field.label_from_instance = organizations, lambda row: row.name
        if parts:
            self.fields["commission_key"].choices = list(parts)  # type: ignore[attr-defined]
            del self.fields["version"]
            field.required = False
        else:
            del self.fields["new_name"]
            field.help_text = ""
            del self.fields["commission_key"]

    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_VALUES}


class YearsForm(forms.Form):
    """One amount for each 年度 of the contract."""

    def __init__(self, *args: Any, years: Sequence[int], limits: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = list(years)
        for year in self.years:
            limit = limits.get(year)
            self.fields[f"year_{year}"] = AmountField(
                label=fiscal_year_label(year), help_text=f"上限 {limit:,}円" if limit is not None else "円で"
            )

    def amounts(self) -> dict[int, int]:
        """By the year of the April."""
        return {year: self.cleaned_data[f"year_{year}"] for year in self.years}


class DepositForm(forms.Form):
    """Paid, waived, or partly both."""

    paid = AmountField(label="納めた額", required=False)
    paid_on = day("納めた日", required=False)
    waived = AmountField(label="免除する額", required=False)
    ground = words("免除する理由", required=False, limit=1000)
    file = upload(label="免除の根拠の書類（保証書など）", required=False)

    def __init__(self, *args: Any, waived: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waived:
            self.fields["ground"].help_text = f"文書が認める場合：{waived}"


class PapersForm(forms.Form):
    """The negotiated papers."""

    specification = upload(label="協議のあとの仕様書", required=False)
    work_plan = upload(label="業務計画書", required=False)

    def clean(self) -> dict[str, Any]:
        """One of them at least."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("specification") or cleaned.get("work_plan")):
            self.add_error("specification", "ファイルを、どちらかひとつは選んでください。")
        return cleaned


class CommentForm(forms.Form):
    """A word along with a request."""

    comment = words("ひとこと", 2, required=False, limit=1000)


class DecideForm(forms.Form):
    """Approving, or returning with the words that say what to change."""

    answer = forms.ChoiceField(
        label="どうしますか", choices=[("accept", "承認する"), ("return", "差し戻す")], widget=forms.RadioSelect,
        error_messages={"required": "どちらかを選んでください。"},
    )  # fmt: skip
    indispensable = words("欠かせないと認める理由（市の判断）", required=False)
    comment = words("ことば", required=False, limit=1000, help_text="差し戻すときは、何をなおせばよいかを書きます。")

    def __init__(self, *args: Any, rules: Rules | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rules is None or rules.subcontracts != NOT_IN_PRINCIPLE:
            del self.fields["indispensable"]
        else:
            self.fields["indispensable"].help_text = "承認するときは、かならず書きます。"

    @property
    def accepted(self) -> bool:
        """Whether the answer is a yes."""
        return bool(self.cleaned_data["answer"] == "accept")

    def clean(self) -> dict[str, Any]:
        """A return needs its words."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "return" and not cleaned.get("comment", "").strip():
            self.add_error("comment", "差し戻すときは、何をなおせばよいかを書いてください。")
        return cleaned


class DayForm(forms.Form):
    """A single day."""

    on = day("日")

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label
        self.fields["on"].error_messages["required"] = f"{label}を書いてください。"


class EndForm(forms.Form):
    """解除."""

    kind = forms.ChoiceField(
        label="どの解除か", choices=Contract.End.choices, widget=forms.RadioSelect,
        error_messages={"required": "ひとつ選んでください。"},
    )  # fmt: skip
    ground = words("解除する理由", 4, help_text="受け取ったデータと資料、引き継ぎのようすも書きます。")
    on = day("解除の日")


class AmendForm(YearsForm):
    """変更契約. Years are asked for where the contract covers several."""

    effective_on = day("変更の日")
    reason = words("変更の理由", 4)
    amount = AmountField(label="変更後の契約金額（税込み）")
    tax = AmountField(label="うち消費税")
    ends_on = day("変更後のおわりの日")
    field_order = ("effective_on", "reason", "amount", "tax", "ends_on")

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        plain = {name: self.cleaned_data[name] for name in ("effective_on", "reason", "amount", "tax", "ends_on")}
        return {**plain, "years": self.amounts()}


class SubcontractForm(forms.Form):
    """再委託の願い出, for one subcontractor."""

    subcontractor = forms.CharField(
        label="再委託先の名前", max_length=200, error_messages={"required": "再委託先の名前を書いてください。"}
    )
    work = forms.CharField(
        label="再委託する業務", max_length=200, error_messages={"required": "再委託する業務を書いてください。"}
    )
    outline = words("業務の概要")
    structure = words("再委託先の体制", help_text="責任者と、だれが何をするか。")
    amount = AmountField(label="再委託の額（税込み）")
    starts_on = day("始める日")
    ground = words("再委託する理由")
    listed = forms.BooleanField(label="提案のときの様式に書いてある", required=False)

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rules.subcontracts != LISTED_IN_FORM:
            del self.fields["listed"]
        elif rules.subcontract_form:
            self.fields["listed"].label = f"{rules.subcontract_form}に書いてある"


class StaffForm(forms.Form):
    """Naming somebody."""

    role = forms.ChoiceField(
        label="役割", choices=NamedStaff.Role.choices, widget=forms.RadioSelect,
        error_messages={"required": "役割を選んでください。"},
    )  # fmt: skip
    name = forms.CharField(label="名前", max_length=100, error_messages={"required": "名前を書いてください。"})
    career = words("経歴・資格のあらまし", 4)
    starts_on = day("いつから")


class StaffChangeForm(forms.Form):
    """体制の変更: who comes, when, why."""

    name = forms.CharField(
        label="新しい人の名前", max_length=100, error_messages={"required": "新しい人の名前を書いてください。"}
    )
    career = words("新しい人の経歴・資格のあらまし", 4)
    planned_on = day("変わる日")
    reason = forms.ChoiceField(
        label="替わるわけ", choices=StaffChange.Reason.choices, widget=forms.RadioSelect,
        error_messages={"required": "替わるわけを選んでください。"},
    )  # fmt: skip
    reason_words = words("くわしい理由", limit=1000)
    equal_or_better = words("同等以上の人である理由", required=False)
    handover = words("引き継ぎのしかた", required=False)

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rules.staff_changes == CONSENTED:
            self.fields["equal_or_better"].required = True
            self.fields["equal_or_better"].error_messages["required"] = "新しい人が同等以上である理由を書いてください。"
