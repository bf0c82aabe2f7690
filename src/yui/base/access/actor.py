"""Actor: somebody, at an authority, on a day, with what they hold and whom they may speak for."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.access.roles import EVALUATOR, ORGANIZATION, PROPOSER, RESIDENT, ROLES, Role
from yui.base.accounts.models import Account
from yui.base.tenancy.models import Authority

Subject = tuple[str, int]
SubjectSource = Callable[[Account, dt.date], Iterable[Subject]]

_ROLE_OF = {
    "person": RESIDENT.key,
    "organization": ORGANIZATION.key,
    "applicant": PROPOSER.key,
    "committee_member": EVALUATOR.key,
}
"""The role that comes with being somebody: it is granted to nobody and ends with what it comes from."""
_sources: list[SubjectSource] = []


def engagement_subject(public_id: str) -> Subject:
    """Those who hold a role through an engagement, which this house knows by its public id alone."""
    return (f"engagement:{public_id}", 0)


def register_subjects(source: SubjectSource) -> None:
    """A wing that knows for whom an account may speak registers here, once, when its application is ready."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. Compared by value; made anew for each request."""

    account: Account | None
    authority: Authority | None
    roles: frozenset[str] = frozenset()
    subjects: frozenset[Subject] = frozenset()
    system: str = ""
    """The name of the job or command when no person acts."""
    person_ids: frozenset[int] = field(default=frozenset(), compare=False)
    organization_ids: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def is_staff(self) -> bool:
        """Whether a role of the desk is held here."""
        return any(ROLES[key].staff for key in self.roles)

    @property
    def engagement_ids(self) -> tuple[str, ...]:
        """The public ids of the engagements through which roles are held here today."""
        named = [kind.partition(":") for kind, _ in self.subjects]
        return tuple(public_id for kind, _, public_id in named if kind == "engagement")

    @property
    def held(self) -> tuple[Role, ...]:
        """The roles, in the order of the roles page."""
        return tuple(role for key, role in ROLES.items() if key in self.roles)

    @property
    def ident(self) -> str:
        """What the audit keeps: a public id or the name of a job, never a name of a person."""
        if self.account is not None:
            return self.account.public_id
        return f"system:{self.system}" if self.system else "anonymous"


ANONYMOUS = Actor(account=None, authority=None)


def actor_for(account: Account | None, authority: Authority | None) -> Actor:
    """The actor of an account at an authority today. Call inside the authority's scope."""
    if account is None or not account.is_authenticated or authority is None:
        return Actor(account=account if account and account.is_authenticated else None, authority=authority)
    today = clock.today()
    grants = Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), account=account, starts_on__lte=today)
    held = [(role, engagement) for role, engagement in grants.values_list("role", "engagement_id") if role in ROLES]
    roles = {role for role, _ in held}
    subjects = {subject for source in _sources for subject in source(account, today)}
    subjects |= {engagement_subject(engagement) for _, engagement in held if engagement}
    roles |= {_ROLE_OF[kind] for kind, _ in subjects if kind in _ROLE_OF}
    return Actor(
        account=account,
        authority=authority,
        roles=frozenset(roles),
        subjects=frozenset(subjects),
        person_ids=frozenset(pk for kind, pk in subjects if kind == "person"),
        organization_ids=frozenset(pk for kind, pk in subjects if kind == "organization"),
    )


def system_actor(authority: Authority, name: str) -> Actor:
    """A job or a command that acts by itself, with every permission, named in the audit."""
    return Actor(account=None, authority=authority, system=name)
