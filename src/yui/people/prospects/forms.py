"""The forms of the prospects. Plain Japanese: only the desk sees them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from yui.base import clock
from yui.base.definitions import active, current
from yui.base.ui.fields import JapaneseDateField
from yui.people.forms.town import TownForm, districts
from yui.people.prospects.models import BenefitShown, Hearing, Invitation, Prospect, Roster
from yui.people.prospects.queries import open_prospects
from yui.people.queries import organizations_on

NONE = ("", "選ばない")


def area(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def named(items: Iterable[Any], today: dt.date) -> list[tuple[str, str]]:
    """Choices of the definition that are still offered."""
    return [(item.key, str(item.label)) for item in active(items, today)]


class DeskForm(TownForm):
    """A form of these screens; it knows the definition's choices for prospects."""

    def prepare(self) -> None:
        """Nothing is remembered by the browser."""
        self.choices = self.definition.prospects
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def in_words(self, values: dict[str, Any]) -> dict[str, str]:
        """Both texts of a stale save, by label."""
        return {str(self.fields[name].label): str(value or "") for name, value in values.items()}

    def offer_named(self, name: str, items: Iterable[Any], *, empty: bool = False) -> None:
        """Offer items with Japanese labels."""
        self.fields[name].choices = [*([NONE] if empty else []), *named(items, self.today)]  # type: ignore[attr-defined]


class NextStepForm(DeskForm):
    """What was said of being contacted, and what comes next."""

    agreed = forms.ChoiceField(
        label="連絡してよいか", choices=Prospect.Agreed.choices, widget=forms.RadioSelect,
        initial=Prospect.Agreed.UNKNOWN, help_text="ご本人から聞いたときだけ「同意」にします。人づての話は「未確認」です。",
        error_messages={"required": "連絡してよいかを選んでください。"},
    )  # fmt: skip
    next_step = forms.CharField(label="次の一歩", required=False, max_length=200, help_text="例：催しにお誘いする")
    next_on = JapaneseDateField(label="次の一歩の日", required=False)

    def clean(self) -> dict[str, Any]:
        """A step has a day, and a day has a step."""
        values = super().clean() or {}
        if values.get("next_step") and not values.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "次の一歩の日を書いてください。")
        if values.get("next_on") and not values.get("next_step"):
            self.add_error("next_step", "次の一歩を書いてください。")
        return values

    def step(self) -> dict[str, Any]:
        """The values for the verb."""
        return {name: self.cleaned_data[name] for name in ("agreed", "next_step", "next_on")}


