"""Two registrations of one person: named, told apart, made one, and made two again."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.search.domain import index
from yui.people import own_merging
from yui.people.domain.journal import TakenBack, carry_out, take_back
from yui.people.domain.profile import lock
from yui.people.keys import keep_home_key, keep_name_keys, keep_number_keys
from yui.people.likeness import keep_all_likeness, keep_likeness
from yui.people.merge_rules import Pair, plans, references
from yui.people.models import Contact, LikePair, Merge, Person, Proxy, Residence
from yui.people.models.merges import UNDO_DAYS
from yui.people.sign_ins import TECHNICAL


def name_pair(*, actor: Actor, person: Person, other: Person) -> LikePair:
    """Staff say that two registrations may be one person. A pair that was told apart is open again."""
    require(actor, Permission.PERSON_MERGE, person)
    require(actor, Permission.PERSON_MERGE, other)
    if person.pk == other.pk:
        raise NotPossible("同じ登録です。もう1つの登録を選んでください。", "same_row")
    first, second = sorted((person, other), key=lambda row: row.pk)
    with transaction.atomic():
        pair, _made = LikePair.objects.update_or_create(
            person=first, other=second,
            defaults={"apart_on": None, "apart_by": None, "asked_by": actor.account},
            create_defaults={
                "authority_id": first.authority_id, "found_on": clock.today(), "asked_by": actor.account,
            },
        )  # fmt: skip
        record(actor, "duplicate.named", pair, person_id=person.public_id, details={"other": other.public_id})
    return pair


def keep_apart(*, actor: Actor, pair: LikePair) -> None:
    """「これは別の人」: remembered with the day and by whom; the pair is not shown again."""
    require(actor, Permission.PERSON_MERGE, pair)
    with transaction.atomic():
        pair.apart_on, pair.apart_by = clock.today(), actor.account
        pair.save(update_fields=["apart_on", "apart_by"])
        details = {"other": pair.other.public_id}
        record(actor, "duplicate.apart", pair, person_id=pair.person.public_id, details=details)


def find_likeness(*, actor: Actor) -> int:
    """Look through the whole town once more. Returns how many pairs are likely."""
    require(actor, Permission.PERSON_MERGE, actor.authority)
    with transaction.atomic():
        return keep_all_likeness()


def pair_for(survivor: Person, loser: Person, taken: Iterable[str] = ()) -> Pair:
    """The question that the rules of merging answer, as of now."""
    return Pair(survivor, loser, clock.today(), clock.now(), frozenset(taken))


def both_sign_in(one: Person, other: Person) -> bool:
    """Whether two different accounts of mail addresses are the own ones of the two."""
    today = clock.today()
    accounts = [
        set(
            Proxy.objects.filter(person=person, relation=Proxy.Relation.SELF)
            .exclude(ends_on__lt=today)
            .exclude(account__email__endswith=TECHNICAL)
            .values_list("account_id", flat=True)
        )
        for person in (one, other)
    ]
    return bool(accounts[0] and accounts[1] and accounts[0] != accounts[1])


def merge_people(
    *, actor: Actor, survivor: Person, loser: Person, taken: Iterable[str] = (), confirmed: bool = False
) -> Merge:
    """Make two registrations one. ``taken``: fields whose value comes from the losing one.

    ``confirmed``: the person was asked; needed where both have an account of their own, because both accounts then open
    everything. Raises ``NotPossible`` otherwise, and for a row that is erased or merged already.
    """
    require(actor, Permission.PERSON_MERGE, survivor)
    require(actor, Permission.PERSON_MERGE, loser)
    if survivor.pk == loser.pk:
        raise NotPossible("同じ登録です。もう1つの登録を選んでください。", "same_row")
    with transaction.atomic():
        locked = {row.pk: lock(row) for row in sorted((survivor, loser), key=lambda row: row.pk)}
        survivor, loser = locked[survivor.pk], locked[loser.pk]
        if both_sign_in(survivor, loser) and not confirmed:
            raise NotPossible(
                "どちらにもログインがあります。まとめると、両方のログインから同じ登録が見えるようになります。"
                "ご本人に確かめて、「ご本人に確かめました」にしるしを付けてください。",
                "two_accounts",
            )
        pair = pair_for(survivor, loser, taken)
        ask_about = own_merging.differing(pair)
        tops = _tops()
        journal = [{"tops": tops}, *carry_out(plans(pair))]
        index(survivor.authority_id, "person", (survivor.pk, loser.pk))
        merge = Merge.objects.create(
            authority_id=survivor.authority_id, survivor=survivor, loser=loser, merged_at=pair.now,
            merged_by=actor.account, undo_until=pair.today + dt.timedelta(days=UNDO_DAYS), ask_about=ask_about,
            journal=journal,
        )  # fmt: skip
        details = {"merge": merge.public_id, "loser": loser.public_id}
        for row in (survivor, loser):
            record(actor, "person.merged", row, person_id=row.public_id, fields=sorted(pair.taken), details=details)
    return merge


def why_not_undone(merge: Merge) -> str:
    """Why a merge can not be undone any more; empty when it can."""
    if merge.undone_at is not None:
        return "もう元に戻しています。"
    if not merge.journal or merge.undo_until < clock.today():
        return "元に戻せる期限をすぎたか、登録が消されたため、元に戻せません。"
    if merge.survivor.merged_into_id is not None:
        return "残した登録が、あとで別の登録にまとめられています。先に、そちらを元に戻してください。"
    if Merge.objects.filter(survivor_id=merge.survivor_id, undone_at=None, pk__gt=merge.pk).exists():
        return "あとから、この登録にまとめたものがあります。新しいものから順に元に戻してください。"
    return ""


def undo_merge(*, actor: Actor, merge: Merge) -> TakenBack:
    """Make two registrations of one again, row for row. What a human changed since stays and is answered."""
    require(actor, Permission.PERSON_MERGE, merge)
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        why = why_not_undone(merge)
        if why:
            raise NotPossible(why, "not_undone")
        rows = Person.objects.select_for_update().filter(pk__in=(merge.survivor_id, merge.loser_id)).order_by("pk")
        list(rows)
        found = take_back(merge.journal[1:])
        if found.keys_lost:
            for person in rows.all():
                _keep_keys(person)
        index(merge.authority_id, "person", (merge.survivor_id, merge.loser_id))
        merge.undone_at, merge.undone_by, merge.journal = clock.now(), actor.account, []
        merge.save(update_fields=["undone_at", "undone_by", "journal"])
        details = {"merge": merge.public_id, "kept": sum(kept.count for kept in found.kept)}
        for person in rows.all():
            record(actor, "person.unmerged", person, person_id=person.public_id, details=details)
    return found


def told_person(*, actor: Actor, merge: Merge) -> None:
    """The person was told of the merge and asked about the consents that differed."""
    require(actor, Permission.PERSON_MERGE, merge)
    with transaction.atomic():
        merge.asked_on = clock.today()
        merge.save(update_fields=["asked_on"])
        record(actor, "merge.told", merge, person_id=merge.survivor.public_id)


def forget_journals(*, actor: Actor) -> int:
    """Empty the journals whose days are over."""
    require(actor, Permission.PERSON_MERGE, actor.authority)
    return Merge.objects.filter(undo_until__lt=clock.today()).exclude(journal=[]).update(journal=[])


def _tops() -> dict[str, int]:
    """The newest row of each table about persons: what is newer than this came after the merge."""
    found = {}
    for model in {model for model, _name in references()}:
        newest = model.objects.order_by("-pk").values_list("pk", flat=True).first()  # type: ignore[attr-defined]
        found[model._meta.label] = newest or 0
    return found


def _keep_keys(person: Person) -> None:
    """Keys from what stands now."""
    keep_name_keys(person)
    phones = Contact.objects.filter(person=person, ended_on=None).values_list("kind", "value")
    keep_number_keys(person, list(phones))
    home = Residence.objects.filter(person=person, ended_on=None).order_by("-id").first()
    keep_home_key(person, home.address if home else "")
    keep_likeness(person)
