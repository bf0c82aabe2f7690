"""The forms of rounds: plain Japanese for the desk; the wish form of residents in every language."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yui.activities.assignments.domain.rounds import ProgrammePlan, RoundPlan
from yui.activities.assignments.models import ManualChange, RankedWish, Round, RoundProgramme, WishSheet
from yui.activities.assignments.queries import choosable, free_in
from yui.activities.forms.fields import WholeField
from yui.activities.models import Opportunity
from yui.base.ui.fields import JapaneseDateField
from yui.base.ui.written import NamesSelect

MOST_WISHES = 10


class RoundForm(forms.Form):
    """What a round is called, its days and its rule."""

    title = forms.CharField(
        label="席決めの名前", max_length=100, help_text="例：夏の地域プログラム",
        error_messages={"required": "席決めの名前を書いてください。"},
    )  # fmt: skip
    about = forms.CharField(
        label="どんな席決めか", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    opens_on = JapaneseDateField(
        label="受付をはじめる日", relative=True, error_messages={"required": "受付をはじめる日を書いてください。"}
    )
    closes_on = JapaneseDateField(
        label="締め切りの日", relative=True, help_text="この日の終わりまで受け付け、次の日にくじを引きます。",
        error_messages={"required": "締め切りの日を書いてください。"},
    )  # fmt: skip
    track = forms.ChoiceField(
        label="決め方", choices=Round.Track.choices, widget=forms.RadioSelect, initial=Round.Track.STABLE,
        help_text="まよったら「希望の順で決める」。最少人数も地域の上限もなければ、希望を正直に書くのがいちばん得です。",
    )  # fmt: skip
    orientation = forms.ChoiceField(
        label="どちらの希望を先に見るか", choices=Round.Orientation.choices, widget=forms.RadioSelect,
        initial=Round.Orientation.PERSON, help_text="「希望の順で決める」のときだけ使います。",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def plan(self) -> RoundPlan:
        """For the verb."""
        return RoundPlan(**{name: self.cleaned_data[name] for name in RoundPlan.__slots__})


class ProgrammeForm(forms.Form):
    """The places of an opportunity. ``opportunity`` only where it is new."""

    opportunity = forms.ModelChoiceField(
        label="出番", queryset=None, to_field_name="public_id", empty_label="選んでください",
        help_text="承認ずみで、空き待ちの方がいない出番を選べます。",
        error_messages={"required": "出番を選んでください。"},
    )  # fmt: skip
    cap = WholeField(label="席の数", error_messages={"required": "席の数を書いてください。"})
    least = WholeField(
        label="最少人数", required=False, help_text="この人数に足りないときは、取りやめます。なければ空けておきます。"
    )
    region = forms.ModelChoiceField(label="地域の上限", queryset=None, required=False, empty_label="上限なし")
    target = WholeField(
        label="ふだんの数",
        required=False,
        help_text="地域の上限があるときだけ。まずこの数まで、同じように席をうめます。",
    )
    reserve_group = forms.CharField(
        label="優先枠はだれのためか", required=False, max_length=60, help_text="例：高校生。ご本人が希望票で選びます。"
    )
    reserve_places = WholeField(label="優先枠の席の数", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, round: Round, programme: RoundProgramme | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["region"].queryset = round.regions.all()
        fields["region"].label_from_instance = lambda row: f"{row.name}（{row.cap}人まで）"
        if programme is not None:
            del self.fields["opportunity"]
        else:
            fields["opportunity"].queryset = choosable()
            fields["opportunity"].label_from_instance = lambda row: f"{row.title}（{row.activity.title}）"

    def plan(self) -> ProgrammePlan:
        """For the verb; what is left empty is none."""
        given = self.cleaned_data
        numbers = {name: given[name] or 0 for name in ("cap", "least", "target", "reserve_places")}
        return ProgrammePlan(**numbers, region=given["region"], reserve_group=given["reserve_group"].strip())


class RegionForm(forms.Form):
    """A region and its cap."""

    name = forms.CharField(
        label="地域の名前", max_length=60, error_messages={"required": "地域の名前を書いてください。"}
    )
    region_cap = WholeField(label="ぜんぶで何人まで", error_messages={"required": "人数を書いてください。"})


class CallOffForm(forms.Form):
    """Why it is called off; everybody reads it."""

    words = forms.CharField(
        label="取りやめのわけ", max_length=300, help_text="公開のページにのります。お名前は書かないでください。",
        error_messages={"required": "取りやめのわけを書いてください。"},
    )  # fmt: skip


class WishForm(forms.Form):
    """An ordered list without dragging: first, second, third. A rank left empty in the middle is passed over."""

    groups = forms.MultipleChoiceField(
        label=_("あてはまるもの"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("優先枠のある出番で使います。あてはまる方だけ選んでください。"),
    )  # fmt: skip

    def __init__(self, *args: Any, round: Round, sheet: WishSheet | None = None, **options: Any) -> None:
        self.programmes = {
            row.opportunity.public_id: row for row in round.programmes.select_related("opportunity").order_by("id")
        }
        if sheet is not None:
            wishes = sheet.wishes.select_related("programme__opportunity").order_by("rank")
            given = {f"wish_{n}": wish.programme.opportunity.public_id for n, wish in enumerate(wishes, start=1)}
            options.setdefault("initial", {**given, "groups": sheet.groups})
        super().__init__(*args, **options)
        groups = sorted({row.reserve_group for row in self.programmes.values() if row.reserve_group})
        offered: Any = self.fields["groups"]
        offered.choices = [(group, group) for group in groups]
        choices = [("", _("選ばない"))] + [(key, row.opportunity.title) for key, row in self.programmes.items()]
        self.ranks = min(len(self.programmes), MOST_WISHES)
        for rank in range(1, self.ranks + 1):
            self.fields[f"wish_{rank}"] = forms.ChoiceField(
                label=gettext("第%(rank)d希望") % {"rank": rank}, choices=choices, required=rank == 1,
                widget=NamesSelect, error_messages={"required": _("いちばん希望する出番を選んでください。")},
            )  # fmt: skip
        self.order_fields([f"wish_{rank}" for rank in range(1, self.ranks + 1)])
        if not groups:
            del self.fields["groups"]

    def clean(self) -> dict[str, Any]:
        """Each opportunity once."""
        values = super().clean() or {}
        seen: set[str] = set()
        for rank in range(1, self.ranks + 1):
            key = values.get(f"wish_{rank}", "")
            if key and key in seen:
                self.add_error(f"wish_{rank}", _("同じ出番が、2回選ばれています。"))
            seen.add(key)
        return values

    def wishes(self) -> list[RoundProgramme]:
        """Best first."""
        keys = (self.cleaned_data.get(f"wish_{rank}", "") for rank in range(1, self.ranks + 1))
        return [self.programmes[key] for key in keys if key]

    def chosen_groups(self) -> list[str]:
        """The reserved groups."""
        return list(self.cleaned_data.get("groups", []))


class DeskWishForm(WishForm):
    """The same, written by staff for somebody."""

    who = forms.CharField(
        label="どなたの希望か", required=False, max_length=60, help_text="名前・よみ・電話番号の下4けた。2文字から。"
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label="受け取り方", widget=forms.RadioSelect, initial=WishSheet.Way.PAPER,
        choices=[(WishSheet.Way.PAPER, "紙で"), (WishSheet.Way.PHONE, "電話で")],
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["who", "about", "way"])

    def clean(self) -> dict[str, Any]:
        """Somebody must be named."""
        values = super().clean()
        if not values.get("about") and not values.get("who", "").strip():
            self.add_error("who", "どなたの希望かを書いてください。")
        return values


class StandingForm(forms.Form):
    """How the host stands to each wish of a sheet: a class, and points where points decide."""

    def __init__(self, *args: Any, wishes: list[RankedWish], points: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wishes, self.points = wishes, points
        for wish in wishes:
            title = wish.programme.opportunity.title
            self.fields[f"standing_{wish.pk}"] = forms.ChoiceField(
                label=f"{title}：受け入れの順", choices=RankedWish.Standing.choices, widget=forms.RadioSelect,
                initial=wish.standing,
            )  # fmt: skip
            if points:
                self.fields[f"points_{wish.pk}"] = WholeField(
                    label=f"{title}：合う度合いの点", required=False, initial=wish.points,
                    help_text="空けておくと、第1希望3点、第2希望2点、そのほか1点です。",
                )  # fmt: skip

    def given(self) -> list[tuple[RankedWish, int, int | None]]:
        """Wish, class, points."""
        values = self.cleaned_data
        return [(wish, int(values[f"standing_{wish.pk}"]), values.get(f"points_{wish.pk}")) for wish in self.wishes]


class ManualChangeForm(forms.Form):
    """Another place, and why."""

    programme = forms.ModelChoiceField(
        label="変えたあとの席", queryset=None, required=False, empty_label="席なし", to_field_name="public_id"
    )
    kind = forms.ChoiceField(
        label="わけ（公開のページに、件数だけのります）", choices=ManualChange.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "わけを選んでください。"},
    )  # fmt: skip
    words = forms.CharField(
        label="くわしいわけ", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="職員とご本人だけが読めます。この記録は消せません。",
        error_messages={"required": "くわしいわけを書いてください。"},
    )  # fmt: skip

    def __init__(self, *args: Any, round: Round, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["programme"]
        field.queryset = round.programmes.select_related("opportunity").order_by("id")
        field.label_from_instance = lambda row: row.opportunity.title


def first_values(opportunity: Opportunity | None) -> dict[str, int]:
    """What is proposed for a new line: every free place."""
    return {"cap": free_in(opportunity)} if opportunity is not None else {}
