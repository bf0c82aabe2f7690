"""Django application of the introductions wing."""

from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    """Introductions."""

    name = "yui.introductions"
    label = "introductions"
