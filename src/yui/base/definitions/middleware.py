"""A town's own words on the pages of residents."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .town_words import town_words

DESK = re.compile(r"/[a-z0-9-]+/desk(/|$)")
"""Staff read the house's words, as the guides and the manual do."""


class TownWordsMiddleware:
    """After the one that finds the town: its words stand in the house's sentences for the time of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        authority = None if DESK.match(request.path) else getattr(request, "authority", None)
        with town_words(authority):
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        return response
