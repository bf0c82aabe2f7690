"""What is typed about questions. Words for staff, and for an applicant who asks on the web."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yui.base import clock
from yui.base.ui.fields import JapaneseDateField
from yui.office.calls.models import Applicant
from yui.office.calls.wording import CHANNELS

_TIME = re.compile(r"(\d{1,2})[:時](\d{1,2})?(?:[:分](\d{1,2})?)?秒?")


class InstantField(forms.CharField):
    """A time of day to the second: 17:00, 17:00:30, 17時0分30秒."""

    def to_python(self, value: Any) -> dt.time | None:
        """The time, or a sentence."""
        text = unicodedata.normalize("NFKC", super().to_python(value)).replace(" ", "")
        if not text:
            return None
        found = _TIME.fullmatch(text)
        hour, minute, second = (int(part or 0) for part in found.groups()) if found else (99, 0, 0)
        if hour > 23 or minute > 59 or second > 59:
            raise forms.ValidationError("時刻は「16時45分」「16:45:30」のように書いてください。", code="invalid")
        return dt.time(hour, minute, second)


class EnterForm(forms.Form):
    """A question that came to the office."""

    channel = forms.ChoiceField(
        label="届き方", widget=forms.RadioSelect, error_messages={"required": "届き方を選んでください。"}
    )
    day = JapaneseDateField(label="届いた日", error_messages={"required": "届いた日を書いてください。"})
    time = InstantField(
        label="届いた時刻", help_text="秒まで分かるときは秒まで。例：16時45分、16:45:30",
        error_messages={"required": "届いた時刻を書いてください。"},
    )  # fmt: skip
    applicant = forms.ModelChoiceField(
        Applicant.objects.none(),
        label="登録した応募者",
        required=False,
        empty_label="登録していない人",
        to_field_name="public_id",
    )
    asker = forms.CharField(
        label="質問した人",
        max_length=200,
        required=False,
        help_text="名前は公表しません。応募者を選べば、書かなくてもかまいません。",
    )
    asker_mail = forms.EmailField(
        label="質問した人のメール", required=False, help_text="その人だけに答えるときに使います。"
    )
    text = forms.CharField(
        label="質問", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "質問を書いてください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, applicants: QuerySet[Applicant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(key, label) for key, label in CHANNELS.items() if key != "web"]  # type: ignore[attr-defined]
        field = self.fields["applicant"]
        field.queryset = applicants  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: row.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody must have asked."""
        cleaned = super().clean() or {}
        if not cleaned.get("applicant") and not cleaned.get("asker", "").strip():
            self.add_error("asker", "質問した人を書くか、応募者を選んでください。")
        return cleaned

    def given(self) -> dict[str, Any]:
        """What ``enter_question`` takes."""
        chosen = self.cleaned_data["applicant"]
        arrived = dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=clock.TOKYO)
        return {
            "channel": self.cleaned_data["channel"], "received_at": arrived, "text": self.cleaned_data["text"],
            "applicant": chosen, "asker": self.cleaned_data["asker"] or (chosen.name if chosen else ""),
            "asker_mail": self.cleaned_data["asker_mail"] or (chosen.mail if chosen else ""),
        }  # fmt: skip


class AnswerForm(forms.Form):
    """The answer with the question as it is published. ``named`` appears once the asker's name was found."""

    masked = forms.CharField(
        label="公表する質問の文", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="質問した人が分かる言葉を、取りのぞきます。", error_messages={"required": "公表する質問の文を書いてください。"},
    )  # fmt: skip
    answer = forms.CharField(
        label="回答", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "回答を書いてください。"},
    )  # fmt: skip
    manner = forms.ChoiceField(
        label="答え方", widget=forms.RadioSelect, initial="public",
        choices=[("public", "みんなに公表する"), ("private", "質問した人だけに、メールで答える")],
    )  # fmt: skip
    reason = forms.CharField(
        label="質問した人だけに答えるわけ", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例：その人の提案に深く関わるため。記録に残ります。",
    )  # fmt: skip
    named = forms.BooleanField(label="名前ではないことを、たしかめた", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, private: bool, ask_named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not private:
            del self.fields["manner"], self.fields["reason"]
        if not ask_named:
            del self.fields["named"]

    def given(self) -> dict[str, Any]:
        """What ``draft_answer`` takes."""
        return dict(self.cleaned_data)


class AskForm(forms.Form):
    """A question of an applicant."""

    text = forms.CharField(
        label=_("質問"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("お名前は公表しません。どなたか分かることは、書かないでください。"),
        error_messages={"required": _("質問を書いてください。")},
    )  # fmt: skip
