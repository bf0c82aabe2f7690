"""Forms of the desk: an arrival with its instant, a look at a requirement, a disqualification, the opening. For staff."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms

from yui.base import clock
from yui.base.files.forms import UploadField
from yui.base.ui.fields import JapaneseDateField
from yui.office.calls.applicant_words import CHANNELS
from yui.office.calls.checklist import Asked
from yui.office.calls.domain import Arrived
from yui.office.calls.forms.applicants import EntryForm, YenField
from yui.office.calls.rules import Announced

TIME = re.compile(r"(\d{1,2})\s*(?:[:時])\s*(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})\s*秒?)?)?")
BY_HAND = [(key, CHANNELS[key]) for key in ("hand", "mail", "email")]


class InstantField(forms.CharField):
    """A time of day to the second as people write it: 16:00:30, 16時00分30秒, 16:00."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "例：16時00分30秒、16:00:30。秒まで記録します。")
        super().__init__(**options)
        self.widget.attrs.setdefault("data-width", "10")

    def to_python(self, value: Any) -> dt.time | None:
        """The time, or a sentence."""
        text = unicodedata.normalize("NFKC", super().to_python(value))
        if not text:
            return None
        found = TIME.fullmatch(text)
        try:
            return dt.time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else self._wrong()
        except ValueError:
            return self._wrong()

    def _wrong(self) -> dt.time:
        raise forms.ValidationError("時刻は「16時00分30秒」や「16:00:30」のように書いてください。", code="invalid")


class PaperEntryForm(EntryForm):
    """An applicant whose papers came on paper."""

    channel = forms.ChoiceField(label="届いた方法", choices=BY_HAND, widget=forms.RadioSelect, initial="hand")
    field_order = ("channel", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["representative"].required = self.fields["postal"].required = False


class ArrivalForm(forms.Form):
    """An arrival: instant, way, and for each paper of the checklist how many copies came."""

    channel = forms.ChoiceField(label="届いた方法", choices=BY_HAND, widget=forms.RadioSelect, initial="hand")
    day = JapaneseDateField(label="届いた日", error_messages={"required": "届いた日を書いてください。"})
    time = InstantField(label="届いた時刻", error_messages={"required": "届いた時刻を書いてください。"})
    tracking = forms.CharField(
        label="書留などの番号", required=False, max_length=60, help_text="郵便のとき。引受番号や追跡番号です。"
    )
    replaces = forms.ChoiceField(
        label="前に届いたものとの関係", choices=[("yes", "前のものと差し替える（はじめて届いたときも）"), ("no", "前のものとは別の、もうひとつの提案")],
        widget=forms.RadioSelect, initial="yes",
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for one in self.asked:
            self.fields[f"copies_{one.key}"] = forms.IntegerField(
                label=f"{one.number} {one.name}の部数", required=False, min_value=0, max_value=99,
                help_text=f"求める部数は{one.copies}部です。" + ("" if one.obligatory else "指示したときだけの書類です。"),
                error_messages={"invalid": "部数を、整数で書いてください。"},
            )  # fmt: skip
            if one.within_months:
                self.fields[f"obtained_{one.key}"] = JapaneseDateField(
                    label=f"{one.name}の発行の日", required=False, help_text=f"{one.within_months}か月以内のものです。"
                )

    @property
    def received_at(self) -> dt.datetime:
        """Day and time together, in Tokyo."""
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=clock.TOKYO)

    def pile(self) -> list[Arrived]:
        """The papers that came."""
        data = self.cleaned_data
        return [
            Arrived(one.key, data[f"copies_{one.key}"], data.get(f"obtained_{one.key}"))
            for one in self.asked
            if data.get(f"copies_{one.key}")
        ]


class CheckForm(forms.Form):
    """A look at one requirement."""

    requirement = forms.ChoiceField(label="資格")
    result = forms.ChoiceField(
        label="確認の結果", choices=[("ok", "満たす"), ("not_ok", "満たさない"), ("pending", "まだ確かめられない")],
        widget=forms.RadioSelect, error_messages={"required": "結果を選んでください。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="理由", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="「満たす」のほかは、かならず書きます。満たさない理由は、通知に書かれます。",
    )  # fmt: skip

    def __init__(self, *args: Any, announced: Announced, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, f"{one.number} {one.name}") for one in announced.rules.eligibility]
        self.fields["requirement"].choices = choices  # type: ignore[attr-defined]


class GroundForm(forms.Form):
    """A disqualification that staff propose."""

    ground = forms.ChoiceField(label="失格の事由")
    evidence = forms.CharField(
        label="何でそれが分かるか", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "何でそれが分かるかを書いてください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, announced: Announced, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, f"{one.name}：{one.summary}") for one in announced.rules.disqualifications]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


class VerdictForm(forms.Form):
    """Confirming or dismissing a proposed disqualification."""

    answer = forms.ChoiceField(
        label="どうしますか", choices=[("confirm", "失格とする"), ("dismiss", "失格としない")], widget=forms.RadioSelect,
        error_messages={"required": "どちらかを選んでください。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="失格とするときは、通知に書くことばです。", error_messages={"required": "理由を書いてください。"},
    )  # fmt: skip


class OpeningForm(forms.Form):
    """開封."""

    witness = forms.CharField(
        label="立ち会った人", max_length=100, help_text="職と氏名。開封した人とは別の人です。",
        error_messages={"required": "立ち会った人の名前を書いてください。"},
    )  # fmt: skip


class ScanForm(forms.Form):
    """A scan of a paper."""

    paper = forms.ChoiceField(label="書類")
    file = UploadField(
        label="スキャンのファイル",
        error_messages={"required": "ファイルを選んでください。", "empty": "ファイルが空です。"},
    )

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [(one.key, f"{one.number} {one.name}") for one in asked]  # type: ignore[attr-defined]


class SumForm(forms.Form):
    """The sum of an estimate on paper, after the opening."""

    yen = YenField(label="見積額（税込み・円）", error_messages={"required": "見積額を書いてください。"})


class ReasonForm(forms.Form):
    """Asking for an exception."""

    reason = forms.CharField(
        label="差し替えを認める理由", max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="ほかの担当職員が承認すると、差し替わります。", error_messages={"required": "理由を書いてください。"},
    )  # fmt: skip


class PaperLeaveForm(forms.Form):
    """A withdrawal that came on paper."""

    channel = forms.ChoiceField(label="届いた方法", choices=BY_HAND, widget=forms.RadioSelect, initial="mail")
    day = JapaneseDateField(label="届いた日", error_messages={"required": "届いた日を書いてください。"})
    words = forms.CharField(
        label="辞退のわけ", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
