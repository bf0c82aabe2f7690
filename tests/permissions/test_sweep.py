"""Every route × every role × {own, other's, other town}. The exemption list is empty.

The expectation is read from the table of roles, not asked of the code that decides: a role holds a permission for
everything or for its own; pages below ``my/`` are for residents, below ``group/`` for members of organisations, below
``desk/`` for whoever holds the permission for everything, or at the desk for what is theirs (a contractor's contract). A refused request, GET or POST, writes nothing: no row but
a session's, no message, no file; in calls a look at what is not one's own is kept in the record. Whatever selects contact columns leaves an audit row in the same request.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.permissions.addresses import arguments
from tests.permissions.things import build_things
from tests.routes import Route, all_routes
from yui.base.access.roles import RESIDENT, ROLES
from yui.base.messages.models import Message
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import every_town_on_purpose

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|usersessions|yui_cache)([a-z_]+)"')
CONTACT_COLUMNS = re.compile(r'^SELECT\b(?:(?! FROM ).)*"people_(?:contact"\."value|residence"\."address)"', re.S)
OPENED = {200, 302, 405, 409, 410}
REFUSED = {403, 404}
PEEKING = re.compile(r"/(my/call|committee/|desk/call-papers/)")
"""Where a refused attempt leaves its trace in the audit: at sealed papers and sheets."""
# role → (account, whose own objects)
CAST = {
    "anonymous": ("", ""), "resident": ("resident", "resident"), "organization": ("organization", "organization"),
    "coordinator": ("coordinator", ""), "contractor_lead": ("contractor_lead", "contractor_lead"), "officer": ("officer", ""),
    "auditor": ("auditor", ""), "administrator": ("administrator", ""), "evaluator": ("evaluator", ""),
    "proposer": ("proposer", ""), "support_worker": ("support_worker", ""),
}  # fmt: skip
ROUTES = [route for route in all_routes() if route.in_town]


@pytest.fixture(scope="module")
def things(town, django_db_blocker):
    with django_db_blocker.unblock():
        return build_things(town)


@pytest.fixture(autouse=True)
def reach_the_database(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def place_of(route: Route) -> str:
    return route.pattern.removeprefix("<slug:town>/").split("/")[0]


PUBLIC_THINGS = {"activities:bookmark", "activities:apply", "activities:attend_code", "assignments:wish"}
"""What a resident does with something public: anybody's open 出番, the code shown at the place."""


SEALED = {"calls:desk_paper"}
"""Papers of a call that is still open: not even staff open them before the deadline."""


def expected(role: str, route: Route, *, own: bool) -> bool | None:
    """Whether the page opens, by the table of roles. ``None``: the role may, but has nothing of its own there."""
    if route.permission is None:
        return True
    if route.name in SEALED:
        return False
    held = [ROLES[role]] if role in ROLES else []
    if role == "organization":
        held.append(RESIDENT)  # its member is a resident too
    everywhere = any(route.permission in r.everywhere for r in held)
    place = place_of(route)
    if place == "desk":
        return everywhere or (own and any(route.permission in r.own for r in held if r.staff))
    if everywhere:
        return None  # staff may, but stand in nobody's shoes
    mine = any(route.permission in r.own for r in held)
    if not mine or own or route.name in PUBLIC_THINGS:
        at_home = {"my": role == "resident", "group": role == "organization"}.get(place, True)
        return mine and (True if at_home else None)
    return False


def visitor(town, role: str) -> Client:
    client = Client(raise_request_exception=False)
    account = CAST[role][0]
    if account:
        client.force_login(town.accounts[account], BACKEND)
        session = client.session
        session["enrolled"] = True
        session.save()
    return client


def fingerprint():
    with every_town_on_purpose():
        files = sum(1 for f in Path(settings.MEDIA_ROOT).rglob("*") if f.is_file())
        return Message.objects.count(), files


def check_contacts(caught, path):
    selected = [q["sql"] for q in caught.captured_queries if CONTACT_COLUMNS.match(q["sql"])]
    audited = any('INSERT INTO "audit_auditevent"' in q["sql"] for q in caught.captured_queries)
    assert not selected or audited, f"{path} reads contacts without an audit row:\n{selected[0][:300]}"


