"""What residents answer: an application, the code of the place, the one question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yui.people.models import Person


class ApplyForm(forms.Form):
    """Applying takes one press; a word to the host may be added."""

    message = forms.CharField(
        label=_("ひとこと"), max_length=300, required=False, widget=forms.Textarea,
        help_text=_("聞いておきたいこと、心配なことなど。主催の人に伝わります。"),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The code shown at the place."""

    code = forms.CharField(
        label=_("会場の合言葉"), max_length=20, help_text=_("会場の紙に書いてある6文字です。"),
        error_messages={"required": _("会場の紙に書いてある6文字を入れてください。")},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.update({"autocapitalize": "none", "autocomplete": "off", "data-width": "10"})


class MeetingForm(forms.Form):
    """「はじめて会った人はいますか？」 Buttons carry the answer; these are the names, where any can be seen."""

    met_host = forms.BooleanField(required=False)
    met = forms.MultipleChoiceField(label=_("はじめて会った人"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: list[Person], host: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {person.public_id: person for person in people}
        self.fields["met_host"].label = host
        field: Any = self.fields["met"]
        field.choices = [(key, person.display_name) for key, person in self.people.items()]
        if not people:
            del self.fields["met"]
        if not host:
            del self.fields["met_host"]

    def met_people(self) -> list[Person]:
        """The persons chosen."""
        return [self.people[key] for key in self.cleaned_data.get("met", [])]
