"""Forms of the commission's pages. Words for staff."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from yui.base import clock
from yui.base.access.roles import ROLES
from yui.base.files.forms import UploadField
from yui.base.files.kinds import ALLOWED_SENTENCE
from yui.base.ui.fields import JapaneseDateField
from yui.engine.calendar.written import wareki
from yui.office.commissions.models import Meeting
from yui.office.definition import Commission as CommissionPart
from yui.people.models import Organization

TIME = re.compile(r"(\d{1,2})\s*(?:[:時])\s*(\d{1,2})?\s*分?")


class ClockTimeField(forms.CharField):
    """A time of day as people write it: 14:00, 14時30分, in full or half width."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "例：14時30分、14:30")
        super().__init__(**options)
        self.widget.attrs.setdefault("data-width", "10")

    def to_python(self, value: Any) -> dt.time | None:
        """The time, or a sentence."""
        if isinstance(value, dt.time):
            return value
        text = unicodedata.normalize("NFKC", super().to_python(value))
        if not text:
            return None
        found = TIME.fullmatch(text)
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise forms.ValidationError("時刻は「14時30分」や「14:30」のように書いてください。", code="invalid")
        return dt.time(int(found[1]), int(found[2] or 0))

    def prepare_value(self, value: Any) -> Any:
        """A time in words; what was typed stays as it was typed."""
        return f"{value.hour}時{value.minute}分" if isinstance(value, dt.time) else value


class SubmitForm(forms.Form):
    """Handing a file in."""

    file = UploadField(
        label="ファイル",
        help_text=f"{ALLOWED_SENTENCE}{settings.YUI_UPLOAD_LIMIT // (1024 * 1024)}MBまで。",
        error_messages={
            "required": "出すファイルを選んでください。",
            "empty": "ファイルが空です。もう一度選んでください。",
        },
    )
    handed_in = forms.IntegerField(
        label="出した数", min_value=0, max_value=100_000_000,
        error_messages={"required": "出した数を書いてください。", "invalid": "数字だけで書いてください。例：1950"},
    )  # fmt: skip
    comment = forms.CharField(
        label="市への一言", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, asked: str = "", **kwargs: Any) -> None:
        """``asked``: what the contract asks for in number, in words; without it no number is asked."""
        super().__init__(*args, **kwargs)
        if asked:
            self.fields["handed_in"].help_text = f"求められた数：{asked}"
        else:
            del self.fields["handed_in"]


