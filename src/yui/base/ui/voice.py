"""Django's own sentences about a field, said in the house's voice: what to do, not what is wrong with you.

A sentence that a form wrote itself is never touched.
"""

from django import forms
from django.utils.translation import gettext as _


def in_our_voice(error: forms.ValidationError, field: forms.Field, kind: str, sentence: str) -> str:
    """``sentence``, or ours when it is Django's default for the error's code. ``kind``: single, select, group, radio, check."""
    code = error.code or ""
    default = _django_default(field, code)
    if default is None or str(field.error_messages.get(code, default)) != str(default):
        return sentence
    return _sentence(code, kind, error.params or {}) or sentence


def _django_default(field: forms.Field, code: str) -> object | None:
    """What the field's class says for a code unless a form said otherwise; ``None`` for what is not Django's."""
    for parent in type(field).__mro__:
        if parent.__module__.startswith("django."):
            found = parent.__dict__.get("default_error_messages", {}).get(code)
            if found is not None:
                return found
    return "" if code in ("max_length", "min_value", "max_value") and code not in field.error_messages else None


def _sentence(code: str, kind: str, params: dict[str, object]) -> str:
    if code == "required":
        return {
            "group": _("1つ以上えらんでください。"),
            "radio": _("1つえらんでください。"),
            "select": _("この中からえらんでください。"),
            "check": _("しるしをつけてください。"),
        }.get(kind, _("ここを書いてください。"))
    if code in ("invalid_choice", "invalid_list", "invalid_pk_value"):
        return _("この中からえらんでください。")
    if code == "max_length":
        return _("%(most)s文字までで書いてください。") % {"most": params.get("limit_value", "")}
    if code == "min_value":
        return _("%(least)sより小さい数は書けません。") % {"least": params.get("limit_value", "")}
    if code == "max_value":
        return _("%(most)sより大きい数は書けません。") % {"most": params.get("limit_value", "")}
    return ""
