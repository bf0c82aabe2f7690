"""Signing in and the keys one signs in with, at ``/account/``. The views are django-allauth's, named one by one.

There is no free sign-up and no change of address here: residents register with a town, staff are added there.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from yui.base.access.gates import public, signed_in
from yui.base.accounts.views import SignInView, closed

urlpatterns = [
    path("login/", public(SignInView.as_view()), name="account_login"),
    path("login/code/", public(account.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", public(account.confirm_login_code), name="account_confirm_login_code"),
    path("login/passkey/", public(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("login/second/", public(mfa.authenticate), name="mfa_authenticate"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("signup/", public(closed), name="account_signup"),
    path("email/", public(closed), name="account_email"),
    path("confirm-email/", public(closed), name="account_email_verification_sent"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", public(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("keys/", signed_in(mfa.index), name="mfa_index"),
    path("keys/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("keys/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("keys/app/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("keys/codes/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("keys/codes/new/", signed_in(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("keys/codes/file/", signed_in(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("keys/passkeys/", signed_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("keys/passkeys/add/", signed_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "keys/passkeys/reauthenticate/", signed_in(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("keys/passkeys/<int:pk>/remove/", signed_in(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("keys/passkeys/<int:pk>/edit/", signed_in(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("sessions/", signed_in(sessions.list_usersessions), name="usersessions_list"),
]
