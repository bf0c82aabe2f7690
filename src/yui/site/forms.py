"""Forms of the site's own pages."""

from typing import Any

from django import forms

from yui.base.access.roles import ROLES
from yui.base.definitions.copying import NewTown
from yui.base.definitions.packing import MOST_BYTES


class RoleForm(forms.Form):
    """Give a role to somebody."""

    mail = forms.EmailField(label="メールアドレス")
    name = forms.CharField(label="名前", max_length=100)
    role = forms.ChoiceField(label="役割", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.key, f"{role.label}：{role.purpose}")
            for role in ROLES.values()
            if role.staff and not role.by_engagement and role.everywhere
        ]


class DecisionForm(forms.Form):
    """Approve, or return with the words that say what to change."""

    comment = forms.CharField(
        label="ことば", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="差し戻すときは、何をなおせばよいかを書いてください。",
    )  # fmt: skip


class CopyForm(forms.Form):
    """What a copy of a definition is called."""

    key = forms.CharField(
        label="新しい町のキー", max_length=40,
        help_text="アドレスに使います。英小文字で始まり、英小文字・数字・ハイフンだけ。例：mihon",
        error_messages={"required": "キーを書いてください。"},
    )  # fmt: skip
    name = forms.CharField(
        label="町の名前",
        max_length=20,
        help_text="例：見本市",
        error_messages={"required": "町の名前を書いてください。"},
    )
    kana = forms.CharField(
        label="よみがな", max_length=30, help_text="ひらがなで。例：みほんし",
        error_messages={"required": "よみがなを書いてください。"},
    )  # fmt: skip
    latin = forms.CharField(
        label="ローマ字の名前", max_length=40, help_text="英語・ポルトガル語・ベトナム語の画面に出ます。City は付けません。例：Mihon",
        error_messages={"required": "ローマ字の名前を書いてください。"},
    )  # fmt: skip
    prefecture = forms.CharField(label="都道府県", max_length=20, required=False)
    code = forms.CharField(
        label="団体コード", max_length=6, required=False, help_text="検査数字までの6けた。あとからでも書けます。"
    )

    def clean(self) -> dict[str, Any]:
        """As the copying asks."""
        cleaned = super().clean() or {}
        for field, sentence in NewTown(**cleaned).faults().items() if "key" in cleaned else ():
            self.add_error(field, sentence)
        return cleaned


class CheckForm(forms.Form):
    """A definition folder to be checked, and loaded."""

    file = forms.FileField(
        label="定義フォルダー（zip）", help_text="「いまの定義を zip で受け取る」で受け取り、書きかえたもの。フォルダーごと zip にします。",
        error_messages={"required": "zip のファイルを選んでください。", "empty": "ファイルが空です。"},
    )  # fmt: skip
    then = forms.ChoiceField(
        label="どうしますか", widget=forms.RadioSelect, initial="check",
        choices=[("check", "確かめるだけ（何も変わりません）"), ("load", "確かめて、読み込む（すぐにこの定義で動きます）")],
        error_messages={"required": "どちらかを選んでください。"},
    )  # fmt: skip

    def clean_file(self) -> Any:
        """A definition is small."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("大きすぎます。定義フォルダーだけを zip にしてください。", code="too_large")
        return upload
