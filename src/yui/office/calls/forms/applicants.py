"""Forms of applicants, in the words of the portal."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from yui.base.files.forms import UploadField
from yui.base.ui.fields import JapaneseDateField, PhoneField
from yui.base.ui.templatetags.yui import as_written
from yui.base.ui.written import NamesSelect
from yui.engine.calendar.written import wareki
from yui.office.calls.applicant_words import FORMS
from yui.office.calls.checklist import Asked
from yui.office.calls.definition import Requirement
from yui.office.calls.domain import Declared, Entry
from yui.office.calls.models import Applicant, EligibilityAnswer
from yui.office.calls.rules import Announced


class MailForm(forms.Form):
    """The address to which the number for signing in goes."""

    mail = forms.EmailField(
        label=lazy("メールアドレス"), help_text=lazy("ログインの番号を、このアドレスに送ります。"),
        error_messages={"required": lazy("メールアドレスを書いてください。"), "invalid": lazy("メールアドレスを、もう一度たしかめてください。")},
    )  # fmt: skip


class EntryForm(forms.Form):
    """What an applicant says of itself."""

    name = forms.CharField(
        label=lazy("応募者の名前"), max_length=200, help_text=lazy("共同体のときは、代表する構成員の名前を書きます。"),
        error_messages={"required": lazy("応募者の名前を書いてください。")},
    )  # fmt: skip
    form = forms.ChoiceField(label=lazy("応募者の形"), choices=FORMS, widget=forms.RadioSelect, initial="corporation")
    on_register = forms.BooleanField(
        label=lazy("入札等の参加資格者の名簿に登録されている"), required=False,
        help_text=lazy("登録のないときは、確認の書類もお出しいただくことがあります。"),
    )  # fmt: skip
    in_town = forms.BooleanField(label=lazy("主たる事務所が、この地域の中にある"), required=False)
    representative = forms.CharField(
        label=lazy("代表者の職と氏名"), max_length=100, error_messages={"required": lazy("代表者の職と氏名を書いてください。")}
    )  # fmt: skip
    postal = forms.CharField(
        label=lazy("所在地"), max_length=300, help_text=lazy("通知を送るところです。郵便番号から書いてください。"),
        error_messages={"required": lazy("所在地を書いてください。")},
    )  # fmt: skip
    mail = forms.EmailField(label=lazy("連絡先のメールアドレス"), required=False)
    telephone = PhoneField(label=lazy("連絡先の電話番号"), required=False)
    members = forms.CharField(
        label=lazy("共同体のほかの構成員"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("共同体で応募するときだけ。1行に1者、「名前：受け持つこと」と書きます。協定書の写しもお出しください。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_members(self) -> tuple[tuple[str, str], ...]:
        """Name and part of each member; both are needed, so that it is plain who answers for what."""
        found = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["members"].splitlines())):
            name, _colon, part = line.replace(":", "：", 1).partition("：")
            if not name.strip() or not part.strip():
                raise forms.ValidationError(
                    _("「名前：受け持つこと」の形で、1行に1者を書いてください。"), code="members"
                )
            found.append((name.strip()[:200], part.strip()[:500]))
        return tuple(found)

    def entry(self) -> Entry:
        """What ``register_applicant`` takes."""
        return Entry(**{key: value for key, value in self.cleaned_data.items() if key not in ("version", "channel")})


def entry_initial(applicant: Applicant) -> dict[str, Any]:
    """The form as the applicant stands."""
    names = ("name", "form", "on_register", "in_town", "representative", "postal", "mail", "telephone", "version")
    lines = [f"{one.name}：{one.answers_for}" for one in applicant.consortium_members.all()]
    return {**{name: getattr(applicant, name) for name in names}, "members": "\n".join(lines)}


class EligibilityForm(forms.Form):
    """One box and one line for each requirement of the call."""

    def __init__(
        self, *args: Any, announced: Announced, answers: dict[str, EligibilityAnswer], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in announced.rules.eligibility]
        for one in announced.rules.eligibility:
            last = answers.get(one.key)
            asked = as_written(f"{one.summary}。{_more_of(one, announced)}")
            self.fields[f"holds_{one.key}"] = forms.BooleanField(
                label=as_written(f"{one.number} {one.name}"), help_text=asked, required=False,
                initial=bool(last and last.declared),
            )  # fmt: skip
            if one.evidence:
                self.fields[f"words_{one.key}"] = forms.CharField(
                    label=_("添えることば"), required=False, max_length=1000,
                    initial=last.words if last else "", widget=forms.Textarea(attrs={"rows": 2}),
                )  # fmt: skip

    def answers(self) -> dict[str, Declared]:
        """What ``declare_eligibility`` takes."""
        data = self.cleaned_data
        return {key: Declared(bool(data[f"holds_{key}"]), data.get(f"words_{key}", "")) for key in self.keys}


def _more_of(one: Requirement, announced: Announced) -> str:
    """Days, grounds and evidence of a requirement, in the document's words."""
    told = [f"・{ground.name}：{ground.summary}" for ground in one.grounds]
    if one.first is not None and one.last is not None:
        told.append(f"（{wareki(one.first.value)}から{wareki(one.last.value)}まで）")
    if one.evidence:
        names = {paper.key: f"{paper.number} {paper.name}" for paper in announced.rules.papers}
        told.append("証する書類：" + "、".join(names[key] for key in one.evidence))
    return " ".join(told)


