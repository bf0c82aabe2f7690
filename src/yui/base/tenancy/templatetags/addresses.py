"""``{% to "people:person" public_id=person.public_id %}``: the address of a page of the present town."""

from typing import Any

from django import template

from yui.base.tenancy.addresses import town_url

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str, **kwargs: Any) -> str:
    """The path of a named page of the town whose scope is open."""
    return town_url(context["request"].authority, name, **kwargs)
