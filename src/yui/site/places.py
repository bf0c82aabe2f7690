"""The places an account may go: my page and the desk of each of its towns."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yui.base.access.actor import actor_for
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.accounts.models import Account
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope


@dataclass(frozen=True, slots=True)
class Place:
    """A town and what one is there. ``roles``: their names, of the desk only."""

    key: str
    town: str
    label: str
    url: str
    roles: tuple[str, ...] = ()


CALL_PLACES = (
    ("committee_member", gettext_noop("審査委員の仕事"), "calls:committee"),
    ("applicant", gettext_noop("応募した公募"), "calls:my_calls"),
)
"""Where who judges a call, and who applied to one, has pages of their own."""
TOWNS = "towns"
"""Where a session keeps in how many towns its account has a place, so that no page counts again."""


def places_of(account: Account) -> list[Place]:
    """Every place, asked town by town within its own scope."""
    places = []
    for authority in Authority.objects.filter(closed_on=None).order_by("key"):
        with authority_scope(authority):
            actor = actor_for(account, authority)
            if actor.person_ids or actor.organization_ids:
                places.append(Place(authority.key, authority.name, _("マイページ"), town_url(authority, "site:my")))
            kinds = {kind for kind, _pk in actor.subjects}
            for kind, label, page in CALL_PLACES:
                if kind in kinds:
                    places.append(Place(authority.key, authority.name, _(label), town_url(authority, page)))
            if actor.is_staff:
                roles = tuple(_(role.label) for role in actor.held if role.staff)
                url = town_url(authority, landing_of(actor))
                places.append(Place(authority.key, authority.name, _("職員の画面"), url, roles))
    return places


def remember_towns(session: MutableMapping[str, Any], places: Sequence[Place]) -> int:
    """Keep in the session how many towns these places are in, and return it."""
    session[TOWNS] = len({place.key for place in places})
    return int(session[TOWNS])


def has_several_towns(request: Any) -> bool:
    """Whether the visitor may change to another town. Asked once a session; choosing a place asks anew."""
    known = request.session.get(TOWNS)
    if known is None:
        known = remember_towns(request.session, places_of(request.user))
    return int(known) > 1


def landing_of(actor: object) -> str:
    """The first page of the desk that this actor may open."""
    for permission, name in (
        (Permission.DESK_READ, "site:desk"),
        (Permission.OFFICER_HOME_READ, "site:home"),
        (Permission.ACCOUNT_MANAGE, "site:accounts"),
        (Permission.FIGURES_READ, "office:figures"),
    ):
        if may(actor, permission):  # type: ignore[arg-type]
            return name
    return "site:town"
