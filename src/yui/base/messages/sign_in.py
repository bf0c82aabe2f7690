"""How the sign-in library speaks: six digits, our own words, our own sender."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.utils import translation

from yui.base.access.actor import ANONYMOUS
from yui.base.accounts.models import Account
from yui.base.messages.domain import Receiver, send, send_written


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up here: an account begins with a registration or an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def generate_login_code(self) -> str:
        """Six digits, as they are read out and typed on a telephone."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def generate_password_reset_code(self) -> str:
        """The same."""
        return self.generate_login_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the one sender. ``account/email/login_code`` is ``messages/sign_in_login_code.mail.txt`` here.

        Mails for which there is no template of ours keep the library's words.
        """
        kind = f"sign_in_{template_prefix.rsplit('/', 1)[-1]}"
        account = Account.objects.filter(email=email.lower()).first()
        to = Receiver("account", account.public_id if account else "", email)
        language = translation.get_language() or "ja"
        try:
            send(actor=ANONYMOUS, authority=None, channel="mail", kind=kind, to=to, context=context, language=language)
        except TemplateDoesNotExist:
            mail = self.render_mail(template_prefix, email, {"email": email, **context})
            send_written(
                actor=ANONYMOUS, authority=None, channel="mail", kind=kind, to=to, subject=mail.subject,
                body=str(mail.body), language=language,
            )  # fmt: skip

    def format_email_subject(self, subject: str) -> str:
        """Without the host's name before it."""
        return subject
