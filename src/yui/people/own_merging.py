"""What happens to the people wing's own rows when two registrations become one.

The stricter holds: a consent taken back on one side is taken back, a rest on one side is a rest, a hidden person stays
hidden. Where both are registered, the losing registration is ended and stays with its own history of stages (or changes
places with the survivor's, when it had come further), so that every figure of the past is counted as before.
"""

import datetime as dt
from typing import Any

from django.db.models import Q

from yui.base.definitions import by_key, current
from yui.base.files.models import Attachment
from yui.base.messages.models import Message
from yui.people.answers import PERSON_FIELDS, PROFILE_FIELDS
from yui.people.merge_rules import Change, Pair, Plan, changed, moves, on_merge, on_merge_named, stays
from yui.people.models import (
    Card,
    Consent,
    Contact,
    ContactNote,
    ExternalNumber,
    LikePair,
    Membership,
    Merge,
    Pause,
    Person,
    PersonChoice,
    PersonKey,
    Profile,
    Proxy,
    Registration,
    Residence,
    StageChange,
)
from yui.people.queries import current_stage

RUNNING = Q(ended_on=None)
ADDRESS = "address"
_ROLES = {Membership.Role.REPRESENTATIVE: 0, Membership.Role.CONTACT: 1}
_RELATIONS = {Proxy.Relation.SELF: 0, Proxy.Relation.PARENT: 1}


def register() -> None:
    """Name the rules of this wing; called when the application is ready."""
    on_merge(Person, "merged_into", person_values)
    on_merge(Profile, "person", profile_values)
    on_merge(Consent, "person", consents, "同意")
    on_merge(Registration, "person", registrations, "登録")
    on_merge(StageChange, "person", stages, "層のうごき")
    on_merge(PersonChoice, "person", moves(PersonChoice, "person", once=("kind", "key")), "えらんだ項目")
    on_merge(
        Contact,
        "person",
        moves(Contact, "person", once=("kind", "value"), running=RUNNING, ended=_ended_today),
        "連絡先",
    )
    on_merge(
        Residence, "person",
        moves(Residence, "person", once=(), running=RUNNING, ended=_ended_today, rank=_chosen_home),
        "住所",
    )  # fmt: skip
    on_merge(PersonKey, "person", moves(PersonKey, "person"))
    on_merge(ExternalNumber, "person", moves(ExternalNumber, "person"), "前の名簿の番号")
    on_merge(Card, "person", moves(Card, "person"), "ログイン用のカード")
    on_merge(
        Proxy, "person",
        moves(
            Proxy, "person", once=("account_id",), running=Q(ends_on=None), ended=_ended_yesterday,
            rank=lambda _pair, row: _RELATIONS.get(row.relation, 2),
        ),
        "ログイン・代理の人",
    )  # fmt: skip
    on_merge(Pause, "person", moves(Pause, "person"), "お休み")
    on_merge(
        Membership, "person",
        moves(
            Membership, "person", once=("organization_id",), running=RUNNING, ended=_ended_today,
            rank=lambda _pair, row: _ROLES.get(row.role, 2),
        ),
        "団体の構成員",
    )  # fmt: skip
    on_merge(ContactNote, "person", moves(ContactNote, "person"), "連絡の記録")
    for model, name in ((LikePair, "person"), (LikePair, "other"), (Merge, "survivor"), (Merge, "loser")):
        on_merge(model, name, stays)
    on_merge_named(Attachment, {"owner_kind": "person"}, "owner_pk", "pk")
    on_merge_named(Message, {"to_kind": "person"}, "to_id", "public_id")


def person_values(pair: Pair) -> Plan:
    """The values taken from the losing registration; the safety flag of either; and where the losing row went."""
    survivor, loser = pair.survivor, pair.loser
    new: dict[str, Any] = {_column(name): getattr(loser, _column(name)) for name in PERSON_FIELDS if name in pair.taken}
    new |= {"hidden": survivor.hidden or loser.hidden, "version": survivor.version + 1}
    gone = {"merged_into_id": survivor.pk, "version": loser.version + 1}
    return Plan([changed(survivor, new), changed(loser, gone)])


def profile_values(pair: Pair) -> Plan:
    """The values taken from the losing profile; a profile goes over only where the survivor has none."""
    mine, theirs = (Profile.objects.filter(person=person).first() for person in (pair.survivor, pair.loser))
    if mine is None or theirs is None:
        return moves(Profile, "person")(pair)
    new = {name: getattr(theirs, name) for name in PROFILE_FIELDS if name in pair.taken}
    return Plan([changed(mine, new)] if new else [])


