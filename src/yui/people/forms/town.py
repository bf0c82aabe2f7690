"""What the forms of the wing share: the choices of the town's definition, in the reader's language."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope

from yui.base import clock
from yui.base.definitions import active, current
from yui.base.tenancy.models import Authority, District
from yui.base.ui.templatetags.yui import listed
from yui.base.ui.written import NamesSelect
from yui.engine.calendar import ERAS
from yui.engine.text.latin import latin
from yui.people.definition import People

OLDEST = 120


class TownForm(forms.Form):
    """A form that knows its town. Subclasses fill their choices in ``prepare``, which calls the one above."""

    def __init__(self, *args: Any, authority: Authority, **options: Any) -> None:
        self.authority = authority
        self.definition: People = current(authority).people
        self.today = clock.today()
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices."""

    def offer(self, name: str, items: Iterable[Any]) -> None:
        """Offer the items of a list of the definition in a field, in the reader's language."""
        language = get_language()
        self.fields[name].choices = [  # type: ignore[attr-defined]
            (item.key, item.label.in_language(language)) for item in active(items, self.today)
        ]


class ManyField(forms.MultipleChoiceField):
    """Chips, of which several may be chosen."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("error_messages", {}).setdefault("required", _("1つは選んでください。"))
        super().__init__(**options)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The keys, each once, in order."""
        return tuple(sorted(set(super().clean(value))))


class BirthYearField(forms.CharField):
    """A year of birth as people write it: 1955, 昭和30年, S30, in full or half width. Kept as a number."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 20)
        super().__init__(**options)
        self.widget.attrs.setdefault("data-width", "10")
        self.widget.attrs.setdefault("autocomplete", "bday-year")

    def to_python(self, value: Any) -> int | None:
        """The year in the western count."""
        text = unicodedata.normalize("NFKC", str(value or "")).replace(" ", "").rstrip("年生まれ")
        if not text:
            return None
        year = _year_of(text)
        today = clock.today()
        if year is None:
            raise forms.ValidationError(_("生まれた年は「1955」や「昭和30年」のように書いてください。"), code="invalid")
        if not today.year - OLDEST <= year <= today.year:
            raise forms.ValidationError(_("生まれた年をたしかめてください。"), code="range")
        return year

    def validate(self, value: Any) -> None:
        """Only what is missing; ``to_python`` has judged the rest."""
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """A number has no length to be judged."""


def _year_of(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{4}", text):
        return int(text)
    for era in ERAS:
        found = re.fullmatch(rf"(?:{era.name}|{era.letter}|{era.letter.lower()})\.?(元|[0-9]{{1,2}})", text)
        if found:
            number = 1 if found[1] == "元" else int(found[1])
            return era.first.year + number - 1 if 1 <= number <= (era.last_year or number) else None
    return None


class DistrictField(forms.ModelChoiceField):
    """A district of the town: where one would like to act."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", NamesSelect)
        super().__init__(queryset=District.objects.none(), empty_label=_("選んでください"), **options)

    def label_from_instance(self, obj: District) -> str:
        """Its name, with its reading where the page is not in Japanese."""
        return district_words(obj)


def district_words(district: District) -> str:
    """菩提寺; 菩提寺（ぼだいじ） in easy Japanese; Bodaiji 菩提寺 for readers of other languages. Call in a scope."""
    language, authority = get_language() or "ja", get_scope().get("authority")
    if language == "ja" or authority is None:
        return district.name
    kana = {one.key: one.kana for one in current(authority).scheme.districts}.get(district.key, "")
    if not kana:
        return district.name
    return f"{district.name}（{kana}）" if language == "ja-easy" else f"{latin(kana)} {district.name}"


def districts(day: dt.date) -> Any:
    """The districts that may be chosen on a day."""
    return District.objects.exclude(retired_on__lte=day).order_by("parent_id", "key")


def words_of(field: forms.Field, value: Any) -> str:
    """A value of a field as words, for showing two texts side by side or what is stored."""
    if isinstance(value, bool):
        return str(_("はい") if value else _("いいえ"))
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value) if value else ""
    if isinstance(field, forms.ChoiceField):
        labels = dict(field.choices)  # type: ignore[arg-type]
        keys = value if isinstance(value, tuple | list) else (value,)
        return listed(str(labels.get(key, key)) for key in keys if key not in ("", None))
    return "" if value is None else str(value)
