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
    rows = _pages(_candidates())
    folder.cleanup()
    title = f"pages of a town with {PEOPLE} people ({os.environ.get('YUI_DATABASE_URL', 'SQLite')[:8]}, median of 7)"
    return title, ("page", "queries", "budget", "time", "budget", "against bare list"), rows


def _candidates() -> list[tuple[str, str, Callable[[], object]]]:
    """Label, path and what happens before each look: lists of persons for an 出番, and of 出番 for a person."""
    from yui.activities.models import Opportunity
    from yui.base.access.actor import system_actor
    from yui.base.tenancy.models import Authority
    from yui.base.tenancy.scope import authority_scope
    from yui.introductions.generations import make_generation
    from yui.people.domain import update_profile
    from yui.people.models import Person

    konan = Authority.objects.get(key="konan")
    with authority_scope(konan):
        thing = Opportunity.objects.filter(state="open", closes_on=None, session=None).order_by("pk")[0]
        person = Person.objects.order_by("-pk")[0]
        make_generation(konan)

    def change() -> None:
        with authority_scope(konan):
            fresh = Person.objects.get(pk=person.pk)
            values = {"birth_year": (fresh.birth_year or 1940) + 1}
            update_profile(actor=system_actor(konan, "bench"), person=fresh, version=fresh.version, values=values)

    def nothing() -> None:
        """Somebody looks again."""

    path = f"/konan/desk/candidates/{thing.public_id}/"
    return [
        ("候補", path, nothing),
        ("候補、人が変わるたび", path, change),  # the change is timed too
        ("この方に合う出番", f"/konan/desk/people/{person.public_id}/suggestions/", nothing),
    ]


def _pages(candidates: list[tuple[str, str, Callable[[], object]]]) -> list[Row]:
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
    pages = [
        ("まちの入口", "/konan/", "", 12, 40),
        ("出番をさがす", "/konan/opportunities/", "", 12, 40),
        ("今日の仕事", "/konan/desk/", "sakura@example.jp", 15, 80),
        ("人財", "/konan/desk/people/", "sakura@example.jp", 15, 80),
        ("紹介", "/konan/desk/introductions/", "sakura@example.jp", 15, 80),
        ("公平のようす", "/konan/desk/fairness/", "sakura@example.jp", 15, 80),
        ("市のホーム", "/konan/desk/home/", "megumi@example.jp", 15, 80),
        ("層のうごき", "/konan/desk/layers/", "megumi@example.jp", 15, 80),
        *((label, path, "sakura@example.jp", 15, 80) for label, path, _ in candidates),
    ]
    before = {label: first for label, _, first in candidates}
    for label, path, email, queries, budget in pages:
        visitor, first = client(email), before.get(label, lambda: None)
        visitor.get(path)
        with CaptureQueriesContext(connection) as caught:
            status = visitor.get(path).status_code
            count = len(caught)  # now: the log is emptied by the next request
        took = median_ms(lambda visitor=visitor, path=path, first=first: (first(), visitor.get(path)))
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
