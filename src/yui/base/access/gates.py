"""How an address declares who may open it, and how a view fetches a row that its visitor may see."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from yui.base.access.errors import Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import Verdict, holds_everywhere, may
from yui.base.tenancy.middleware import authority_of

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=Model)

PUBLIC = "public"
SIGNED_IN = "signed_in"


def needs(permission: Permission) -> Callable[[View], View]:
    """The view opens to actors who hold ``permission``, everywhere or for their own.

    A visitor without an account is sent to sign in; staff of the authority get 403 with a sentence; everyone else
    404, so that an address tells nothing.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            authority_of(request)
            kwargs.pop("town", None)  # the middleware has opened it
            actor = request.actor  # type: ignore[attr-defined]
            if actor.account is None:
                return redirect_to_login(request.get_full_path())
            verdict = may(actor, permission) & _at_the_desk(request, permission)
            if not verdict:
                if actor.is_staff:
                    raise Refused(verdict.why, code=str(permission))
                raise Http404
            request.permission = permission  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        gate.access = permission  # type: ignore[attr-defined]
        return gate

    return wrap


def _at_the_desk(request: HttpRequest, permission: Permission) -> Verdict:
    """Pages below ``desk/`` are for those who hold the permission for everything, or whose role at the desk has it for
    what is theirs, such as a contractor's own contract."""
    at_desk = request.path_info.split("/")[2:3] == ["desk"]
    actor = request.actor  # type: ignore[attr-defined]
    own = any(permission in role.own for role in actor.held if role.staff)
    held = not at_desk or own or holds_everywhere(actor, permission)
    return Verdict(held, "" if held else "この操作は、あなたの役割ではできません。")


def public(view: View) -> View:
    """The view is open to everyone and shows nothing personal."""

    @functools.wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs.pop("town", None) is not None:
            authority_of(request)
        return view(request, *args, **kwargs)

    gate.access = PUBLIC  # type: ignore[attr-defined]
    return gate


def signed_in(view: View) -> View:
    """The view is open to any account, about that account only."""

    @functools.wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        kwargs.pop("town", None)
        return view(request, *args, **kwargs)

    gate.access = SIGNED_IN  # type: ignore[attr-defined]
    return gate


def get_visible(request: HttpRequest, source: type[M] | QuerySet[M], **lookup: Any) -> M:
    """The row, if the visitor holds the view's permission with it; otherwise 404."""
    rows = source if isinstance(source, QuerySet) else source.objects.all()  # type: ignore[attr-defined]
    row = rows.filter(**lookup).first()
    if row is None or not may(request.actor, request.permission, row):  # type: ignore[attr-defined]
        raise Http404
    return row
