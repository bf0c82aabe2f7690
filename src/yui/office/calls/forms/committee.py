"""Forms of the committee and of the selection. Words for staff and members."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from yui.base.access.errors import NotPossible
from yui.office.calls.definition import Criterion
from yui.office.calls.domain.scoring import Given, check_points
from yui.office.calls.models import Applicant, CommitteeMember, ConflictDeclaration, Score

REASON = forms.Textarea(attrs={"rows": 3})


class AppointMemberForm(forms.Form):
    """A seat for somebody, by the mail address with which they sign in."""

    name = forms.CharField(label="名前", max_length=100, error_messages={"required": "名前を書いてください。"})
    post = forms.CharField(label="職・所属", required=False, max_length=200)
    mail = forms.EmailField(
        label="メールアドレス", help_text="採点の画面へのはいり方を、このアドレスに送ります。",
        error_messages={"required": "メールアドレスを書いてください。", "invalid": "メールアドレスを、もう一度たしかめてください。"},
    )  # fmt: skip
    chair = forms.BooleanField(label="委員長にする", required=False)


class ReasonForm(forms.Form):
    """An act that needs its reason."""

    reason = forms.CharField(
        label="わけ", max_length=500, widget=REASON, error_messages={"required": "わけを書いてください。"}
    )


class AbstainForm(ReasonForm):
    """Which member gives no scores, and why."""

    member = forms.ModelChoiceField(
        CommitteeMember.objects.none(), label="委員", to_field_name="public_id", empty_label="選んでください",
        error_messages={"required": "委員を選んでください。"},
    )  # fmt: skip
    field_order = ("member", "reason")

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        field.queryset = members  # type: ignore[attr-defined]
        field.label_from_instance = lambda row: row.name  # type: ignore[attr-defined]


class ConflictsForm(forms.Form):
    """For each applicant, whether there is a conflict of interest, and words about it."""

    def __init__(
        self, *args: Any, applicants: Sequence[Applicant], known: Mapping[int, ConflictDeclaration], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.applicants = applicants
        for one in applicants:
            row = known.get(one.pk)
            self.fields[f"conflict_{one.public_id}"] = forms.ChoiceField(
                label=one.name, widget=forms.RadioSelect, choices=[("no", "利害関係はない"), ("yes", "利害関係がある")],
                initial=None if row is None else "yes" if row.conflict else "no",
                error_messages={"required": f"{one.name}との利害関係を選んでください。"},
            )  # fmt: skip
            self.fields[f"words_{one.public_id}"] = forms.CharField(
                label=f"{one.name}とのかかわり", required=False, max_length=500, initial=row.words if row else "",
                help_text="あるときは、どんなかかわりかを書きます。", widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def answers(self) -> dict[Applicant, tuple[bool, str]]:
        """What ``declare_conflicts`` takes."""
        cleaned = self.cleaned_data
        return {
            one: (cleaned[f"conflict_{one.public_id}"] == "yes", cleaned[f"words_{one.public_id}"])
            for one in self.applicants
        }


@dataclass(slots=True)
class Item:
    """One item of the score form as it is drawn: what is saved, or what was typed and why it was not."""

    criterion: Criterion
    points: str
    comment: str
    version: int
    error: str = ""
    saved: bool = False

    @property
    def levels(self) -> list[tuple[str, str]]:
        """Points and name of each step, where the item has steps."""
        return [(str(one.points.value), one.name) for one in self.criterion.levels if one.points.value is not None]


def items_of(criteria: Sequence[Criterion], scores: Mapping[str, Score]) -> list[Item]:
    """The form as the sheet stands."""
    made = []
    for one in criteria:
        score = scores.get(one.key)
        points = "" if score is None or score.points is None else written(score.points)
        comment, version = (score.comment, score.version) if score else ("", 0)
        made.append(Item(one, points, comment, version, saved=bool(points)))
    return made


def read_items(data: Mapping[str, str], criteria: Sequence[Criterion]) -> tuple[dict[str, Given], list[Item]]:
    """What was typed: to be saved, and as it is drawn again. An item that was not sent is left as it is."""
    given: dict[str, Given] = {}
    items = []
    for one in criteria:
        if f"version_{one.key}" not in data:
            continue
        typed, comment = data.get(f"points_{one.key}", ""), data.get(f"comment_{one.key}", "")[:1000]
        version = data.get(f"version_{one.key}", "0")
        item = Item(one, typed, comment, int(version) if version.isdecimal() else 0)
        items.append(item)
        try:
            points = read_points(typed)
            check_points(one, points)
        except NotPossible as wrong:
            item.error = wrong.sentence
        else:
            given[one.key] = Given(points, comment, item.version)
    return given, items


def read_points(typed: str) -> Decimal | None:
    """Points as people write them, in full or half width; None for a blank. Raises ``NotPossible``."""
    text = unicodedata.normalize("NFKC", typed).strip().removesuffix("点").strip()
    if not text:
        return None
    try:
        if len(text) > 8:
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation:
        raise NotPossible("点は、数字で書いてください。", "not_a_number") from None


def written(points: Decimal) -> str:
    """Points without idle zeros."""
    return str(int(points)) if points == points.to_integral_value() else f"{points.normalize():f}"


class CorrectionForm(ReasonForm):
    """Which item is to be corrected, to what, and why."""

    score = forms.ChoiceField(
        label="直す項目", widget=forms.Select, error_messages={"required": "直す項目を選んでください。"}
    )
    after = forms.CharField(
        label="正しい点", max_length=8, error_messages={"required": "正しい点を書いてください。"},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-width": "4"}),
    )  # fmt: skip
    field_order = ("score", "after", "reason")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = [("", "選んでください"), *choices]  # type: ignore[attr-defined]

    def clean_after(self) -> Decimal:
        """A number of points."""
        try:
            points = read_points(self.cleaned_data["after"])
        except NotPossible as wrong:
            raise forms.ValidationError(wrong.sentence, code="invalid") from wrong
        if points is None:
            raise forms.ValidationError("正しい点を書いてください。", code="required")
        return points


class DecisionForm(ReasonForm):
    """What the committee decided: one of those it may choose from, or several where the question allows."""

    chosen = forms.MultipleChoiceField(label="決めたもの", required=False, widget=forms.CheckboxSelectMultiple)
    points = forms.CharField(
        label="委員会の点", required=False, max_length=8, help_text="割り切れない平均の代わりに使う点です。",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-width": "4"}),
    )  # fmt: skip
    field_order = ("chosen", "points", "reason")
    ONE = frozenset({"tie", "successor", "points"})

    def __init__(self, *args: Any, question: str, applicants: Sequence[Applicant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applicants = {one.public_id: one for one in applicants}
        choices = [(one.public_id, one.name) for one in applicants]
        if question in self.ONE:
            self.fields["chosen"] = forms.ChoiceField(
                label="決めたもの", widget=forms.RadioSelect, choices=choices,
                error_messages={"required": "ひとつを選んでください。"},
            )  # fmt: skip
        else:
            self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        if question == "no_candidate":
            del self.fields["chosen"]
        if question != "points":
            del self.fields["points"]
        self.order_fields(self.field_order)

    def clean_points(self) -> Decimal | None:
        """A number of points."""
        try:
            return read_points(self.cleaned_data["points"])
        except NotPossible as wrong:
            raise forms.ValidationError(wrong.sentence, code="invalid") from wrong

    def decided(self) -> dict[str, Any]:
        """What ``record_decision`` takes."""
        chosen = self.cleaned_data.get("chosen") or []
        ids = [chosen] if isinstance(chosen, str) else chosen
        return {
            "chosen": [self.applicants[one] for one in ids],
            "reason": self.cleaned_data["reason"],
            "points": self.cleaned_data.get("points"),
        }
