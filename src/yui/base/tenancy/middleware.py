"""Finds the authority from the path (``/konan/…``) and opens its scope for the whole request."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope

# First parts of a path that belong to the installation, not to a town; a town can not take one of these as its key.
HOUSE_PATHS = frozenset({"", "account", "static", "favicon.ico", "robots.txt"})

NOTHING = "\x00"
"""No name, number or word holds this sign."""


class AuthorityMiddleware:
    """Sets ``request.authority`` (or ``None`` on pages of the house) and opens the scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NOTHING in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404  # PostgreSQL refuses to look for such a text at all
        key = request.path_info.split("/")[1] if request.path_info.startswith("/") else ""
        request.authority = None  # type: ignore[attr-defined]
        if key in HOUSE_PATHS or key.startswith("_"):
            return self.get_response(request)
        authority = Authority.objects.filter(key=key, closed_on=None).first()
        if authority is None:
            return self.get_response(request)  # the addresses of towns answer 404 by themselves
        request.authority = authority  # type: ignore[attr-defined]
        with authority_scope(authority):
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            return response


def authority_of(request: HttpRequest) -> Authority:
    """The authority of a request under a town's address; 404 when there is none."""
    authority = getattr(request, "authority", None)
    if authority is None:
        raise Http404
    return authority
