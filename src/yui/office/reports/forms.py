"""Forms of the report's pages. Words for staff."""

from collections.abc import Sequence
from typing import Any

from django import forms

from yui.base.ui.fields import JapaneseDateField
from yui.office.reports.models import ReportDraft
from yui.office.reports.names import names_in
from yui.office.reports.queries import Choice, Line


class MakeForm(forms.Form):
    """The one button; a correction says why."""

    reason = forms.CharField(
        label="直す理由",
        required=False,
        max_length=300,
        help_text="報告に「直した理由」として載ります。前の版も、そのまま残ります。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, correction: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not correction:
            del self.fields["reason"]
            return
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "直す理由を書いてください。"


class LinesForm(forms.Form):
    """What the report says in words: each choice with a tick, a heading and its text; lines of one's own; next month."""

    def __init__(
        self,
        *args: Any,
        choices: Sequence[Choice],
        draft: ReportDraft | None,
        monitored: Sequence[dict[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.choices, self.monitored = choices, monitored
        self.headings = [(matter["key"], matter["name"]) for matter in monitored]
        kept = {line["source"]: line for line in draft.lines} if draft else {}
        for number, choice in enumerate(choices):
            self._add_choice(number, choice, kept.get(choice.source), draft is None)
        for key, name in self.headings:
            own = (
                [line["text"] for line in draft.lines if line["source"] == "own" and line["heading"] == key]
                if draft
                else []
            )
            self.fields[f"own_{key}"] = forms.CharField(
                label=f"{name}：そのほかに書くこと",
                required=False,
                max_length=2000,
                initial="\n".join(own),
                help_text="1行にひとつ。人の名前は書きません。",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["next_month"] = forms.CharField(
            label="来月の予定",
            required=False,
            max_length=2000,
            initial=draft.next_month if draft else "",
            help_text="1行にひとつ。期限の来る書類と決まった会議は、自動で載ります。",
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=draft.version if draft else 0)
        if self.is_bound and "names_shown" in self.data:
            self._ask_about_names()

    def rows(self) -> list[dict[str, Any]]:
        """Each choice with its three bound fields, for the page."""
        return [
            {"choice": choice, "use": self[f"use_{n}"], "heading": self[f"heading_{n}"], "text": self[f"text_{n}"]}
            for n, choice in enumerate(self.choices)
        ]

    def own_fields(self) -> list[Any]:
        """The bound fields of lines of one's own and of what comes next."""
        return [self[f"own_{key}"] for key, _ in self.headings] + [self["next_month"]]

    def lines(self) -> list[Line]:
        """What was chosen, in the order of the page."""
        chosen: list[Line] = [
            {
                "source": choice.source,
                "heading": self.cleaned_data[f"heading_{n}"],
                "text": self.cleaned_data[f"text_{n}"],
            }
            for n, choice in enumerate(self.choices)
            if self.cleaned_data[f"use_{n}"]
        ]
        for key, _ in self.headings:
            own = [text.strip() for text in self.cleaned_data[f"own_{key}"].splitlines() if text.strip()]
            chosen += [{"source": "own", "heading": key, "text": text} for text in own]
        return chosen

    def clean(self) -> dict[str, Any]:
        """A ticked line has words; a name of a registered person is told, and a human has to look."""
        cleaned = super().clean() or {}
        for n, _ in enumerate(self.choices):
            if cleaned.get(f"use_{n}") and not cleaned.get(f"text_{n}", "").strip():
                self.add_error(f"text_{n}", "のせる文を書いてください。名前は書きません。")
        if self.errors or cleaned.get("names_checked"):
            return cleaned
        found = names_in([*(line["text"] for line in self.lines()), cleaned.get("next_month", "")])
        if found:
            self._ask_about_names()
            listed = "、".join(f"「{name}」" for name in found[:3])
            raise forms.ValidationError(
                f"登録した人のお名前 {listed} が文の中にあります。お名前のない文にしてください。"
                "お名前ではないときは、いちばん下にしるしを付けて、もう一度保存してください。"
            )
        return cleaned

    def _add_choice(self, n: int, choice: Choice, kept: dict[str, str] | None, fresh: bool) -> None:
        self.fields[f"use_{n}"] = forms.BooleanField(
            label=f"のせる：{choice.label}",
            required=False,
            initial=kept is not None or (fresh and choice.proposed),
        )
        self.fields[f"heading_{n}"] = forms.ChoiceField(
            label="項目", choices=self.headings, initial=kept["heading"] if kept else choice.heading
        )
        self.fields[f"text_{n}"] = forms.CharField(
            label="のせる文",
            required=False,
            max_length=1000,
            initial=kept["text"] if kept else choice.text,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _ask_about_names(self) -> None:
        self.fields["names_checked"] = forms.BooleanField(
            label="人の名前ではないことを、たしかめました", required=False
        )
        self.fields["names_shown"] = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)


class TemplateForm(forms.Form):
    """A town's own Word form."""

    file = forms.FileField(
        label="様式（ワード）",
        help_text="Wordの文書（.docx）。マクロのないもの。保存する前に、見本のデータを入れてたしかめます。",
        error_messages={"required": "様式のファイルを選んでください。", "empty": "ファイルが空です。"},
    )
    active_from = JapaneseDateField(label="使い始める日", required=False, help_text="空なら、きょうから使います。")