def ask(client, method, path):
    """One request; returns the answer and the tables it wrote to."""
    with CaptureQueriesContext(connection) as caught:
        answer = getattr(client, method)(path)
        if getattr(answer, "streaming", False):
            b"".join(answer.streaming_content)
    check_contacts(caught, path)
    written = {m[2] for q in caught.captured_queries if (m := WRITES.match(q["sql"]))}
    if PEEKING.search(path) and answer.status_code in REFUSED:
        written -= {"audit_auditevent"}
    return answer, written


def situations(things, role: str):
    """Own objects (where the role has any) and somebody else's."""
    own = things.own.get(CAST[role][1])
    if own:
        yield True, own
    yield False, things.other


@pytest.mark.django_db  # the database is made for marked tests only
def test_both_towns_are_there(town):
    assert [town.konan.key, town.hinata.key] == list(Authority.objects.order_by("-key").values_list("key", flat=True))


@pytest.mark.parametrize("role", CAST)
def test_every_route_for(role, town, things):
    client, before, faults = visitor(town, role), fingerprint(), []
    for route in ROUTES:
        for own, found in situations(things, role):
            mixed = {**things.other, **found}
            belongs = own and (not route.params or _is_own(route, found, things))
            path = reverse(route.name, kwargs={"town": "konan", **arguments(route, mixed)})
            opens = expected(role, route, own=belongs or not route.params)
            answer, written = ask(client, "get", path)
            fault = judge(role, route, path, answer, written, opens=opens)
            if opens is False and not fault:
                answer, written = ask(client, "post", path)
                fault = judge(role, route, f"POST {path}", answer, written, opens=False)
            faults += [fault] if fault else []
    assert faults == [], f"{len(faults)} faults:\n" + "\n".join(faults[:40])
    if role == "anonymous":
        assert fingerprint() == before


def _is_own(route: Route, found, things) -> bool:
    from tests.permissions.addresses import kind_of

    if "public_id" not in route.params:
        return "code" in route.params
    kind = kind_of(route)
    return kind in found and found[kind] is not things.other.get(kind)


def judge(role, route, path, answer, written, *, opens) -> str:
    """A sentence where the answer is not what the table says."""
    status = answer.status_code
    if status >= 500:
        return f"{role}: {path} → {status}"
    if opens is None:
        return ""
    if opens:
        if status not in OPENED:
            # a fixed parameter that names nothing (a token, a step) may honestly be unknown
            return (
                ""
                if status == 404 and set(route.params) & {"token", "code", "paper"}
                else f"{role}: {path} → {status}, should open"
            )
        if status == 200 and "text/html" in answer["Content-Type"]:
            headings = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.S)
            if len(headings) != 1 or not re.sub(r"<[^>]+>|\s", "", headings[0]):
                return f"{role}: {path} shows no one heading"
        return ""
    if status == 405 and not path.startswith("POST") and not written:
        return ""  # nothing to read here at all; the POST is asked next
    if role == "anonymous":
        login = status == 302 and answer["Location"].startswith("/account/login/")
        if not login and status not in REFUSED:
            return f"{role}: {path} → {status}, should ask to sign in"
    elif status not in REFUSED:
        return f"{role}: {path} → {status}, should be refused"
    kept = {"audit_auditevent"} if route.name.startswith("calls:") else set()
    return f"{role}: {path} was refused and wrote {sorted(written)}" if written - kept else ""


def test_staff_and_residents_of_another_town_see_nothing_of_this_one(town, things):
    """Hinata's people get 404 for every non-public page of Konan, and Konan's staff for Konan's objects in Hinata."""
    faults = []
    for role in ("resident", "coordinator", "officer", "administrator"):
        client = visitor(town, role)
        for route in ROUTES:
            path = reverse(route.name, kwargs={"town": "hinata", **arguments(route, things.other)})
            answer, written = ask(client, "get", path)
            allowed = route.permission is None and answer.status_code in (200, 404, 410, 302)
            if not allowed and (answer.status_code not in (404, 405) or written):
                faults.append(f"{role}: {path} → {answer.status_code} {sorted(written)}")
    assert faults == [], "\n".join(faults[:40])
