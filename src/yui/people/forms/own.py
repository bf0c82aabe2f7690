"""The forms of a resident's own pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from yui.base.ui.fields import NameField, PhoneField
from yui.base.ui.written import NamesSelect
from yui.engine.calendar import add_months
from yui.people.forms.registration import CHIPS, NamesForm, WishesForm
from yui.people.forms.town import DistrictField, ManyField, TownForm, districts, words_of

DELETE_WORDS = {"消します", "けします", "delete", "apagar", "xóa"}


class ProfileForm(WishesForm, NamesForm):
    """Everything a person told about themselves but contacts and consents. ``version`` finds a stale form."""

    language_wanted = forms.ChoiceField(label=_("お知らせのことば"), choices=settings.LANGUAGES, widget=NamesSelect)
    motivation = forms.TypedChoiceField(
        label=_("どのくらい関わりたいですか"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=((1, _("少しだけ")), (2, _("ときどき")), (3, _("たくさん"))),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("display_name", "kana", "birth_year", "district", "language_wanted", "motivation")

    @classmethod
    def initial_from(cls, values: dict[str, Any], version: int) -> dict[str, Any]:
        """Initial values from ``profile_values``."""
        initial = {name: values[name] for name in ("display_name", "kana", "birth_year", "district", "online", "about")}
        initial |= {name: list(values["choices"].get(name, ())) for name in CHIPS}
        return initial | {
            "language_wanted": values["language"], "motivation": values["motivation"], "version": version,
        }  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What ``update_profile`` takes."""
        given = self.cleaned_data
        names = ("display_name", "kana", "birth_year", "district", "online", "about", "motivation")
        return {name: given[name] for name in names} | {
            "language": given["language_wanted"], "choices": self.choices(),
        }  # fmt: skip

    def in_words(self, values: dict[str, Any]) -> dict[str, str]:
        """Values of ``update_profile`` as label and words, for showing two texts side by side."""
        words = {}
        for name, value in values.items():
            if name == "choices":
                words |= {
                    str(self.fields[kind].label): words_of(self.fields[kind], value.get(kind, ())) for kind in CHIPS
                }
                continue
            field = self.fields.get("language_wanted" if name == "language" else name)
            if field is not None:
                words[str(field.label)] = words_of(field, value)
        return words


class PauseForm(TownForm):
    """Until when to rest."""

    rest = forms.ChoiceField(
        label=_("いつまでお休みしますか"),
        widget=forms.RadioSelect(attrs={"block": True}),
        help_text=_("お休みの間は、こちらから声をかけません。理由は聞きません。"),
        error_messages={"required": _("いつまでかを選んでください。")},
    )

    def prepare(self) -> None:
        """Offer the rests of the definition."""
        self.offer("rest", self.definition.rests)

    def until(self) -> Any:
        """The last day of the rest; ``None`` without an end."""
        chosen = next(rest for rest in self.definition.rests if rest.key == self.cleaned_data["rest"])
        return add_months(self.today, chosen.months) if chosen.months else None


class StepDownForm(TownForm):
    """Which outer stage to go back to."""

    stage = forms.ChoiceField(
        label=_("どこに戻りますか"), widget=forms.RadioSelect, error_messages={"required": _("1つ選んでください。")}
    )

    def __init__(self, *args: Any, present: str = "", **options: Any) -> None:
        self.present = present
        super().__init__(*args, **options)

    def prepare(self) -> None:
        """Offer the stages further out."""
        orders = {stage.key: stage.order for stage in self.definition.stages}
        self.offer("stage", [s for s in self.definition.stages if s.order < orders.get(self.present, 0)])


class DeleteForm(forms.Form):
    """Erasing takes a typed word, so that it never happens by a slip."""

    word = forms.CharField(
        label=_("たしかめのことば"),
        help_text=_("消してよければ「消します」と書いてください。"),
        error_messages={"required": _("「消します」と書いてください。")},
        max_length=20,
    )

    def clean_word(self) -> str:
        """Any of the languages of the house, in any width and case."""
        word = "".join(str(self.cleaned_data["word"]).split()).strip("「」").lower()
        if word not in DELETE_WORDS:
            raise forms.ValidationError(_("「消します」と書くと、消えます。"), code="word")
        return word


class CardForm(forms.Form):
    """The code of a paper card."""

    code = forms.CharField(
        label=_("カードの番号"),
        max_length=40,
        help_text=_("カードにある8文字です。大文字・小文字や、あいだの線は気にしなくてかまいません。"),
        error_messages={"required": _("カードの番号を書いてください。")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.update({"autocomplete": "off", "data-width": "20", "spellcheck": "false"})


class OrganizationForm(TownForm):
    """An organisation, in few words. ``version`` finds a stale form."""

    name = NameField(label=_("団体の名前"), error_messages={"required": _("団体の名前を書いてください。")})
    kana = forms.CharField(label=_("ふりがな"), max_length=200, required=False)
    sector = forms.ChoiceField(label=_("どんな団体ですか"), required=False)
    theme = ManyField(label=_("取り組んでいること"))
    about = forms.CharField(
        label=_("紹介の文"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    district = DistrictField(label=_("おもに活動する地区"), required=False)
    mail = forms.EmailField(label=_("団体のメール"), required=False, help_text=_("個人のものでない連絡先があれば。"))
    phone = PhoneField(label=_("団体の電話"), required=False)
    address = forms.CharField(label=_("団体の住所"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        """Offer sectors, themes and districts."""
        self.offer("sector", self.definition.sectors)
        self.fields["sector"].choices = [("", _("選んでください")), *self.fields["sector"].choices]  # type: ignore[attr-defined]
        self.offer("theme", self.definition.themes)
        self.fields["district"].queryset = districts(self.today)  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "organization"

    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("theme", "version")}
        return given | {"themes": self.cleaned_data["theme"]}

    def in_words(self, values: dict[str, Any]) -> dict[str, str]:
        """Values as label and words, for showing two texts side by side."""
        words = {}
        for name, value in values.items():
            field = self.fields.get("theme" if name == "themes" else name)
            if field is None:
                continue
            words[str(field.label)] = words_of(field, value)
        return words