class DecideForm(forms.Form):
    """Accepting, or returning with the words that say what to change."""

    answer = forms.ChoiceField(
        label="どうしますか",
        choices=[("accept", "受け取る"), ("return", "差し戻す")],
        widget=forms.RadioSelect,
        error_messages={"required": "どちらかを選んでください。"},
    )
    comment = forms.CharField(
        label="ことば",
        required=False,
        max_length=1000,
        help_text="差し戻すときは、何をなおせばよいかを書きます。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A return needs its words."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "return" and not cleaned.get("comment", "").strip():
            self.add_error("comment", "差し戻すときは、何をなおせばよいかを書いてください。")
        return cleaned


class AskForm(forms.Form):
    """Asking for an occasion of a paper that repeats."""

    day = JapaneseDateField(label="日", error_messages={"required": "日を書いてください。"})
    title = forms.CharField(
        label="書類の名前", required=False, max_length=150, help_text="空なら、日をつけた名前にします。"
    )


class StartForm(forms.Form):
    """Beginning a commission that the definition describes."""

    key = forms.ChoiceField(
        label="始める業務", widget=forms.RadioSelect, error_messages={"required": "始める業務を選んでください。"}
    )

    def __init__(self, *args: Any, parts: Sequence[CommissionPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [  # type: ignore[attr-defined]
            (
                part.key,
                f"{part.title_corrected.value}（{wareki(part.term.first.value)}から{wareki(part.term.last.value)}まで）",
            )
            for part in parts
        ]
        self.initial.setdefault("key", parts[0].key if parts else "")


class EngageForm(forms.Form):
    """Engaging a contractor: one of the register, or a new one by its name."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="名簿の団体", required=False, empty_label="選んでください",
        to_field_name="public_id",
        help_text="名簿の団体を選ぶか、名簿にないときは、下に名前を書きます。",
    )  # fmt: skip
    new_name = forms.CharField(label="新しい団体の名前", required=False, max_length=200)
    starts_on = JapaneseDateField(
        label="受託のはじめの日", required=False, help_text="空なら、業務のはじめの日からです。"
    )
    ends_on = JapaneseDateField(
        label="受託のおわりの日", required=False, help_text="空なら、業務のおわりの日までです。"
    )

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = organizations  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: row.name  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """Giving a contractor's role to somebody by mail address."""

    mail = forms.EmailField(
        label="メールアドレス", help_text="ログインのしかたを、このアドレスに送ります。",
        error_messages={"required": "メールアドレスを書いてください。", "invalid": "メールアドレスを、もう一度たしかめてください。"},
    )  # fmt: skip
    name = forms.CharField(label="名前", max_length=100, error_messages={"required": "名前を書いてください。"})
    role = forms.ChoiceField(
        label="役割",
        widget=forms.RadioSelect,
        choices=[(role.key, f"{role.label}：{role.purpose}") for role in ROLES.values() if role.by_engagement],
        error_messages={"required": "役割を選んでください。"},
    )


class PlanForm(forms.Form):
    """A meeting to come."""

    kind = forms.ChoiceField(
        label="会議", choices=Meeting.Kind.choices, initial=Meeting.Kind.MONTHLY, widget=forms.RadioSelect
    )
    day = JapaneseDateField(label="日", error_messages={"required": "会議の日を書いてください。"})
    time = ClockTimeField(label="時刻", error_messages={"required": "始まる時刻を書いてください。"})
    place = forms.CharField(label="場所", required=False, max_length=200)
    agenda = forms.CharField(
        label="議題",
        required=False,
        max_length=4000,
        help_text="1行にひとつ。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def held_at(self) -> dt.datetime:
        """Day and time together, in Tokyo."""
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=clock.TOKYO)


class MinutesForm(PlanForm):
    """The minutes of a meeting that was held. ``version`` tells whether somebody saved in between."""

    kind = None  # type: ignore[assignment]
    attendees = forms.CharField(
        label="出席した人", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    decisions = forms.CharField(
        label="決まったこと",
        required=False,
        max_length=4000,
        help_text="1行にひとつ。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    homework = forms.CharField(
        label="宿題", required=False, max_length=4000, help_text="だれが、何を、いつまでに。1行にひとつ。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    next_day = JapaneseDateField(label="次回の日", required=False)
    next_time = ClockTimeField(label="次回の時刻", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("day", "time", "place", "attendees", "agenda", "decisions", "homework", "next_day", "next_time")

    def words(self) -> dict[str, Any]:
        """What ``record_minutes`` takes."""
        kept = {name: self.cleaned_data[name] for name in ("place", "attendees", "agenda", "decisions", "homework")}
        day, time = self.cleaned_data["next_day"], self.cleaned_data["next_time"]
        next_at = dt.datetime.combine(day, time or dt.time(0), tzinfo=clock.TOKYO) if day else None
        return {**kept, "held_at": self.held_at, "next_at": next_at}


def minutes_initial(meeting: Meeting) -> dict[str, Any]:
    """The form as the meeting stands."""
    held = meeting.held_at.astimezone(clock.TOKYO)
    following = meeting.next_at.astimezone(clock.TOKYO) if meeting.next_at else None
    return {
        "day": held.date(), "time": held.time(), "place": meeting.place, "attendees": meeting.attendees,
        "agenda": meeting.agenda, "decisions": meeting.decisions, "homework": meeting.homework,
        "next_day": following.date() if following else None, "next_time": following.time() if following else None,
        "version": meeting.version,
    }  # fmt: skip
