"""Every page that stands in each town opens in all five: for each role, in the town's own words, and in each language.

The towns run from their shipped definitions with nobody in them yet but one of each role and one registered person, so
that what is shown comes from the definition alone. Pages that name an object are swept in the demonstration town.
"""

import html
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import trans_real

from tests.budgets.test_queries import PAGES
from tests.languages.reading import Page
from tests.permissions.test_sweep import BACKEND, OPENED, REFUSED
from tests.routes import all_routes
from tests.town import grant, resident
from yui.base import clock, definitions
from yui.base.access.actor import actor_for
from yui.base.access.roles import ROLES
from yui.base.definitions.founding import load_as_command
from yui.base.measures.registry import all_measures
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.base.ui.middleware import COOKIE
from yui.config.cli.preparing import compile_translations
from yui.office.commissions.domain import start_commission
from yui.office.commissions.wording import month_words
from yui.people.models import Person, Registration, StageChange

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOWNS = ["konan", "kurihara", "sanda", "unnan", "yamaguchi"]
STAFF = ["coordinator", "contractor_lead", "officer", "auditor", "administrator"]
ROUTES = [route for route in all_routes() if route.in_town and not route.params]
OTHERS = [code for code, _name in settings.LANGUAGES if code != "ja"]
RESIDENTS = [route for route in ROUTES if "/desk/" not in route.pattern and "/group/" not in route.pattern]
OWN_WORDS = {
    "konan": ["人財プラットフォーム", "出番をさがす", "企画"],
    "kurihara": ["移住・定住", "出番をさがす"],
    "sanda": ["参加支援", "出番をさがす"],
    "unnan": ["えすこポータル", "出番をさがす"],
    "yamaguchi": ["関係人口", "機会をさがす"],
}
"""What a visitor of the front door reads in one town only."""


@pytest.fixture(scope="module")
def five(django_db_setup, django_db_blocker):
    """The five towns with an account for each role."""
    if compile_translations():
        trans_real._translations.clear()
    with django_db_blocker.unblock():
        built = {key: _town(key) for key in TOWNS}
        yield built
        call_command("flush", verbosity=0, interactive=False)


def _town(key):
    load_as_command(settings.DEFINITIONS_DIR / key)
    authority = Authority.objects.get(key=key)
    with authority_scope(authority):
        accounts = {role: grant(authority, f"{role}@{key}.example.jp", role) for role in STAFF}
        now, today = clock.now(), clock.today()
        person = Person.objects.create(authority=authority, display_name="見本 太郎", created_at=now)
        dated = {
            "authority": authority,
            "person": person,
            "scheme_key": "main",
            "effective_on": today,
            "recorded_at": now,
        }
        Registration.objects.create(**dated)
        StageChange.objects.create(**dated, stage=definitions.current(authority).people.stages[0].key, agreed_on=today)
        accounts["resident"] = resident(authority, person, f"taro@{key}.example.jp")
        start_commission(actor=_officer(accounts, authority), definition=definitions.current(authority))
    return authority, accounts


def _officer(accounts, authority):
    return actor_for(accounts["officer"], authority)


def visitor(accounts, role, language="ja"):
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(accounts[role], BACKEND)
        session = client.session
        session["enrolled"] = True
        session.save()
    client.cookies[COOKIE] = language
    return client


def said(answer):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


@pytest.mark.parametrize("town", TOWNS)
def test_every_page_of_the_staff_opens_and_speaks_of_this_town(five, town):
    """Each page once, by a role that may open it; who else may is swept in the demonstration town."""
    _authority, accounts = five[town]
    clients = {role: visitor(accounts, role) for role in STAFF}
    names = {
        key: definitions.current(authority).scheme.product.ja for key, (authority, _) in five.items() if key != town
    }
    faults = []
    for route in ROUTES:
        if "/desk/" not in route.pattern:
            continue
        role = next(role for role in STAFF if route.permission is None or route.permission in ROLES[role].everywhere)
        path = reverse(route.name, kwargs={"town": town})
        answer = clients[role].get(path)
        if answer.status_code not in OPENED:
            faults.append(f"{role}: {path} → {answer.status_code}")
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            text = said(answer)
            faults += [f"{path} speaks of {name}" for name in [*names.values(), "None"] if name in text]
    assert faults == []


@pytest.mark.parametrize("town", TOWNS)
def test_residents_read_their_own_town_in_every_language(five, town):
    """Public pages by a passer-by, pages of one's own by a resident."""
    authority, accounts = five[town]
    definition = definitions.current(authority)
    faults = []
    for language in ("ja", *OTHERS):
        clients = {role: visitor(accounts, role, language) for role in ("", "resident")}
        for route in RESIDENTS:
            path = reverse(route.name, kwargs={"town": town})
            answer = clients["resident" if route.permission else ""].get(path)
            if answer.status_code not in OPENED | REFUSED:
                faults.append(f"{path} → {answer.status_code}")
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            if language not in ("ja", "ja-easy"):
                faults += [f"{language} {path}: {left[:60]}" for left in Page(answer.content.decode()).unmarked()]
            if route.name == "site:town":
                text = said(answer)
                words = [definition.site.headline, *(stage.entrance for stage in definition.people.stages)]
                faults += [f"{language}: {w.ja}" for w in words if w.in_language(language) not in text]
                faults += [w for w in OWN_WORDS[town] if w not in text] if language == "ja" else []
    assert faults == []


@pytest.mark.parametrize("town", TOWNS)
def test_every_indicator_of_the_document_stands_on_the_page_of_figures(five, town):
    authority, accounts = five[town]
    text = said(visitor(accounts, "officer").get(f"/{town}/desk/figures/"))
    known = {measure.key for measure in all_measures()}
    for indicator in definitions.current(authority).commission.indicators:
        assert indicator.name in text
        assert indicator.measure in known or "まだ数えていない" in text


@pytest.mark.parametrize("town", TOWNS)
def test_the_report_of_a_month_can_be_read_before_it_is_made(five, town):
    authority, accounts = five[town]
    commission = definitions.current(authority).commission
    month = max(
        commission.term.first.value.replace(day=1), min(clock.today(), commission.term.last.value).replace(day=1)
    )
    if month > clock.today():
        return
    answer = visitor(accounts, "officer").get(f"/{town}/desk/reports/{commission.key}/{month:%Y-%m}/")
    assert answer.status_code == 200
    text = said(answer)
    assert f"{month_words(month)}分" in text
    for matter in commission.monthly_meeting.monitored:
        assert matter.name in text


@pytest.mark.parametrize("town", TOWNS)
def test_pages_keep_their_budgets_of_queries_in_each_town(five, town):
    _authority, accounts = five[town]
    for path, role, most in PAGES:
        if "{" in path or role not in ("", *STAFF) or re.search(r"r8|people\.registered|commission/start", path):
            continue  # names a thing of the demonstration town
        client = visitor(accounts, role)
        client.get(f"/{town}/{path}")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/{town}/{path}").status_code == 200
        asked = [query for query in caught if "set_config(" not in query["sql"]]
        assert len(asked) <= most, (town, path, role, len(asked))