def consents(pair: Pair) -> Plan:
    """A yes to the same purpose stays with the losing row; whatever one side took back is taken back on both."""
    plan, closed = Plan(), {"withdrawn_on": pair.today, "withdrawn_recorded_at": pair.now}
    mine, theirs = _given(pair.survivor), _given(pair.loser)
    staying = {theirs[purpose].pk for purpose in mine.keys() & theirs.keys()}
    for purpose in sorted(taken_back(pair)):
        for row in (mine.get(purpose), theirs.get(purpose)):
            if row is not None:
                plan.changes.append(changed(row, closed))
                plan.ended += 1
    going = tuple(
        Consent.objects.filter(person=pair.loser).exclude(pk__in=staying).order_by("pk").values_list("pk", flat=True)
    )
    if going:
        plan.changes.append(Change(Consent, going, {"person_id": (pair.loser.pk, pair.survivor.pk)}))
        plan.moved = len(going)
    return plan


def taken_back(pair: Pair) -> set[str]:
    """The purposes whose last word on one side is a withdrawal.

    The purpose that a registration rests on is not among them where the other side was registered anew afterwards: that
    is the person's own newer word.
    """
    required = {purpose.key for purpose in current(pair.survivor.authority).people.purposes if purpose.required}
    found = set[str]()
    for one, other in ((pair.survivor, pair.loser), (pair.loser, pair.survivor)):
        given, yes = _given(one), _given(other)
        for purpose, day in _withdrawn(one).items():
            if purpose in given:
                continue
            newer = purpose in required and purpose in yes and yes[purpose].effective_on >= day
            if not newer:
                found.add(purpose)
    return found


def differing(pair: Pair) -> list[str]:
    """The purposes that one side has said yes to and the other has not: to be asked at the next contact."""
    return sorted(_given(pair.survivor).keys() ^ _given(pair.loser).keys())


def registrations(pair: Pair) -> Plan:
    """Of two running ones the losing one ends and stays, with its stages; ended ones go over."""
    plan = Plan()
    mine, theirs = _registered(pair.survivor), _registered(pair.loser)
    staying = [row for row in theirs if any(row.scheme_key == own.scheme_key for own in mine)]
    closing = list(staying)
    if _ends(pair):
        closing = mine + theirs
    closed = {"ended_on": pair.today, "ended_recorded_at": pair.now}
    plan.changes += [changed(row, closed) for row in closing]
    plan.ended = len(closing)
    rows = Registration.objects.filter(person=pair.loser).exclude(pk__in=[row.pk for row in staying])
    going = tuple(rows.order_by("pk").values_list("pk", flat=True))
    if going:
        plan.changes.append(Change(Registration, going, {"person_id": (pair.loser.pk, pair.survivor.pk)}))
        plan.moved = len(going)
    return plan


def stages(pair: Pair) -> Plan:
    """One history of stages goes on: that of the registration that had come further."""
    plan = Plan()
    theirs = tuple(StageChange.objects.filter(person=pair.loser).order_by("pk").values_list("pk", flat=True))
    mine = tuple(StageChange.objects.filter(person=pair.survivor).order_by("pk").values_list("pk", flat=True))
    both = _registered(pair.survivor) and _registered(pair.loser)
    orders = {key: stage.order for key, stage in by_key(current(pair.survivor.authority).people.stages).items()}
    here, there = (orders.get(current_stage(p, pair.today), 0) for p in (pair.survivor, pair.loser))
    if not theirs or (both and there <= here):
        return plan
    plan.changes.append(Change(StageChange, theirs, {"person_id": (pair.loser.pk, pair.survivor.pk)}))
    plan.moved = len(theirs)
    if both and mine:
        plan.changes.append(Change(StageChange, mine, {"person_id": (pair.survivor.pk, pair.loser.pk)}))
    return plan


def _ends(pair: Pair) -> bool:
    """Whether the consent that a registration rests on is taken back."""
    required = {purpose.key for purpose in current(pair.survivor.authority).people.purposes if purpose.required}
    return bool(required & taken_back(pair))


def _given(person: Person) -> dict[str, Consent]:
    return {row.purpose: row for row in Consent.objects.filter(person=person, withdrawn_on=None)}


def _withdrawn(person: Person) -> dict[str, dt.date]:
    rows = Consent.objects.filter(person=person).exclude(withdrawn_on=None).order_by("withdrawn_on")
    return {row.purpose: row.withdrawn_on for row in rows if row.withdrawn_on is not None}


def _registered(person: Person) -> list[Registration]:
    return list(Registration.objects.filter(person=person, ended_on=None).order_by("pk"))


def _column(name: str) -> str:
    return "district_id" if name == "district" else name


def _ended_today(pair: Pair, _row: Any) -> dict[str, Any]:
    return {"ended_on": pair.today}


def _ended_yesterday(pair: Pair, _row: Any) -> dict[str, Any]:
    return {"ends_on": pair.today - dt.timedelta(days=1)}


def _chosen_home(pair: Pair, row: Any) -> int:
    wanted = pair.loser.pk if ADDRESS in pair.taken else pair.survivor.pk
    return 0 if row.person_id == wanted else 1
