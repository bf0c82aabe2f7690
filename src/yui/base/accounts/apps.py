"""Django application of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "yui.base.accounts"
    label = "accounts"
