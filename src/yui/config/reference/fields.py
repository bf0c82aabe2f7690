"""docs/reference/fields.md: 個人情報ファイル簿 and every other field, with class, purpose and retention."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model

from yui.base.privacy import CLASSES
from yui.config.reference.markdown import code, page_of, table

WORDS = {
    "public": ("公開", "だれが見てもよい"),
    "c2": ("機密性2", "事務のために庁内で使う"),
    "c3c": ("機密性3C", "登録の個人情報（連絡先、希望など）"),
    "c3b": ("機密性3B", "もれると本人に大きな害がある"),
}
LEAD = "項目の区分は、総務省「地方公共団体における情報セキュリティポリシーに関するガイドライン」（令和6年10月改定）によります。"


def page() -> str:
    """The classes, the list of tables that hold personal data, then every field of every table."""
    models = sorted(our_models(), key=lambda model: model._meta.label)
    personal = [model for model in models if _of(model).personal()]
    classes = table(("区分", "コード", "意味"), ((WORDS[key][0], code(key), WORDS[key][1]) for key in CLASSES))
    files = table(
        ("表", "利用目的", "個人情報の項目", "保有する期間"),
        (
            (code(m._meta.label), _of(m).purpose, code(*_personal(m)), _of(m).retention)
            for m in personal
        ),
    )  # fmt: skip
    parts = ["## 区分", classes, "## 個人情報ファイル簿", files, "## すべての表と項目"]
    for model in models:
        said = _of(model)
        parts.append(f"### {model._meta.label}\n\n{said.purpose}。保有する期間：{said.retention}")
        parts.append(table(("項目", "区分", "形", "説明"), _fields(model)))
    return page_of("項目の区分と個人情報ファイル簿", "各モデルの `declaration`", LEAD, *parts)


def our_models() -> Iterable[type[Model]]:
    """The tables of the house; those of libraries are not ours to declare."""
    return (model for model in apps.get_models() if model.__module__.startswith("yui."))


def _of(model: type[Model]) -> Any:
    return model.declaration  # type: ignore[attr-defined]


def _personal(model: type[Model]) -> list[str]:
    personal = _of(model).personal()
    return [field.name for field in model._meta.concrete_fields if field.name in personal]


def _fields(model: type[Model]) -> Iterable[tuple[str, ...]]:
    for field in model._meta.concrete_fields:
        kind = _of(model).classes.get(field.name, "")
        yield code(field.name), WORDS[kind][0] if kind else "（未宣言）", _shape(field), str(field.help_text or "")


def _shape(field: Any) -> str:
    if field.is_relation:
        return f"→ `{field.related_model._meta.label}`"
    return str(field.get_internal_type()).removesuffix("Field")
