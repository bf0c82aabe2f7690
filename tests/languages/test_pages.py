"""Every page that residents, members of organisations and visitors can open, in every language of the house.

Names, and what people and the town wrote themselves, stay in Japanese and are marked so (``lang="ja"``); nothing else
does. Staff pages are Japanese for whoever opens them.
"""

import html
import re
import unicodedata

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real

from tests.languages.reading import Page
from tests.permissions.addresses import arguments
from tests.permissions.test_sweep import BACKEND
from tests.permissions.things import build_things
from tests.routes import all_routes
from yui.base.definitions import reviews
from yui.base.tenancy.scope import authority_scope
from yui.base.ui.middleware import COOKIE, html_language
from yui.config.cli.preparing import compile_translations
from yui.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOREIGN = [code for code, _name in settings.LANGUAGES if not code.startswith("ja")]
OTHERS = [code for code, _name in settings.LANGUAGES if code != "ja"]
TOOLS = {"house:demo", "house:outbox", "house:outbox_message", "house:gallery", "ui:gallery"}
"""Tools for trying Yui out; their readers are the staff who try it."""
ROUTES = [
    route
    for route in all_routes()
    if route.name not in TOOLS and not route.pattern.startswith("<slug:town>/desk/") and "_demo" not in route.pattern
]
REGISTRATION = [
    {"display_name": "見本 はな", "district": "", "birth_year": "1990", "contact_way": "phone", "phone": "0748000099"},
    {"theme": ["fukushi"], "slot": [], "online": ""},
]


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """As before serving; what was read before is forgotten."""
    if compile_translations():
        trans_real._translations.clear()


@pytest.fixture(scope="module")
def things(town, django_db_blocker):
    with django_db_blocker.unblock():
        return build_things(town)


def reader(town, language: str, account: str = "") -> Client:
    client = Client(raise_request_exception=False)
    if account:
        client.force_login(town.accounts[account], BACKEND)
    client.cookies[COOKIE] = language
    return client


def address(route, things) -> str:
    kwargs = arguments(route, things)
    if route.in_town:
        kwargs["town"] = "konan"
    return reverse(route.name, kwargs=kwargs)


def pages(client: Client, things):
    """Each page that opens, with its address; errors are pages too, redirects and files are not."""
    for route in ROUTES:
        try:
            path = address(route, things)
        except (KeyError, Exception) as error:  # routes of libraries that are not ours to walk
            if route.in_town:
                raise AssertionError(f"{route.name}: {error}") from error
            continue
        answer = client.get(path)
        if answer.status_code != 302 and answer.get("Content-Type", "").startswith("text/html"):
            yield route.name, path, answer


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("account", ["", "resident", "newcomer", "organization"])
def test_no_page_leaves_its_reader_before_japanese(town, things, language, account):
    client = reader(town, language, account)
    mine = {**things.other, **things.own.get(account, {})}
    faults, seen = [], 0
    for name, path, answer in pages(client, mine):
        seen += 1
        assert answer.status_code < 500, path
        assert answer["Content-Language"] == html_language(language), path
        faults += [f"{name}: {text[:90]}" for text in Page(answer.content.decode()).unmarked()]
    assert seen > 20
    assert not faults, "\n" + "\n".join(sorted(set(faults)))


@pytest.mark.parametrize("language", FOREIGN)
def test_registering_in_another_language(town, language):
    client = reader(town, language)
    first = reverse("people:register", kwargs={"town": "konan"})
    page = client.get(first)
    assert Page(page.content.decode()).unmarked() == []
    district = page.context["form"].fields["district"].queryset.first().pk
    empty = client.post(first, {})
    assert Page(empty.content.decode()).unmarked() == [], "sentences of a form that is not complete"
    second = client.post(first, REGISTRATION[0] | {"district": district})
    assert second.status_code == 302
    page = client.get(second.url)
    assert Page(page.content.decode()).unmarked() == []
    slot = page.context["form"].fields["slot"].choices[0][0]
    third = client.post(second.url, REGISTRATION[1] | {"slot": [slot]})
    assert third.status_code == 302
    assert Page(client.get(third.url).content.decode()).unmarked() == []
    assert Page(client.post(third.url, {}).content.decode()).unmarked() == []


