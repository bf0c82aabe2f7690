"""The forms of the introductions wing. Residents' words are translated; staff's are plain Japanese."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.base import clock
from yui.base.clock import TOKYO
from yui.base.definitions import Definition, active
from yui.base.ui.fields import JapaneseDateField
from yui.base.ui.templatetags.yui import wareki_month
from yui.engine.calendar import add_months, fiscal_year, fiscal_year_days, fiscal_year_label
from yui.introductions.domain.proposing import fault_of_words
from yui.introductions.models import Answer, RuleChange
from yui.introductions.rules import LABELS, Values
from yui.people.models import Person

TIME = re.compile(r"(\d{1,2})(?:[:：時](\d{1,2})?分?)?")
BLANK = ("", "選ばない")
QUARTER, QUARTERS_BACK = 3, 8
MOST_WEIGHT, MOST_POINTS = 20, 100
RULES = [
    ("newcomer_share", "まだ声のかかっていない人を入れる"),
    ("price", "よく出る出番から点を引く"),
    ("none", "点の順のまま"),
]


def _texts(items: Any, language: str) -> list[tuple[str, str]]:
    return [(item.key, item.label.in_language(language)) for item in active(items, clock.today())]


class AnswerForm(forms.Form):
    """A side's own answer: words for the other side, a reason for the desk alone. Both may stay empty."""

    words = forms.CharField(
        label=_("相手への ひとこと"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("「はい」のときだけ、相手に伝わります。連絡先は書かなくてだいじょうぶです。"),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("やめておく場合の理由"), required=False,
        help_text=_("コーディネーターだけが見ます。相手には伝わりません。"),
    )  # fmt: skip

    def __init__(self, *args: Any, definition: Definition, language: str = "ja", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = _texts(definition.introductions.decline_reasons, language)
        self.fields["reason"].choices = [("", _("選ばない")), *reasons]  # type: ignore[attr-defined]


class EnteredAnswerForm(forms.Form):
    """What a side said on the telephone or by letter, written down by staff."""

    yes = forms.ChoiceField(
        label="お返事", choices=[("yes", "はい"), ("no", "今回はやめておく")], widget=forms.RadioSelect,
        error_messages={"required": "お返事を選んでください。"},
    )  # fmt: skip
    how = forms.ChoiceField(
        label="どうやって聞きましたか",
        choices=[(Answer.How.PHONE, "電話で"), (Answer.How.LETTER, "手紙・返信用紙で")],
        widget=forms.RadioSelect,
        initial=Answer.How.PHONE,
        error_messages={"required": "電話か手紙かを選んでください。"},
    )
    words = forms.CharField(
        label="ひとこと", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="「はい」のときだけ、相手に伝わります。連絡先は書かないでください。",
    )  # fmt: skip
    reason = forms.ChoiceField(
        label="やめておく理由", required=False, help_text="コーディネーターだけが見ます。相手には伝わりません。"
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = _texts(definition.introductions.decline_reasons, "ja")
        self.fields["reason"].choices = [BLANK, *reasons]  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    """The coordinator's words, which both sides will read."""

    why = forms.CharField(
        label="紹介する理由（コーディネーターのことば）", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="双方が読みます。団体は、ご本人の「はい」の前に読むので、お名前と連絡先は書かないでください。",
        error_messages={"required": "なぜこの組み合わせがよいと思ったかを、ひとことで書いてください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_why(self) -> str:
        """No name, no contact."""
        why = str(self.cleaned_data["why"])
        fault = fault_of_words(why, self._person)
        if fault:
            raise forms.ValidationError(fault, code="names")
        return why


class AgainForm(forms.Form):
    """By what way to ask once more."""

    channel = forms.ChoiceField(
        label="どの方法でうかがいますか",
        choices=[("mail", "メール"), ("letter", "手紙（返信用紙つき）"), ("phone", "電話")],
        widget=forms.RadioSelect,
        initial="letter",
        help_text="その方法の連絡先がないときは、ご本人が選んだ方法でうかがいます。期限は新しくなります。",
    )


class MeetingForm(forms.Form):
    """顔合わせの日: when and where."""

    day = JapaneseDateField(label="日", error_messages={"required": "顔合わせの日を書いてください。"})
    time = forms.CharField(
        label="時刻", max_length=10, help_text="例：10時、13:30", error_messages={"required": "時刻を書いてください。"}
    )
    place = forms.CharField(
        label="場所", max_length=200, error_messages={"required": "場所を書いてください。"},
        help_text="双方に伝わります。個人のお宅は書かないでください。",
    )  # fmt: skip

    def clean_time(self) -> dt.time:
        """10時, 10時半, 13:30, full or half width."""
        text = str(self.cleaned_data["time"]).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        text = text.strip().replace("半", "30")
        found = TIME.fullmatch(text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise forms.ValidationError("時刻は「10時」「13:30」のように書いてください。", code="time")
        return dt.time(int(found[1]), int(found[2] or 0))

    def moment(self) -> dt.datetime:
        """The instant in Asia/Tokyo."""
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=TOKYO)


class MetForm(forms.Form):
    """The day on which they met."""

    day = JapaneseDateField(past=True, label="会った日", error_messages={"required": "会った日を書いてください。"})

    def clean_day(self) -> dt.date:
        """Not in the future."""
        day: dt.date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("これからの日は、会った日にできません。", code="future")
        return day


class OutcomeForm(forms.Form):
    """成果, also as it is told months later."""

    kind = forms.ChoiceField(
        label="どうなりましたか",
        widget=forms.RadioSelect,
        error_messages={"required": "どうなったかを選んでください。"},
    )
    text = forms.CharField(
        label="ひとこと", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="お名前や連絡先は書かないでください。",
    )  # fmt: skip

    def __init__(self, *args: Any, definition: Definition, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = _texts(definition.introductions.outcome_kinds, "ja")
        self.fields["kind"].choices = kinds if required else [("", "変わりなし・終わった"), *kinds]  # type: ignore[attr-defined]
        self.fields["kind"].required = required


class StopForm(forms.Form):
    """紹介をやめる."""

    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="双方には「今回は見送りとなりました」とだけ伝わります。",
        error_messages={"required": "理由を書いてください。"},
    )  # fmt: skip


class NumberForm(forms.Form):
    """The number on a return slip."""

    number = forms.CharField(
        label="返信用紙の整理番号", max_length=20, help_text="例：4fzkx9…（英数字12文字）",
        error_messages={"required": "整理番号を書いてください。"},
    )  # fmt: skip


class PeriodForm(forms.Form):
    """The period of the fairness page."""

    first = JapaneseDateField(label="はじめの日", required=False)
    last = JapaneseDateField(label="おわりの日", required=False)


class EndedPeriodForm(forms.Form):
    """Which quarter or fiscal year, of those that have ended; nothing given is the newest quarter.

    Only ended periods that do not lap over one another: two that differ by some days, or a running one looked at twice,
    would tell of single persons by their difference (docs/decisions/0033).
    """

    period = forms.ChoiceField(label="期間", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {f"{start:%Y-%m}-{months}": (start, months) for start, months in ended_periods(clock.today())}
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (code, period_words(start, months)) for code, (start, months) in self.known.items()
        ]

    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of the period."""
        given = self.cleaned_data.get("period") if self.is_valid() else ""
        start, months = self.known[given] if given else next(iter(self.known.values()))
        return start, add_months(start, months) - dt.timedelta(days=1)


def ended_periods(today: dt.date) -> list[tuple[dt.date, int]]:
    """First day and months of the quarters that ended in the last two years, the newest first; then of the years."""
    month = today.replace(day=1)
    now = add_months(month, -((month.month - 1) % QUARTER))
    quarters = [(add_months(now, -QUARTER * back), QUARTER) for back in range(1, QUARTERS_BACK + 1)]
    year = fiscal_year(today)
    return quarters + [(fiscal_year_days(year - back)[0], 12) for back in (1, 2)]


def period_words(start: dt.date, months: int) -> str:
    """令和8年7月から令和8年9月まで, or the fiscal year."""
    if months > QUARTER:
        return fiscal_year_label(fiscal_year(start))
    return f"{wareki_month(start)}から{wareki_month(add_months(start, months - 1))}まで"


class RuleForm(forms.Form):
    """A change of the rules of lists: whole numbers, the exposure rule, and why. ``most``: entries of a list."""

    def __init__(self, *args: Any, start: Values, most: int, change: RuleChange | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._start, self._most = start, most
        for term, label in LABELS.items():
            self.fields[f"weight_{term}"] = _whole(f"{label}の重さ", MOST_WEIGHT, start.weights.get(term, 0))
        for number, (km, points) in enumerate(start.bands):
            self.fields[f"band_{number}"] = _whole(f"{km}kmまでの点", MOST_POINTS, points)
        self.fields["rule"] = forms.ChoiceField(
            label="公平のきまり", choices=RULES, widget=forms.RadioSelect, initial=start.rule,
            error_messages={"required": "公平のきまりを選んでください。", "invalid_choice": "公平のきまりを選んでください。"},
        )  # fmt: skip
        self.fields["one_in"] = _whole("何人に1人を、まだ声のかかっていない人にするか", most, start.one_in, least=2)
        self.fields["one_in"].help_text = f"「まだ声のかかっていない人を入れる」のときに使います。2から{most}まで。"
        self.fields["reason"] = forms.CharField(
            label="変える理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
            initial=change.reason if change else "",
            help_text="承認のあと、「公平のきまり」のページで、だれにでも公開されます。人の名前は書かないでください。",
            error_messages={"required": "なぜ変えるのかを書いてください。", "max_length": "500文字までで書いてください。"},
        )  # fmt: skip
        if change is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=change.version)

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Id, title and fields of each part of the form."""
        weights = [self[f"weight_{term}"] for term in LABELS]
        bands = [self[f"band_{number}"] for number in range(len(self._start.bands))]
        return [
            ("weights", "点の重さ", weights), ("bands", "近さの点（距離の表）", bands),
            ("fair", "公平のきまり", [self["rule"], self["one_in"]]), ("why", "理由", [self["reason"]]),
        ]  # fmt: skip

    def total(self) -> int | None:
        """The sum of the weights as typed or as they stand; ``None`` where one is no number."""
        if not self.is_bound:
            return self._start.total
        given = [self.cleaned_data.get(f"weight_{term}") for term in LABELS]
        return None if None in given else sum(given)  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        """Something must count, and far is never worth more than near."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.total() == 0:
            self.add_error("weight_tags", "どれか1つは、1以上にしてください。ぜんぶ0では順番が決まりません。")
        points = [found.get(f"band_{number}") for number in range(len(self._start.bands))]
        for number in range(1, len(points)):
            near, far = points[number - 1], points[number]
            if near is not None and far is not None and far > near:
                self.add_error(f"band_{number}", f"近い方の点（{near}）より大きくしないでください。")
        return found

    def values(self) -> Values:
        """What was written."""
        given = self.cleaned_data
        return Values(
            weights={term: given[f"weight_{term}"] for term in LABELS},
            bands=tuple((km, given[f"band_{number}"]) for number, (km, _) in enumerate(self._start.bands)),
            rule=given["rule"],
            one_in=given["one_in"],
        )


def _whole(label: str, most: int, initial: int, *, least: int = 0) -> forms.IntegerField:
    """A whole number in words about what is wrong with it."""
    sentence = f"{least}から{most}までの整数で書いてください。"
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-width": "4"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )  # fmt: skip
