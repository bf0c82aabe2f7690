"""``{% here "activity" public_id=… %}``: the address of a page in the place (my, group, desk) where one is."""

from typing import Any

from django import template

from yui.activities.views.places import url_here

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: template.Context, name: str, **kwargs: Any) -> str:
    """The path of a hosts' page in the present place."""
    return url_here(context["request"], name, **kwargs)
