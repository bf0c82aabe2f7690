"""What a page needs to draw one form field in the house's order: label, mark, support, control, error."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from yui.base.ui.voice import in_our_voice

WIDTHS = ("4", "10", "20")


@dataclass(frozen=True, slots=True)
class Option:
    """One pick of a group."""

    id: str
    name: str
    value: str
    label: str
    type: str
    checked: bool
    motif: str = ""


@dataclass(frozen=True, slots=True)
class FieldParts:
    """``kind`` is single, group, check or hidden. ``control`` is the ready control of a single field."""

    kind: str
    id: str
    name: str
    label: str
    required: bool
    support: str
    errors: tuple[str, ...]
    described: str
    control: SafeString
    options: tuple[Option, ...] = ()
    block: bool = False
    checked: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the summary on top of a failed form; ``target`` is empty when it concerns the whole form."""

    target: str
    label: str
    sentence: str


def parts_of(field: BoundField, *, width: str = "", motifs: Any = None, rows: str = "") -> FieldParts:
    """The parts of ``field``. ``motifs`` is a mapping of option value to picture, or true when the value names it."""
    kind = _kind(field.field.widget)
    field.field.widget.attrs.pop("placeholder", None)  # a word in the box reads like an answer; libraries bring some
    ident = field.auto_id or field.html_name
    support = str(conditional_escape(field.help_text or ""))
    errors = sentences_of(field)
    described = " ".join(part for part, there in ((f"{ident}-s", support), (f"{ident}-e", errors)) if there)
    options = _options(field, motifs) if kind == "group" else ()
    return FieldParts(
        kind=kind,
        id=ident,
        name=field.html_name,
        label=str(field.label),
        required=field.field.required,
        support=mark_safe(support),  # noqa: S308 — conditionally escaped above
        errors=errors,
        described=described,
        control=_control(field, kind, ident, described, width, rows),
        options=options,
        block=kind == "group" and _wants_rows(options, field.field.widget),
        checked=kind == "check" and bool(field.value()),
        value=str(getattr(field.field.widget, "check_value", "on")),
    )


def _kind(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "single"


def _is_radio(widget: forms.Widget) -> bool:
    """In Django a group of checkboxes is a kind of radio group."""
    return isinstance(widget, forms.RadioSelect) and not isinstance(widget, forms.CheckboxSelectMultiple)


def _wants_rows(options: tuple[Option, ...], widget: forms.Widget) -> bool:
    """Radios with long words stand in rows, short ones side by side; a form may say so itself (``block`` attribute)."""
    if "block" in widget.attrs:
        return bool(widget.attrs["block"])
    return _is_radio(widget) and any(len(option.label) > 8 for option in options)


def _options(field: BoundField, motifs: Any) -> tuple[Option, ...]:
    found = []
    for sub in field.subwidgets:
        value = str(sub.data["value"])
        picture = motifs.get(value, "") if isinstance(motifs, Mapping) else (value if motifs else "")
        found.append(
            Option(
                id=str(sub.data["attrs"].get("id", "")),
                name=str(sub.data["name"]),
                value=value,
                label=str(sub.choice_label),
                type=str(sub.data["type"]),
                checked=bool(sub.data["selected"]),
                motif=str(picture),
            )
        )
    return tuple(found)


def _control(field: BoundField, kind: str, ident: str, described: str, width: str, rows: str) -> SafeString:
    if kind in ("group", "check"):
        return SafeString("")
    if kind == "hidden":
        return field.as_widget()
    width = width or str(field.field.widget.attrs.get("data-width", "")) or _width(field.field)
    own = str(field.field.widget.attrs.get("class", ""))
    attrs: dict[str, Any] = {
        "id": ident,
        "class": " ".join(filter(None, ["yui-input", f"yui-input--{width}" if width in WIDTHS else "", own])),
    }
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(field.field.widget, forms.Textarea):
        attrs["rows"] = rows or field.field.widget.attrs.get("rows", 4)
        if str(attrs["rows"]) == "10":  # Django's own default, too tall for a question to a resident
            attrs["rows"] = 4
    return field.as_widget(attrs=attrs)


def _width(field: forms.Field) -> str:
    """The width follows the content: four digits, ten letters, twenty letters, or the whole column."""
    if isinstance(field, forms.ChoiceField | forms.FileField) or isinstance(field.widget, forms.Textarea):
        return ""
    if isinstance(field, forms.IntegerField | forms.DateField):
        return "10"
    longest = getattr(field, "max_length", None)
    if not longest or longest > 30:
        return ""
    return "4" if longest <= 5 else "10" if longest <= 12 else "20"


def sentences_of(field: BoundField) -> tuple[str, ...]:
    """The errors of a field in the house's voice."""
    widget = field.field.widget
    kind = "radio" if _is_radio(widget) else _kind(widget)
    if kind == "single" and isinstance(widget, forms.Select):
        kind = "select"
    return tuple(
        in_our_voice(error, field.field, kind, sentence)
        for error in field.errors.as_data()
        for sentence in error.messages
    )


def problems_of(form: BaseForm) -> list[Problem]:
    """All problems of a bound form: first those of the whole form, then the fields' in the order of the page."""
    found = [Problem("", "", str(sentence)) for sentence in form.non_field_errors()]
    for field in form:
        if not field.errors:
            continue
        if field.is_hidden:
            found.extend(Problem("", "", sentence) for sentence in sentences_of(field))
            continue
        target = field.auto_id or field.html_name
        if _kind(field.field.widget) == "group":
            first = next(iter(field.subwidgets), None)
            target = str(first.data["attrs"].get("id", target)) if first else target
        found.extend(Problem(target, str(field.label), str(sentence)) for sentence in sentences_of(field))
    return found


def hidden_fields(form: BaseForm) -> SafeString:
    """The hidden fields of a form, ready."""
    return format_html_join("", "{}", ((field.as_widget(),) for field in form.hidden_fields()))
