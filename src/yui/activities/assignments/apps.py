"""Django application of the assignments."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from yui.base.access.actor import Actor
    from yui.people.models import Person


class AssignmentsConfig(AppConfig):
    """席決め."""

    name = "yui.activities.assignments"
    label = "assignments"

    def ready(self) -> None:
        """Tell the wing which opportunities are held, and people what goes with a person and what they take along."""
        from yui.activities.assignments import merging, own_data, queries  # apps must be loaded first
        from yui.activities.holds import register_hold
        from yui.people.domain.erasure import register_eraser

        merging.register()
        own_data.register()
        register_hold(queries.hold_on)
        register_eraser(_erase)


def _erase(actor: "Actor", person: "Person") -> None:
    from yui.activities.assignments.domain.erasing import erase_in_rounds  # apps must be loaded first

    erase_in_rounds(actor=actor, person=person)
