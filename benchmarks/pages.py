"""Pages of a large town: queries and time on the server, beside a bare Django list page in the same run."""

import os
import tempfile
from collections.abc import Callable

from benchmarks.timing import median_ms

Row = tuple[str, ...]
PEOPLE = int(os.environ.get("YUI_BENCH_PEOPLE", "10000"))


def run() -> tuple[str, Row, list[Row]]:
    """Build the town in a temporary folder, then ask each page as its user."""
    folder = tempfile.TemporaryDirectory()
    os.environ.update(YUI_VAR=folder.name, YUI_DEMO="1", DJANGO_SETTINGS_MODULE="yui.config.settings")
    os.environ.setdefault("PYTEST_VERSION", "bench")  # plain static files, no manifest
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from benchmarks.town import crowd

    crowd(PEOPLE)
    rows = _pages()
    folder.cleanup()
    title = f"pages of a town with {PEOPLE} people ({os.environ.get('YUI_DATABASE_URL', 'SQLite')[:8]}, median of 7)"
    return title, ("page", "queries", "budget", "time", "budget", "against bare list"), rows


def _pages() -> list[Row]:
    from django.db import connection
    from django.test import Client, RequestFactory
    from django.test.utils import CaptureQueriesContext

    from yui.base.accounts.models import Account

    def client(email: str) -> Client:
        found = Client()
        if email:
            found.force_login(Account.objects.get(email=email), "allauth.account.auth_backends.AuthenticationBackend")
            session = found.session
            session["demo"] = True
            session.save()
        return found

    bare = median_ms(bare_list(RequestFactory()))
    rows = [("bare Django list of 50", "1", "", f"{bare:.1f} ms", "", "1.0 ×")]
    for label, path, email, queries, budget in (
        ("まちの入口", "/konan/", "", 12, 40),
        ("出番をさがす", "/konan/opportunities/", "", 12, 40),
        ("今日の仕事", "/konan/desk/", "sakura@example.jp", 15, 80),
        ("人財", "/konan/desk/people/", "sakura@example.jp", 15, 80),
        ("紹介", "/konan/desk/introductions/", "sakura@example.jp", 15, 80),
        ("公平のようす", "/konan/desk/fairness/", "sakura@example.jp", 15, 80),
        ("市のホーム", "/konan/desk/home/", "megumi@example.jp", 15, 80),
        ("層のうごき", "/konan/desk/layers/", "megumi@example.jp", 15, 80),
    ):
        visitor = client(email)
        visitor.get(path)
        with CaptureQueriesContext(connection) as caught:
            status = visitor.get(path).status_code
            count = len(caught)  # now: the log is emptied by the next request
        took = median_ms(lambda visitor=visitor, path=path: visitor.get(path))
        rows.append((f"{label} ({status})", str(count), f"≤ {queries}", f"{took:.0f} ms", f"≤ {budget} ms",
                     f"{took / bare:.1f} ×"))  # fmt: skip
    return rows


def bare_list(factory: object) -> Callable[[], object]:
    """The least a Django list page does: one query of 50 rows, one template."""
    from django.http import HttpResponse
    from django.template import engines

    from yui.base.tenancy.scope import every_town_on_purpose
    from yui.people.models import Person

    page = engines["django"].from_string("<ul>{% for p in rows %}<li>{{ p.display_name }}</li>{% endfor %}</ul>")

    def work() -> HttpResponse:
        with every_town_on_purpose():
            return HttpResponse(page.render({"rows": Person.objects.order_by("id")[:50]}))

    return work
