"""The app of the visual language; makes やさしい日本語 a language Django knows."""

from django.apps import AppConfig
from django.conf.locale import LANG_INFO

EASY_JAPANESE = {
    "bidi": False,
    "code": "ja-easy",
    "name": "Easy Japanese",
    "name_local": "やさしい日本語",
}


class UiConfig(AppConfig):
    """Tokens, components, layouts, languages and the gallery."""

    name = "yui.base.ui"
    label = "ui"
    verbose_name = "画面の部品"

    def ready(self) -> None:
        """Tell Django of easy Japanese. Its catalogue is ``locale/ja_Easy``; what it lacks falls back to Japanese."""
        LANG_INFO.setdefault("ja-easy", EASY_JAPANESE)
