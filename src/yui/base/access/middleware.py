"""Who is acting, whether staff brought their second factor, and what to answer to a domain error."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yui.base.access.actor import actor_for
from yui.base.access.errors import DomainError

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Sets ``request.actor``."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if request.user.is_authenticated else None
        request.actor = actor_for(account, request.authority)  # type: ignore[attr-defined, arg-type]
        return self.get_response(request)


class StaffSecondFactorMiddleware:
    """Staff reach the pages of their town only after a second factor (TOTP or passkey), enrolled if there is none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        if actor.is_staff and not second_factor_shown(request):
            enrolled = Authenticator.objects.filter(user=actor.account).exclude(type="recovery_codes").exists()
            return redirect(reverse("mfa_reauthenticate" if enrolled else "mfa_activate_totp"))
        return self.get_response(request)


def second_factor_shown(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, or enrolled one (or is a button of the demonstration)."""
    if settings.YUI_DEMO and request.session.get("demo"):
        return True
    methods = {entry.get("method") for entry in get_authentication_records(request, request.user)}
    return "mfa" in methods or bool(request.session.get("enrolled"))


class DomainErrorMiddleware:
    """Turns an error of the domain into a page with its sentence."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 403, 409 or 410 with the sentence of the error."""
        if not isinstance(error, DomainError):
            return None
        return render(request, f"{error.status}.html", {"error": error}, status=error.status)
