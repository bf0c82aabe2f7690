"""The doors of every shipped town open, in each of its languages, with its own words and nobody else's."""

import html
import re

import pytest
from django.conf import settings

from yui.base.definitions import current
from yui.base.definitions.founding import load_as_command
from yui.base.tenancy.models import Authority
from yui.base.ui.middleware import COOKIE

TOWNS = ["kurihara", "sanda", "unnan", "yamaguchi"]
LANGUAGES = ["ja", "ja-easy", "en", "pt-br", "vi"]
pytestmark = pytest.mark.django_db


@pytest.fixture(params=TOWNS)
def town(request):
    load_as_command(settings.DEFINITIONS_DIR / request.param)
    return Authority.objects.get(key=request.param)


def test_the_front_door_the_register_and_the_catalogue_open(town, client):
    definition = current(town)
    for language in LANGUAGES:
        for address in ("", "about/privacy/", "fairness/", "register/", "opportunities/"):
            client.cookies[COOKIE] = language
            answer = client.get(f"/{town.key}/{address}")
            assert answer.status_code == 200, (address, language)
            page = html.unescape(re.sub(r"<[^>]*>", "", answer.content.decode()))
            assert "湖南" not in page and "Konan" not in page, (address, language)
            if not address:
                assert definition.site.headline.in_language(language) in page
                for stage in definition.people.stages:
                    assert stage.entrance.in_language(language) in page
