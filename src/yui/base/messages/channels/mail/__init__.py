"""Mail over SMTP, plain text."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from yui.base.messages.channels import Undelivered
from yui.base.messages.models import Message

TIMEOUT = 20
"""Seconds to wait for a mail server."""


class Mail:
    """One recipient, one message; its Message-ID is fixed, so a mail tried twice can be told as one."""

    key = "mail"
    label = "メール"
    by_itself = True

    def address_fault(self, address: str) -> str:
        """Syntax only."""
        try:
            validate_email(address)
        except ValidationError:
            return "メールアドレスの形が正しくありません。"
        return ""

    def deliver(self, message: Message) -> None:
        """Send it. A refusal for good (5xx) is final, everything else is tried again."""
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.to_address],
            headers={
                "Message-ID": f"<{message.public_id}@{urlsplit(settings.YUI_PUBLIC_URL).hostname or 'localhost'}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": message.language,
            },
            connection=get_connection(timeout=TIMEOUT),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise Undelivered("refused", final=all(500 <= code < 600 for code in codes)) from error
        except smtplib.SMTPResponseException as error:
            raise Undelivered(f"smtp_{error.smtp_code}", final=500 <= error.smtp_code < 600) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered("unreachable") from error


CHANNEL = Mail()
