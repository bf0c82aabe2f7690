"""Forms of notices, explanations, results and disclosure. Words for staff, but for what the applicant asks."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.base import clock
from yui.base.ui.fields import JapaneseDateField
from yui.office.calls.disclosed import FIELDS, RECORDS
from yui.office.calls.domain.disclosing import DECISIONS
from yui.office.calls.models import Call, DisclosureRequest, Notice
from yui.office.calls.queries.disclosing import disclosable_papers, ready_records
from yui.office.calls.queries.explaining import may_be_asked_of
from yui.office.calls.rules import rules_of
from yui.office.commissions.forms import ClockTimeField

CHANNELS = (("post", "郵送"), ("mail", "電子メール"))
WRITTEN = (("mail", "郵便"), ("hand", "窓口への持参"), ("email", "電子メール"))


class BatchForm(forms.Form):
    """What stands around the text of every notice of a batch."""

    dated_on = JapaneseDateField(
        label="通知日", relative=True, help_text="通知に印刷します。説明を求める期間は、この日から数えます。例：7月18日",
        error_messages={"required": "通知日を書いてください。"},
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label="送り方", choices=CHANNELS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "送り方を選んでください。"},
    )  # fmt: skip
    reference = forms.CharField(label="文書番号", max_length=60, required=False)
    signed_by = forms.CharField(label="差出人", max_length=100, required=False, help_text="例：三田市長　見本 太郎")
    contact = forms.CharField(label="問合せ先", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonsForm(forms.Form):
    """The reasons of one notice."""

    reasons = forms.CharField(
        label="理由", max_length=4000, required=False, widget=forms.Textarea,
        help_text="1行に1つずつ。記録から作った文です。なおせます。ほかの応募者の名や点、委員の名は書けません。",
    )  # fmt: skip


class WhyForm(forms.Form):
    """One reason."""

    reason = forms.CharField(
        label="わけ", max_length=500, widget=forms.Textarea, error_messages={"required": "わけを書いてください。"}
    )


class AskForm(forms.Form):
    """What an applicant asks about the reasons of a notice."""

    text = forms.CharField(
        label=_("説明してほしいこと"), max_length=4000, widget=forms.Textarea,
        error_messages={"required": _("説明してほしいことを書いてください。")},
    )  # fmt: skip


class EnterForm(forms.Form):
    """A request for an explanation that came on paper or by mail."""

    notice = forms.ModelChoiceField(
        Notice.objects.none(), label="どの通知について", to_field_name="public_id", empty_label="選んでください",
        error_messages={"required": "通知を選んでください。"},
    )  # fmt: skip
    channel = forms.ChoiceField(label="届き方", choices=WRITTEN, help_text="説明の求めは、書面で受けます。")
    received_on = JapaneseDateField(
        label="届いた日", past=True, error_messages={"required": "届いた日を書いてください。"}
    )
    received_time = ClockTimeField(label="届いた時刻", error_messages={"required": "届いた時刻を書いてください。"})
    text = forms.CharField(
        label="求めの内容", max_length=4000, widget=forms.Textarea,
        error_messages={"required": "求めの内容を書いてください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["notice"]
        field.queryset = may_be_asked_of(call)
        names = {one.key: one.name for one in rules_of(call).rules.notices}
        field.label_from_instance = lambda one: f"{one.applicant.name}　{names.get(one.kind, '通知')}"

    @property
    def received_at(self) -> dt.datetime:
        """Day and time together, in Tokyo."""
        return dt.datetime.combine(
            self.cleaned_data["received_on"], self.cleaned_data["received_time"], tzinfo=clock.TOKYO
        )


class AnswerForm(forms.Form):
    """An explanation."""

    answer = forms.CharField(
        label="回答", max_length=8000, widget=forms.Textarea,
        help_text="このまま書面になり、求めた応募者だけが読みます。ほかの応募者の名や点、委員の名は書けません。",
        error_messages={"required": "回答を書いてください。"},
    )  # fmt: skip


class DisclosureForm(forms.Form):
    """A new request."""

    number = forms.CharField(
        label="請求の番号", max_length=40, help_text="例：令和7年度 第12号",
        error_messages={"required": "請求の番号を書いてください。"},
    )  # fmt: skip
    requester = forms.CharField(label="請求した人", max_length=200, required=False)
    received_on = JapaneseDateField(
        label="受け付けた日", past=True, error_messages={"required": "受け付けた日を書いてください。"}
    )
    about = forms.CharField(
        label="請求の内容", max_length=2000, widget=forms.Textarea,
        error_messages={"required": "請求の内容を書いてください。"},
    )  # fmt: skip
    papers = forms.MultipleChoiceField(
        label="書類", required=False, widget=forms.CheckboxSelectMultiple, help_text="開封した書類だけが選べます。"
    )
    records = forms.MultipleChoiceField(label="記録", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {one.key: one.name for one in rules_of(call).rules.papers}
        papers = [
            (one.public_id, f"{one.proposal.applicant.name}　{known.get(one.paper, one.paper)}")
            for one in disclosable_papers(call)
        ]
        records = [(key, RECORDS[key]) for key in ready_records(call)]
        for name, choices in (("papers", papers), ("records", records)):
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class MarkForm(forms.Form):
    """An area of a page: two corners in thousandths, and the article."""

    left = forms.IntegerField(label="左", min_value=0, max_value=1000)
    top = forms.IntegerField(label="上", min_value=0, max_value=1000)
    right = forms.IntegerField(label="右", min_value=0, max_value=1000)
    bottom = forms.IntegerField(label="下", min_value=0, max_value=1000)
    ground = forms.CharField(
        label="根拠の条文", max_length=200, help_text="例：情報公開条例第7条第2号（個人に関する情報）",
        error_messages={"required": "根拠の条文を書いてください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("left", "top", "right", "bottom"):
            self.fields[name].error_messages = dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), "0から1000までの数で書いてください。"
            )
            for validator in self.fields[name].validators:
                validator.message = "0から1000までの数で書いてください。"

    @property
    def area(self) -> list[int]:
        """[left, top, right, bottom]."""
        return [self.cleaned_data[name] for name in ("left", "top", "right", "bottom")]


class WithholdForm(forms.Form):
    """A field of a record that is withheld wherever it stands."""

    field = forms.ChoiceField(label="隠す項目")
    ground = forms.CharField(
        label="根拠の条文", max_length=200, error_messages={"required": "根拠の条文を書いてください。"}
    )

    def __init__(self, *args: Any, asked: DisclosureRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (key, name) for key, name in FIELDS.items() if key.partition(".")[0] in asked.records
        ]


class DecideForm(forms.Form):
    """The decision on a request."""

    decision = forms.ChoiceField(label="決定", choices=list(DECISIONS.items()), widget=forms.RadioSelect)
    withheld = forms.CharField(
        label="不開示のわけと根拠の条文", max_length=500, required=False, widget=forms.Textarea,
        help_text="不開示のときだけ書きます。",
    )  # fmt: skip
