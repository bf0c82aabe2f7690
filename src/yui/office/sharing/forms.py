"""Forms of the shared figures. Words for staff."""

import datetime as dt
from typing import Any

from django import forms

from yui.base.tenancy.models import Authority
from yui.office.commissions.wording import month_words


class ProposeForm(forms.Form):
    """Which measures, from which month."""

    measures = forms.MultipleChoiceField(
        label="分けあう数字", widget=forms.CheckboxSelectMultiple,
        help_text="人の名前や内わけは、出ません。月ごとの数だけです。1〜4の数は「少数」とだけ出ます。",
        error_messages={"required": "分けあう数字を選んでください。"},
    )  # fmt: skip
    from_month = forms.ChoiceField(label="いつの月から", help_text="この月からあとの、終わった月の数を分けあいます。")

    def __init__(self, *args: Any, measures: list[tuple[str, str]], months: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measures"].choices = measures  # type: ignore[attr-defined]
        self.fields["from_month"].choices = [(f"{m:%Y-%m-%d}", month_words(m)) for m in reversed(months)]  # type: ignore[attr-defined]

    def clean_from_month(self) -> dt.date:
        """As a day."""
        return dt.date.fromisoformat(self.cleaned_data["from_month"])


class MemberForm(forms.Form):
    """A town to count as one's own."""

    town = forms.ModelChoiceField(
        Authority.objects.none(), label="市町", to_field_name="key", empty_label="選んでください",
        help_text="加えると、そのまちの職員の画面に出ます。数字は、そのまちが決めるまで、何も届きません。",
        error_messages={"required": "市町を選んでください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, here: Authority, present: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Authority.objects.filter(closed_on=None).exclude(pk__in={here.pk, *present}).order_by("key")
        field: Any = self.fields["town"]
        field.queryset, field.label_from_instance = towns, lambda town: town.name
