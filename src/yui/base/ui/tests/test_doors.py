"""The language, the town's colour, the gallery and the error pages, as a visitor meets them."""

import gettext as stdlib_gettext
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from django.utils.translation import get_language_info, trans_real

from yui.base.tenancy.models import Authority
from yui.base.ui import context, views
from yui.base.ui.middleware import COOKIE, html_language

ACCENT = {"accent": "#a34a00", "strong": "#7d3800", "soft": "#fdeede", "line": "#efc79c"}


@pytest.fixture
def sora(db) -> Authority:
    return Authority.objects.create(
        key="sora",
        name="そら市",
        accent=ACCENT,
        contact={"phone": "0748-00-0000", "desk": "まちづくり相談窓口（仮）"},
        created_at=timezone.now(),
    )


def test_a_new_town_gets_its_colour_without_a_change_of_css(client: Client, sora: Authority) -> None:
    answer = client.get("/_town/sora.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "public" in answer["Cache-Control"]
    assert '[data-town="sora"] { --accent: #a34a00; --accent-strong: #7d3800;' in answer.content.decode()


def test_a_colour_that_is_no_colour_is_not_written(client: Client, sora: Authority) -> None:
    sora.accent = ACCENT | {"soft": "red; } body { display: none"}
    sora.save()
    text = client.get("/_town/sora.css").content.decode()
    assert "display" not in text
    assert "--accent: #27694a" in text


@pytest.mark.django_db
def test_an_unknown_town_has_no_colour(client: Client) -> None:
    assert client.get("/_town/nowhere.css").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_the_language_is_remembered(client: Client, method: str) -> None:
    answer = getattr(client, method)("/_language/", {"to": "pt-br", "next": "/_gallery/?page=2"})
    assert answer.status_code == 302
    assert answer["Location"] == "/_gallery/?page=2"
    assert client.cookies[COOKIE].value == "pt-br"
    page = client.get("/_gallery/")
    assert page["Content-Language"] == "pt-BR"
    assert '<html lang="pt-BR"' in page.content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example.jp/", "//elsewhere.example.jp/", "javascript:alert(1)"])
@pytest.mark.django_db
def test_the_language_never_leads_elsewhere(client: Client, back: str) -> None:
    assert client.get("/_language/", {"to": "en", "next": back})["Location"] == "/"


@pytest.mark.django_db
def test_an_unknown_language_is_not_remembered(client: Client) -> None:
    client.get("/_language/", {"to": "xx"})
    assert COOKIE not in client.cookies
    client.cookies[COOKIE] = "../../etc"
    assert client.get("/_gallery/")["Content-Language"] == "ja"


def test_easy_japanese_is_a_language_of_django() -> None:
    assert get_language_info("ja-easy")["name_local"] == "やさしい日本語"
    assert translation.to_locale("ja-easy") == "ja_Easy"
    assert [html_language(code) for code in ("ja", "ja-easy", "en", "pt-br", "vi")] == ["ja", "ja", "en", "pt-BR", "vi"]


def test_easy_japanese_has_its_own_words_and_falls_back_to_japanese(tmp_path: Path, settings) -> None:
    written = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "参加を希望する"\nmsgstr "いきたい"\n'
    )
    folder = tmp_path / "ja_Easy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as out:
        write_mo(out, read_po(BytesIO(written.encode())))
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.pop("ja-easy", None)
    stdlib_gettext._translations.clear()
    try:
        with translation.override("ja-easy"):
            assert translation.gettext("参加を希望する") == "いきたい"
            assert translation.gettext("こまったときは、電話でどうぞ。") == "こまったときは、電話でどうぞ。"
    finally:
        trans_real._translations.pop("ja-easy", None)


def test_a_page_knows_its_town(rf: RequestFactory, sora: Authority) -> None:
    request = rf.get("/sora/?q=a")
    request.authority = sora
    known = context.house(request)
    brand = known["brand"]
    assert (brand.name, brand.sub, brand.home, brand.phone) == (
        "ゆい そら", "そら市 人財プラットフォーム", "/sora/", "0748-00-0000",
    )  # fmt: skip
    assert brand.sheet.startswith("/_town/sora.css?v=")
    assert [choice.code for choice in known["languages"] if choice.current] == ["ja"]
    assert known["here"] == "/sora/?q=a"


@pytest.mark.parametrize("code", [400, 403, 404, 409, 410, 413, 429])
def test_an_error_page_says_what_to_do_and_whom_to_call(rf: RequestFactory, sora: Authority, code: int) -> None:
    request = rf.get("/sora/")
    request.authority = sora
    page = render_to_string(f"{code}.html", request=request)
    assert "ください" in page or "ことができません" in page
    assert "0748-00-0000" in page
    assert 'href="/sora/"' in page


def test_the_page_for_our_own_fault_needs_nothing() -> None:
    assert "こちらの不具合です" in render_to_string("500.html")


@pytest.mark.django_db
def test_each_failure_has_its_answer(rf: RequestFactory) -> None:
    request = rf.get("/")
    answers = [
        views.bad_request(request, SuspiciousOperation()),
        views.bad_request(request, RequestDataTooBig()),
        views.forbidden(request, PermissionDenied()),
        views.not_found(request, Http404("a secret")),
        views.server_error(request),
    ]
    assert [answer.status_code for answer in answers] == [400, 413, 403, 404, 500]
    assert [b"<h1>" in answer.content and b"secret" not in answer.content for answer in answers] == [True] * 5


@pytest.mark.django_db
def test_the_gallery_shows_every_component_without_inline_style(client: Client) -> None:
    page = client.get("/_gallery/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "<c-" not in text
    assert " style=" not in text
    assert "unsafe-inline" not in page["Content-Security-Policy"]


def test_the_hours_of_the_desk_are_told_in_the_readers_language(sora):
    assert context.brand_of(sora, "vi").hours == ""
    sora.contact |= {"hours": "平日 9時〜17時"}
    assert context.brand_of(sora, "vi").hours == "平日 9時〜17時", "a town loaded before languages were kept"
    sora.contact |= {"hours_in": {"ja": "平日 9時〜17時", "vi": "Các ngày trong tuần, 9:00–17:00"}}
    assert context.brand_of(sora, "vi").hours == "Các ngày trong tuần, 9:00–17:00"
    assert context.brand_of(sora).hours == "平日 9時〜17時"
