"""The values of a call that a town changes most: days, the cap, whom to ask, the points of open levels. Words for staff."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms

from yui.base.ui.fields import sentence_of
from yui.engine.calendar import DateFault, parse_date
from yui.office.calls.definition import Call as Rules
from yui.office.calls.schedule import cut_off, day_of, part_of_month, written
from yui.office.calls.wording import told

Place = tuple[str | int, ...]
_TIME = re.compile(r"(\d{1,2})(?:[:時])(\d{1,2})?分?$")
_WEEKDAY = re.compile(r"\(([月火水木金土日])(?:曜日?)?\)")
_PART = re.compile(r"^(.*?月)\s*の?(上旬|中旬|下旬)$")
_SHOWN = "例：令和6年6月20日 17時、R6.6.20、令和6年7月上旬"


class WhenField(forms.CharField):
    """A day, with a time where there is one, or a part of a month; kept as the definition writes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        """``2024-06-20（木） 17:00``, ``2024-06-20（木）`` or ``2024-07 上旬``; or a sentence."""
        text = unicodedata.normalize("NFKC", super().to_python(value)).strip()
        if not text:
            return ""
        part = _PART.match(text)
        if part is not None:
            return f"{self._day(f'{part[1]}1日').isoformat()[:7]} {part[2]}"
        weekday = _WEEKDAY.search(text)
        text = _WEEKDAY.sub(" ", text).strip()
        found, time = _TIME.search(text), ""
        if found is not None:
            hour, minute = int(found[1]), int(found[2] or 0)
            if hour > 23 or minute > 59:
                raise forms.ValidationError("時刻は「17時」「16時45分」「17:00」のように書いてください。", code="time")
            time, text = f"{hour:02d}:{minute:02d}", text[: found.start()].strip()
        day = self._day(text)
        when = written(day, time)
        if weekday is not None and f"（{weekday[1]}）" not in when:
            raise forms.ValidationError(f"この日は{when[11]}曜日です。日か曜日をなおしてください。", code="weekday")
        return when

    def _day(self, text: str) -> Any:
        try:
            return parse_date(text, today=None)
        except DateFault as fault:
            raise forms.ValidationError(sentence_of(fault), code=fault.code) from None

    def prepare_value(self, value: Any) -> Any:
        """As it is read; what was typed stays as it was typed."""
        if isinstance(value, str) and (part_of_month(value) or day_of(value) or cut_off(value)):
            return told(value)
        return value


class ValuesForm(forms.Form):
    """One field for each value; ``values`` gives what was written by its place in the rules."""

    def __init__(self, *args: Any, rules: Rules, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Place] = {}
        for name, place, field, initial in _fields(rules):
            self.fields[name], self.places[name] = field, place
            self.initial[name] = initial
        self.fields["source"] = forms.CharField(
            label="変えた値の出どころ", required=False, max_length=200,
            help_text="町の文書の場所（例：令和8年度 募集要領 9(2)）。空なら「文書にない・初期値」と示します。",
        )  # fmt: skip
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version)

    def values(self) -> dict[Place, Any]:
        """What was written, by place; an optional value that is empty is left out."""
        given = {self.places[name]: self.cleaned_data[name] for name in self.places}
        return {place: value for place, value in given.items() if value not in ("", None)}


def _fields(rules: Rules) -> Iterator[tuple[str, Place, forms.Field, Any]]:
    yield "title", ("title",), forms.CharField(label="業務の名前", max_length=200), rules.title.value
    yield "cap", ("cap",), forms.IntegerField(label="上限額（税込み・円）", min_value=1), rules.cap.value
    yield "contact", ("contact",), forms.CharField(label="問合せ先", max_length=200), rules.contact.value
    yield (
        "tel", ("tel",), forms.CharField(label="問合せの電話", max_length=40, required=False),
        rules.tel.value if rules.tel else "",
    )  # fmt: skip
    yield (
        "mail", ("mail",), forms.EmailField(label="問合せのメール", required=False,
                                          help_text="空なら、町の連絡先のメールを示します。"),
        rules.mail.value if rules.mail else "",
    )  # fmt: skip
    for index, one in enumerate(rules.schedule):
        if one.opens is not None:
            yield (
                f"opens_{one.key}", ("schedule", index, "opens"), WhenField(label=f"{one.name}：始まり"),
                one.opens.value,
            )  # fmt: skip
        yield (
            f"closes_{one.key}", ("schedule", index, "closes"),
            WhenField(label=f"{one.name}{'：締切' if one.opens else ''}", help_text="" if index else _SHOWN),
            one.closes.value,
        )  # fmt: skip
        yield (
            f"planned_{one.key}", ("schedule", index, "planned"),
            forms.BooleanField(label=f"{one.name}は、予定（動くことがある）", required=False),
            bool(one.planned and one.planned.value),
        )  # fmt: skip
    yield from _levels(rules)


def _levels(rules: Rules) -> Iterator[tuple[str, Place, forms.Field, Any]]:
    for g, group in enumerate(rules.criteria):
        for c, criterion in enumerate(group.criteria):
            for n, level in enumerate(criterion.levels):
                field = forms.IntegerField(
                    label=f"{criterion.name}：{level.name}の点", min_value=0, max_value=criterion.points.value,
                    required=False, help_text=f"0点から{criterion.points.value}点まで。公告までに入れます。",
                )  # fmt: skip
                place: Place = ("criteria", g, "criteria", c, "levels", n, "points")
                yield f"levels_{criterion.key}_{level.key}", place, field, level.points.value


class RulesFileForm(forms.Form):
    """The whole call as a file."""

    file = forms.FileField(
        label="公募のファイル（YAML）",
        help_text="上の「いまの内容を受け取る」で受け取ったファイルを書きかえて、ここで読み込みます。",
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。もう一度選んでください。",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        """A call has 40 kB; what is much larger is none."""
        upload = self.cleaned_data["file"]
        if upload.size > 500_000:
            raise forms.ValidationError(
                "大きすぎます。公募のファイル（call-….yaml）を選んでください。", code="too_large"
            )
        return upload


class ReasonForm(forms.Form):
    """Why something is done to the call: it stands on the public page and goes to everybody who registered."""

    reason = forms.CharField(
        label="わけ", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公募のページに載り、登録した人みんなに伝わります。",
        error_messages={"required": "わけを書いてください。"},
    )  # fmt: skip
