"""What hosts write: one page for an 企画 with its dates and its first 出番, and the pages to change them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yui.activities.choices import KINDS, offered
from yui.activities.domain import ActivityPlan, OpportunityPlan, SessionPlan
from yui.activities.forms.fields import DayField, TimeOfDayField, WholeField
from yui.activities.models import Activity, Opportunity
from yui.base import clock
from yui.base.definitions import Definition, active
from yui.base.tenancy.models import District
from yui.base.ui.templatetags.yui import as_written
from yui.base.ui.written import NamesSelect
from yui.people.models import Organization, Person

ROWS = 3
"""Rows for dates on the one page; further dates are added on the activity's own page."""
PARTS = ("day", "start", "end")
CHIPS = ("theme", "consideration", "benefit", "skill", "interest", "slot", "language")
HELP = {
    "theme": _("3つくらいまで。最初の分野の絵が、カードにのります。"),
    "skill": _("なくてもできるなら、えらばなくてかまいません。"),
}


class DistrictForm(forms.Form):
    """A form that asks for a district of the town by its key."""

    def __init__(self, *args: Any, definition: Definition, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.definition, self.language = definition, language
        if "district" in self.fields:
            field: Any = self.fields["district"]
            today = clock.today()
            field.choices = [("", _("きめていない"))] + [
                (item.key, item.name) for item in active(definition.scheme.districts, today)
            ]

    def clean_district(self) -> District | None:
        """The district's row."""
        key = self.cleaned_data["district"]
        return District.objects.filter(key=key).first() if key else None


class ActivityForm(DistrictForm):
    """What an activity says of itself."""

    title = forms.CharField(label=_("企画の名前"), max_length=100, help_text=_("例：土曜の朝の読みきかせ"))
    about = forms.CharField(
        label=_("どんな企画か"), max_length=2000, required=False, widget=forms.Textarea,
        help_text=_("2、3行でじゅうぶんです。"),
    )  # fmt: skip
    district = forms.ChoiceField(label=_("おもな地区"), required=False, widget=NamesSelect)

    def plan(self) -> ActivityPlan:
        """For ``open_activity``."""
        values = self.cleaned_data
        return ActivityPlan(values["title"], values["about"], values["district"])


class DatesMixin(forms.Form):
    """Rows of a day, a beginning and an end."""

    def add_rows(self, rows: int, *, first_required: bool = False) -> None:
        """Add the fields of so many rows."""
        for row in range(1, rows + 1):
            needed = first_required and row == 1
            number = "" if rows == 1 else str(row)
            self.fields[f"day_{row}"] = DayField(
                label=_("日にち%(number)s") % {"number": number},
                required=needed,
                help_text=_("例：11月28日、11/28、R8.11.28") if row == 1 else "",
            )
            self.fields[f"start_{row}"] = TimeOfDayField(
                label=_("はじまり%(number)s") % {"number": number},
                required=needed,
                help_text=_("例：10時30分、13:30") if row == 1 else "",
            )
            self.fields[f"end_{row}"] = TimeOfDayField(
                label=_("おわり%(number)s") % {"number": number}, required=needed
            )

    def sessions(self, rows: int, place: str) -> list[SessionPlan]:
        """The dates that were filled in. Adds a sentence to the field that is missing or wrong."""
        found = []
        for row in range(1, rows + 1):
            names = [f"{part}_{row}" for part in PARTS]
            values = [self.cleaned_data.get(name) for name in names]
            if any(name in self.errors for name in names) or not any(values):
                continue
            for name, value in zip(names, values, strict=True):
                if value is None:
                    self.add_error(name, gettext("日にち・はじまり・おわりを、そろえて書いてください。"))
            if None in values:
                continue
            day, start, end = values
            starts_at = dt.datetime.combine(day, start, clock.TOKYO)
            ends_at = dt.datetime.combine(day, end, clock.TOKYO)
            if ends_at <= starts_at:
                self.add_error(names[2], gettext("おわりの時刻は、はじまりより後にしてください。"))
            elif day < clock.today():
                self.add_error(names[0], gettext("もう過ぎた日です。年もたしかめてください。"))
            else:
                found.append(SessionPlan(starts_at, ends_at, place))
        return found


class OpportunityForm(DistrictForm):
    """What an opportunity says of itself, with its chips."""

    o_title = forms.CharField(
        label=_("お願いしたいこと（出番の名前）"), max_length=100, help_text=_("例：絵本を1冊読む")
    )
    kind = forms.ChoiceField(label=_("種類"))
    o_about = forms.CharField(
        label=_("すること"), max_length=2000, required=False, widget=forms.Textarea,
        help_text=_("はじめての人が、その日を思いうかべられるように。"),
    )  # fmt: skip
    when_text = forms.CharField(
        label=_("日にちがきまっていないとき"), max_length=100, required=False,
        help_text=_("例：毎週水曜 13時30分から。日にちを書いたときは、書かなくてかまいません。"),
    )  # fmt: skip
    any_time = forms.BooleanField(label=_("いつでもできる"), required=False)
    place = forms.CharField(
        label=_("場所"), max_length=200, required=False, help_text=_("例：見本まちづくりセンター 1階 和室")
    )
    online = forms.BooleanField(label=_("オンラインでもできる"), required=False)
    capacity = WholeField(
        label=_("何人くらい"), min_value=1, max_value=1000,
        error_messages={
            "min_value": _("人数は1人から書いてください。"), "max_value": _("人数は1000人までで書いてください。"),
        },
    )  # fmt: skip
    smallest_minutes = forms.TypedChoiceField(
        label=_("いちばん短くて"),
        coerce=int,
        help_text=_("10分から30分の入口があると、はじめての人が来やすくなります。"),
    )
    first_timers = forms.BooleanField(label=_("はじめての人を歓迎する"), required=False, initial=True)
    kept_places = WholeField(
        label=_("そのうち、はじめての人の席"), required=False, min_value=0, max_value=1000,
        help_text=_("これまでに参加の記録がない人のための席です。書かなければ、0席です。"),
    )  # fmt: skip
    kept_until = DayField(
        label=_("はじめての人の席は、いつまで"), required=False,
        help_text=_("この日がすぎると、だれでも使えます。書かなければ、その日の少し前までです。"),
    )  # fmt: skip
    age_from = WholeField(label=_("年齢のきまり（上の歳から）"), required=False, min_value=0, max_value=120)
    age_to = WholeField(label=_("年齢のきまり（下の歳まで）"), required=False, min_value=0, max_value=120)
    closes_on = DayField(label=_("募集のしめきり"), required=False, help_text=_("書かなければ、その日まで募集します。"))

    def __init__(self, *args: Any, definition: Definition, language: str, **options: Any) -> None:
        super().__init__(*args, definition=definition, language=language, **options)
        today, fields = clock.today(), self.fields
        fields["age_from"].label, fields["age_to"].label = (
            _("何歳から（きまりがあれば）"),
            _("何歳まで（きまりがあれば）"),
        )
        kinds: Any = fields["kind"]
        kinds.choices = [(k.key, k.label.in_language(language)) for k in active(definition.activities.kinds, today)]
        kinds.initial = Opportunity.Kind.HELP
        pieces: Any = fields["smallest_minutes"]
        pieces.choices = [
            (piece.minutes, piece.label.in_language(language))
            for piece in active(definition.activities.smallest_pieces, today)
        ]
        pieces.initial = 30
        for chip in CHIPS:
            fields[chip] = forms.MultipleChoiceField(
                label=_(KINDS[chip]) if chip != "theme" else _("分野"),
                required=chip == "theme",
                widget=forms.CheckboxSelectMultiple,
                choices=[(item.key, item.label.in_language(language)) for item in offered(definition, chip)],
                help_text=HELP.get(chip, ""),
                error_messages={"required": _("分野を1つはえらんでください。")},
            )

    def clean(self) -> dict[str, Any]:
        """Ages in order; a last day that is not over."""
        values = super().clean() or self.cleaned_data
        low, high = values.get("age_from"), values.get("age_to")
        if low is not None and high is not None and low > high:
            self.add_error("age_to", gettext("年齢の上と下が逆のようです。"))
        values["kept_places"] = kept = values.get("kept_places") or 0
        if kept > (values.get("capacity") or kept):
            self.add_error("kept_places", gettext("はじめての人の席は、人数までで書いてください。"))
        closes = values.get("closes_on")
        if closes is not None and closes < clock.today() and "closes_on" in self.changed_data:
            self.add_error("closes_on", gettext("もう過ぎた日です。年もたしかめてください。"))
        return values

    def values(self) -> dict[str, Any]:
        """The columns of the opportunity, by their names."""
        names = (
            "kind", "when_text", "any_time", "place", "online", "capacity", "smallest_minutes", "first_timers",
            "kept_places", "kept_until", "age_from", "age_to", "closes_on",
        )  # fmt: skip
        given = self.cleaned_data
        return {"title": given["o_title"], "about": given["o_about"], **{name: given[name] for name in names}}

    def choices(self) -> dict[str, Sequence[str]]:
        """The chips."""
        return {chip: self.cleaned_data[chip] for chip in CHIPS}


class NewActivityForm(DatesMixin, OpportunityForm, ActivityForm):
    """Everything on one page: about five minutes."""

    host = forms.ChoiceField(label=_("ひらく人"), widget=forms.RadioSelect)
    initiated_by = forms.ChoiceField(
        label="だれから始まったか", choices=Activity.Initiative.choices, initial=Activity.Initiative.RESIDENTS,
        widget=forms.RadioSelect,
    )  # fmt: skip
    ORDER = (
        "host", "initiated_by", "title", "o_title", "o_about", "kind", "theme",
        *(f"{part}_{row}" for row in range(1, ROWS + 1) for part in PARTS),
        "when_text", "any_time", "place", "district", "online", "capacity", "smallest_minutes", "first_timers",
        "consideration", "benefit",
    )  # fmt: skip
    MORE = (
        "kept_places", "kept_until", "about", "skill", "interest", "slot", "language", "age_from", "age_to", "closes_on",
    )  # fmt: skip

    def __init__(self, *args: Any, hosts: Sequence[Person | Organization], staff: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hosts = {f"{type(host).__name__.lower()}-{host.public_id}": host for host in hosts}
        self.add_rows(ROWS)
        field: Any = self.fields["host"]
        field.choices = [(key, _host_label(host)) for key, host in self.hosts.items()]
        if len(self.hosts) == 1:
            field.initial = next(iter(self.hosts))
        if len(self.hosts) > 5:
            field.widget = forms.Select(choices=field.choices)
        if not staff:
            del self.fields["initiated_by"]
        self.order_fields([*self.ORDER, *self.MORE])
        self.planned: list[SessionPlan] = []

    def clean(self) -> dict[str, Any]:
        """At least one hint of when."""
        values = super().clean()
        self.planned = self.sessions(ROWS, values.get("place") or "")
        dated = any(values.get(f"day_{row}") or f"day_{row}" in self.errors for row in range(1, ROWS + 1))
        if not dated and not values.get("when_text") and not values.get("any_time"):
            self.add_error("day_1", gettext("日にちを書くか、「いつでもできる」をえらんでください。"))
        return values

    def chosen_host(self) -> Person | Organization:
        """The host's row."""
        return self.hosts[self.cleaned_data["host"]]

    def opportunity(self) -> OpportunityPlan:
        """For ``open_activity``: bound to the date when there is just one."""
        session = 0 if len(self.planned) == 1 else None
        return OpportunityPlan(
            **self.values(), district=self.cleaned_data["district"], session=session, choices=self.choices()
        )

    def before_dates(self) -> list[forms.BoundField]:
        """The fields above the dates, in order."""
        return [self[name] for name in list(self.fields)[: list(self.fields).index("day_1")]]

    def date_rows(self) -> list[list[forms.BoundField]]:
        """The rows of dates."""
        return [[self[f"{part}_{row}"] for part in PARTS] for row in range(1, ROWS + 1)]

    def later_dates_used(self) -> bool:
        """Whether a row after the first holds something, so that it must be seen."""
        return any(field.value() or field.errors for row in self.date_rows()[1:] for field in row)

    def after_dates(self) -> list[forms.BoundField]:
        """The fields below the dates, without those of the disclosure."""
        names = list(self.fields)
        return [self[name] for name in names[names.index("when_text") :] if name not in self.MORE]

    def more_fields(self) -> list[forms.BoundField]:
        """What stands in the disclosure."""
        return [self[name] for name in self.MORE]

    def more_has_errors(self) -> bool:
        """Whether the disclosure must stand open."""
        return any(name in self.errors for name in self.MORE)


class EditOpportunityForm(OpportunityForm):
    """An opportunity that is there already: also its date, its district and the version that was read."""

    session = forms.ChoiceField(label=_("日にち"), required=False)
    district = forms.ChoiceField(label=_("地区"), required=False, widget=NamesSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, activity: Activity, dates: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.activity = activity
        field: Any = self.fields["session"]
        field.choices = [("", _("どの回でもよい・きまっていない")), *dates]
        self.order_fields(["o_title", "o_about", "kind", "theme", "session"])

    def values(self) -> dict[str, Any]:
        """With the date's row and the district."""
        key = self.cleaned_data["session"]
        session = self.activity.sessions.filter(public_id=key).first() if key else None
        return {**super().values(), "session": session, "district": self.cleaned_data["district"]}


def initial_of(opportunity: Opportunity) -> dict[str, Any]:
    """What an opportunity says now, for the form."""
    names = (
        "kind", "when_text", "any_time", "place", "online", "capacity", "smallest_minutes", "first_timers",
        "kept_places", "kept_until", "age_from", "age_to", "closes_on", "version",
    )  # fmt: skip
    found: dict[str, Any] = {name: getattr(opportunity, name) for name in names}
    found |= {"o_title": opportunity.title, "o_about": opportunity.about}
    found["session"] = opportunity.session.public_id if opportunity.session else ""
    found["district"] = opportunity.district.key if opportunity.district else ""
    for choice in opportunity.choices.all():
        found.setdefault(choice.kind, []).append(choice.key)
    return found


class EditActivityForm(ActivityForm):
    """An activity that is there already."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SessionForm(DatesMixin):
    """One further date."""

    place = forms.CharField(label=_("場所"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_rows(1, first_required=True)
        self.order_fields(["day_1", "start_1", "end_1", "place"])
        self.planned: list[SessionPlan] = []

    def clean(self) -> dict[str, Any]:
        """The date."""
        values = super().clean() or self.cleaned_data
        self.planned = self.sessions(1, values.get("place") or "")
        return values


def _host_label(host: Person | Organization) -> str:
    return as_written(host.name if isinstance(host, Organization) else host.display_name)
