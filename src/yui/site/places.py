"""The places an account may go: my page and the desk of each of its towns."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yui.base.access.actor import actor_for
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.accounts.models import Account
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope


@dataclass(frozen=True, slots=True)
class Place:
    """A town and what one is there."""

    town: str
    label: str
    url: str


def places_of(account: Account) -> list[Place]:
    """Every place, asked town by town within its own scope."""
    places = []
    for authority in Authority.objects.filter(closed_on=None).order_by("key"):
        with authority_scope(authority):
            actor = actor_for(account, authority)
            if actor.subjects:
                places.append(Place(authority.name, _("マイページ"), town_url(authority, "site:my")))
            if actor.is_staff:
                places.append(Place(authority.name, _("職員の画面"), town_url(authority, landing_of(actor))))
    return places


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