class ProspectForm(DeskForm):
    """Who was heard of, and from where."""

    name = forms.CharField(
        label="お名前か呼び名", max_length=100, error_messages={"required": "お名前か呼び名を書いてください。"}
    )
    kana = forms.CharField(label="よみ", required=False, max_length=200)
    district = forms.ModelChoiceField(label="地区", queryset=None, required=False, empty_label="わからない")
    source = forms.ChoiceField(
        label="どこで知ったか",
        widget=forms.RadioSelect,
        error_messages={"required": "どこで知ったかを選んでください。"},
    )
    source_words = forms.CharField(label="だれから・どこで", required=False, max_length=200)
    hearing = forms.ModelChoiceField(label="ヒアリング", queryset=None, required=False, empty_label="選ばない")
    invited_by = forms.ModelChoiceField(
        label="きっかけのお誘い", queryset=None, required=False, empty_label="選ばない",
        help_text="回覧板やチラシを見て来られた場合。",
    )  # fmt: skip
    about = forms.CharField(label="どんな方か", required=False, max_length=1000, widget=area(3))
    contact = forms.CharField(
        label="連絡先", required=False, max_length=254,
        help_text="同意をたしかめるまで、メール・手紙・電話でのお誘いには使えません。",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """Offer districts, sources, hearings, invitations of many."""
        super().prepare()
        self.offer_named("source", self.choices.sources)
        self.fields["district"].queryset = districts(self.today)  # type: ignore[attr-defined]
        self.fields["district"].label_from_instance = lambda district: district.name  # type: ignore[attr-defined]
        self.fields["hearing"].label_from_instance = lambda row: f"{row.held_on:%-m/%-d} {row.place}"  # type: ignore[attr-defined]
        many = Invitation.objects.filter(prospect=None).order_by("-sent_on", "-id")
        labels = dict(named(self.choices.channels, self.today))
        self.fields["invited_by"].queryset = many  # type: ignore[attr-defined]
        self.fields["invited_by"].label_from_instance = lambda row: (  # type: ignore[attr-defined]
            f"{row.sent_on:%-m/%-d} {labels.get(row.channel, row.channel)} {row.to_words}"
        )
        self.fields["hearing"].queryset = Hearing.objects.order_by("-held_on", "-id")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """For the verb."""
        return {name: value for name, value in self.cleaned_data.items() if name in ProspectForm.base_fields
                and name != "version"}  # fmt: skip


class NewProspectForm(NextStepForm, ProspectForm):
    """All of it on one page, as it is heard."""

    field_order = (*ProspectForm.base_fields, *NextStepForm.base_fields)


class EndForm(forms.Form):
    """Why the prospect ends."""

    how = forms.ChoiceField(
        label="わけ", widget=forms.RadioSelect,
        choices=[("declined", "お断りになった"), ("wish", "消してほしいと申し出があった")],
        error_messages={"required": "わけを選んでください。"},
    )  # fmt: skip


class JoinForm(forms.Form):
    """Which registered person it is."""

    who = forms.CharField(
        label="登録した方", required=False, max_length=60, help_text="名前・よみ・電話番号の下4けた。2文字から。"
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Somebody must be named."""
        values = super().clean() or {}
        if not values.get("about") and not values.get("who", "").strip():
            self.add_error("who", "登録した方を書いてください。")
        return values


class HearingForm(DeskForm):
    """A talk with an organisation, a school or a firm."""

    organization = forms.ModelChoiceField(
        label="登録している団体", queryset=None, required=False, empty_label="登録していない相手"
    )
    place = forms.CharField(
        label="相手の名前", required=False, max_length=100, help_text="登録していない団体・学校・企業の名前。"
    )
    kind = forms.ChoiceField(
        label="種類", widget=forms.RadioSelect, error_messages={"required": "種類を選んでください。"}
    )
    held_on = JapaneseDateField(label="話を聞いた日", error_messages={"required": "話を聞いた日を書いてください。"})
    who = forms.CharField(label="話した方", required=False, max_length=200, help_text="例：会長、教頭先生")
    heard = forms.CharField(
        label="聞いたこと", max_length=4000, widget=area(5),
        help_text="候補になりそうな方のお名前はここに書かず、「潜在候補」に登録します。",
        error_messages={"required": "聞いたことを書いてください。"},
    )  # fmt: skip
    next_step = forms.CharField(label="次の一歩", required=False, max_length=200)
    next_on = JapaneseDateField(label="次の一歩の日", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """Offer organisations and kinds."""
        super().prepare()
        self.offer_named("kind", self.choices.hearing_kinds)
        self.fields["organization"].queryset = organizations_on(self.today).order_by("kana", "id")  # type: ignore[attr-defined]
        self.fields["organization"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody was spoken with; a step has a day."""
        values = super().clean() or {}
        if not values.get("organization") and not values.get("place", "").strip():
            self.add_error("place", "相手の名前を書くか、団体を選んでください。")
        if values.get("next_step") and not values.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "次の一歩の日を書いてください。")
        if values.get("next_on") and not values.get("next_step"):
            self.add_error("next_step", "次の一歩を書いてください。")
        return values

    def values(self) -> dict[str, Any]:
        """For the verb."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class InviteForm(DeskForm):
    """One invitation of one prospect."""

    channel = forms.ChoiceField(
        label="方法", widget=forms.RadioSelect, error_messages={"required": "方法を選んでください。"}
    )
    sent_on = JapaneseDateField(label="お誘いした日", error_messages={"required": "お誘いした日を書いてください。"})
    many = False

    def prepare(self) -> None:
        """Offer the channels of one, or of many."""
        super().prepare()
        self.offer_named("channel", [item for item in self.choices.channels if item.many == self.many])


class InviteManyForm(InviteForm):
    """An invitation of many."""

    to_words = forms.CharField(
        label="どこへ", max_length=100, help_text="例：石部学区の全戸",
        error_messages={"required": "どこへ出したかを書いてください。"},
    )  # fmt: skip
    copies = forms.IntegerField(
        label="いくつ", min_value=1, initial=1, help_text="部数か回数。",
        error_messages={"required": "いくつ出したかを書いてください。"},
    )  # fmt: skip
    many = True


class AnswerForm(forms.Form):
    """What was answered."""

    outcome = forms.ChoiceField(
        label="お返事", widget=forms.RadioSelect, choices=[*Invitation.Outcome.choices][1:],
        error_messages={"required": "お返事を選んでください。"},
    )  # fmt: skip
    answered_on = JapaneseDateField(label="お返事の日", error_messages={"required": "お返事の日を書いてください。"})


class BenefitForm(DeskForm):
    """Which benefits were explained."""

    benefits = forms.MultipleChoiceField(
        label="説明したメリット", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "説明したメリットを選んでください。"},
    )  # fmt: skip
    way = forms.ChoiceField(
        label="説明のしかた", choices=BenefitShown.Way.choices, widget=forms.RadioSelect,
        initial=BenefitShown.Way.SPOKEN,
    )  # fmt: skip
    shown_on = JapaneseDateField(label="説明した日", error_messages={"required": "説明した日を書いてください。"})

    def prepare(self) -> None:
        """Offer the benefits of the definition, in Japanese."""
        super().prepare()
        items = active(current(self.authority).activities.benefits, self.today)
        self.fields["benefits"].choices = [(item.key, item.label.ja) for item in items]  # type: ignore[attr-defined]


class RosterForm(DeskForm):
    """A new list."""

    kind = forms.ChoiceField(
        label="なんの候補か", choices=Roster.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "なんの候補かを選んでください。"},
    )  # fmt: skip
    title = forms.CharField(
        label="リストの名前", required=False, max_length=100, help_text="書かなければ、成果物の名前になります。"
    )

    def titled(self) -> dict[str, str]:
        """Kind and title; without one, the name of the contract's deliverable."""
        kind, title = self.cleaned_data["kind"], self.cleaned_data["title"].strip()
        owed = {item.key: item.name for item in current(self.authority).commission.start_deliverables}
        return {"kind": kind, "title": title or owed.get(f"{kind}_list", f"{Roster.Kind(kind).label}の候補者リスト")}


class EntryForm(DeskForm):
    """What is known of a candidate."""

    field = forms.ChoiceField(label="分野", required=False)
    qualities = forms.CharField(label="資質", required=False, max_length=1000, widget=area(3),
                                help_text="例：話をよく聞く、立場のちがう人をつなげる")  # fmt: skip
    experience = forms.CharField(label="経験", required=False, max_length=1000, widget=area(3),
                                 help_text="例：自治会の役員、まちづくりの活動")  # fmt: skip
    sources = forms.CharField(label="何で分かったか", required=False, max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """Offer the themes."""
        super().prepare()
        items = active(self.definition.themes, self.today)
        self.fields["field"].choices = [NONE, *((item.key, item.label.ja) for item in items)]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """For the verb."""
        return {name: self.cleaned_data[name] for name in ("field", "qualities", "experience", "sources")}


class NewEntryForm(EntryForm):
    """A candidate: a prospect, or somebody registered."""

    prospect = forms.ModelChoiceField(
        label="潜在候補から", queryset=None, required=False, empty_label="選ばない", to_field_name="public_id"
    )
    who = forms.CharField(
        label="登録している方・団体から", required=False, max_length=60,
        help_text="名前・よみ・電話番号の下4けた・団体の名前。2文字から。",
    )  # fmt: skip
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("prospect", "who")

    def prepare(self) -> None:
        """Offer the prospects."""
        super().prepare()
        self.fields["prospect"].queryset = open_prospects()  # type: ignore[attr-defined]
        self.fields["prospect"].label_from_instance = lambda row: f"{row.name}（{row.get_agreed_display()}）"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One candidate must be named."""
        values = super().clean() or {}
        if not values.get("prospect") and not values.get("about") and not values.get("who", "").strip():
            self.add_error("who", "潜在候補を選ぶか、登録している方・団体を書いてください。")
        return values


def today_in(form_field: str = "sent_on") -> dict[str, dt.date]:
    """A form's first value: today."""
    return {form_field: clock.today()}
