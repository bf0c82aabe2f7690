"""Django application of the messages. Its label is ``outbox``, because Django's own flash messages took the word."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The one sender and its outbox."""

    name = "yui.base.messages"
    label = "outbox"
