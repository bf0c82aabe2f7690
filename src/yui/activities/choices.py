"""The chips of an opportunity: which keys the town's definition offers, and their words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.definitions import Definition, Item, active, by_key, current
from yui.base.tenancy.models import Authority

KINDS: dict[str, str] = {
    "theme": gettext_noop("分野"),
    "skill": gettext_noop("あると助かること"),
    "interest": gettext_noop("こんな気もちの人に"),
    "slot": gettext_noop("時間帯"),
    "language": gettext_noop("使えることば"),
    "consideration": gettext_noop("知っておいてほしいこと"),
    "benefit": gettext_noop("得られること"),
    "consent": gettext_noop("必要な同意"),
}
"""Every kind of chip, with its words on the pages of hosts."""
FIRST_TIMERS = "first_timers"
"""A consideration of the definition that the opportunity keeps as a column of its own, because all filter by it."""

ChoiceKeys = Mapping[str, Iterable[str]]


def items(definition: Definition, kind: str) -> list[Any]:
    """All items of a kind of chip, retired ones included. ``KeyError`` for a kind that is none."""
    people, activities = definition.people, definition.activities
    return list(
        {
            "theme": people.themes,
            "skill": people.skills,
            "interest": people.interests,
            "slot": people.slots,
            "language": people.spoken_languages,
            "consideration": activities.considerations,
            "benefit": activities.benefits,
            "consent": people.purposes,
        }[kind]
    )


def offered(definition: Definition, kind: str) -> list[Any]:
    """The items of a kind that may be chosen today."""
    found: list[Item] = active(items(definition, kind), clock.today())
    return [item for item in found if not (kind == "consideration" and item.key == FIRST_TIMERS)]


def words(definition: Definition, kind: str, key: str, language: str = "ja") -> str:
    """The words of a chip in a language; the key itself when the definition never knew it."""
    item = by_key(items(definition, kind)).get(key)
    return item.label.in_language(language) if item is not None else key


def check_choices(authority: Authority, choices: ChoiceKeys) -> None:
    """Raise ``NotPossible`` (code ``choice``) for a kind or key that the definition does not know."""
    definition = current(authority)
    for kind, keys in choices.items():
        if kind not in KINDS:
            raise NotPossible(
                _("えらべない項目が入っています。画面を開きなおして、もう一度えらんでください。"), "choice"
            )
        known = by_key(items(definition, kind))
        if any(key not in known for key in keys):
            raise NotPossible(
                _("「%(name)s」に、いまはえらべないものが入っています。もう一度えらんでください。")
                % {"name": _(KINDS[kind])},
                "choice",
            )


def check_words(authority: Authority, *, kind: str, stage: str) -> None:
    """Raise ``NotPossible`` for a kind of opportunity or a stage that the definition does not know."""
    definition = current(authority)
    if kind not in by_key(definition.activities.kinds):
        raise NotPossible(_("出番の種類をえらんでください。"), "kind")
    if stage and stage not in by_key(definition.people.stages):
        raise NotPossible(_("その層は、いまはえらべません。"), "stage")
