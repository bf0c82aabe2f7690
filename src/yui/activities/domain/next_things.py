"""Two real next things for somebody without a place: open today, with room, within the person's own hard limits."""

from collections import Counter

from yui.activities.alternatives import fitting
from yui.activities.catalogue import entries, open_opportunities
from yui.activities.domain.overlaps import overlapping
from yui.activities.models import Application, NextThing, Opportunity
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.rules import town_of

HOW_MANY = 2


def choose_next_things(*, actor: Actor, application: Application) -> list[Opportunity]:
    """Choose and keep them; what was chosen for this application before makes room. Part of the caller's act.

    Whoever was shown the same thing instead of the same opportunity counts as sitting there already, as long as there
    is anything else: fourteen people are not sent to one free chair.
    """
    person = application.person
    found = [thing.pk for thing in fitting(town_of(actor), person) if thing.pk != application.opportunity_id]
    rows = {entry.opportunity.pk: entry for entry in entries(open_opportunities().filter(pk__in=found))}
    free = {pk: entry.left_for(first_timer=application.first_timer) for pk, entry in rows.items()}
    pointed = Counter(
        NextThing.objects.filter(application__opportunity=application.opportunity_id, opportunity__in=found)
        .exclude(application=application)
        .values_list("opportunity_id", flat=True)
    )
    usable = [pk for pk in found if free.get(pk, 0) > 0 and not overlapping(person, rows[pk].opportunity)]
    usable.sort(key=lambda pk: pointed[pk] >= free[pk])  # stable: what fits best stays first
    NextThing.objects.filter(application=application).delete()
    chosen = [rows[pk].opportunity for pk in usable[:HOW_MANY]]
    NextThing.objects.bulk_create(
        NextThing(
            authority_id=application.authority_id,
            person=person,
            application=application,
            opportunity=thing,
            effective_on=clock.today(),
        )
        for thing in chosen
    )
    return chosen
