"""Registrations that may be one person, and those that were made one: what was changed is kept so that it can be undone."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import TenantModel
from yui.people.models.persons import UNTIL_ERASED, Person

UNDO_DAYS = 90
"""How long a merge can be undone, and how long the earlier values are kept for it."""


def no_codes() -> list[str]:
    """An empty list."""
    return []


def no_changes() -> list[dict[str, Any]]:
    """An empty journal."""
    return []


class LikePair(TenantModel):
    """似た登録: two registrations a human should look at, or has looked at and told apart. ``person`` is the older row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="like_pairs")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="like_pairs_as_other")
    points = models.SmallIntegerField(default=0)
    reasons = models.JSONField(default=no_codes, help_text="codes of engine.likeness; no value")
    found_on = models.DateField()
    asked_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="named by staff"
    )
    apart_on = models.DateField(null=True, blank=True)
    apart_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="同じ人の登録が二つになっていないかの確認",
        retention=UNTIL_ERASED,
        c2="id authority public_id person other found_on asked_by apart_on apart_by",
        c3c="points reasons",
    )

    class Meta:
        ordering = ["-points", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="like_pair_once"),
            models.CheckConstraint(condition=Q(person__lt=F("other")), name="like_pair_in_order"),
        ]
        indexes = [models.Index(fields=["authority", "apart_on", "-points"])]


class Merge(TenantModel):
    """統合: two registrations made one. The losing row stays, empty and in no list, so that the merge can be undone."""

    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    loser = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    undo_until = models.DateField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ask_about = models.JSONField(
        default=no_codes, blank=True, help_text="purposes whose consents differed: to be asked at the next contact"
    )
    asked_on = models.DateField(null=True, blank=True, help_text="the person was told and asked")
    journal = models.JSONField(
        default=no_changes, blank=True, help_text="[{t: table, pks, f: {field: [before, after]}}], in order"
    )

    declaration: ClassVar[Declaration] = declare(
        purpose="二つの登録を一つにした記録と、元に戻すための控え",
        retention="控えは90日、記録は数字の根拠として5年（仮名化）",
        c2="id authority public_id survivor loser merged_at merged_by undo_until undone_at undone_by ask_about asked_on",
        c3c="journal",
    )

    class Meta:
        ordering = ["-merged_at", "-id"]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person."""
        return frozenset({("person", self.survivor_id)})
