"""Django application of the site."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Pages that compose what the wings offer."""

    name = "yui.site"
    label = "site"
