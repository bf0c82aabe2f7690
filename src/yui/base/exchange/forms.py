"""The forms of an import. Plain Japanese; what was chosen is kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from yui.base.exchange.faults import FaultKind
from yui.base.exchange.mapping import HEADER_LOOKED_AT
from yui.base.exchange.reading import MOST_ROWS, Book, Table, column_name
from yui.base.exchange.registry import Column, Importer, Policy
from yui.base.files.forms import UploadField

SAMPLES = 3


class FileForm(forms.Form):
    """A file of a list."""

    file = UploadField(
        label="名簿のファイル",
        help_text=(
            f"CSV か エクセル（.xlsx）。文字コードはどれでもかまいません。{settings.YUI_UPLOAD_LIMIT // (1024 * 1024)}MB・"
            f"{MOST_ROWS:,}行まで。選んでも、まだ何も取り込まれません。"
        ),
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。中身のあるファイルを選んでください。",
        },
    )

    def __init__(self, *args: Any, kinds: Sequence[Importer] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if len(kinds) > 1:
            choices = [(importer.kind, importer.label) for importer in kinds]
            self.fields["kind"] = forms.ChoiceField(label="何の名簿ですか", choices=choices)
        self.only = kinds[0].kind if kinds else ""

    @property
    def kind(self) -> str:
        """The kind that was chosen, or the only one."""
        return str(self.cleaned_data.get("kind") or self.only)


class TableForm(forms.Form):
    """Which sheet, and in which row the headings stand."""

    sheet = forms.ChoiceField(label="シート", widget=forms.RadioSelect)
    header_row = forms.TypedChoiceField(
        label="見出しの行",
        coerce=int,
        help_text="「氏名」「電話番号」などの言葉がならぶ行です。それより上の行は、取り込みません。",
    )

    def __init__(self, *args: Any, book: Book, table: Table, **options: Any) -> None:
        super().__init__(*args, **options)
        sheets = [
            (one.name, f"{one.name}（{len(one.rows)}行{'・エクセルではかくれています' if one.hidden else ''}）")
            for one in book.tables
            if one.rows
        ]
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]
        rows = range(1, min(len(table.rows), HEADER_LOOKED_AT) + 1)
        self.fields["header_row"].choices = [(n, f"{n}行目：{_told(table.rows[n - 1])}") for n in rows]  # type: ignore[attr-defined]
        if len(sheets) == 1:
            self.fields["sheet"].widget = forms.HiddenInput()
            self.fields["sheet"].initial = sheets[0][0]


def _told(row: Sequence[str]) -> str:
    words = "・".join(" ".join(cell.split()) for cell in row if cell.strip())
    return (words[:60] + "…") if len(words) > 60 else words or "（空の行）"


class ColumnsForm(forms.Form):
    """One choice for each column of the file."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        table: Table,
        header_row: int,
        columns: Sequence[Column],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[str, str]]] = {}
        for column in columns:
            groups.setdefault(column.group, []).append((column.key, column.label))
        choices = [("", "取り込まない"), *groups.items()]
        below = table.rows[header_row:]
        for position, heading in enumerate(headings):
            cells = (" ".join(row[position].split()) for row in below if position < len(row))
            samples = [text[:24] for _, text in zip(range(SAMPLES), filter(None, cells), strict=False)]
            if not heading and not samples:
                continue
            name = f"{column_name(position)}列　{heading or '（見出しなし）'}"
            words = "例：" + "、".join(samples) if samples else "値のある行がありません。"
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=name, choices=choices, required=False, help_text=words
            )

    def chosen(self) -> dict[int, str]:
        """Our columns by the position of the file's."""
        return {int(name.removeprefix("column_")): key for name, key in self.cleaned_data.items() if key}


class PolicyForm(forms.Form):
    """What to do with those who are known, and which suggestions to take."""

    existing = forms.ChoiceField(
        label="外部番号が同じ方が、もう登録されているとき",
        choices=[("update", "ファイルの内容に変える（空のセルは、いまの値を残します）"), ("skip", "そのままにする")],
        widget=forms.RadioSelect,
    )
    doubles = forms.BooleanField(label="もう登録されているかもしれない方も、新しく入れる", required=False)
    mend = forms.MultipleChoiceField(
        label="提案のとおりに直して取り込むもの",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="選んだものは、下の一覧の「提案」の値で取り込みます。選ばないものは、その行を取り込みません。",
    )

    def __init__(self, *args: Any, kinds: Sequence[FaultKind], **options: Any) -> None:
        super().__init__(*args, **options)
        mendable = [(kind.code, f"{kind.label}（{kind.mendable}件）") for kind in kinds if kind.mendable]
        if not mendable:
            del self.fields["mend"]
        else:
            self.fields["mend"].choices = mendable  # type: ignore[attr-defined]

    def policy(self) -> Policy:
        """As the domain takes it."""
        given = self.cleaned_data
        return Policy(given["existing"], frozenset(given.get("mend", [])), bool(given["doubles"]))
