"""Run by the test as a process of its own on the town's database: fifty signed-in residents, two at the desk.

Prints JSON: ``residents`` and ``desk`` (values of the session cookie), ``officer``, ``opportunity`` (ten places) and
``introductions`` (three that wait for the host's answer), by their public ids.
"""

import datetime as dt
import json

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from yui.activities.models import Application, Opportunity  # noqa: E402
from yui.base import clock  # noqa: E402
from yui.base.accounts.models import Account  # noqa: E402
from yui.base.tenancy.models import Authority  # noqa: E402
from yui.base.tenancy.scope import authority_scope  # noqa: E402
from yui.introductions.models import Answer, Introduction  # noqa: E402
from yui.people.models import Pause, Person, Proxy  # noqa: E402
from yui.site.demo.roles import DEMO_ROLES  # noqa: E402

MANY, PLACES = 50, 10


def signed_in(account: Account) -> str:
    """The key of a session as after signing in with a second factor."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session["demo"] = session["enrolled"] = True
    session.create()
    return str(session.session_key)


def residents(authority: Authority) -> list[str]:
    """Registered persons who are not resting and have no account yet, each with one."""
    taken = Proxy.objects.values("person")
    resting = Pause.objects.values("person")
    keys = []
    free = Person.objects.filter(erased_at=None, hidden=False, registration_set__ended_on=None)
    for number, person in enumerate(
        free.exclude(pk__in=taken).exclude(pk__in=resting).distinct().order_by("pk")[:MANY]
    ):
        account = Account.objects.create_user(f"many{number}@example.jp", name=person.display_name)
        Proxy.objects.create(
            authority=authority, account=account, person=person, relation="self", starts_on=clock.today()
        )
        keys.append(signed_in(account))
    return keys


def opportunity() -> Opportunity:
    """An open one that nobody applied for, with ten places."""
    used = Application.objects.values("opportunity")
    found = Opportunity.objects.filter(state="open").exclude(pk__in=used).order_by("pk").first()
    found = found or Opportunity.objects.filter(state="open").order_by("pk")[0]
    Application.objects.filter(opportunity=found).delete()
    found.capacity, found.closes_on, found.session, found.any_time = PLACES, None, None, True
    found.save()
    return found


def waiting(authority: Authority) -> list[str]:
    """Three introductions of the past, set back to where the host's answer is awaited."""
    rows = list(Introduction.objects.filter(state__in=["working", "met", "outcome"]).order_by("pk")[:3])
    for row in rows:
        Answer.objects.filter(introduction=row, side="host").delete()
        row.state, row.answer_due_on = "asking", clock.today() + dt.timedelta(days=5)
        row.meeting_at = row.met_on = row.started_on = None
        row.save()
    return [row.public_id for row in rows]


town = Authority.objects.get(key="konan")
with authority_scope(town):
    coordinator, officer = (Account.objects.get(email=DEMO_ROLES[key].email) for key in ("coordinator", "officer"))
    print(
        json.dumps(
            {
                "residents": residents(town),
                "desk": [signed_in(coordinator), signed_in(coordinator)],
                "officer": signed_in(officer),
                "opportunity": opportunity().public_id,
                "introductions": waiting(town),
            }
        )
    )
