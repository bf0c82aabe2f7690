"""The language of a request: the cookie's, or Japanese. A browser's wish is not obeyed unasked, so that an address
shows everyone the same page and nobody is surprised by a half-known language."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from yui.base.definitions.reviews import listening

COOKIE = "yui-language"
DESK = re.compile(r"/[a-z0-9-]+/desk(/|$)")
"""The pages of staff, which exist in Japanese only."""


def language_of(request: HttpRequest) -> str:
    """The code of the language chosen by cookie when it is one of ours, otherwise the default; Japanese at the desk."""
    if DESK.match(request.path):
        return settings.LANGUAGE_CODE
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def in_their_language(request: HttpRequest, code: str) -> None:
    """For whoever followed the link of a message: the page speaks as the message did, unless one was chosen here.

    What they open from there follows, until the browser is closed.
    """
    if COOKIE not in request.COOKIES and code in dict(settings.LANGUAGES):
        request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
        translation.activate(code)


class LanguageMiddleware:
    """Activates the language for the time of the request and names it in ``Content-Language``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_of(request)
        request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
        with translation.override(code), listening() as heard:
            request.heard = heard  # type: ignore[attr-defined]
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        if code != request.LANGUAGE_CODE:  # type: ignore[attr-defined]
            code = request.LANGUAGE_CODE  # type: ignore[attr-defined]
            response.set_cookie(COOKIE, code, samesite="Lax", httponly=True, secure=settings.HTTPS)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
            response.setdefault("Content-Language", html_language(code))
        return response


def html_language(code: str) -> str:
    """The code for ``lang`` attributes: easy Japanese is Japanese to a screen reader; ``pt-br`` is ``pt-BR``."""
    if code == "ja-easy":
        return "ja"
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language
