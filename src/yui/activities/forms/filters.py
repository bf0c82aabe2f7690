"""What the catalogue is filtered by: an ordinary GET form."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yui.activities.catalogue import Filters
from yui.base import clock
from yui.base.definitions import Definition, active
from yui.base.ui.fields import JapaneseDateField
from yui.base.ui.written import NamesSelect

FLAGS = ("first_timers", "online", "any_time")


class FilterForm(forms.Form):
    """All fields may stay empty. What can not be read gets its sentence and filters nothing."""

    q = forms.CharField(label=_("ことば"), required=False, max_length=60, help_text=_("例：草刈り、英語、夕方"))
    theme = forms.MultipleChoiceField(label=_("分野"), required=False, widget=forms.CheckboxSelectMultiple)
    district = forms.ChoiceField(label=_("地区"), required=False, widget=NamesSelect)
    such = forms.MultipleChoiceField(label=_("こんな出番"), required=False, widget=forms.CheckboxSelectMultiple)
    first = JapaneseDateField(label=_("この日から"), required=False)
    last = JapaneseDateField(label=_("この日まで"), required=False)

    def __init__(self, data: QueryDict | None = None, *, definition: Definition, language: str) -> None:
        super().__init__(data, auto_id="f-%s")
        today = clock.today()
        fields: dict[str, Any] = self.fields
        fields["q"].widget.input_type = "search"
        fields["theme"].choices = [
            (item.key, item.label.in_language(language)) for item in active(definition.people.themes, today)
        ]
        fields["district"].choices = [("", _("すべての地区"))] + [
            (item.key, item.name + (_("（およそ）") if item.approximate else ""))
            for item in active(definition.scheme.districts, today)
            if item.parent
        ]
        fields["such"].choices = [
            ("first_timers", _("はじめて歓迎")),
            ("online", _("オンライン可")),
            ("any_time", _("いつでもできる")),
        ] + [
            (item.key, item.label.in_language(language))
            for item in active(definition.activities.considerations, today)
            if item.welcomes and item.key != "first_timers"
        ]

    def filters(self) -> Filters:
        """The filters that could be read."""
        if not self.is_bound:
            return Filters()
        self.full_clean()
        values = self.cleaned_data
        such = values.get("such") or []
        return Filters(
            text=values.get("q") or "",
            themes=tuple(values.get("theme") or ()),
            district=values.get("district") or "",
            first=values.get("first"),
            last=values.get("last"),
            online="online" in such,
            first_timers="first_timers" in such,
            any_time="any_time" in such,
            considerations=tuple(key for key in such if key not in FLAGS),
        )

    def chosen(self, query: QueryDict) -> list[dict[str, str]]:
        """Each filter in force as words and the address without it."""
        if not self.is_bound:
            return []
        self.full_clean()
        found = []
        for name in ("q", "theme", "district", "such", "first", "last"):
            value = self.cleaned_data.get(name)
            for one in value if isinstance(value, list) else [value] if value else []:
                rest = query.copy()
                rest.pop("page", None)
                typed = one if isinstance(value, list) else query.get(name, "")
                rest.setlist(name, [kept for kept in rest.getlist(name) if kept != typed])
                found.append({"label": self._words(name, one, query), "href": f"?{rest.urlencode()}"})
        return found

    def _words(self, name: str, value: Any, query: QueryDict) -> str:
        choices = dict(getattr(self.fields[name], "choices", []) or [])
        if value in choices:
            return str(choices[value])
        label = {"first": _("%(day)sから"), "last": _("%(day)sまで")}.get(name)
        return str(label % {"day": query.get(name, "")}) if label else f"「{value}」"
