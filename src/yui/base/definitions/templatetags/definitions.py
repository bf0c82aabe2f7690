"""``{{ theme.label|in_language }}``: a definition's text in the reader's language."""

from django import template
from django.utils.translation import get_language

from yui.base.definitions.reviews import hear
from yui.base.definitions.schema import Texts

register = template.Library()


@register.filter
def in_language(texts: Texts, code: str | None = None) -> str:
    """The text in ``code``, or in the language of the page; easy Japanese, then Japanese, when it lacks."""
    said = texts.in_language(code or get_language())
    hear(texts.ja, said)
    return said
