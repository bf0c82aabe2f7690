"""The questions of a registration, in parts: the same on the phone, on paper entered by staff, and for later changes."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yui.base.definitions import active
from yui.base.ui.fields import KanaField, NameField, PhoneField, PostalField
from yui.people.answers import Answers, is_minor
from yui.people.definition import wording_on
from yui.people.forms.town import BirthYearField, DistrictField, ManyField, TownForm, districts
from yui.people.models import Contact

CHIPS = ("theme", "interest", "skill", "slot", "language")
MISSING = {
    "phone": ("phone", _("電話でご連絡するために、電話番号を書いてください。")),
    "email": ("mail", _("メールでご連絡するために、メールアドレスを書いてください。")),
    "address": ("address", _("手紙をお送りするために、住所を書いてください。")),
}


class NamesForm(TownForm):
    """Who somebody is and where they would like to act."""

    display_name = NameField(label=_("お名前"))
    kana = KanaField(label=_("ふりがな"))
    birth_year = BirthYearField(
        label=_("生まれた年"), help_text=_("例：1955、昭和30年。保護者の方の同意がいるかを、たしかめるために使います。")
    )
    district = DistrictField(
        label=_("活動したい地区"),
        help_text=_("住んでいる所でなくても、かまいません。"),
        error_messages={"required": _("地区を選んでください。")},
    )

    def prepare(self) -> None:
        """Offer the districts of the town."""
        super().prepare()
        self.fields["district"].queryset = districts(self.today)  # type: ignore[attr-defined]


class ReachForm(TownForm):
    """How somebody wants to be reached. Only what the chosen way needs must be filled in."""

    contact_way = forms.ChoiceField(
        label=_("連絡してほしい方法"),
        help_text=_("ここで選んだ方法のほかでは、連絡しません。"),
        widget=forms.RadioSelect,
        error_messages={"required": _("連絡してほしい方法を選んでください。")},
    )
    phone = PhoneField(label=_("電話番号"), required=False)
    mail = forms.EmailField(
        label=_("メールアドレス"),
        required=False,
        error_messages={"invalid": _("メールアドレスは「name@example.jp」のような形で書いてください。")},
    )
    postal_code = PostalField(label=_("郵便番号"), required=False)
    address = forms.CharField(label=_("住所"), required=False, max_length=300)
    contact_when = forms.CharField(
        label=_("連絡しやすいとき"), required=False, max_length=60, help_text=_("例：平日の夕方、土曜の午前")
    )

    def prepare(self) -> None:
        """Offer the ways of the definition."""
        super().prepare()
        self.offer("contact_way", self.definition.contact_ways)
        self.fields["mail"].widget.attrs.update({"autocomplete": "email", "inputmode": "email"})
        self.fields["address"].widget.attrs["autocomplete"] = "street-address"

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs, at its field."""
        values = super().clean() or {}
        way = next((way for way in self.definition.contact_ways if way.key == values.get("contact_way")), None)
        field, sentence = MISSING.get(way.needs, ("", "")) if way else ("", "")
        if field and not values.get(field) and field not in self.errors:
            self.add_error(field, sentence)
        return values

    def contacts(self) -> tuple[tuple[str, str], ...]:
        """Pairs of kind and value, those filled in."""
        given = ((Contact.Kind.PHONE, "phone"), (Contact.Kind.MAIL, "mail"))
        return tuple((str(kind), self.cleaned_data[name]) for kind, name in given if self.cleaned_data.get(name))


class WishesForm(TownForm):
    """What somebody likes and what they can do: kept apart."""

    theme = ManyField(label=_("興味のあること"), required=True, help_text=_("1つからでかまいません。"))
    interest = ManyField(label=_("やってみたいこと"))
    skill = ManyField(
        label=_("手を貸せること"), help_text=_("資格はいりません。「好き」「まあまあ」くらいで十分です。")
    )
    slot = ManyField(label=_("動きやすいとき"), required=True, help_text=_("おおよそで選んでください。"))
    language = ManyField(label=_("話せることば"))
    online = forms.BooleanField(label=_("オンラインでも参加したい"), required=False)
    about = forms.CharField(
        label=_("伝えておきたいこと"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例：午前中は通院しています。大きな声で話してもらえると助かります。"),
    )

    def prepare(self) -> None:
        """Offer the chips of the definition."""
        super().prepare()
        lists = ("themes", "interests", "skills", "slots", "spoken_languages")
        for name, items in zip(CHIPS, lists, strict=True):
            self.offer(name, getattr(self.definition, items))

    @property
    def motifs(self) -> dict[str, str]:
        """The picture of each theme."""
        return {theme.key: theme.motif for theme in self.definition.themes}

    def choices(self) -> dict[str, tuple[str, ...]]:
        """The chosen chips by kind."""
        return {name: self.cleaned_data[name] for name in CHIPS}


class ConsentsForm(TownForm):
    """One box for each purpose, with its words. ``birth_year`` decides whether a guardian is asked for."""

    birth_year_known: int | None = None

    def __init__(self, *args: Any, birth_year: int | None = None, **options: Any) -> None:
        self.birth_year_known = birth_year
        super().__init__(*args, **options)

    def prepare(self) -> None:
        """One box for each purpose that is offered today."""
        super().prepare()
        language = get_language()
        for purpose in active(self.definition.purposes, self.today):
            wording = wording_on(purpose, self.today) or purpose.wordings[0]
            self.fields[f"consent_{purpose.key}"] = forms.BooleanField(
                label=purpose.label.in_language(language),
                help_text=wording.text.in_language(language),
                required=purpose.required,
                error_messages={"required": _("登録には、この同意が必要です。よろしければ、しるしを付けてください。")},
            )
        age = self.definition.guardian_age.value
        minor = is_minor(self.birth_year_known, age, self.today)
        self.fields["guardian"] = forms.BooleanField(
            label=_("保護者も、上の内容に同意しています"),
            help_text=_("%(age)s歳未満の方は、保護者の方といっしょに読んで、しるしを付けてください。") % {"age": age},
            required=minor,
            error_messages={"required": _("保護者の方の同意をもらってください。")},
        )

    def consents(self) -> tuple[str, ...]:
        """The purposes agreed to."""
        return tuple(p.key for p in self.definition.purposes if self.cleaned_data.get(f"consent_{p.key}"))


class StepOne(ReachForm, NamesForm):
    """お名前と連絡先."""


class StepTwo(WishesForm):
    """好きなこと・できること."""


class StepThree(ConsentsForm):
    """同意の確認."""


STEPS: tuple[type[TownForm], ...] = (StepOne, StepTwo, StepThree)


def answers_of(names: NamesForm, reach: ReachForm, wishes: WishesForm, consents: ConsentsForm) -> Answers:
    """The answers of valid forms (which may be one and the same)."""
    who, how, what = names.cleaned_data, reach.cleaned_data, wishes.cleaned_data
    language = get_language() or settings.LANGUAGE_CODE
    return Answers(
        display_name=who["display_name"], kana=who["kana"], birth_year=who["birth_year"], district=who["district"],
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        contacts=reach.contacts(), postal_code=how["postal_code"], address=how["address"],
        contact_way=how["contact_way"], contact_when=how["contact_when"],
        choices=wishes.choices(), online=what["online"], about=what["about"],
        consents=consents.consents(), guardian=consents.cleaned_data["guardian"],
    )  # fmt: skip
