"""Django application of the activities wing."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from yui.base.access.actor import Actor
    from yui.people.models import Person


class ActivitiesConfig(AppConfig):
    """Activities."""

    name = "yui.activities"
    label = "activities"

    def ready(self) -> None:
        """Hear of the town's decisions; tell the people wing what a stage rests on, what is one's own, what to erase."""
        from yui.activities import facts, merging, own_data
        from yui.activities.domain.opportunities import APPROVAL_KIND, on_decision  # apps must be loaded first
        from yui.base.approvals.decisions import on_decision as call_on
        from yui.people.domain.erasure import register_eraser

        call_on(APPROVAL_KIND, on_decision)
        facts.register()
        own_data.register()
        merging.register()
        register_eraser(_erase)


def _erase(actor: "Actor", person: "Person") -> None:
    from yui.activities.domain.erasing import erase_in_activities  # apps must be loaded first

    erase_in_activities(actor=actor, person=person)