class UploadForm(forms.Form):
    """One file for one line of the checklist."""

    paper = forms.ChoiceField(
        label=lazy("書類"), widget=NamesSelect, error_messages={"required": lazy("どの書類かを選んでください。")}
    )
    file = UploadField(
        label=lazy("ファイル"), error_messages={"required": lazy("出すファイルを選んでください。"), "empty": lazy("ファイルが空です。もう一度選んでください。")}
    )  # fmt: skip
    not_counted = forms.IntegerField(
        label=lazy("表紙と目次のページ数"), required=False, min_value=0, max_value=20,
        help_text=lazy("ページ数の上限がある書類だけ。数えないページの数です。"),
    )  # fmt: skip
    obtained_on = JapaneseDateField(
        label=lazy("証明書が発行された日"),
        required=False,
        help_text=lazy("何か月以内のもの、と決まっている証明書だけ。"),
    )

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [(one.key, f"{one.number} {one.name}") for one in asked]  # type: ignore[attr-defined]


class YenField(forms.CharField):
    """Whole yen as people write it: 3,465,000円, in full or half width."""

    def to_python(self, value: Any) -> int | None:
        """The sum, or a sentence."""
        text = (
            unicodedata.normalize("NFKC", super().to_python(value))
            .replace(",", "")
            .replace("、", "")
            .removesuffix("円")
            .strip()
        )
        if not text:
            return None
        if not text.isdecimal() or len(text) > 12:
            raise forms.ValidationError(_("見積額を、円の整数で書いてください。"), code="yen")
        return int(text)


class EstimateForm(forms.Form):
    """The sum, tax included."""

    yen = YenField(
        label=lazy("見積額（税込み・円）"),
        help_text=lazy("提案のすべての業務をふくむ総額です。開封まで、職員も審査委員も見られません。"),
        error_messages={"required": lazy("見積額を、円の整数で書いてください。")},
    )  # fmt: skip


class HandInForm(forms.Form):
    """The last step."""

    although_missing = forms.BooleanField(
        label=lazy("足りない書類があることを知ったうえで出す"), required=False,
        help_text=lazy("足りない書類があると、失格になることがあります。"),
    )  # fmt: skip


class LeaveForm(forms.Form):
    """Withdrawing."""

    words = forms.CharField(
        label=lazy("辞退のわけ"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("書かなくてもかまいません。"),
    )  # fmt: skip
    sure = forms.BooleanField(
        label=lazy("辞退します"), error_messages={"required": lazy("辞退するときは、ここに印を付けてください。")}
    )
