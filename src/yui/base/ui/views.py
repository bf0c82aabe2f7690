"""The doors of the visual language: the language, a town's colour, the gallery; and the answers when something fails."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import Context
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from yui.base.access.gates import public
from yui.base.tenancy.models import Authority
from yui.base.ui import accent
from yui.base.ui.gallery import gallery_context
from yui.base.ui.middleware import COOKIE

ONE_YEAR = 365 * 24 * 3600


@public
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language ``to`` in a cookie and go back to ``next``, if that is an address of this house."""
    values = request.POST if request.method == "POST" else request.GET
    code, back = values.get("to", ""), values.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=settings.HTTPS):
        back = "/"
    response = redirect(back)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, code, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS)
    return response


@public
@require_safe
@cache_control(public=True, max_age=3600)
def town(request: HttpRequest, key: str) -> HttpResponse:
    """The colour of a town as a style sheet."""
    authority = Authority.objects.filter(key=key).only("key", "accent").first()
    if authority is None:
        raise Http404
    text = accent.sheet(authority.key, accent.read(authority.accent))
    return HttpResponse(text, content_type="text/css; charset=utf-8")


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every variant, with invented content."""
    return render(request, "ui/gallery.html", gallery_context(request))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than the house takes."""
    code = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{code}.html", status=code)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, without the reason: a domain error brings its own sentence by another way."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, which tells nothing about what was looked for."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the context of a request, which may be what failed."""
    return HttpResponse(get_template("500.html").template.render(Context()), status=500)
