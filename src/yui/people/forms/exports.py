"""Asking for the list of people as a file."""

from django import forms

from yui.base.audit.record import REASON_LABELS, Reason
from yui.people.domain.exports import CP932, CSV, EYE, MACHINE, Wanted
from yui.people.forms.desk import PeopleFilter

REASONS = (Reason.CALL, Reason.LETTER, Reason.NOTICE, Reason.CORRECTION, Reason.OVERSIGHT)
KINDS = (
    (EYE, "見るためのエクセル（和暦・列の幅・しぼりこみつき）"),
    (MACHINE, "ほかのシステムに入れるためのエクセル（すべて文字・コード・見出し1行）"),
    (CSV, "CSV（UTF-8。エクセルでそのまま開けます）"),
    (CP932, "CSV（シフトJIS。書けない字があれば、先にお見せします）"),
)


class ExportForm(PeopleFilter):
    """What, for what, and whether the contact data too."""

    kind = forms.ChoiceField(label="ファイルの種類", choices=KINDS, widget=forms.RadioSelect, initial=EYE)
    contacts = forms.BooleanField(
        label="電話番号・メール・住所も入れる",
        required=False,
        help_text="入れると、一人ひとりについて「見た」記録が残り、ご本人があとで見られます。",
    )
    reason = forms.ChoiceField(
        label="出力する理由",
        choices=[("", "選んでください"), *((str(reason), REASON_LABELS[reason]) for reason in REASONS)],
        error_messages={"required": "理由を選んでください。記録に残ります。"},
    )
    field_order = ("kind", "contacts", "reason", "district", "stage")

    def prepare(self) -> None:
        """Resting people are marked in the file; they are not left out."""
        super().prepare()
        del self.fields["rest"]

    def wanted(self, *, losses_accepted: bool) -> Wanted:
        """As the domain takes it."""
        given = self.cleaned_data
        return Wanted(
            kind=given["kind"], reason=Reason(given["reason"]), contacts=given["contacts"],
            district=getattr(given["district"], "key", ""), stage=given["stage"], losses_accepted=losses_accepted,
        )  # fmt: skip
