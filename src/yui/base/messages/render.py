"""From a template to subject and body, in the language of the receiver.

A template is ``messages/<kind>.<channel>.txt``: its first line is the subject, the rest the body. The subject is
seen on locked screens and by whoever carries the letter, so it must be neutral: no value of the context in it.
"""

from typing import Any

from django.conf import settings
from django.template import Context, engines

from yui.base.definitions.town_words import speaking
from yui.base.tenancy.models import Authority


class TalkativeSubject(ValueError):
    """The subject line repeats something that belongs into the body."""


def render(template: str, context: dict[str, Any], *, language: str, authority: Authority | None) -> tuple[str, str]:
    """Subject and body. ``town``, ``contact`` and ``public_url`` are always there. Plain text, so nothing is escaped."""
    values = {
        **context,
        "town": authority.name if authority else "",
        "contact": authority.contact if authority else {},
        "public_url": settings.YUI_PUBLIC_URL,
    }
    with speaking(language, authority):
        source = engines["django"].get_template(template).template
        text = source.render(Context(values, autoescape=False)).strip()
    subject, _, body = text.partition("\n")
    for name, value in context.items():
        if isinstance(value, str) and len(value) > 1 and value in subject:
            raise TalkativeSubject(f"{template}: the subject tells {name}")
    return " ".join(subject.split())[:200], body.strip() + "\n"
