"""The cast of a call: two officers, three members of the committee, two applicants, in the town of a definition."""

from dataclasses import dataclass

from django.conf import settings

from yui.base import clock
from yui.base.access.actor import Actor, actor_for
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.founding import load_as_command
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.office.calls.domain import announce_call, change_values, draft_call
from yui.office.calls.models import Applicant, Call, CommitteeMember
from yui.office.calls.rules import rules_of


@dataclass
class CallTown:
    """A town with its call and the accounts around it."""

    authority: Authority
    officer: Account
    second: Account
    auditor: Account
    call: Call

    def actor(self, account: Account) -> Actor:
        """The actor of an account here, today."""
        return actor_for(account, self.authority)

    @property
    def decides(self) -> Actor:
        """The officer."""
        return self.actor(self.officer)


def call_town(key: str, *, announced: bool = True) -> CallTown:
    """The town of a shipped definition (kurihara, sanda, unnan) with its only call. Its scope is the caller's to open."""
    load_as_command(settings.DEFINITIONS_DIR / key)
    authority = Authority.objects.get(key=key)
    with authority_scope(authority):
        officer, second, auditor = (
            account(authority, name, role)
            for name, role in (("official", "officer"), ("second", "officer"), ("auditor", "auditor"))
        )
        actor = actor_for(officer, authority)
        call = draft_call(actor=actor, key={"kurihara": "r6", "sanda": "r7", "unnan": "r7"}[key])
        if announced:
            fill_open_levels(actor, call)
            call.refresh_from_db()
            call = announce_call(actor=actor, call=call)
    return CallTown(authority, officer, second, auditor, call)


def fill_open_levels(actor: Actor, call: Call) -> None:
    """Give the levels that the document leaves open their points: the full marks, and one less for each step down."""
    rules = rules_of(call).rules
    values = {
        ("criteria", g, "criteria", c, "levels", n, "points"): criterion.points.value - n
        for g, group in enumerate(rules.criteria)
        for c, criterion in enumerate(group.criteria)
        for n, level in enumerate(criterion.levels)
        if level.points.value is None
    }
    if values:
        change_values(actor=actor, call=call, version=call.version, values=values, source="")


def account(authority: Authority, name: str, role: str = "") -> Account:
    """An account, with a role of the town where one is named."""
    made = Account.objects.create_user(f"{name}@{authority.key}.example.jp", name=f"見本 {name}")
    if role:
        Grant.objects.create(authority=authority, account=made, role=role, starts_on=clock.today())
    return made


def applicant(town: CallTown, name: str) -> Applicant:
    """An applicant with an account of its own."""
    return Applicant.objects.create(
        authority=town.authority,
        call=town.call,
        account=account(town.authority, name),
        name=f"架空{name}社",
        registered_at=clock.now(),
    )


def member(town: CallTown, name: str, *, chair: bool = False) -> CommitteeMember:
    """A member of the committee with an account of its own."""
    return CommitteeMember.objects.create(
        authority=town.authority,
        call=town.call,
        account=account(town.authority, name),
        name=f"例示 {name}",
        chair=chair,
        recorded_at=clock.now(),
    )
