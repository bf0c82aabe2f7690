"""Django application of the introductions wing."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from yui.base.access.actor import Actor
    from yui.people.models import Person


class IntroductionsConfig(AppConfig):
    """Introductions."""

    name = "yui.introductions"
    label = "introductions"

    def ready(self) -> None:
        """Tell people what goes with a person and what a person takes along, and activities what else fits somebody."""
        from yui.activities.alternatives import register_alternatives  # apps must be loaded first
        from yui.base.definitions.loads import on_load
        from yui.introductions import merging, own_data
        from yui.introductions.alternatives import what_fits
        from yui.introductions.domain.rules import keep_rules
        from yui.people.domain.erasure import register_eraser

        own_data.register()
        merging.register()
        register_alternatives(what_fits)
        register_eraser(_erase)
        on_load(keep_rules)


def _erase(actor: "Actor", person: "Person") -> None:
    from yui.introductions.domain.erasing import erase_in_introductions  # apps must be loaded first

    erase_in_introductions(actor=actor, person=person)
