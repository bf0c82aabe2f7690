"""The one question, whether an actor may; answered with a value that is falsy when refused and can say why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yui.base.access.actor import Actor
from yui.base.access.errors import Refused
from yui.base.access.permissions import Permission
from yui.base.tenancy.models import Authority


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer. Joined with ``&``, the first refusal wins."""

    allowed: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Verdict") -> "Verdict":
        return self if not self.allowed else other


YES = Verdict(True)


def may(actor: Actor, permission: Permission, thing: Any = None) -> Verdict:
    """Whether ``actor`` may, here and, where a ``thing`` is given, with that thing.

    ``thing`` is a row of a tenant table or nothing. Without it the answer says only that the actor holds the
    permission for something; whoever then fetches a row asks again with the row.
    """
    if actor.authority is None:
        return Verdict(False, _("まちを選んでください。"))
    if thing is not None and _authority_id(thing) != actor.authority.pk:
        return Verdict(False, _("見つかりません。"))
    if actor.system:
        return YES
    if any(permission in role.everywhere for role in actor.held):
        return YES
    if any(permission in role.own for role in actor.held):
        if thing is None or (not isinstance(thing, Authority) and thing.owner_subjects() & actor.subjects):
            return YES
        return Verdict(False, _("ご自分のものだけが見られます。"))
    return Verdict(False, _("この操作は、あなたの役割ではできません。"))


def require(actor: Actor, permission: Permission, thing: Any = None) -> None:
    """Raise ``Refused`` unless the actor may. Every verb of a domain begins with this."""
    verdict = may(actor, permission, thing)
    if not verdict:
        raise Refused(verdict.why, code=str(permission))


def holds_everywhere(actor: Actor, permission: Permission) -> bool:
    """Whether the actor holds the permission for every row of the authority, not only for its own."""
    return bool(actor.system) or any(permission in role.everywhere for role in actor.held)


def _authority_id(thing: Any) -> int | None:
    return thing.pk if isinstance(thing, Authority) else getattr(thing, "authority_id", None)


def town_of(actor: Actor) -> Authority:
    """The authority an actor acts in; ``Refused`` outside of any."""
    if actor.authority is None:
        raise Refused(_("まちを選んでください。"), "no_town")
    return actor.authority
