"""Pages outside any town: choosing one, where one lands after signing in, and the demonstration."""

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from yui.base.accounts.models import Account
from yui.base.messages.models import Message
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import every_town_on_purpose
from yui.base.ui.middleware import COOKIE
from yui.site.demo.roles import CALL_ROLES, COUNCIL_ROLE, DEMO_ROLES, KURIHARA_ROLES
from yui.site.places import places_of, remember_towns


def front(request: HttpRequest) -> HttpResponse:
    """Choose the town."""
    towns = Authority.objects.filter(closed_on=None).order_by("key")
    return render(request, "site/front.html", {"towns": towns})


def start(request: HttpRequest) -> HttpResponse:
    """Where one lands: one's only place at once, or a choice of them. From here one also changes to another town."""
    places = places_of(request.user)
    remember_towns(request.session, places)
    if len(places) == 1:
        return redirect(places[0].url)
    return render(request, "site/start.html", {"places": places})


def health(request: HttpRequest) -> HttpResponse:
    """For a watcher: the web process answers and the database is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the public pages only."""
    return HttpResponse("User-agent: *\nDisallow: /account/\nDisallow: /*/my/\nDisallow: /*/desk/\n", "text/plain")


def demo(request: HttpRequest) -> HttpResponse:
    """One button for each role; pressing it signs in. In demo mode only."""
    _demo_only()
    if request.method == "POST":
        known = {**DEMO_ROLES, COUNCIL_ROLE.key: COUNCIL_ROLE, **KURIHARA_ROLES, **CALL_ROLES}
        role = known.get(request.POST.get("role", ""))
        account = role and Account.objects.filter(email=role.email).first()
        if not account:
            raise Http404
        login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
        request.session["demo"] = True
        landing = redirect(role.landing)
        landing.set_cookie(COOKIE, role.language)
        return landing
    beside = [COUNCIL_ROLE, *KURIHARA_ROLES.values(), *CALL_ROLES.values()]
    built = set(Account.objects.filter(email__in=[one.email for one in beside]).values_list("email", flat=True))
    roles = [*DEMO_ROLES.values(), *(one for one in beside if one.email in built)]
    return render(request, "site/demo.html", {"roles": roles})


def outbox(request: HttpRequest) -> HttpResponse:
    """Every mail and letter the demonstration sent, newest first. In demo mode only."""
    _demo_only()
    with every_town_on_purpose():
        messages = list(Message.objects.select_related("authority").order_by("-id")[:200])
    return render(request, "site/outbox.html", {"outgoing": messages})


def outbox_message(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of them, whole. In demo mode only."""
    _demo_only()
    with every_town_on_purpose():
        message = Message.objects.select_related("authority").filter(public_id=public_id).first()
    if message is None:
        raise Http404
    return render(request, "site/outbox_message.html", {"message": message})


def _demo_only() -> None:
    if not settings.YUI_DEMO:
        raise Http404
