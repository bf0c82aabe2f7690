"""The sign-in library's forms where it has no words in a language of the house: the same fields, our own labels."""

from typing import Any

from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class ActivateCodeForm(ActivateTOTPForm):
    """The six digits of the app that is being set up."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].label = _("認証アプリの6けたの番号")
        self.fields["code"].widget.attrs.pop("placeholder", None)


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey, and whether it opens the door alone."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("パスキーの名前")
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("このパスキーだけで入れるようにする")
            self.fields["passwordless"].help_text = _("この機械の指紋・顔・暗証番号で、本人をたしかめます。")
