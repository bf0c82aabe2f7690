"""The forms of the desk. Plain Japanese."""

import datetime as dt
from typing import Any

from django import forms

from yui.base import clock
from yui.base.audit.record import REASON_LABELS, Reason
from yui.base.definitions import current
from yui.base.ui.fields import JapaneseDateField
from yui.people.form_codes import NoSuchForm, day_of
from yui.people.forms.own import OrganizationForm
from yui.people.forms.registration import ConsentsForm, NamesForm, ReachForm, WishesForm
from yui.people.forms.town import TownForm, districts
from yui.people.models import ContactNote, Membership
from yui.people.models.registrations import Received
from yui.people.promises import NoSuchPromise, read_promise
from yui.people.queries import staff_accounts

HOW = [(value, label) for value, label in Received.choices if value not in (Received.WEB, Received.IMPORT)]
REASONS = (
    Reason.CALL, Reason.INTRODUCTION, Reason.ANSWER_BY_PHONE, Reason.REGISTRATION, Reason.CORRECTION, Reason.LETTER,
    Reason.OVERSIGHT,
)  # fmt: skip


class ReceivedForm(TownForm):
    """Who received it, when and how; and from which printed form."""

    received = forms.ChoiceField(
        label="受けた方法",
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": "受けた方法を選んでください。"},
    )
    received_on = JapaneseDateField(label="受けた日", error_messages={"required": "受けた日を書いてください。"})
    received_by = forms.ModelChoiceField(label="受けた人", queryset=None, empty_label=None)
    form_code = forms.CharField(
        label="用紙の番号",
        required=False,
        max_length=12,
        help_text="用紙の右上の5文字。読んで同意した文の版が分かります。",
    )

    def prepare(self) -> None:
        """Offer the staff of today."""
        super().prepare()
        accounts = staff_accounts(self.today)
        field = self.fields["received_by"]
        field.queryset = type(accounts[0]).objects.filter(pk__in=[a.pk for a in accounts]) if accounts else None  # type: ignore[attr-defined]
        field.label_from_instance = lambda account: account.name or "（名前のない職員）"  # type: ignore[attr-defined]

    def clean_received_on(self) -> dt.date:
        """Not a day to come."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError("これからの日は書けません。受け取った日を書いてください。", code="future")
        return day

    def clean_form_code(self) -> dt.date | None:
        """The day the form was printed on."""
        text = self.cleaned_data["form_code"].strip()
        if not text:
            return None
        try:
            day = day_of(text)
        except NoSuchForm as fault:
            raise forms.ValidationError(str(fault), code="unknown") from None
        if day > self.today:
            raise forms.ValidationError("用紙の番号がちがうようです。右上の5文字をたしかめてください。", code="unknown")
        return day


class ProxyForm(ConsentsForm, WishesForm, ReachForm, NamesForm, ReceivedForm):
    """The whole registration on one page, for what came on paper or by telephone."""

    field_order = ("received", "received_on", "received_by", "form_code")

    @property
    def reach_fields(self) -> list[Any]:
        """The bound fields of name and contact, in the order of the paper."""
        names = (*NamesForm.base_fields, *ReachForm.base_fields)
        return [self[name] for name in names]

    @property
    def consent_fields(self) -> list[Any]:
        """The bound boxes of the consents."""
        return [self[name] for name in self.fields if name.startswith("consent_") or name == "guardian"]

    def prepare(self) -> None:
        """On the telephone nobody answers twelve questions: the wishes may wait."""
        super().prepare()
        self.fields["theme"].required = self.fields["slot"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for the guardian when the year of birth says so."""
        values = super().clean() or {}
        age = self.definition.guardian_age.value
        year = values.get("birth_year")
        if year is not None and self.today.year - year <= age and not values.get("guardian"):
            self.add_error("guardian", "保護者の方の同意が必要な年齢です。用紙の保護者の欄をたしかめてください。")
        return values


class PeopleFilter(TownForm):
    """How the list of people is narrowed. Nothing of it is personal, so it may stand in an address."""

    district = forms.ModelChoiceField(
        label="地区", queryset=None, required=False, to_field_name="key", empty_label="すべて"
    )
    stage = forms.ChoiceField(label="層", required=False)
    rest = forms.ChoiceField(
        label="お休み", required=False, choices=(("", "すべて"), ("no", "お休み中でない方"), ("yes", "お休み中の方"))
    )

    def prepare(self) -> None:
        """Offer districts and stages."""
        self.fields["district"].queryset = districts(self.today)  # type: ignore[attr-defined]
        self.fields["district"].label_from_instance = lambda district: district.name  # type: ignore[attr-defined]
        self.offer("stage", self.definition.stages)
        self.fields["stage"].choices = [("", "すべて"), *self.fields["stage"].choices]  # type: ignore[attr-defined]


