"""How the sign-in library speaks: six digits, our own words, our own sender."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up here: an account begins with a registration or an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The page that knows where this account belongs."""
        return reverse("accounts:start")

    def generate_login_code(self) -> str:
        """Six digits, as they are read out and typed on a telephone."""
        return f"{secrets.randbelow(1_000_000):06d}"
