"""Django application of the prospects."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from yui.base.access.actor import Actor
    from yui.people.models import Person


class ProspectsConfig(AppConfig):
    """Prospects and candidates."""

    name = "yui.people.prospects"
    label = "prospects"

    def ready(self) -> None:
        """Tell people what goes with a person, and what a person takes along."""
        from yui.people.domain.erasure import register_eraser  # apps must be loaded first
        from yui.people.prospects import merging, own_data

        merging.register()
        own_data.register()
        merging.register()
        register_eraser(_erase)


def _erase(actor: "Actor", person: "Person") -> None:
    from yui.people.prospects.domain.erasing import erase_about_person  # apps must be loaded first

    erase_about_person(actor=actor, person=person)