class CallerForm(forms.Form):
    """Two letters or digits are enough. Sent by POST, so that a name or number stands in no address or log."""

    typed = forms.CharField(
        label="名前・よみ・電話番号",
        required=False,
        max_length=60,
        help_text="2文字から。ひらがなや、電話番号の下4けた、「地区　下の名前」でもさがせます。",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["typed"].widget.attrs.update({"autocomplete": "off", "data-width": "20"})


class ReasonForm(forms.Form):
    """Why contact data is opened. The person can read it later."""

    reason = forms.ChoiceField(
        label="見る理由",
        choices=[(str(reason), REASON_LABELS[reason]) for reason in REASONS],
        error_messages={"required": "理由を選んでください。ご本人が、あとで見られます。"},
    )


class ContactNoteForm(TownForm):
    """A contact in twenty seconds: who, how, what, and what comes next."""

    who = forms.CharField(
        label="だれと",
        required=False,
        max_length=60,
        help_text="名前・よみ・電話番号の下4けた・団体の名前。2文字から。",
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label="方法", choices=ContactNote.Way.choices, widget=forms.RadioSelect, initial=ContactNote.Way.PHONE
    )
    content = forms.CharField(
        label="話したこと",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "話したことを、ひとことでも書いてください。"},
    )
    promise = forms.CharField(label="次の約束", required=False, max_length=200)
    promised_for = forms.CharField(
        label="約束の日", required=False, max_length=40, help_text="例：11/27、来週金曜 10時、3日後"
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """Nothing is remembered by the browser."""
        for name in ("who", "promise", "promised_for"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_promised_for(self) -> Any:
        """The day and the words about the hour."""
        text = self.cleaned_data["promised_for"].strip()
        if not text:
            return None
        try:
            promised = read_promise(text, clock.today())
        except NoSuchPromise as fault:
            raise forms.ValidationError(str(fault), code="unreadable") from None
        if promised.day < clock.today():
            raise forms.ValidationError("約束の日は、今日からあとの日にしてください。", code="past")
        return promised

    def clean(self) -> dict[str, Any]:
        """Somebody must be named."""
        values = super().clean() or {}
        if not values.get("about") and not values.get("who", "").strip():
            self.add_error("who", "だれと話したかを書いてください。")
        return values


class ReportForm(forms.Form):
    """Whether the month's report quotes a note, under which matter, in which words."""

    heading = forms.ChoiceField(label="月次報告の見出し", required=False)
    text = forms.CharField(
        label="報告にのせる文",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="名前は書かず、「70代の方」のように書きます。",
    )

    def __init__(self, *args: Any, authority: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        matters = current(authority).commission.monthly_meeting.monitored
        self.fields["heading"].choices = [("", "のせない"), *((m.key, m.name) for m in matters)]  # type: ignore[attr-defined]


class ConcernForm(forms.Form):
    """A problem, without names of persons."""

    heading = forms.CharField(label="見出し", max_length=40, error_messages={"required": "見出しを書いてください。"})
    problem = forms.CharField(
        label="困っていること",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="個人の名前は書かないでください。月次報告にのります。",
        error_messages={"required": "困っていることを書いてください。"},
    )
    solution = forms.CharField(
        label="どうするか・どうしたか", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    urgent = forms.BooleanField(label="急ぎ（すぐに市へ伝える）", required=False)
    in_report = forms.BooleanField(label="月次報告にのせる", required=False, initial=True)


class SolutionForm(forms.Form):
    """How a problem was solved."""

    solution = forms.CharField(
        label="どう解決したか",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "どう解決したかを書いてください。"},
    )


class DeskOrganizationForm(OrganizationForm):
    """What only the desk says of an organisation."""

    council = forms.BooleanField(
        label="地域まちづくり協議会など、まちの協議会である",
        required=False,
        help_text="層を移る条件の数え方に使います。",
    )


class MemberForm(forms.Form):
    """A member to be added."""

    who = forms.CharField(
        label="だれを", required=False, max_length=60, help_text="名前・よみ・電話番号の下4けた。2文字から。"
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(label="役わり", choices=Membership.Role.choices, initial=Membership.Role.MEMBER)


class StageForm(TownForm):
    """A stage to be proposed, with what the proposer vouches for."""

    vouched = forms.MultipleChoiceField(
        label="記録のない根拠", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="数えられる記録がなく、あなたが確かめたもの。",
    )  # fmt: skip

    def __init__(self, *args: Any, criteria: Any = (), **options: Any) -> None:
        self.criteria = criteria
        super().__init__(*args, **options)

    def prepare(self) -> None:
        """Offer the criteria that have no rows."""
        self.fields["vouched"].choices = [(c.key, str(c.label)) for c in self.criteria]  # type: ignore[attr-defined]


class HowForm(forms.Form):
    """How staff heard a person's word."""

    received = forms.ChoiceField(label="どう聞いたか", choices=HOW, initial=Received.PHONE)
