"""A resident's own front page, and the thanks after registering."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.activities.catalogue import entries
from yui.activities.queries import applications_of, bookmarks_of, meetings_to_answer
from yui.activities.states import ApplicationState
from yui.activities.views.cards import cards_for
from yui.base import clock, definitions
from yui.introductions.queries import introductions_of_persons, suggestions_for
from yui.introductions.states import State
from yui.people.queries import current_pause, looks_at, persons_of
from yui.people.views.own import own_person
from yui.site.next_step import next_step_of

SUGGESTIONS = 3


def home(request: HttpRequest) -> HttpResponse:
    """マイページ: what awaits an answer, what is coming, what one marked, how one takes part, who looked."""
    person, today = own_person(request), clock.today()
    waiting = introductions_of_persons([person.pk]).filter(state=State.ASKING)
    context = {
        "person": person,
        "persons": persons_of(request.actor),
        "asked": [row for row in waiting if not any(a.side == "person" for a in row.answers.all())],
        "offers": applications_of(person).filter(state=ApplicationState.OFFERED, ended_at=None),
        "coming": applications_of(person).filter(state=ApplicationState.PLACED, ended_at=None),
        "questions": meetings_to_answer(person),
        "marked": cards_for(request, entries(bookmarks_of(person)[:6])),
        "pause": current_pause(person, today),
        "step": next_step_of(person, definitions.current(request.authority).people, today),
        "looks": looks_at(person, limit=5),
        "groups": [m.organization for m in person.memberships.filter(ended_on=None).select_related("organization")],
    }
    return render(request, "site/my.html", context)


def act_for(request: HttpRequest) -> HttpResponse:
    """Choose for whom one acts, among the persons of one's account."""
    chosen = request.POST.get("person", "")
    if any(person.public_id == chosen for person in persons_of(request.actor)):
        request.session["acting_person"] = chosen
    return redirect("site:my", town=request.authority.key)


def registered(request: HttpRequest) -> HttpResponse:
    """Thanks, three 出番 with three reasons each, and what happens next."""
    person = own_person(request)
    site = definitions.current(request.authority).site
    found = suggestions_for(actor=request.actor, person=person, k=SUGGESTIONS, language=request.LANGUAGE_CODE)
    cards = cards_for(request, entries([suggestion.opportunity for suggestion in found]))
    for card, suggestion in zip(cards, found, strict=True):
        card["reasons"] = suggestion.reasons
    return render(request, "site/registered.html", {"person": person, "cards": cards, "site": site})
