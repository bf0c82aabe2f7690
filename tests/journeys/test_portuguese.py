"""Registering in Portuguese on a phone, and on paper: the form fits one A4 page in every language of every town."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.visits import Visit
from tests.languages.reading import Page

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
NAME = "João d'Exempla Fictícia"
LANGUAGES = ("ja", "ja-easy", "en", "pt-br", "vi")


def speaks(visitor: Visit, language: str) -> Visit:
    """Chosen once, kept by a cookie."""
    visitor.context.add_cookies([{"name": "yui-language", "value": language, "url": visitor.base}])
    return visitor


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_registering_in_portuguese_on_a_phone(visit: Begin, script: bool) -> None:
    person = speaks(visit(None, 390, script), "pt-br")
    person.open("/konan/")
    person.follow("Fazer o cadastro")
    assert "Nome e contato" in person.text()
    person.fill(display_name=NAME, mail=f"joao-{script}@example.jp".lower(), birth_year="1990")
    person.page.locator('main select[name="district"]').select_option(index=2)
    person.tick("contact_way", "mail")
    understood(person)
    person.press("Próximo")
    person.tick("theme", "kokusai")
    person.tick("slot", "saturday_morning")
    understood(person)
    person.press("Próximo")
    assert "Concordo" in person.text()
    understood(person)
    for box in person.page.locator('main input[name^="consent_"]').all():
        box.check(force=True)
    assert NAME in person.press("Fazer o cadastro"), "spelled as it was typed, no kana asked for"
    understood(person)


def understood(person: Visit) -> None:
    """No Japanese but names, nothing wider than the screen."""
    assert Page(person.source()).unmarked() == []
    assert person.fits()


def test_the_paper_form_is_one_page_in_every_language(visit: Begin) -> None:
    for language in LANGUAGES:
        reader = speaks(visit(None, 1280), language)
        reader.open("/konan/register/form/")
        sheet = reader.page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1, language