NAMES = [
    "João d'Exempla Fictícia", "Nguyễn Thị Ảo", "Ficticia", "O’Exemplo-Häagen", "𠮷田 ã子", "髙﨑 ヴィ", "i̇ Ω ß",
    ("Maria Exempla da Silva Fictícia " * 5)[:100].strip().ljust(100, "x"),
]  # fmt: skip
"""Of people from anywhere; none has a reading in kana."""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_as_it_is_spelled_and_needs_no_kana(town, name):
    client = reader(town, "pt-br")
    first = reverse("people:register", kwargs={"town": "konan"})
    district = client.get(first).context["form"].fields["district"].queryset.first().pk
    second = client.post(first, REGISTRATION[0] | {"district": district, "display_name": name, "kana": ""})
    assert second.status_code == 302, second.context["form"].errors
    slot = client.get(second.url).context["form"].fields["slot"].choices[0][0]
    third = client.post(second.url, REGISTRATION[1] | {"slot": [slot]})
    consents = {key: "on" for key in client.get(third.url).context["form"].fields if key.startswith("consent_")}
    done = client.post(third.url, consents, follow=True)
    assert name in html.unescape(re.sub(r"<[^>]*>", "", done.content.decode()))
    with authority_scope(town.konan):
        person = Person.objects.order_by("-pk").first()
        assert (person.display_name, person.kana) == (unicodedata.normalize("NFC", name), "")


def test_a_name_of_101_letters_is_told_at_the_field(town):
    client = reader(town, "pt-br")
    answer = client.post(
        reverse("people:register", kwargs={"town": "konan"}), REGISTRATION[0] | {"display_name": "x" * 101}
    )
    assert "display_name" in answer.context["form"].errors
    assert "x" * 101 in answer.content.decode()


@pytest.mark.parametrize("language", OTHERS)
def test_the_foot_says_that_nobody_reviewed_the_language(town, language):
    path = reverse("site:town", kwargs={"town": "konan"})
    told = reader(town, language).get(path)
    assert told.context["unreviewed"]
    assert not reader(town, "ja").get(path).context["unreviewed"]


@pytest.mark.parametrize("language", OTHERS)
def test_the_mark_goes_when_every_text_of_the_page_was_read(town, language, tmp_path, monkeypatch):
    """Text by text: one that nobody has read keeps the mark, and so does one that changed after its review."""
    listed = tmp_path / "reviewed.csv"
    monkeypatch.setattr(reviews, "REVIEWED", listed)
    path = reverse("site:town", kwargs={"town": "konan"})
    page = reader(town, language).get(path)
    said = page.wsgi_request.heard.said
    assert len(said) > 10
    read = [reviews.Review(language, reviews.mark_of(*spoken), "見本 さくら", "2026-11-20") for spoken in said]
    first = reviews.mark_of(*next(spoken for spoken in said if spoken[0] == "出番をさがす"))
    reviews.add_reviews(listed, [one for one in read if one.text != first])
    assert reader(town, language).get(path).context["unreviewed"]
    reviews.add_reviews(listed, read)
    assert not reader(town, language).get(path).context["unreviewed"]
    source, text = next(iter(said))
    assert reviews.mark_of(source, f"{text}!") not in {one.text for one in read}


def test_staff_pages_stay_japanese(town):
    client = reader(town, "vi", "coordinator")
    session = client.session
    session["enrolled"] = True
    session.save()
    page = client.get(reverse("site:desk", kwargs={"town": "konan"}))
    assert page["Content-Language"] == "ja"
