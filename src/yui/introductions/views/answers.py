"""Answering: by the one-time link, on one's page, and by staff for telephone and letter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yui.base.access.gates import public
from yui.introductions import domain


@public
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link."""
    link = domain.open_link(token)
    return render(request, "introductions/answer.html", {"link": link})
