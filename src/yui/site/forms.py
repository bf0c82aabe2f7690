"""Forms of the site's own pages."""

from typing import Any

from django import forms

from yui.base.access.roles import ROLES


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
