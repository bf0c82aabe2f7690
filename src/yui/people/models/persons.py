"""Person, what the person chose, and who may speak for the person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import District, EditableModel, TenantModel

UNTIL_ERASED = "登録の終了または消去の申し出まで"


class Person(EditableModel):
    """人財: a person known to an authority. Contact data stands in ``Contact``, wishes in ``Profile``.

    After erasure the row stays with its pseudonymous ids and empty names, because counted rows refer to it.
    """

    display_name = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=200, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10, default="ja")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hidden = models.BooleanField(default=False, help_text="safety flag: in no search, list, candidate or export")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged",
        help_text="the registration that goes on for both; this row is in no list any more",
    )  # fmt: skip

    declaration: ClassVar[Declaration] = declare(
        purpose="人財登録",
        retention=UNTIL_ERASED,
        c2="id authority public_id version created_at erased_at merged_into",
        c3c="display_name kana birth_year language district",
        c3b="hidden",
    )

    class Meta:
        ordering = ["kana", "id"]
        indexes = [models.Index(fields=["authority", "kana", "id"])]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person itself."""
        return frozenset({("person", self.pk)})


class PersonOwned(TenantModel):
    """A row that belongs to one person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="%(class)s_set")

    class Meta(TenantModel.Meta):
        abstract = True

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person whose row it is."""
        return frozenset({("person", self.person_id)})


class ExternalNumber(PersonOwned):
    """外部番号: the number of a person in the list the town kept before; by it an import finds the person again.

    After an erasure a keyed hash stays in its place, so that the old list does not bring the person back.
    """

    number = models.CharField(max_length=64)

    declaration: ClassVar[Declaration] = declare(
        purpose="前の名簿と同じ人を見つけるため",
        retention="登録の終了または消去の申し出まで。消去のあとは、また取り込まないための符号だけ",
        c2="id authority public_id person",
        c3c="number",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "number"], name="external_number_once")]


class Profile(TenantModel):
    """How and how much a person would like to take part. One a person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
    motivation = models.PositiveSmallIntegerField(default=1, help_text="1 a little … 3 very much")
    reach_km = models.PositiveSmallIntegerField(null=True, blank=True)
    online = models.BooleanField(default=False)
    about = models.TextField(blank=True, max_length=1000)
    contact_way = models.CharField(max_length=20, blank=True, help_text="phone, mail or letter: how to be reached")
    contact_when = models.CharField(max_length=60, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="出番をさがす手がかり",
        retention=UNTIL_ERASED,
        c2="id authority public_id person",
        c3c="motivation reach_km online about contact_way contact_when",
    )

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person whose profile it is."""
        return frozenset({("person", self.person_id)})


class PersonChoice(PersonOwned):
    """One chip a person chose: a theme, a skill, an interest, a time slot, a language or a consideration."""

    class Kind(models.TextChoices):
        """What kind of chip."""

        THEME = "theme"
        SKILL = "skill"
        INTEREST = "interest"
        SLOT = "slot"
        LANGUAGE = "language"
        CONSIDERATION = "consideration"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=60)

    declaration: ClassVar[Declaration] = declare(
        purpose="出番をさがす手がかり", retention=UNTIL_ERASED, c2="id authority public_id person", c3c="kind key"
    )

    class Meta:
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="person_choice_once")]


class Card(PersonOwned):
    """A paper card with a code to sign in with. Only a keyed hash of the code is stored."""

    code_hash = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="紙のカードでのログイン",
        retention="失効から1年",
        c2="id authority public_id person issued_on expires_on ended_on",
        c3b="code_hash",
    )


class Proxy(PersonOwned):
    """An account that may act for a person: the person's own, a parent's, a helper's (decision 3)."""

    class Relation(models.TextChoices):
        """Who stands behind the account."""

        SELF = "self"
        PARENT = "parent"
        HELPER = "helper"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="proxies")
    relation = models.CharField(max_length=10, choices=Relation.choices, default=Relation.SELF)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="本人または代理の人のログイン",
        retention="終了から1年",
        c2="id authority public_id person account starts_on ends_on",
        c3c="relation",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "person"], condition=Q(ends_on=None), name="proxy_once")
        ]
