"""Hands the data of a passkey ceremony to the script through an attribute; no inline script is needed."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """JSON text, escaped by the template like any other attribute value."""
    return json.dumps(value, ensure_ascii=False)
